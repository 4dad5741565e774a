#include "study/firm_file.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <mutex>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "sim/describe/errors.hpp"
#include "sim/describe/translated.hpp"
#include "sim/output/digest.hpp"
#include "sim/scenario/names.hpp"
#include "study/characters.hpp"
#include "study/csv_file.hpp"
#include "study/scenario.hpp"

namespace jiju {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t largest_table = std::uintmax_t{1} << 30;  // bytes

std::string_view text_at(const sim::Document& document, std::string_view path) {
    const auto* node = document.find(path);
    return node != nullptr && node->is(sim::Node::Kind::string) ? std::string_view(node->string()) : std::string_view();
}

std::optional<std::string> content_of(const fs::path& path) {
    std::ifstream stream(path, std::ios::binary);
    if (!stream) return std::nullopt;
    std::string text{std::istreambuf_iterator<char>(stream), {}};
    return stream.bad() ? std::nullopt : std::optional(std::move(text));
}

FirmFile parsed(std::string text, const fs::path& path, sim::Problems& problems) {
    const auto before = problems.size();
    auto table = read_csv(text, harmless(path.string()), problems);
    if (problems.size() > before) return nullptr;
    auto digest = sim::sha256(text);
    return std::make_shared<const growth::FirmFile>(
        growth::FirmFile{std::move(table), std::move(digest), path.filename().string(), std::move(text)});
}

// Thousands of points of a design name one table: the last that was read is kept.
class LastFile {
public:
    // nullptr where it is not the one that is wanted.
    FirmFile get(const fs::path& path, std::string_view wanted, sim::Problems& problems) {
        std::error_code error;
        const auto size = fs::file_size(path, error);
        const auto time = fs::last_write_time(path, error);
        const std::scoped_lock lock(mutex_);
        if (!file_ || path != path_ || size != size_ || time != time_) {
            auto text = content_of(path);
            if (!text) {
                problems.add(harmless(path.string()), sim::translated("cannot be read"));
                return nullptr;
            }
            if (!wanted.empty() && sim::sha256(*text) != wanted) return nullptr;
            auto file = parsed(std::move(*text), path, problems);
            if (!file) return nullptr;
            path_ = path, size_ = size, time_ = time;
            file_ = std::move(file);
        }
        return wanted.empty() || file_->sha256 == wanted ? file_ : nullptr;
    }

private:
    std::mutex mutex_;
    fs::path path_;
    std::uintmax_t size_ = 0;
    fs::file_time_type time_;
    FirmFile file_;
};

// With `wanted`, nullptr where its SHA-256 is another.
FirmFile read(const fs::path& path, std::string_view wanted, sim::Problems& problems) {
    static LastFile last;
    return last.get(path, wanted, problems);
}

// The folders in a folder, in the order of their names.
void add_folders_in(const fs::path& folder, std::vector<fs::path>& folders) {
    std::error_code error;
    std::vector<fs::path> inner;
    for (const auto& entry : fs::directory_iterator(folder, fs::directory_options::skip_permission_denied, error))
        if (entry.is_directory(error)) inner.push_back(entry.path());
    std::ranges::sort(inner);
    folders.insert(folders.end(), inner.begin(), inner.end());
}

std::vector<fs::path> folders_near(const fs::path& file) {
    std::error_code error;
    const auto beside = fs::absolute(file, error).parent_path(), here = fs::current_path(error);
    std::vector<fs::path> folders{beside, here};
    add_folders_in(beside, folders);
    if (here != beside) add_folders_in(here, folders);
    folders.push_back(beside.parent_path());
    add_folders_in(beside.parent_path(), folders);
    const auto search = scenario_search();
    for (const auto& shelf : search.shelves()) add_folders_in(shelf, folders);
    return folders;
}

// The table of that name and SHA-256 in a folder near a file; nullptr where there is none.
FirmFile found_near(const fs::path& file, std::string_view name, std::string_view wanted) {
    if (name.empty() || wanted.empty()) return nullptr;
    std::error_code error;
    for (const auto& folder : folders_near(file))
        for (const auto& path : {folder / name, folder / fs::path(name).filename()}) {
            if (!fs::is_regular_file(path, error) || fs::file_size(path, error) > largest_table) continue;
            sim::Problems problems;
            if (auto found = read(path, wanted, problems)) return found;
        }
    return nullptr;
}

// What is wrong with a path; nothing where a table can be read from it.
std::string fault_of(const fs::path& path) {
    std::error_code error;
    const auto status = fs::status(path, error);
    if (!fs::exists(status))
        return sim::translated("does not exist; the table lies relative to the file that names it");
    if (!fs::is_regular_file(status)) return sim::translated("is no ordinary file");
    if (path.extension() == ".xlsx" || path.extension() == ".parquet" || path.extension() == ".dta")
        return sim::translated("is no CSV file; jiju import makes one of it");
    if (fs::file_size(path, error) > largest_table) return sim::translated("is larger than {} bytes", largest_table);
    return {};
}

[[noreturn]] void refuse_lacking(std::string_view name, std::string_view sha256, const fs::path& results) {
    throw sim::ScenarioError(
        {{harmless(results.string()),
          sim::translated(
              "its firms are those of {} with SHA-256 {}, which is not there, or has changed; it was looked for beside "
              "this file, in the folder above, in the current folder, in the folders in these, and in folders of "
              "JIJU_SCENARIOS",
              sim::in_quotes(name), sha256)}});
}

}  // namespace

FirmFile firm_file_of(const sim::Document& document) {
    const auto name = text_at(document, "population.firms"), wanted = text_at(document, "population.sha256");
    if (name.empty()) return nullptr;
    const auto& source = document.find("population.firms")->source;
    const auto path = (source.line > 0 ? fs::path(source.file).parent_path() : fs::path()) / name;
    sim::Problems problems;
    const auto fault = fault_of(path);
    if (fault.empty())
        if (auto file = read(path, wanted, problems)) return file;
    if (auto file = found_near(source.line > 0 ? fs::path(source.file) : path, name, wanted)) return file;
    if (!fault.empty()) problems.add(source, fmt::format("population.firms: {} {}", harmless(path.string()), fault));
    problems.throw_if_any();
    auto file = read(path, {}, problems);  // which is not the one that is wanted, as the scenario's reader says
    problems.throw_if_any();
    return file;
}

bool name_same_firms(const sim::Document& one, const sim::Document& other) {
    for (const auto* path : {"population.firms", "population.sha256"})
        if (text_at(one, path) != text_at(other, path)) return false;
    const auto *a = one.find("population.firms"), *b = other.find("population.firms");
    return (a == nullptr) == (b == nullptr) && (a == nullptr || a->source == b->source);
}

FirmFile firm_file_from(std::string bytes, const std::string& name) {
    sim::Problems problems;
    auto file = parsed(std::move(bytes), name, problems);
    problems.throw_if_any();
    return file;
}

FirmFile firm_file_of_results(const sim::Document& document, const fs::path& results) {
    return found_near(results, text_at(document, "population.firms"), text_at(document, "population.sha256"));
}

FirmFile required_firm_file(const sim::Document& document, const fs::path& results) {
    auto file = firm_file_of_results(document, results);
    if (!file && !text_at(document, "population.firms").empty())
        refuse_lacking(text_at(document, "population.firms"), text_at(document, "population.sha256"), results);
    return file;
}

void require_firms(const growth::Config& config, const fs::path& results) {
    if (growth::lacks_firms(config)) refuse_lacking(config.population.firms, config.population.sha256, results);
}

}  // namespace jiju
