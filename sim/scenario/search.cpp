#include "sim/scenario/search.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "sim/describe/translated.hpp"
#include "sim/scenario/names.hpp"

namespace sim {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view ending = ".toml";
constexpr std::size_t most_entries = 1000;  // of a folder, that a suggestion looks at

bool is_there(const fs::path& path) {
    std::error_code error;
    const auto status = fs::status(path, error);
    return fs::exists(status) && !fs::is_directory(status);
}

std::string without_climbing(std::string name) {
    while (name.starts_with("../")) name.erase(0, 3);
    return name;
}

// Files of TOML in a folder, by their bare names.
void add_names(const fs::path& folder, const std::string& before, std::vector<std::string>& names) {
    std::error_code error;
    std::size_t seen = 0;
    for (fs::directory_iterator at(folder, error), end; !error && at != end && seen++ < most_entries;
         at.increment(error))
        if (at->path().extension() == ending) names.push_back(before + at->path().stem().string());
}

}  // namespace

std::string bare_name(std::string name) {
    if (name.ends_with(ending)) name.resize(name.size() - ending.size());
    return name;
}

std::optional<fs::path> Search::find(const std::string& name, const fs::path& folder) const {
    std::vector<fs::path> places{(folder / name).lexically_normal()};
    if (!fs::path(name).is_absolute())
        for (const auto& shelf : shelves_) {
            places.push_back((shelf / name).lexically_normal());
            if (name.starts_with("../")) places.push_back((shelf / without_climbing(name)).lexically_normal());
        }
    for (const auto& place : places) {
        if (is_there(place)) return place;
        auto whole = fs::path(place) += ending;
        if (!name.ends_with(ending) && is_there(whole)) return whole;
    }
    std::error_code error;
    if (fs::is_directory(places.front(), error)) return places.front();
    return std::nullopt;
}

std::vector<std::string> Search::names_near(const fs::path& folder) const {
    std::vector<std::string> names;
    add_names(folder.empty() ? fs::path(".") : folder, "", names);
    for (const auto& shelf : shelves_) {
        std::error_code error;
        for (fs::directory_iterator at(shelf, error), end; !error && at != end; at.increment(error))
            if (at->is_directory(error)) add_names(at->path(), at->path().filename().string() + "/", names);
    }
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

std::string Search::missing(const std::string& name, const fs::path& folder) const {
    const fs::path path(name);
    std::string text = in_quotes(name) + translated(" does not exist");
    if (!path.is_absolute()) {
        text += translated("; looked in ") + (folder.empty() ? std::string(".") : folder.string());
        for (const auto& shelf : shelves_) text += ", " + shelf.string();
    }
    const auto names = path.is_absolute() ? Search().names_near(path.parent_path()) : names_near(folder);
    const std::vector<std::string_view> options(names.begin(), names.end());
    const auto word = bare_name(path.is_absolute() ? path.filename().string() : without_climbing(name));
    if (const auto near = nearest(word, options)) text += translated("; did you mean {}?", in_quotes(*near));
    return text;
}

}  // namespace sim
