#include "study/description.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <numeric>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <variant>
#include <vector>

#include <fmt/format.h>

#include "models/growth/measure/labels.hpp"
#include "models/growth/measure/targets.hpp"
#include "models/growth/measure/units.hpp"
#include "models/growth/policy/mechanisms.hpp"
#include "sim/record/view.hpp"
#include "sim/scenario/limits.hpp"
#include "sim/scenario/search.hpp"
#include "sim/scenario/toml.hpp"
#include "sim/scenario/write.hpp"
#include "study/catalogue.hpp"
#include "study/layout.hpp"

namespace jiju {
namespace {

using Json = nlohmann::ordered_json;

Json text(const std::string& en, const std::string& zh) {
    return {{"en", en}, {"zh", zh.empty() ? en : zh}};
}

Json unit_text(const std::string& unit) {
    return text(unit, growth::unit_in_chinese(unit));
}

// JSON knows no infinity: what is missing has none.
Json number(double value) {
    return std::isfinite(value) ? Json(value) : Json();
}

// What a plan says in its own words, by lever and target, and how its places lie as tiles: beside the scenario, or
// beside those of its city that come with the program. Empty where there is none.
Json sentences_of(const Scenario& opened) {
    namespace fs = std::filesystem;
    const auto& scenario = opened.config.scenario;
    std::vector<fs::path> files;
    std::error_code error;
    const auto search = scenario_search();
    for (const auto& shelf : search.shelves())
        for (fs::directory_iterator at(shelf, error), end; !error && at != end; at.increment(error))
            if (auto file = at->path() / "sentences.json"; fs::is_regular_file(file, error))
                files.push_back(std::move(file));
    std::sort(files.begin(), files.end());
    files.insert(files.begin(), opened.path.parent_path() / "sentences.json");  // where there is none, nothing is read
    for (const auto& file : files) {
        std::ifstream stream(file);
        auto found = Json::parse(stream, nullptr, false);
        if (found.is_object() && found.value("city", "") == scenario.city) return found;
    }
    return Json::object();
}

Json said_of(const Json& sentences, const char* table, const std::string& key) {
    const auto found = sentences.find(table);
    return found != sentences.end() && found->contains(key) ? found->at(key) : Json();
}

// What a file says of itself, or what it extends says. Files are parsed once, and what they include is not read, which
// opening all scenarios would do forty times.
struct Named {
    std::string name, name_zh;
    std::filesystem::path base;  // the file that it extends, if it does
};

class Names {
public:
    const Named& of(const std::filesystem::path& path) {
        if (const auto found = known_.find(path); found != known_.end()) return found->second;
        auto& named = known_[path];  // before its base, which may lead back
        sim::Problems problems;
        const auto content = sim::read_text(path, {path.string(), 0, 0}, path.string(), problems);
        const auto root = content ? sim::parse_toml(*content, path.string(), problems) : std::nullopt;
        if (!root) return named;
        named.name = text_at(*root, "name"), named.name_zh = text_at(*root, "name_zh");
        const auto* base = root->find("extends");
        if (base == nullptr || !base->is(sim::Node::Kind::string)) return named;
        named.base = search_.find(base->string(), path.parent_path()).value_or("");
        if (named.base.empty()) return named;
        const auto& inherited = of(named.base);
        if (named.name.empty()) named.name = inherited.name;
        if (named.name_zh.empty()) named.name_zh = inherited.name_zh;
        return named;
    }

private:
    static std::string text_at(const sim::Node& root, std::string_view key) {
        const auto* table = root.find("scenario");
        const auto* node = table != nullptr && table->is_table() ? table->find(key) : nullptr;
        return node != nullptr && node->is(sim::Node::Kind::string) ? node->string() : std::string();
    }

