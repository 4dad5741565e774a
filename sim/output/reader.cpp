// Checks first, reads afterwards.
#include "sim/output/reader.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include <fmt/format.h>
#include <hdf5_hl.h>
#include <nlohmann/json.hpp>

#include "sim/describe/errors.hpp"
#include "sim/describe/translated.hpp"
#include "sim/output/causes.hpp"
#include "sim/output/contents.hpp"
#include "sim/output/quarantine.hpp"
#include "sim/output/seal.hpp"
#include "sim/output/text_heap.hpp"
#include "sim/output/texts.hpp"

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
            refuse(check, translated("'{}' is packed in a way this format does not use", name));
    }
}

// A few kilobytes can claim to hold terabytes; deflate cannot shrink by more than about a thousand.
void check_size(const Check& check, const hdf5::Dataset& dataset, const std::string& name) {
    constexpr double most_shrinking = 1100;
    constexpr double most_points = 1e9;
    const hdf5::Type type(check(H5Dget_type(dataset), "read the type of " + name));
    double bytes = static_cast<double>(H5Tget_size(type));
    for (const auto length : hdf5::shape_of(check, dataset)) bytes *= static_cast<double>(length);
    const auto stored = static_cast<double>(H5Dget_storage_size(dataset));
    const bool bare = contents::is_bare_dimension(dataset) && bytes <= most_points * sizeof(double);
    if (bytes > most_shrinking * stored && !bare)
        refuse(check, translated("'{}' claims more values than the file holds", name));
}

void check_dataset(const Check& check, const hdf5::File& file, const std::string& name) {
    const auto dataset = hdf5::open_dataset(check, file, name);
    const hdf5::Properties creation(check(H5Dget_create_plist(dataset), "read how " + name + " is stored"));
    if (H5Pget_layout(creation) == H5D_VIRTUAL || H5Pget_external_count(creation) != 0)
        refuse(check, translated("'{}' takes its values from another file, which is not followed", name));
    check_filters(check, creation, name);
    check_size(check, dataset, name);
}

void check_contents(const Check& check, const hdf5::File& file) {
    constexpr std::size_t most_datasets = 100'000;
    const auto links = contents::links_of(check, file);
    if (links.names.size() > most_datasets) refuse(check, translated("holds too many datasets"));
    if (!links.plain) refuse(check, translated("links to other objects or files, which are not followed"));
    for (const auto& name : links.names) {
        H5O_info_t info;
        check(H5Oget_info_by_name(file, name.c_str(), &info, H5P_DEFAULT), "look at " + name);
        if (info.type != H5O_TYPE_DATASET || info.rc != 1)
            refuse(check, translated("'{}' is not a dataset of this format", name));
        check_dataset(check, file, name);
    }
}

void check_kind(const Check& check, const hdf5::File& file, FileKind kind) {
    const auto wanted = kind == FileKind::results ? filetype : shard_filetype;
    const auto found =
        H5Aexists(file, "filetype") > 0 ? hdf5::read_text_attribute(check, file, "filetype") : std::string();
    if (kind == FileKind::results && found == shard_filetype)
        refuse(check, translated("is a shard, a part of a run; `jiju merge` makes the results file of all its shards"));
    if (kind == FileKind::shard && found == filetype) refuse(check, translated("is a whole results file and no shard"));
    if (found != wanted) refuse(check, translated("is an HDF5 file, but no '{}'", wanted));
    const auto version = hdf5::read_integer_attribute(check, file, "schema_version");
    if (version[0] != schema_version[0])
        refuse(check, translated("has version {} of the format; this program reads version {}", fmt::join(version, "."),
                                 schema_version[0]));
}

// What a digest tells of a change; empty where there is none.
std::string change_of(const Check& check, const hdf5::File& file) {
    const auto found = contents::digest_of(check, file);
    const auto change = [&](const char* name, const std::string& digest) {
        const auto stated = hdf5::read_text_attribute(check, file, name);
        return stated == digest ? std::string()
                                : translated("its {} should be {}, but the file says {}", name, digest, stated);
    };
    const auto of_data = change("data_digest", found.data());
    return of_data.empty() ? change("content_digest", found.all()) : of_data;
}

void check_change(const Check& check, const std::string& change) {
    if (!change.empty())
        throw DamagedError(
            translated("{}: was damaged or altered since it was written: {}", check.path.string(), change));
}

