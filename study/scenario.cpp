// Where scenarios are looked for, and the last check that only a results file's layout can make.
#include "study/scenario.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>
#include <stdexcept>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "models/growth/firm_table.hpp"
#include "models/growth/measure/exports.hpp"
#include "models/growth/measure/measure.hpp"
#include "models/growth/measure/units.hpp"
#include "sim/describe/errors.hpp"
#include "sim/describe/translated.hpp"
#include "sim/scenario/names.hpp"
#include "study/characters.hpp"
#include "study/common_axes.hpp"
#include "study/layout.hpp"

namespace jiju {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path>& added_shelves() {
    static std::vector<fs::path> added;
    return added;
}

// The folders that hold folders of scenarios: the user's, those added, those of the source tree this program was built
// in (build/<preset>/jiju), those installed beside it (bin/jiju).
std::vector<fs::path> shelves() {
    std::vector<fs::path> found;
    if (const char* own = std::getenv("JIJU_SCENARIOS"); own != nullptr)
        for (std::string_view rest = own; !rest.empty();) {
            const auto end = std::min(rest.find(':'), rest.size());
            if (end > 0) found.emplace_back(rest.substr(0, end));
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    found.insert(found.end(), added_shelves().begin(), added_shelves().end());
    std::error_code error;
    const auto program = fs::read_symlink("/proc/self/exe", error);
    if (!error)
        for (const auto* beside : {"../../scenarios", "../share/jiju/scenarios"})
            if (const auto shelf = (program.parent_path() / beside).lexically_normal(); fs::is_directory(shelf, error))
                found.push_back(shelf);
    return found;
}

// Beside scenarios lie the data files they include, which cannot run by themselves.
bool is_scenario(const fs::path& path) {
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);)
        if (line.starts_with("[scenario]") || line.starts_with("extends")) return true;
    return false;
}

// `folder/name` of the files in every folder on the shelves, or in a subfolder of it.
std::vector<std::string> names_on_shelves(const char* subfolder, bool (*is_one)(const fs::path&)) {
    std::vector<std::string> names;
    std::error_code error;
    for (const auto& shelf : shelves())
        for (const auto& folder : fs::directory_iterator(shelf, error)) {
            if (!folder.is_directory(error)) continue;
            for (const auto& file : fs::directory_iterator(folder.path() / subfolder, error))
                if (file.path().extension() == ".toml" && is_one(file.path()))
                    names.push_back((folder.path().filename() / file.path().stem()).string());
        }
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

[[noreturn]] void refuse(const std::string& name, bool is_design, const std::vector<std::string>& names) {
    const std::vector<std::string_view> options(names.begin(), names.end());
    std::string looked;
    for (const auto& shelf : shelves())
        looked += (looked.empty() ? sim::translated(" in ") : ", ") + harmless(shelf.string());
    const auto near =
        sim::suggestion(sim::bare_name(name), options,
                        is_design ? sim::translated("known designs") : sim::translated("known scenarios"));
    throw sim::ScenarioError(
        {{harmless(name),
          is_design ? sim::translated("there is no such file, and no design of this name{}{}", looked, near)
                    : sim::translated("there is no such file, and no scenario of this name{}{}", looked, near)}});
}

void check_outputs(const Scenario& scenario) {
    const auto known = variables();
    std::vector<std::string_view> names;
    for (const auto& variable : known) names.push_back(variable.name);
    for (const auto& name : scenario.config.record.outputs)
        if (std::find(names.begin(), names.end(), name) == names.end())
            throw sim::ScenarioError({{harmless(scenario.path.string()),
                                       sim::translated("record.outputs: there is no output {}{}", sim::in_quotes(name),
                                                       sim::suggestion(name, names, sim::translated("there are")))}});
        else if (growth::is_exports(name) && !growth::any_exports(scenario.config) &&
                 !growth::lacks_firms(scenario.config))
            throw sim::ScenarioError(
                {{harmless(scenario.path.string()),
                  sim::translated("record.outputs: {} are not known: no industry says its exports_share", name)}});
}

// A setting would say of every amount of the files that it is in another unit, and convert none.
void refuse_units_set(const sim::Document& document) {
    const auto* units = document.find("units");
    if (units == nullptr || !units->is(sim::Node::Kind::table)) return;
    sim::Problems problems;
    for (const auto& node : units->children())
        if (node.source.line == 0)
            problems.add(node.source,
                         sim::translated("units.{} cannot be set: the amounts of the scenario's files are in the units "
                                         "that the files say; a scenario in other units is another file",
                                         node.key));
    problems.throw_if_any();
}

Scenario checked(fs::path path, const sim::Document& document, const growth::FirmFile* firms) {
    refuse_units_set(document);
    Scenario scenario{std::move(path), {}, growth::read_config(document, firms)};
    scenario.key = scenario.path.stem().string();
    check_outputs(scenario);
    try {
        check_layout(scenario);
    } catch (const std::invalid_argument& error) {
        throw sim::ScenarioError({{scenario.path.string(), error.what()}});
    }
    return scenario;
}

// ` (steel, glass)`: what one axis has and another has not.
std::string lone_keys(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    std::vector<std::string> lone;
    for (const auto* of : {&a, &b})
        for (const auto& key : *of)
            if (std::count(a.begin(), a.end(), key) != std::count(b.begin(), b.end(), key))
                lone.push_back(harmless(key));
    constexpr std::size_t most = 4;
    if (lone.empty()) return {};
    const bool cut = lone.size() > most;
    if (cut) lone.resize(most);
    return fmt::format(" ({}{})", fmt::join(lone, ", "), cut ? ", …" : "");
}

// The file's name, and where several have it the folder's before it, and a number where even that is the same.
void make_keys_unlike(std::vector<Scenario>& scenarios) {
    const auto repeated = [&](const std::string& key) {
        return std::count_if(scenarios.begin(), scenarios.end(), [&](const auto& each) { return each.key == key; }) > 1;
    };
    std::vector<std::string> keys;
    for (const auto& scenario : scenarios)
        keys.push_back(repeated(scenario.key) ? (scenario.path.parent_path().filename() / scenario.key).string()
                                              : scenario.key);
    for (std::size_t i = 0; i < keys.size(); ++i) scenarios[i].key = keys[i];
    std::map<std::string, int> seen;
    for (auto& scenario : scenarios)
        if (const int times = ++seen[scenario.key]; times > 1) scenario.key += fmt::format("-{}", times);
}

}  // namespace