    sim::Search search_ = scenario_search();
    std::map<std::filesystem::path, Named> known_;
};

const sim::Companion* companion(const sim::Axis& axis, std::size_t i) {
    return i < axis.companions.size() ? &axis.companions[i] : nullptr;
}

// `2011Q2` along the steps, `2011` along years: what people call the points of an axis that has no keys.
std::vector<std::string> moments_of(const sim::Axis& axis) {
    std::vector<std::string> keys;
    for (const auto year : axis.numbers) keys.push_back(std::to_string(year));
    const auto* years = companion(axis, 0);
    if (!keys.empty() || years == nullptr) return keys;
    for (const auto year : std::get<std::vector<std::int32_t>>(years->values)) keys.push_back(std::to_string(year));
    const auto* parts = companion(axis, 1);
    if (parts == nullptr) return keys;
    for (std::size_t i = 0; i < keys.size(); ++i)
        keys[i] += fmt::format("{}{}", static_cast<char>(parts->name[0] & ~0x20),
                               std::get<std::vector<std::int32_t>>(parts->values)[i]);
    return keys;
}

Json axes_and_outputs(const Study& study) {
    const auto layout = layout_of(study);
    const sim::View view(layout.axes, layout.variables, recording_of(study.first().record));
    Json axes = Json::object(), outputs = Json::array();
    for (const auto& axis : view.axes()) {
        const auto keys = axis.keys.empty() ? moments_of(axis) : axis.keys;
        auto names = Json::array();
        for (std::size_t i = 0; i < keys.size(); ++i) {
            const auto& name = i < axis.labels.size() && !axis.labels[i].empty() ? axis.labels[i] : keys[i];
            names.push_back(text(name, i < axis.labels_zh.size() ? axis.labels_zh[i] : name));
        }
        axes[axis.name] = {{"keys", keys}, {"names", std::move(names)}};
    }
    for (const auto& variable : view.kept())
        outputs.push_back({{"name", variable.name},
                           {"dims", variable.dims},
                           {"unit", variable.units},
                           {"text", text(variable.long_name, variable.long_name_zh)}});
    return {{"axes", std::move(axes)}, {"outputs", std::move(outputs)}};
}

Json targets_of(const growth::Config& config, const Json& tables, const Json& sentences) {
    auto targets = Json::array();
    const auto last_year = config.scenario.start_year + config.scenario.years - 1;
    for (const auto& target : growth::named_targets(config)) {
        const auto [low, high] = growth::values_that_meet(target);
        const auto& row = tables["targets"][target.key];
        auto where = Json::object();
        for (const auto& [dim, key] : row["where"].items())
            if (key != "") where[dim] = key;
        targets.push_back({{"key", target.key},
                           {"label", text(target.name, target.name_zh)},
                           {"section", target.section},
                           {"year", growth::year_of(target, last_year)},
                           {"comparison", sim::word_of(target.comparison)},
                           {"value", target.comparison == growth::Comparison::at_most ? high : low},
                           {"upper", number(high)},
                           {"unit", unit_text(target.unit)},
                           {"plan", said_of(sentences, "targets", target.key)},
                           {"output", target.output},
                           {"measure", sim::word_of(target.measure)},
                           {"where", std::move(where)}});
    }
    return targets;
}

Json components_of(const growth::Config& config, const growth::Lever& lever) {
    auto found = Json::array();
    growth::Components::visit(*config.components, [&](std::string_view mechanism, std::string_view, const auto& rows) {
        for (const auto& row : rows)
            if (row.lever == lever.key && row.on)
                found.push_back({{"key", row.key},
                                 {"mechanism", mechanism},
                                 {"grade", sim::word_of(row.grade)},
                                 {"evidence", row.source},
                                 {"text", text(row.name, row.name_zh)}});
    });
    return found;
}

std::vector<std::int64_t> years_of(const growth::General& scenario) {
    std::vector<std::int64_t> years;
    for (std::int64_t year = 0; year < scenario.years; ++year) years.push_back(scenario.start_year + year);
    return years;
}

// A schedule by step, as it is read where a step begins, and by year as the mean of its steps.
Json with_values(Json described, const sim::Schedule& schedule, const growth::General& scenario) {
    const auto in_year = scenario.steps_per_year;
    std::vector<double> years, steps;
    for (std::int64_t step = 0; step < scenario.years * in_year; ++step) {
        const auto at = static_cast<double>(step) / static_cast<double>(in_year);
        steps.push_back(schedule.at(static_cast<double>(scenario.start_year) + at));
        if ((step + 1) % in_year != 0) continue;
        years.push_back(std::accumulate(steps.end() - in_year, steps.end(), 0.0) / static_cast<double>(in_year));
    }
    described["years"] = years_of(scenario);
    described["values"] = std::move(years);
    described["steps"] = std::move(steps);
    return described;
}

Json doses_of(const growth::Config& config, growth::Lever lever) {
    auto doses = Json::array();
    sim::table_of(lever).each([&](const sim::Spec& spec, const sim::Member& member) {
        const auto* schedule = std::get_if<sim::Schedule*>(&member.of);
        if (schedule == nullptr || (*schedule)->is_zero()) return;
        const bool is_money = spec.name == "budget" && !lever.purse.empty();
        Json dose{{"key", fmt::format("levers.{}.{}", lever.key, spec.name)},
                  {"purse", is_money ? Json(lever.purse) : Json()},
                  {"unit", unit_text(growth::unit_in(config.units, spec.unit))},
                  {"bounds", {number(spec.lower), number(spec.upper)}}};
        doses.push_back(with_values(std::move(dose), **schedule, config.scenario));
    });
    return doses;
}

// Those that do something.
Json levers_of(const growth::Config& config, const Json& tables, const Json& sentences) {
    auto levers = Json::array();
    for (const auto& lever : config.levers)
        if (growth::is_dosed(lever))
            levers.push_back({{"key", lever.key},
                              {"id", lever.id.empty() ? lever.key : lever.id},
                              {"name", text(lever.name, lever.name_zh)},
                              {"section", lever.section},
                              {"plan", said_of(sentences, "levers", lever.key)},
                              {"doses", doses_of(config, lever)},
                              {"switch", fmt::format("levers.{}.on", lever.key)},
                              {"realised", tables["levers"][lever.key]["realised"]},
                              {"components", components_of(config, lever)}});
    return levers;
}

Json purses_of(const growth::Config& config) {
    auto purses = Json::array();
    for (const auto& purse : config.purses) {
        Json described{{"key", purse.key},
                       {"name", text(purse.name, purse.name_zh)},
                       {"setting", fmt::format("purses.{}.money", purse.key)},
                       {"unit", unit_text(growth::unit_in(config.units, "money/year"))}};
        purses.push_back(with_values(std::move(described), purse.money, config.scenario));
    }
    return purses;
}

template <class Rows>
Json named(const Rows& rows, auto&& more) {
    auto all = Json::array();
    for (const auto& row : rows) {
        Json described{{"key", row.key}, {"name", text(row.name, row.name_zh)}};
        more(row, described);
        all.push_back(std::move(described));
    }
    return all;
}

}  // namespace

Json described_catalogue() {
    auto catalogue = Json::array();
    Names names;
    const auto entries = scenario_files_there_are();
    for (const auto& entry : entries) {
        const auto& named = names.of(entry.path);
        const auto extended =
            std::find_if(entries.begin(), entries.end(), [&](const auto& other) { return other.path == named.base; });
        catalogue.push_back({{"scenario", entry.key},
                             {"title", text(named.name.empty() ? entry.key : named.name, named.name_zh)},
                             {"base", extended != entries.end() ? Json(extended->key) : Json()}});
    }
    return catalogue;
}

Json described(const Scenario& scenario) {
    auto config = scenario.config;
    const auto& general = config.scenario;
    const auto tables = sim::to_json(sim::table_of(config), config.uncertain);
    const auto sentences = sentences_of(scenario);
    Json all{{"scenario", scenario.key}, {"title", text(general.name, general.name_zh)}, {"years", years_of(general)}};
    all.update(axes_and_outputs(Study{std::vector{scenario}}));
    all["targets"] = targets_of(config, tables, sentences);
    all["sections"] = sentences.value("sections", Json::object());
    all["levers"] = levers_of(config, tables, sentences);
    all["purses"] = purses_of(config);
    all["places"] = named(config.places, [&](const auto& place, Json& described) {
        described["tile"] = said_of(sentences, "tiles", place.key);
    });
    all["clusters"] = named(config.clusters, [](const auto& cluster, Json& described) {
        described["industry"] = cluster.industry;
        described["places"] = cluster.places;
    });
    all["firms"] = named(config.firms, [](const auto&, Json&) {});
    all["steps_per_year"] = general.steps_per_year;
    all["money"] = unit_text(growth::unit_in(config.units, "money"));
    all["seed"] = general.seed;
    all["replicates_per_draw"] = general.replicates_per_draw;
    return all;
}

Json described_together(const Study& study) {
    return axes_and_outputs(study);
}

}  // namespace jiju
