// Differences are collected and never thrown: verification needs to know all of them.
#include "sim/output/comparison.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <functional>
#include <numeric>
#include <sstream>
#include <utility>

#include <fmt/format.h>

#include "sim/describe/translated.hpp"
#include "sim/output/contents.hpp"
#include "sim/record/layout.hpp"

namespace sim {
namespace {

// What this program's own files have besides what the composer tells.
bool is_of_the_format(const std::string& name) {
    constexpr std::array<std::string_view, 6> own{"CLASS",          "NAME",          "DIMENSION_LIST",
                                                  "REFERENCE_LIST", "_Netcdf4Dimid", "_FillValue"};
    return std::find(own.begin(), own.end(), name) != own.end();
}

bool has_all_words(const std::string& of, const std::string& in) {
    std::istringstream wanted(of);
    const std::string padded = " " + in + " ";
    for (std::string word; wanted >> word;)
        if (padded.find(" " + word + " ") == std::string::npos) return false;
    return true;
}

std::string owner(const std::string& variable) {
    return variable.empty() ? std::string(translated("the file")) : "'" + variable + "'";
}

std::string in_words(const std::vector<std::string>& names) {
    return fmt::format("({})", fmt::join(names, ", "));
}

bool same(double a, double b) {
    return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b) || (std::isnan(a) && std::isnan(b));
}
template <std::integral T>
bool same(T a, T b) {
    return a == b;
}

std::string place_of(std::size_t index, const hdf5::Slab& slab, const hdf5::Shape& shape) {
    hdf5::Shape place(shape.size());
    for (std::size_t i = shape.size(); i-- > 0;) {
        const auto length = i < slab.count.size() ? slab.count[i] : shape[i];
        place[i] = index % length + (i < slab.start.size() ? slab.start[i] : 0);
        index /= length;
    }
    return fmt::format("[{}]", fmt::join(place, ", "));
}

}  // namespace

struct FileComparison::File {
    hdf5::Check check;
    hdf5::File file;
    std::vector<std::string> names;
    contents::NamesByAddress by_address;
};

FileComparison::FileComparison(const std::filesystem::path& path, ComparisonScope scope)
    : file_(std::make_unique<File>()), scope_(scope) {
    hdf5::begin();
    file_->check.path = path;
    file_->file = hdf5::open_file(file_->check, path);
    file_->names = contents::names_of(file_->check, file_->file);
    file_->by_address = contents::NamesByAddress(file_->check, file_->file, file_->names);
}

FileComparison::~FileComparison() = default;

// Rows grow along the second dimension, slice by slice along the first, or along the first where there are no slices.
class FileComparison::ComparedColumn final : public Medium::Column {
public:
    ComparedColumn(FileComparison& comparison, std::string name, const hdf5::Shape& shape, bool has_slices)
        : comparison_(comparison), name_(std::move(name)), has_slices_(has_slices) {
        row_ = std::accumulate(shape.begin() + (has_slices ? 2 : 1), shape.end(), hsize_t{1}, std::multiplies<>());
        written_.assign(has_slices ? shape[0] : 1, 0);
    }
    void write(std::size_t slice, std::span<const double> rows) override {
        const hsize_t count = row_ == 0 ? 0 : rows.size() / row_;
        auto& written = written_[slice];
        comparison_.compare_values(
            name_, has_slices_ ? hdf5::Slab{{slice, written}, {1, count}} : hdf5::Slab{{written}, {count}}, rows);
        written += count;
    }
    void close() override {}

private:
    FileComparison& comparison_;
    std::string name_;
    bool has_slices_;
    hsize_t row_ = 1;
    hdf5::Shape written_;
};

// Values that were read from this very file.
class FileComparison::KnownColumn final : public Medium::Column {
public:
    void write(std::size_t /*slice*/, std::span<const double> /*rows*/) override {}
    void close() override {}
};

void FileComparison::add_dimension(const std::string& name, const Numbers& points, const About& about) {
    lengths_.emplace_back(name, std::visit([](const auto& values) { return values.size(); }, points));
    add_variable(name, {name}, points, about);
}

void FileComparison::add_named_dimension(const std::string& name, const Texts& points, const About& about) {
    lengths_.emplace_back(name, points.size());
    add_texts(name, {name}, points, about);
}

void FileComparison::add_bare_dimension(const std::string& name, std::size_t length, const About& about) {
    lengths_.emplace_back(name, length);
    const auto& [check, file, names, by_address] = *file_;
    if (std::find(names.begin(), names.end(), name) == names.end())
        return differ(name, translated("has no '") + name + "'");
    met_.insert(name);
    const auto dataset = hdf5::open_dataset(check, file, name);
    if (!contents::is_bare_dimension(dataset)) differ(name, translated("'{}' is no dimension without values", name));
    if (hdf5::shape_of(check, dataset) != hdf5::Shape{length})
        differ(name, translated("dimension '{}' has another length than {}", name, length));
    // netCDF keeps no attributes of a dimension without values.
    if (scope_.is_sealed) compare_attributes(name, dataset, about.listed());
}

