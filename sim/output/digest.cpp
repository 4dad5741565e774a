// SHA-256 by OpenSSL, and the walk over a file's datasets.
#include "sim/output/digest.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>
#include <stdexcept>

#include <openssl/evp.h>

#include "sim/describe/errors.hpp"
#include "sim/parallel/pipeline.hpp"

namespace sim {
namespace {

static_assert(std::endian::native == std::endian::little, "digests are defined over little-endian bytes");

void require(int done) {
    if (done != 1) throw std::runtime_error("SHA-256 is not available from this OpenSSL");
}

EVP_MD_CTX* of(const auto& context) {
    return static_cast<EVP_MD_CTX*>(context.get());
}

struct Stored {
    std::string_view name;
    hid_t memory;  // H5I_INVALID_HID for text
    std::size_t size;
};

template <hdf5::Number T>
Stored stored_as() {
    return {type_name<T>(), hdf5::memory_type<T>(), sizeof(T)};
}

// Only what this format knows: anything else could not be read back by every reader.
Stored stored_type(const hdf5::Check& check, const hdf5::Dataset& dataset, const std::string& name) {
    const hdf5::Type type(check(H5Dget_type(dataset), "read the type of " + name));
    if (H5Tis_variable_str(type) > 0) return {"string", H5I_INVALID_HID, 0};
    if (H5Tequal(type, H5T_STD_I8LE) > 0) return stored_as<std::int8_t>();
    if (H5Tequal(type, H5T_STD_I32LE) > 0) return stored_as<std::int32_t>();
    if (H5Tequal(type, H5T_STD_I64LE) > 0) return stored_as<std::int64_t>();
    if (H5Tequal(type, H5T_IEEE_F64LE) > 0) return stored_as<double>();
    throw FileError(check.path.string() + ": '" + name + "' has a type this format does not know");
}

// Of the rows along the dimension after `start`, read in blocks that fit into memory.
std::string digest_of_rows(const hdf5::Check& check, const hdf5::Dataset& dataset, const Stored& stored,
                           hdf5::Shape start) {
    constexpr std::size_t block_bytes = 1 << 20;
    Sha256 digest;
    const auto shape = hdf5::shape_of(check, dataset);
    const auto along = start.size();
    std::size_t row_bytes = stored.size;
    for (std::size_t i = along + 1; i < shape.size(); ++i) row_bytes *= shape[i];
    const auto rows = std::max<hsize_t>(1, block_bytes / std::max<std::size_t>(row_bytes, 1));
    std::vector<std::byte> block(std::min(rows, shape[along]) * row_bytes);
    start.push_back(0);
    hdf5::Shape count(start.size(), 1);
    for (auto& first = start.back(); first < shape[along]; first += rows) {
        count.back() = std::min(rows, shape[along] - first);
        hdf5::read_slab(check, dataset, {start, count}, stored.memory, block.data());
        digest.add(std::span(block).first(count.back() * row_bytes));
    }
    return digest.hex();
}

std::string digest_of_dataset(const hdf5::Check& check, const hdf5::Dataset& dataset, const Stored& stored) {
    const auto shape = hdf5::shape_of(check, dataset);
    if (shape.empty()) {
        std::vector<std::byte> value(stored.size);
        check(H5Dread(dataset, stored.memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, value.data()), "read a value");
        Sha256 digest;
        digest.add(value);
        return digest.hex();
    }
    if (shape.size() == 1) return digest_of_rows(check, dataset, stored, {});
    std::vector<std::string> slices;
    for (hsize_t i = 0; i < shape[0]; ++i) slices.push_back(digest_of_rows(check, dataset, stored, {i}));
    return digest_of_slices(slices);
}

}  // namespace

void Sha256::Free::operator()(void* context) const {
    EVP_MD_CTX_free(static_cast<EVP_MD_CTX*>(context));
}

Sha256::Sha256() : context_(EVP_MD_CTX_new()) {
    if (!context_) throw std::bad_alloc();
    require(EVP_DigestInit_ex(of(context_), EVP_sha256(), nullptr));
}

void Sha256::add(std::span<const std::byte> bytes) {
    require(EVP_DigestUpdate(of(context_), bytes.data(), bytes.size()));
}

std::string Sha256::hex() {
    std::array<unsigned char, 32> digest{};
    require(EVP_DigestFinal_ex(of(context_), digest.data(), nullptr));
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const unsigned byte : digest) {
        text += digits[byte >> 4];
        text += digits[byte & 15U];
    }
    return text;
}

std::string sha256(std::string_view text) {
    Sha256 digest;
    digest.add(text);
    return digest.hex();
}

std::string digest_of_texts(const std::vector<std::string>& texts) {
    Sha256 digest;
    for (const auto& text : texts) digest.add(std::string_view(text.c_str(), text.size() + 1));
    return digest.hex();
}

std::string digest_of_slices(const std::vector<std::string>& slices) {
    Sha256 digest;
    for (const auto& slice : slices) digest.add(slice);
    return digest.hex();
}

void ContentDigest::add(const std::string& name, std::string_view type, const hdf5::Shape& shape,
                        const std::string& values) {
    std::string extent;
    for (const auto length : shape) extent += (extent.empty() ? "" : "x") + std::to_string(length);
    lines_[name] = name + ' ' + std::string(type) + ' ' + (extent.empty() ? "scalar" : extent) + ' ' + values + '\n';
}

void ContentDigest::add_bare(const std::string& name, std::size_t length) {
    std::array<double, 512> missing;
    missing.fill(std::numeric_limits<double>::quiet_NaN());
    Sha256 digest;
    for (std::size_t left = length; left > 0; left -= std::min(left, missing.size()))
        digest.add(std::as_bytes(std::span(missing).first(std::min(left, missing.size()))));
    add(name, type_name<double>(), {length}, digest.hex());
}

std::string ContentDigest::text() const {
    Sha256 digest;
    for (const auto& [name, line] : lines_) digest.add(line);
    return "sha256:" + digest.hex();
}

std::string content_digest(const hdf5::Check& check, const hdf5::File& file) {
    std::vector<std::string> names;
    const auto collect = [](hid_t, const char* name, const H5L_info_t*, void* list) -> herr_t {
        static_cast<std::vector<std::string>*>(list)->emplace_back(name);
        return 0;
    };
    check(H5Literate(file, H5_INDEX_NAME, H5_ITER_NATIVE, nullptr, collect, &names), "list datasets");
    struct Told {
        std::string_view type;
        hdf5::Shape shape;
        std::string values;
    };
    ContentDigest digest;
    const auto read = [&](std::size_t index, Told& told) {
        hdf5::begin();
        const auto& name = names[index];
        const auto dataset = hdf5::open_dataset(check, file, name);
        const auto stored = stored_type(check, dataset, name);
        told = {stored.name, hdf5::shape_of(check, dataset),
                stored.size == 0 ? digest_of_texts(hdf5::read_texts(check, dataset))
                                 : digest_of_dataset(check, dataset, stored)};
    };
    const auto add = [&](std::size_t index, const Told& told) {
        digest.add(names[index], told.type, told.shape, told.values);
    };
    in_order<Told>(names.size(), hdf5::threads(), read, add, [] { return false; });
    return digest.text();
}

}  // namespace sim