sim::Search scenario_search() {
    return sim::Search(shelves(), {"units"});
}

fs::path find_scenario(const std::string& name, const fs::path& folder) {
    if (auto path = scenario_search().find(name, folder); path && !name.empty()) return *path;
    refuse(name, false, names_on_shelves("", is_scenario));
}

fs::path find_design(const std::string& name) {
    if (auto path = scenario_search().find(name, {}); path && !name.empty()) return *path;
    const fs::path given(name);
    std::error_code error;
    std::vector<fs::path> found;
    for (const auto& shelf : shelves())
        for (const auto& folder : fs::directory_iterator(shelf, error)) {
            if (given.has_parent_path() && given.parent_path() != folder.path().filename()) continue;
            auto path = folder.path() / "designs" / (sim::bare_name(given.filename().string()) + ".toml");
            if (fs::is_regular_file(path, error)) found.push_back(std::move(path));
        }
    if (found.empty()) refuse(name, true, names_on_shelves("designs", [](const fs::path&) { return true; }));
    std::sort(found.begin(), found.end());
    if (found.size() > 1 &&
        found[0].parent_path().parent_path().filename() != found[1].parent_path().parent_path().filename())
        throw sim::ScenarioError({{harmless(name), sim::translated("is the name of several designs: {} and {}",
                                                                   found[0].string(), found[1].string())}});
    return found.front();
}

void add_shelf(const fs::path& folder) {
    added_shelves().push_back(folder);
}

Scenario read_scenario(fs::path path, const sim::Document& document, const growth::FirmFile* firms) {
    return checked(std::move(path), document, firms);
}

Study side_by_side(std::vector<Scenario> scenarios) {
    make_keys_unlike(scenarios);
    share_axes(scenarios);
    Study study{scenarios};
    check_alike(study);
    return study;
}

std::vector<growth::Config> Study::configs() const {
    std::vector<growth::Config> all;
    for (const auto& scenario : scenarios) all.push_back(scenario.config);
    return all;
}

void check_alike(const Study& study) {
    const auto& first = study.scenarios.front();
    const auto axes = growth::axes_of(first.config);
    std::vector<sim::Problem> problems;
    for (const auto& other : study.scenarios) {
        const auto differ = [&](const std::string& what) {
            problems.push_back(
                {harmless(other.path.string()), sim::translated("{} than in {}; scenarios of one run must agree", what,
                                                                harmless(first.path.string()))});
        };
        const auto& a = first.config.scenario;
        const auto& b = other.config.scenario;
        if (a.seed != b.seed) differ(sim::translated("another seed ({})", b.seed));
        if (a.replicates != b.replicates) differ(sim::translated("another number of replicates ({})", b.replicates));
        if (a.replicates_per_draw != b.replicates_per_draw)
            differ(sim::translated("another number of replicates a draw ({})", b.replicates_per_draw));
        const auto unit_of = [](const Scenario& scenario, const char* what) {
            return growth::unit_in(scenario.config.units, what);
        };
        if (const auto unit = unit_of(other, "money"); unit != unit_of(first, "money"))
            differ(sim::translated("another unit of money ({})", unit));
        if (const auto unit = unit_of(other, "area"); unit != unit_of(first, "area"))
            differ(sim::translated("another unit of land ({})", unit));
        const auto theirs = growth::axes_of(other.config);
        for (std::size_t i = 0; i < axes.size(); ++i)
            if (axes[i].keys != theirs[i].keys || axes[i].values != theirs[i].values)
                differ(sim::translated("another axis '{}'{}", axes[i].name, lone_keys(axes[i].keys, theirs[i].keys)));
    }
    if (!problems.empty()) throw sim::ScenarioError(problems);
}

}  // namespace jiju