void FileComparison::add_variable(const std::string& name, const Texts& dims, const Numbers& values,
                                  const About& about) {
    std::visit(
        [&]<hdf5::Number T>(const std::span<const T>& numbers) {
            const auto shape = shape_of(dims);
            if (!meet(name, type_name<T>(), dims, shape, about.listed())) return;
            compare_values(name, {hdf5::Shape(shape.size(), 0), shape}, numbers);
        },
        values);
}

void FileComparison::add_texts(const std::string& name, const Texts& dims, const TextSource& texts,
                               const About& about) {
    if (!meet(name, "string", dims, shape_of(dims), about.listed())) return;
    constexpr std::size_t shown = 60;
    std::size_t i = 0;
    hdf5::visit_texts(file_->check, hdf5::open_dataset(file_->check, file_->file, name), [&](const std::string& found) {
        if (const auto text = texts[i]; found != text)
            differ(name, translated("'{}' [{}] is '{}'; by its scenarios it is '{}'", name, i, found.substr(0, shown),
                                    text.substr(0, shown)));
        ++i;
    });
}

std::unique_ptr<Medium::Column> FileComparison::create_column(const std::string& name, const Texts& dims,
                                                              std::size_t /*chunk_rows*/, const About& about) {
    const auto shape = shape_of(dims);
    const bool of_replicates = dims[1] == replicate_axis;
    if (!meet(name, type_name<double>(), dims, shape, about.listed()) || (of_replicates && !scope_.rows))
        return std::make_unique<KnownColumn>();
    return std::make_unique<ComparedColumn>(*this, name, shape, true);
}

std::unique_ptr<Medium::Column> FileComparison::create_rows(const std::string& name, const Texts& dims,
                                                            std::size_t /*chunk_rows*/, const About& about) {
    const auto shape = shape_of(dims);
    if (!meet(name, type_name<double>(), dims, shape, about.listed())) return std::make_unique<KnownColumn>();
    return std::make_unique<ComparedColumn>(*this, name, shape, false);
}

void FileComparison::write_attribute(const Attribute& attribute) {
    const auto& [check, file, names, by_address] = *file_;
    met_attributes_.insert(attribute.name);
    if (attribute.name == "data_digest" || attribute.name == "content_digest") return;  // they were recomputed
    const auto expected = AttributeValue::of(attribute);
    for (const auto& [name, value] : contents::attributes_of(check, file))
        if (name == attribute.name) {
            if (value != expected)
                differ("", translated("its attribute '{}' is {}; by its scenarios it is {}", name, value.shown(),
                                      expected.shown()));
            return;
        }
    differ("", translated("its attribute '{}' is missing", attribute.name));
}

void FileComparison::finish() {
    const auto& [check, file, names, by_address] = *file_;
    for (const auto& name : names)
        if (!met_.contains(name)) differ(name, translated("holds '{}', which no such run writes", name));
    for (const auto& [name, value] : contents::attributes_of(check, file)) {
        const bool is_note = !scope_.is_sealed && is_bookkeeping("", name, value);
        if (!met_attributes_.contains(name) && !is_note)
            differ("", translated("has the attribute '{}', which no such run writes", name));
    }
}

void FileComparison::differ(const std::string& subject, std::string what, bool is_of_values) {
    differences_.push_back({subject, std::move(what), is_of_values});
}

// Whether the values can be compared.
bool FileComparison::meet(const std::string& name, std::string_view type, const Texts& dims, const hdf5::Shape& shape,
                          const Attributes& attributes) {
    const auto& [check, file, names, by_address] = *file_;
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) {
        differ(name, translated("has no '") + name + "'");
        return false;
    }
    if (scope_.is_sealed && static_cast<std::size_t>(found - names.begin()) != met_.size())
        differ(name, translated("'{}' stands at another place", name));
    met_.insert(name);
    const auto dataset = hdf5::open_dataset(check, file, name);
    compare_attributes(name, dataset, attributes);
    const auto type_found = contents::type_of(check, dataset, name).name;
    const auto dims_found = contents::dims_of(check, file, dataset, name, by_address);
    if (type_found != type) differ(name, translated("'{}' is of type {} and not {}", name, type_found, type));
    if (dims_found != dims)
        differ(name, translated("'{}' is over {} and not over {}", name, in_words(dims_found), in_words(dims)));
    const auto shape_found = hdf5::shape_of(check, dataset);
    if (shape_found != shape)
        differ(name, translated("'{}' has {} values and not {}", name, fmt::join(shape_found, " × "),
                                fmt::join(shape, " × ")));
    if (scope_.is_sealed) compare_storage(name, shape_found);
    return type_found == type && shape_found == shape;
}