// All that a reader will do, done in a process of its own. Returns whether the file has its seal.
bool examine(const Check& check, FileKind kind, Trust trust) {
    const auto size = std::filesystem::file_size(check.path);
    const auto megabytes = static_cast<double>(size) * 1e-6;
    Seal seal;
    if (trust == Trust::nobody) seal = check_seal(check.path);
    if (seal.state == Seal::State::broken) check_change(check, translated("its seal is broken"));
    // Forty times what a file takes, and more: a slow processor must not make a sound file a damaged one.
    const Quarantine limits{10 + megabytes / 5, 60 + megabytes, (std::uintmax_t{1} << 30) + 4 * size};
    const auto change = in_quarantine(limits, check.path.string(), [&]() -> std::string {
        hdf5::begin();
        const auto file = hdf5::open_file(check, check.path);
        check_kind(check, file, kind);
        check_contents(check, file);
        if (trust != Trust::nobody) return {};
        haddr_t end = 0;
        check(H5Fget_eoa(file, &end), "find its end");
        if (seal.state == Seal::State::absent && end != size) return translated("what follows its end is no seal");
        if (const auto flaw = flaw_of_text_heaps(check.path); !flaw.empty()) return flaw;
        return change_of(check, file);
    });
    check_change(check, change);
    return seal.state == Seal::State::whole;
}

std::size_t size_of(const hdf5::Shape& shape) {
    std::size_t size = 1;
    for (const auto length : shape) size *= length;
    return size;
}

}  // namespace

ResultsReader::ResultsReader(const std::filesystem::path& path, FileKind kind, Trust trust)
    : kind_(kind), check_{path} {
    check_readable_hdf5(path);
    hdf5::begin();
    if (trust != Trust::known) is_sealed_ = examine(check_, kind, trust);
    file_ = hdf5::open_file(check_, path);
    names_ = {check_, file_, contents::names_of(check_, file_)};
    if (trust != Trust::known) return;
    check_kind(check_, file_, kind);
    check_contents(check_, file_);
}

ResultsReader::Values ResultsReader::read(const std::string& variable) const {
    const auto dataset = open_numeric(variable);
    const auto stored = hdf5::shape_of(check_, dataset);
    Values result{{stored.begin(), stored.end()}, std::vector<double>(size_of(stored))};
    if (!result.values.empty())
        check_(H5Dread(dataset, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, result.values.data()),
               "read " + variable);
    return result;
}

std::vector<double> ResultsReader::read_rows(const std::string& variable, std::size_t scenario, std::size_t first,
                                             std::size_t count) const {
    const auto dataset = open_numeric(variable);
    auto shape = hdf5::shape_of(check_, dataset);
    if (shape.size() < 2 || scenario >= shape[0] || first + count > shape[1])
        refuse(check_, translated("'{}' does not have the replicates the file says it has", variable));
    shape[0] = 1;
    shape[1] = count;
    std::vector<double> values(size_of(shape));
    if (!values.empty())
        hdf5::read_slab(check_, dataset, {{scenario, first}, {1, count}}, H5T_NATIVE_DOUBLE, values.data());
    return values;
}

template <hdf5::Number T>
std::vector<T> ResultsReader::read_integers(const std::string& variable) const {
    const auto dataset = open_numeric(variable);
    std::vector<T> values(size_of(hdf5::shape_of(check_, dataset)));
    check_(H5Dread(dataset, hdf5::memory_type<T>(), H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), "read " + variable);
    return values;
}
template std::vector<std::int64_t> ResultsReader::read_integers(const std::string&) const;
template std::vector<std::int32_t> ResultsReader::read_integers(const std::string&) const;

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
    for (const auto& name : contents::names_of(check_, file_)) {
        if (H5DSis_scale(open(name)) > 0 || name == "replicate_status") continue;
        const auto along = dims(name);
        if (along.size() > 1 && along[0] == scenario_axis && along[1] == replicate_axis) found.push_back(name);
    }
    return found;
}

std::vector<std::string> ResultsReader::dims(const std::string& variable) const {
    return contents::dims_of(check_, file_, open(variable), variable, names_);
}

bool ResultsReader::has(const std::string& dataset) const {
    hdf5::begin();
    return H5Lexists(file_, dataset.c_str(), H5P_DEFAULT) > 0;
}

bool ResultsReader::has_attribute(const std::string& attribute) const {
    hdf5::begin();
    return H5Aexists(file_, attribute.c_str()) > 0;
}

std::vector<std::string> ResultsReader::keys(const std::string& axis) const {
    return read_texts(axis);
}

std::vector<std::string> ResultsReader::labels(const std::string& axis, Language language) const {
    const auto name = axis + (language == Language::zh ? "_name_zh" : "_name");
    return read_texts(has(name) ? name : axis);
}

