// Checks first, reads afterwards.
#include "sim/output/reader.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include <fmt/format.h>
#include <hdf5_hl.h>

#include "sim/describe/errors.hpp"
#include "sim/output/digest.hpp"

namespace sim {
namespace {

using hdf5::Check;

[[noreturn]] void refuse(const Check& check, const std::string& why) {
    throw FileError(check.path.string() + ": " + why);
}

// Filters that HDF5 has built in and that shrink by a known factor at most.
void check_filters(const Check& check, const hdf5::Properties& creation, const std::string& name) {
    for (int i = 0; i < check(H5Pget_nfilters(creation), "read the filters of " + name); ++i) {
        unsigned flags = 0;
        unsigned config = 0;
        std::size_t parameters = 0;
        const auto filter =
            H5Pget_filter2(creation, static_cast<unsigned>(i), &flags, &parameters, nullptr, 0, nullptr, &config);
        if (filter != H5Z_FILTER_SHUFFLE && filter != H5Z_FILTER_DEFLATE && filter != H5Z_FILTER_FLETCHER32)
            refuse(check, fmt::format("'{}' is packed in a way this format does not use", name));
    }
}

bool is_bare_dimension(const hdf5::Dataset& dataset) {
    std::array<char, 64> label{};
    return H5DSis_scale(dataset) > 0 && H5DSget_scale_name(dataset, label.data(), label.size()) > 0 &&
           std::string_view(label.data()).starts_with("This is a netCDF dimension but not");
}

// A few kilobytes can claim to hold terabytes; deflate cannot shrink by more than about a thousand.
void check_size(const Check& check, const hdf5::Dataset& dataset, const std::string& name) {
    constexpr double most_shrinking = 1100;
    constexpr double most_points = 1e9;
    const hdf5::Type type(check(H5Dget_type(dataset), "read the type of " + name));
    double bytes = static_cast<double>(H5Tget_size(type));
    for (const auto length : hdf5::shape_of(check, dataset)) bytes *= static_cast<double>(length);
    const auto stored = static_cast<double>(H5Dget_storage_size(dataset));
    const bool bare = is_bare_dimension(dataset) && bytes <= most_points * sizeof(double);
    if (bytes > most_shrinking * stored && !bare)
        refuse(check, fmt::format("'{}' claims more values than the file holds", name));
}

void check_dataset(const Check& check, const hdf5::File& file, const std::string& name) {
    const auto dataset = hdf5::open_dataset(check, file, name);
    const hdf5::Properties creation(check(H5Dget_create_plist(dataset), "read how " + name + " is stored"));
    if (H5Pget_layout(creation) == H5D_VIRTUAL || H5Pget_external_count(creation) != 0)
        refuse(check, fmt::format("'{}' takes its values from another file, which is not followed", name));
    check_filters(check, creation, name);
    check_size(check, dataset, name);
}

struct Links {
    std::vector<std::string> names;
    bool plain = true;  // every one a hard link
};

// In the order of creation.
Links links_of(const Check& check, const hdf5::File& file) {
    Links links;
    const auto visit = [](hid_t, const char* name, const H5L_info_t* info, void* seen) -> herr_t {
        static_cast<Links*>(seen)->names.emplace_back(name);
        static_cast<Links*>(seen)->plain &= info->type == H5L_TYPE_HARD;
        return 0;
    };
    check(H5Literate(file, H5_INDEX_CRT_ORDER, H5_ITER_INC, nullptr, visit, &links), "list its contents");
    return links;
}

void check_contents(const Check& check, const hdf5::File& file) {
    constexpr std::size_t most_datasets = 100'000;
    const auto links = links_of(check, file);
    if (links.names.size() > most_datasets) refuse(check, "holds too many datasets");
    if (!links.plain) refuse(check, "links to other objects or files, which are not followed");
    for (const auto& name : links.names) {
        H5O_info_t info;
        check(H5Oget_info_by_name(file, name.c_str(), &info, H5P_DEFAULT), "look at " + name);
        if (info.type != H5O_TYPE_DATASET || info.rc != 1)
            refuse(check, fmt::format("'{}' is not a dataset of this format", name));
        check_dataset(check, file, name);
    }
}

void check_kind(const Check& check, const hdf5::File& file) {
    if (H5Aexists(file, "filetype") <= 0 || hdf5::read_text_attribute(check, file, "filetype") != filetype)
        refuse(check, fmt::format("is an HDF5 file, but no '{}'", filetype));
    const auto version = hdf5::read_integer_attribute(check, file, "schema_version");
    if (version[0] > schema_version[0])
        refuse(check, fmt::format("has version {} of the format; this program reads up to version {}",
                                  fmt::join(version, "."), schema_version[0]));
}

}  // namespace

ResultsReader::ResultsReader(const std::filesystem::path& path) : check_{path} {
    hdf5::begin();
    std::error_code error;
    if (!std::filesystem::exists(path, error)) refuse(check_, "there is no such file");
    if (std::filesystem::is_directory(path, error)) refuse(check_, "is a folder");
    if (H5Fis_hdf5(path.c_str()) <= 0) refuse(check_, "is no HDF5 file, or was cut short");
    file_ = hdf5::open_file(check_, path);
    check_kind(check_, file_);
    check_contents(check_, file_);
}

ResultsReader::Values ResultsReader::read(const std::string& variable) const {
    return read(variable, 0, std::numeric_limits<std::size_t>::max());
}

ResultsReader::Values ResultsReader::read(const std::string& variable, std::size_t first, std::size_t count) const {
    const auto dataset = open(variable);
    const auto stored = hdf5::shape_of(check_, dataset);
    const hdf5::Type type(check_(H5Dget_type(dataset), "read the type of " + variable));
    if (stored.empty() || H5Tget_class(type) == H5T_STRING)
        refuse(check_, fmt::format("'{}' is not numeric", variable));
    Values result{{stored.begin(), stored.end()}, {}};
    first = std::min(first, result.shape[0]);
    result.shape[0] = std::min(count, result.shape[0] - first);
    std::size_t size = 1;
    for (const auto length : result.shape) size *= length;
    result.values.resize(size);
    if (size > 0) hdf5::read_rows(check_, dataset, {first, result.shape[0]}, H5T_NATIVE_DOUBLE, result.values.data());
    return result;
}

std::string ResultsReader::text(const std::string& attribute) const {
    hdf5::begin();
    return hdf5::read_text_attribute(check_, file_, attribute);
}

std::string ResultsReader::text(const std::string& attribute, const std::string& variable) const {
    return hdf5::read_text_attribute(check_, open(variable), attribute);
}

std::vector<std::int64_t> ResultsReader::integers(const std::string& attribute) const {
    hdf5::begin();
    return hdf5::read_integer_attribute(check_, file_, attribute);
}

std::vector<std::string> ResultsReader::variables() const {
    hdf5::begin();
    std::vector<std::string> found;
    for (const auto& name : links_of(check_, file_).names) {
        if (H5DSis_scale(open(name)) > 0 || name == "replicate_status" || name == "failure") continue;
        if (const auto along = dims(name); !along.empty() && along[0] == replicate_axis) found.push_back(name);
    }
    return found;
}

std::vector<std::string> ResultsReader::dims(const std::string& variable) const {
    const auto dataset = open(variable);
    std::vector<std::string> names(hdf5::shape_of(check_, dataset).size());
    const auto name_of_scale = [](hid_t, unsigned, hid_t scale, void* into) -> herr_t {
        std::array<char, 256> name{};
        if (H5Iget_name(scale, name.data(), name.size()) <= 0) return -1;
        *static_cast<std::string*>(into) = name.data() + 1;  // without the leading slash
        return 1;
    };
    for (unsigned i = 0; i < names.size(); ++i)
        check_(H5DSiterate_scales(dataset, i, nullptr, name_of_scale, &names[i]), "read the dimensions of " + variable);
    return names;
}

bool ResultsReader::has(const std::string& dataset) const {
    hdf5::begin();
    return H5Lexists(file_, dataset.c_str(), H5P_DEFAULT) > 0;
}

std::vector<std::string> ResultsReader::keys(const std::string& axis) const {
    return texts(axis);
}

std::vector<std::string> ResultsReader::labels(const std::string& axis, Language language) const {
    const auto name = axis + (language == Language::zh ? "_name_zh" : "_name");
    return texts(has(name) ? name : axis);
}

std::vector<std::string> ResultsReader::failures() const {
    return texts("failure");
}

void ResultsReader::verify_digest() const {
    hdf5::begin();
    const auto told = text("content_digest");
    const auto found = content_digest(check_, file_);
    if (found != told)
        refuse(check_, fmt::format("its content has changed: its digest is {}, but it says {}", found, told));
}

hdf5::Dataset ResultsReader::open(const std::string& name) const {
    if (!has(name)) refuse(check_, fmt::format("has no '{}'", name));
    return hdf5::open_dataset(check_, file_, name);
}

std::vector<std::string> ResultsReader::texts(const std::string& name) const {
    const auto dataset = open(name);
    const hdf5::Type type(check_(H5Dget_type(dataset), "read the type of " + name));
    if (H5Tis_variable_str(type) <= 0) refuse(check_, fmt::format("'{}' is not text", name));
    return hdf5::read_texts(check_, dataset);
}

}  // namespace sim