void FileComparison::compare_attributes(const std::string& variable, hid_t object, const Attributes& expected) {
    const auto found = contents::attributes_of(file_->check, object);
    for (const auto& attribute : expected) {
        const auto same_name = [&](const auto& one) { return one.first == attribute.name; };
        const auto one = std::find_if(found.begin(), found.end(), same_name);
        const auto value = AttributeValue::of(attribute);
        if (one == found.end()) {
            differ(variable, translated("attribute '{}' of {} is missing", attribute.name, owner(variable)));
            continue;
        }
        // Other programs put the list together again and may find more coordinates that fit.
        const bool longer_list =
            !scope_.is_sealed && attribute.name == "coordinates" && has_all_words(value.bytes, one->second.bytes);
        if (one->second != value && !longer_list)
            differ(variable, translated("attribute '{}' of {} is {}; by its scenarios it is {}", attribute.name,
                                        owner(variable), one->second.shown(), value.shown()));
    }
    for (const auto& [name, value] : found) {
        const auto is_expected = [&, &known = name](const Attribute& one) { return one.name == known; };
        const bool is_allowed = is_bookkeeping(variable, name, value) && (!scope_.is_sealed || is_of_the_format(name));
        if (std::none_of(expected.begin(), expected.end(), is_expected) && !is_allowed)
            differ(variable, translated("{} has the attribute '{}', which no such run writes", owner(variable), name));
    }
}

// No chunk is smaller than its values, and none of numbers goes without its checksum.
void FileComparison::compare_storage(const std::string& name, const hdf5::Shape& shape) {
    const auto& check = file_->check;
    const auto dataset = hdf5::open_dataset(check, file_->file, name);
    const hdf5::Properties creation(check(H5Dget_create_plist(dataset), "read how values are stored"));
    const hdf5::Type type(check(H5Dget_type(dataset), "read the type of " + name));
    constexpr hsize_t place_in_heap = 16;  // of a text of variable length
    const bool is_text = H5Tis_variable_str(type) > 0;
    hsize_t bytes = is_text ? place_in_heap : H5Tget_size(type);
    const auto layout = H5Pget_layout(creation);
    if (layout == H5D_CHUNKED) {
        const hsize_t checksum = is_text ? 0 : 4;
        hdf5::Shape chunk(shape.size());
        check(H5Pget_chunk(creation, static_cast<int>(chunk.size()), chunk.data()), "read how values are stored");
        hsize_t chunks = 1;
        for (std::size_t i = 0; i < shape.size(); ++i) {
            chunks *= (shape[i] + chunk[i] - 1) / chunk[i];
            bytes *= chunk[i];
        }
        bytes = chunks * (bytes + checksum);
        unsigned flags = 0;
        std::size_t parameters = 0;
        if (is_text) {
            if (H5Pget_nfilters(creation) != 0) differ(name, translated("'{}' is stored with filters", name));
        } else if (H5Pget_nfilters(creation) != 1 || H5Pget_filter2(creation, 0, &flags, &parameters, nullptr, 0,
                                                                    nullptr, nullptr) != H5Z_FILTER_FLETCHER32)
            differ(name, translated("'{}' is stored without checksums", name));
    } else {
        for (const auto length : shape) bytes *= length;
    }
    if (layout == H5D_CONTIGUOUS || H5Dget_storage_size(dataset) != bytes)
        differ(name, translated("'{}' does not take the {} bytes that its values take", name, bytes));
}

template <hdf5::Number T>
void FileComparison::compare_values(const std::string& name, const hdf5::Slab& slab, std::span<const T> expected) {
    const auto& [check, file, names, by_address] = *file_;
    const auto dataset = hdf5::open_dataset(check, file, name);
    std::vector<T> found(expected.size());
    if (found.empty()) return;
    hdf5::read_slab(check, dataset, slab, hdf5::memory_type<T>(), found.data());
    std::size_t differing = 0;
    std::string first;
    for (std::size_t i = 0; i < found.size(); ++i) {
        if (same(found[i], expected[i]) || differing++ > 0) continue;
        first = translated("'{}' {} is {}; computed again it is {}", name,
                           place_of(i, slab, hdf5::shape_of(check, dataset)), fmt::to_string(found[i]),
                           fmt::to_string(expected[i]));
    }
    if (differing > 1) first += translated(", and {} more of its values differ", differing - 1);
    if (differing > 0) differ(name, first, true);
}

hdf5::Shape FileComparison::shape_of(const Texts& dims) const {
    hdf5::Shape shape;
    for (const auto& dim : dims)
        shape.push_back(
            std::find_if(lengths_.begin(), lengths_.end(), [&](const auto& one) { return one.first == dim; })->second);
    return shape;
}

}  // namespace sim
