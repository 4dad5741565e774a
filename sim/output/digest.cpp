// SHA-256 by OpenSSL, and what of a file is content.
#include "sim/output/digest.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <stdexcept>
#include <type_traits>

#include <fmt/format.h>
#include <openssl/evp.h>

namespace sim {
namespace {

static_assert(std::endian::native == std::endian::little, "digests are defined over little-endian bytes");

void require(int done) {
    if (done != 1) throw std::runtime_error("SHA-256 is not available from this OpenSSL");
}

EVP_MD_CTX* of(const auto& context) {
    return static_cast<EVP_MD_CTX*>(context.get());
}

template <class T>
std::string bytes_of(std::span<const T> values) {
    const auto bytes = std::as_bytes(values);
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

template <class T>
std::string list_of(const std::string& bytes) {
    std::string text;
    for (std::size_t at = 0; at + sizeof(T) <= bytes.size(); at += sizeof(T)) {
        T value;
        std::memcpy(&value, bytes.data() + at, sizeof value);
        text += fmt::format("{}{}", text.empty() ? "" : ", ", value);
    }
    return text;
}

std::string digest_of_lines(const std::set<std::string>& lines, const std::set<std::string>& more = {}) {
    std::set<std::string_view> all(lines.begin(), lines.end());
    all.insert(more.begin(), more.end());
    Sha256 digest;
    for (const auto line : all) digest.add(line);
    return "sha256:" + digest.hex();
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

template <hdf5::Number T>
void Sha256::add_values(std::span<const T> values) {
    if constexpr (std::is_same_v<T, double>) {
        static constexpr double missing = std::numeric_limits<double>::quiet_NaN();
        std::array<double, 1024> block;
        for (std::size_t at = 0; at < values.size(); at += block.size()) {
            const auto part = values.subspan(at, std::min(block.size(), values.size() - at));
            std::transform(part.begin(), part.end(), block.begin(),
                           [](double value) { return std::isnan(value) ? missing : value; });
            add(std::as_bytes(std::span(block).first(part.size())));
        }
    } else {
        add(std::as_bytes(values));
    }
}
template void Sha256::add_values(std::span<const std::int8_t>);
template void Sha256::add_values(std::span<const std::int32_t>);
template void Sha256::add_values(std::span<const std::int64_t>);
template void Sha256::add_values(std::span<const double>);

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

std::string digest_of_slices(const std::vector<std::string>& slices) {
    Sha256 digest;
    for (const auto& slice : slices) digest.add(slice);
    return digest.hex();
}

AttributeValue AttributeValue::of_numbers(std::span<const std::int64_t> numbers) {
    return {"int", bytes_of(numbers)};
}

AttributeValue AttributeValue::of_numbers(std::span<const double> numbers) {
    std::vector<double> plain(numbers.begin(), numbers.end());
    for (auto& value : plain)
        if (std::isnan(value)) value = std::numeric_limits<double>::quiet_NaN();
    return {"float", bytes_of(std::span<const double>(plain))};
}

AttributeValue AttributeValue::of(const Attribute& attribute) {
    const auto convert = []<class T>(const T& value) {
        if constexpr (std::is_same_v<T, std::string>) {
            return of_text(value);
        } else if constexpr (std::is_same_v<T, double>) {
            return of_numbers(std::span<const double>(&value, 1));
        } else if constexpr (std::is_integral_v<T>) {
            const std::int64_t wide = value;
            return of_numbers(std::span<const std::int64_t>(&wide, 1));
        } else {
            const std::vector<std::int64_t> wide(value.begin(), value.end());
            return of_numbers(std::span<const std::int64_t>(wide));
        }
    };
    return std::visit(convert, attribute.value);
}

std::string AttributeValue::shown() const {
    if (kind == "text") return "'" + bytes + "'";
    return kind == "int" ? list_of<std::int64_t>(bytes) : list_of<double>(bytes);
}

bool is_bookkeeping(std::string_view variable, std::string_view attribute, const AttributeValue& value) {
    constexpr std::array<std::string_view, 10> always{
        "CLASS",       "NAME",          "DIMENSION_LIST",      "REFERENCE_LIST", "DIMENSION_LABELS",
        "coordinates", "_Netcdf4Dimid", "_Netcdf4Coordinates", "_NCProperties",  "_nc3_strict"};
    constexpr std::array<std::string_view, 7> of_files{
        "content_digest", "history", "history_of_appended_files", "NCO", "nco_openmp_thread_number", "CDO", "CDI"};
    const auto has = [&](const auto& names) { return std::find(names.begin(), names.end(), attribute) != names.end(); };
    if (has(always) || (variable.empty() && has(of_files))) return true;
    if (value.kind == "text") return value.bytes.empty();
    constexpr double missing = std::numeric_limits<double>::quiet_NaN();
    return attribute == "_FillValue" && value == AttributeValue::of_numbers(std::span<const double>(&missing, 1));
}

void ContentDigest::add(const std::string& name, std::string_view type, const Names& dims, const hdf5::Shape& shape,
                        const std::string& values) {
    std::string extent;
    for (std::size_t i = 0; i < shape.size(); ++i)
        extent += fmt::format("{}{}={}", extent.empty() ? "" : ",", i < dims.size() ? dims[i] : "", shape[i]);
    of_data_.insert(fmt::format("{} {} ({}) {}\n", name, type, extent, values));
}

void ContentDigest::add_bare(const std::string& name, std::size_t length) {
    of_data_.insert(fmt::format("{} dimension ({}={})\n", name, name, length));
}

void ContentDigest::describe(const std::string& variable, const std::string& attribute, const AttributeValue& value) {
    if (is_bookkeeping(variable, attribute, value)) return;
    (variable.empty() ? of_file_ : of_data_)
        .insert(fmt::format("{}:{} {} {}\n", variable, attribute, value.kind, sha256(value.bytes)));
}

std::string ContentDigest::data() const {
    return digest_of_lines(of_data_);
}

std::string ContentDigest::all() const {
    return digest_of_lines(of_data_, of_file_);
}

}  // namespace sim