std::vector<Arm> ResultsReader::scenarios() const {
    const auto keys_found = keys("scenario"), names = read_texts("scenario_name"),
               names_zh = read_texts("scenario_name_zh"), texts = read_texts("scenario_toml");
    const auto design = has("design") ? read("design") : Values{{keys_found.size(), 0}, {}};
    if (names.size() != keys_found.size() || names_zh.size() != keys_found.size() ||
        texts.size() != keys_found.size() || design.shape.size() != 2 || design.shape[0] != keys_found.size())
        refuse(check_, translated("does not state its scenarios alike"));
    std::vector<Arm> arms;
    Texts packed;
    for (std::size_t i = 0; i < keys_found.size(); ++i) {
        const auto point = std::span(design.values).subspan(i * design.shape[1], design.shape[1]);
        if (kind_ == FileKind::shard) try {
                packed.unpack(texts[i]);
            } catch (const std::invalid_argument& error) {
                refuse(check_, error.what());
            }
        arms.push_back({keys_found[i],
                        names[i],
                        names_zh[i],
                        kind_ == FileKind::shard ? packed[i] : texts[i],
                        {point.begin(), point.end()}});
    }
    return arms;
}

std::vector<RecordedFactor> ResultsReader::factors() const {
    if (!has("factor")) return {};
    const auto keys_found = keys("factor"), settings = read_texts("factor_setting"), names = read_texts("factor_name"),
               names_zh = read_texts("factor_name_zh");
    if (settings.size() != keys_found.size() || names.size() != keys_found.size() ||
        names_zh.size() != keys_found.size())
        refuse(check_, translated("does not state its factors alike"));
    const auto lists = [&](const std::string& name) {
        std::vector<std::vector<std::string>> found;
        for (const auto& text : read_texts(name)) {
            const auto list = nlohmann::json::parse(text, nullptr, false);
            const auto is_text = [](const auto& each) { return each.is_string(); };
            if (!list.is_array() || !std::all_of(list.begin(), list.end(), is_text)) break;
            found.push_back(list);
        }
        if (found.size() != keys_found.size()) refuse(check_, translated("does not state the levels of its factors"));
        return found;
    };
    const auto levels = lists("factor_levels"), levels_zh = lists("factor_levels_zh");
    std::vector<RecordedFactor> factors;
    for (std::size_t i = 0; i < keys_found.size(); ++i)
        factors.push_back({keys_found[i], settings[i], names[i], names_zh[i], levels[i], levels_zh[i]});
    return factors;
}

std::vector<Failure> ResultsReader::failures() const {
    if (!has("failure")) return {};
    const auto arms = keys("scenario"), scenarios_failed = read_texts("failure_scenario"),
               causes = read_texts("failure_cause");
    const auto replicates = read_integers("failure_replicate"), steps = read_integers("failure_step");
    std::vector<Failure> failures;
    for (std::size_t i = 0; i < causes.size(); ++i) {
        const auto arm = std::find(arms.begin(), arms.end(), scenarios_failed.size() > i ? scenarios_failed[i] : "");
        if (arm == arms.end() || i >= replicates.size() || i >= steps.size() || replicates[i] < 0)
            refuse(check_, translated("does not state its failures alike"));
        failures.push_back({static_cast<std::size_t>(arm - arms.begin()), static_cast<std::size_t>(replicates[i]),
                            static_cast<int>(steps[i]), causes[i]});
    }
    return failures;
}

void ResultsReader::verify_digest() const {
    hdf5::begin();
    check_change(check_, change_of(check_, file_));
}

hdf5::Dataset ResultsReader::open(const std::string& name) const {
    if (!has(name)) refuse(check_, translated("has no '{}'", name));
    return hdf5::open_dataset(check_, file_, name);
}

hdf5::Dataset ResultsReader::open_numeric(const std::string& name) const {
    auto dataset = open(name);
    const hdf5::Type type(check_(H5Dget_type(dataset), translated("read the type of ") + name));
    if (H5Tget_class(type) == H5T_STRING || hdf5::shape_of(check_, dataset).empty())
        refuse(check_, translated("'{}' is not numeric", name));
    return dataset;
}

std::vector<std::string> ResultsReader::read_texts(const std::string& name) const {
    const auto dataset = open(name);
    const hdf5::Type type(check_(H5Dget_type(dataset), translated("read the type of ") + name));
    if (H5Tget_class(type) != H5T_STRING) refuse(check_, translated("'{}' is not text", name));
    return hdf5::read_texts(check_, dataset);
}

}  // namespace sim
