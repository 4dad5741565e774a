// The walk over a file's datasets and their attributes.
#include "sim/output/contents.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>
#include <hdf5_hl.h>

#include "sim/describe/errors.hpp"
#include "sim/describe/translated.hpp"

namespace sim::contents {
namespace {

using hdf5::Check;

[[noreturn]] void refuse(const Check& check, const std::string& why) {
    throw FileError(check.path.string() + ": " + why);
}

std::size_t size_of(const hdf5::Shape& shape, std::size_t from = 0) {
    std::size_t size = 1;
    for (std::size_t i = from; i < shape.size(); ++i) size *= shape[i];
    return size;
}

// Of the rows along the dimension after `start`, read in blocks that fit into memory and split no chunk.
std::string digest_of_rows(const Check& check, const hdf5::Dataset& dataset, const Type& type, const hdf5::Shape& shape,
                           std::size_t chunk_rows, hdf5::Shape start) {
    constexpr std::size_t block_bytes = 1 << 20;
    Sha256 digest;
    const auto along = start.size();
    const auto row_bytes = type.size * size_of(shape, along + 1);
    auto rows = std::max<hsize_t>(1, block_bytes / std::max<std::size_t>(row_bytes, 1));
    if (rows > chunk_rows) rows -= rows % chunk_rows;
    std::vector<std::byte> block(std::min(rows, shape[along]) * row_bytes);
    start.push_back(0);
    hdf5::Shape count(start.size(), 1);
    for (auto& first = start.back(); first < shape[along]; first += rows) {
        count.back() = std::min(rows, shape[along] - first);
        hdf5::read_slab(check, dataset, {start, count}, type.memory, block.data());
        const auto read = std::span<const std::byte>(block).first(count.back() * row_bytes);
        if (type.name == type_name<double>())
            digest.add_values(std::span(reinterpret_cast<const double*>(read.data()), read.size() / sizeof(double)));
        else
            digest.add(read);
    }
    return digest.hex();
}

// Along the first dimensions; 1 where there are none.
hdf5::Shape chunk_of(const Check& check, const hdf5::Dataset& dataset, const hdf5::Shape& shape) {
    const hdf5::Properties creation(check(H5Dget_create_plist(dataset), "read how values are stored"));
    hdf5::Shape chunk(shape.size(), 1);
    if (H5Pget_layout(creation) == H5D_CHUNKED)
        check(H5Pget_chunk(creation, static_cast<int>(chunk.size()), chunk.data()), "read how values are stored");
    return chunk;
}

std::string digest_of_stored_texts(const Check& check, const hdf5::Dataset& dataset) {
    TextDigest digest;
    hdf5::visit_texts(check, dataset, [&](const std::string& text) { digest.add(text); });
    return digest.hex();
}

std::string digest_of_dataset(const Check& check, const hdf5::Dataset& dataset, const Type& type,
                              const hdf5::Shape& shape) {
    if (type.memory == H5I_INVALID_HID) return digest_of_stored_texts(check, dataset);
    if (shape.empty()) {
        std::array<std::byte, 8> value{};
        check(H5Dread(dataset, type.memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, value.data()), "read a value");
        Sha256 digest;
        digest.add(std::span(value).first(type.size));
        return digest.hex();
    }
    const auto chunk = chunk_of(check, dataset, shape);
    if (shape.size() == 1) return digest_of_rows(check, dataset, type, shape, chunk[0], {});
    std::vector<std::string> slices;
    for (hsize_t i = 0; i < shape[0]; ++i) slices.push_back(digest_of_rows(check, dataset, type, shape, chunk[1], {i}));
    return digest_of_slices(slices);
}

std::optional<AttributeValue> value_of(const Check& check, hid_t attribute, const std::string& name) {
    constexpr hssize_t most = 1'000'000;
    const hdf5::Type type(check(H5Aget_type(attribute), "read attribute " + name));
    const hdf5::Space space(check(H5Aget_space(attribute), "read attribute " + name));
    const auto kind = H5Tget_class(type);
    const auto count = H5Sget_simple_extent_npoints(space);
    if (H5Sget_simple_extent_type(space) == H5S_NULL || count == 0)
        return kind == H5T_STRING ? std::optional(AttributeValue::of_text("")) : std::nullopt;
    if (count < 0 || count > most) refuse(check, translated("attribute '{}' is too long", name));
    const auto points = static_cast<std::size_t>(count);
    if (kind == H5T_STRING && points == 1) return AttributeValue::of_text(hdf5::read_text(check, attribute, name));
    if (kind == H5T_INTEGER) {
        std::vector<std::int64_t> numbers(points);
        check(H5Aread(attribute, H5T_NATIVE_INT64, numbers.data()), "read attribute " + name);
        return AttributeValue::of_numbers(std::span<const std::int64_t>(numbers));
    }
    if (kind == H5T_FLOAT) {
        std::vector<double> numbers(points);
        check(H5Aread(attribute, H5T_NATIVE_DOUBLE, numbers.data()), "read attribute " + name);
        return AttributeValue::of_numbers(std::span<const double>(numbers));
    }
    return std::nullopt;
}

// netCDF lists the dimensions of a variable a second time, by number; some readers believe that list.
void check_numbers(const Check& check, const hdf5::File& file, const hdf5::Dataset& dataset, const std::string& name,
                   const std::vector<std::string>& dims) {
    constexpr auto list = "_Netcdf4Coordinates", number = "_Netcdf4Dimid";
    if (H5Aexists(dataset, list) <= 0) return;
    const auto numbers = hdf5::read_integer_attribute(check, dataset, list);
    bool same = numbers.size() == dims.size();
    for (std::size_t i = 0; same && i < dims.size(); ++i)
        same = hdf5::read_integer_attribute(check, hdf5::open_dataset(check, file, dims[i]), number)[0] == numbers[i];
    if (!same) refuse(check, translated("'{}' states its dimensions in two ways that differ", name));
}

}  // namespace

// By name in native order, then sorted: the library's own walk in the order of creation frees memory that it never set
// when a damaged index makes it fail (HDF5 1.10.8).
Links links_of(const Check& check, const hdf5::File& file) {
    struct Found {
        std::vector<std::pair<std::int64_t, std::string>> links;
        bool plain = true, ordered = true;
    } found;
    const auto visit = [](hid_t, const char* name, const H5L_info_t* info, void* seen) -> herr_t {
        auto& all = *static_cast<Found*>(seen);
        all.links.emplace_back(info->corder, name);
        all.plain &= info->type == H5L_TYPE_HARD;
        all.ordered &= info->corder_valid > 0;
        return 0;
    };
    check(H5Literate(file, H5_INDEX_NAME, H5_ITER_NATIVE, nullptr, visit, &found), "list its contents");
    if (!found.ordered)
        for (auto& [order, name] : found.links) order = 0;
    std::sort(found.links.begin(), found.links.end());
    Links links{{}, found.plain};
    for (auto& [order, name] : found.links) links.names.push_back(std::move(name));
    return links;
}

std::vector<std::string> names_of(const Check& check, const hdf5::File& file) {
    return links_of(check, file).names;
}

Type type_of(const Check& check, const hdf5::Dataset& dataset, const std::string& name) {
    struct Known {
        hid_t little, big;
        Type type;
    };
    const hdf5::Type type(check(H5Dget_type(dataset), "read the type of " + name));
    if (H5Tget_class(type) == H5T_STRING) return {"string", H5I_INVALID_HID, 0};
    const std::array known{Known{H5T_STD_I8LE, H5T_STD_I8BE, {type_name<std::int8_t>(), H5T_NATIVE_INT8, 1}},
                           Known{H5T_STD_I32LE, H5T_STD_I32BE, {type_name<std::int32_t>(), H5T_NATIVE_INT32, 4}},
                           Known{H5T_STD_I64LE, H5T_STD_I64BE, {type_name<std::int64_t>(), H5T_NATIVE_INT64, 8}},
                           Known{H5T_IEEE_F64LE, H5T_IEEE_F64BE, {type_name<double>(), H5T_NATIVE_DOUBLE, 8}}};
    for (const auto& [little, big, stored] : known)
        if (H5Tequal(type, little) > 0 || H5Tequal(type, big) > 0) return stored;
    refuse(check, translated("'{}' has a type this format does not know", name));
}

bool is_bare_dimension(const hdf5::Dataset& dataset) {
    std::array<char, 64> label{};
    return H5DSis_scale(dataset) > 0 && H5DSget_scale_name(dataset, label.data(), label.size()) > 0 &&
           std::string_view(label.data()).starts_with("This is a netCDF dimension but not");
}

NamesByAddress::NamesByAddress(const Check& check, const hdf5::File& file, const std::vector<std::string>& names) {
    for (const auto& name : names) {
        H5O_info_t about;
        check(H5Oget_info_by_name2(file, name.c_str(), &about, H5O_INFO_BASIC, H5P_DEFAULT), "look for " + name);
        names_.emplace(about.addr, name);
    }
}

std::string NamesByAddress::of(hid_t dataset) const {
    H5O_info_t about;
    if (H5Oget_info2(dataset, &about, H5O_INFO_BASIC) < 0) return {};
    const auto found = names_.find(about.addr);
    return found == names_.end() ? std::string() : found->second;
}

std::vector<std::string> dims_of(const Check& check, const hdf5::File& file, const hdf5::Dataset& dataset,
                                 const std::string& name, const NamesByAddress& all) {
    std::vector<std::string> names(hdf5::shape_of(check, dataset).size());
    if (names.size() == 1 && H5DSis_scale(dataset) > 0) return {name};
    struct Found {
        const NamesByAddress& all;
        std::string name;
    };
    const auto name_of_scale = [](hid_t, unsigned, hid_t scale, void* into) -> herr_t {
        auto& found = *static_cast<Found*>(into);
        found.name = found.all.of(scale);
        return found.name.empty() ? -1 : 1;
    };
    for (unsigned i = 0; i < names.size(); ++i) {
        Found found{all, {}};
        check(H5DSiterate_scales(dataset, i, nullptr, name_of_scale, &found), "read the dimensions of " + name);
        names[i] = std::move(found.name);
        if (names[i].empty()) refuse(check, translated("'{}' has an axis without a dimension", name));
    }
    check_numbers(check, file, dataset, name, names);
    return names;
}

Attributes attributes_of(const Check& check, hid_t object) {
    std::vector<std::string> names;
    const auto collect = [](hid_t, const char* name, const H5A_info_t*, void* list) -> herr_t {
        static_cast<std::vector<std::string>*>(list)->emplace_back(name);
        return 0;
    };
    check(H5Aiterate2(object, H5_INDEX_NAME, H5_ITER_NATIVE, nullptr, collect, &names), "list attributes");
    Attributes found;
    for (const auto& name : names) {
        const hdf5::AttributeHandle attribute(
            check(H5Aopen(object, name.c_str(), H5P_DEFAULT), "open attribute " + name));
        auto value = value_of(check, attribute, name);
        if (!value && !is_bookkeeping("", name, AttributeValue::of_text(".")))
            refuse(check, translated("attribute '{}' is neither one text nor numbers", name));
        if (value) found.emplace_back(name, std::move(*value));
    }
    return found;
}

ContentDigest digest_of(const Check& check, const hdf5::File& file) {
    hdf5::begin();
    ContentDigest digest;
    for (const auto& [name, value] : attributes_of(check, file)) digest.describe("", name, value);
    const auto names = names_of(check, file);
    const NamesByAddress by_address(check, file, names);
    for (const auto& name : names) {
        const auto dataset = hdf5::open_dataset(check, file, name);
        const auto shape = hdf5::shape_of(check, dataset);
        if (is_bare_dimension(dataset)) {
            if (shape.size() != 1) refuse(check, translated("dimension '{}' has no length", name));
            digest.add_bare(name, shape[0]);
            continue;
        }
        const auto type = type_of(check, dataset, name);
        digest.add(name, type.name, dims_of(check, file, dataset, name, by_address), shape,
                   digest_of_dataset(check, dataset, type, shape));
        for (const auto& [attribute, value] : attributes_of(check, dataset)) digest.describe(name, attribute, value);
    }
    return digest;
}

}  // namespace sim::contents
