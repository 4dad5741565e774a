#include "study/catalogue.hpp"

#include <algorithm>
#include <fstream>
#include <set>

#include "sim/describe/errors.hpp"
#include "sim/scenario/design.hpp"
#include "sim/scenario/document.hpp"
#include "study/characters.hpp"
#include "study/scenario.hpp"

namespace jiju {
namespace {

namespace fs = std::filesystem;

// Of a folder that holds anything, at most so many files are looked into.
constexpr std::size_t most_files = 1000;

enum class Kind : std::uint8_t { other, scenario, design };

// By the keys that only one of them has: beside both lie data files, which cannot run by themselves.
Kind kind_of(const fs::path& path) {
    std::ifstream file(path);
    bool in_scenario = false;  // a preset has that section as well, and names no scenario in it
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with('[')) in_scenario = line.starts_with("[scenario]");
        if (line.starts_with("extends") || (in_scenario && line.starts_with("name"))) return Kind::scenario;
        if (line.starts_with("method")) return Kind::design;
        if (line.starts_with("[moments") || line.starts_with("[trials") || line.starts_with("[facts"))
            return Kind::other;
    }
    return Kind::other;
}

std::vector<fs::path> files_of(const fs::path& folder) {
    std::vector<fs::path> files;
    std::error_code error;
    std::size_t seen = 0;
    for (fs::directory_iterator at(folder, error), end; !error && at != end && seen++ < most_files; at.increment(error))
        if (at->path().extension() == ".toml" && fs::is_regular_file(at->status(error))) files.push_back(at->path());
    std::sort(files.begin(), files.end());
    return files;
}

std::vector<fs::path> folders_of(const fs::path& folder) {
    std::vector<fs::path> folders;
    std::error_code error;
    for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error))
        if (at->is_directory(error) && !at->path().filename().string().starts_with('.')) folders.push_back(at->path());
    std::sort(folders.begin(), folders.end());
    return folders;
}

struct Found {
    std::string key;
    fs::path path;
    bool is_own;
};

// Every file of TOML in the folders on the shelves and in those of the working folder, once.
std::vector<Found> files_there_are() {
    std::vector<Found> found;
    std::set<fs::path> seen;
    const auto add = [&](const fs::path& file, const std::string& key, bool is_own) {
        std::error_code error;
        if (seen.insert(fs::weakly_canonical(file, error)).second) found.push_back({harmless(key), file, is_own});
    };
    const auto search = scenario_search();  // longer than the loop, which looks into it
    for (const auto& shelf : search.shelves())
        for (const auto& folder : folders_of(shelf))
            for (const auto& inner : {folder, folder / "designs"})
                for (const auto& file : files_of(inner)) add(file, (folder.filename() / file.stem()).string(), false);
    for (const auto& file : files_of(".")) add(file, file.filename().string(), true);
    for (const auto& folder : folders_of("."))
        for (const auto& file : files_of(folder)) add(file, file.lexically_normal().string(), true);
    return found;
}

std::string text_at(const sim::Document& document, std::string_view path, const std::string& otherwise) {
    const auto* node = document.find(path);
    return node != nullptr && node->is(sim::Node::Kind::string) ? node->string() : otherwise;
}

std::vector<CatalogueEntry> all_of(Kind kind) {
    std::vector<CatalogueEntry> entries;
    for (const auto& [key, path, is_own] : files_there_are())
        if (kind_of(path) == kind) entries.push_back({.key = key, .path = path, .is_own = is_own});
    return entries;
}

template <class Fill>
std::vector<CatalogueEntry> all_of(Kind kind, Fill&& fill) {
    auto entries = all_of(kind);
    for (auto& entry : entries) try {
            fill(sim::load(entry.path, {}, scenario_search()), entry);
        } catch (const sim::ScenarioError& error) {
            entry.problem = harmless(error.what());
            entry.problem.resize(std::min(entry.problem.find('\n'), entry.problem.size()));
        }
    return entries;
}

}  // namespace

std::vector<CatalogueEntry> scenarios_there_are() {
    return all_of(Kind::scenario, [](const sim::Document& document, CatalogueEntry& entry) {
        entry.name = text_at(document, "scenario.name", entry.key);
        entry.name_zh = text_at(document, "scenario.name_zh", entry.name);
        entry.city = text_at(document, "scenario.city", "");
        entry.city_zh = text_at(document, "scenario.city_zh", entry.city);
    });
}

std::vector<CatalogueEntry> scenario_files_there_are() {
    return all_of(Kind::scenario);
}

std::vector<CatalogueEntry> designs_there_are() {
    return all_of(Kind::design, [](const sim::Document& document, CatalogueEntry& entry) {
        const auto design = sim::read_design(document);
        entry.base = design.base;
        for (const auto& factor : design.factors)
            entry.factors.emplace_back(factor.name.empty() ? factor.key : factor.name,
                                       factor.name_zh.empty() ? factor.key : factor.name_zh);
    });
}

}  // namespace jiju
