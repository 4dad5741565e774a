// Axes from the scenario, variables from the record.
#include "study/layout.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "models/growth/measure/drawn.hpp"
#include "models/growth/measure/exports.hpp"
#include "models/growth/measure/measure.hpp"
#include "models/growth/measure/panel.hpp"
#include "models/growth/measure/units.hpp"
#include "sim/record/view.hpp"
#include "sim/scenario/write.hpp"

namespace jiju {
namespace {

// Of a description that is of any scenario, one of this scenario, or of none.
sim::Variable said_of(const growth::Config* config, sim::Variable variable) {
    if (growth::has_money(variable.units)) variable.extra.push_back({"price_basis", std::string("current prices")});
    for (auto* text : {&variable.long_name, &variable.long_name_zh}) {
        const bool in_chinese = text == &variable.long_name_zh;
        *text =
            config != nullptr ? growth::text_in(*config, *text, in_chinese) : growth::text_of_any(*text, in_chinese);
    }
    if (config != nullptr) variable.units = growth::unit_in(config->units, variable.units);
    return variable;
}

// Of all scenarios; numbers that do not stand for the same words in all of them stand for none.
std::vector<growth::PanelNumbers> panel_numbers(const std::vector<const growth::Config*>& configs) {
    auto numbers = growth::panel_numbers(*configs.front());
    if (configs.front()->record.detail != growth::Detail::firms) return numbers;
    for (const auto* config : configs) {
        const auto others = growth::panel_numbers(*config);
        for (std::size_t i = 0; i < numbers.size(); ++i)
            if (numbers[i].words != others[i].words) numbers[i].words.clear();
    }
    return numbers;
}

// Parts of a year are called as along the axis of time.
std::vector<sim::Variable> panel_variables(const std::vector<const growth::Config*>& configs, const sim::Axis& time) {
    std::vector<sim::Variable> found;
    for (const auto& spec : growth::panel_columns()) {
        found.push_back(sim::variable_of(spec, {}));
        found.back().units = growth::unit_in(configs.front()->units, found.back().units);
    }
    const auto numbers = panel_numbers(configs);
    for (std::size_t i = 0; i < found.size(); ++i) {
        const auto& [bits, words, first, masks] = numbers[i];
        found[i].codes = {words, first, masks};
        found[i].stored = bits == 64   ? sim::Stored::int64
                          : bits == 32 ? sim::Stored::int32
                          : bits == 8  ? sim::Stored::int8
                                       : sim::Stored::float64;
        if (found[i].name != "panel_part" || time.companions.size() < 2) continue;
        found[i].name = "panel_" + time.companions[1].name;
        found[i].long_name = time.companions[1].long_name;
        found[i].long_name_zh = time.companions[1].long_name_zh;
    }
    return found;
}

sim::Axis axis_of(const char* name, const char* text, const char* text_zh,
                  const std::vector<growth::DrawnNumber>& numbers) {
    sim::Axis axis{.name = name, .long_name = text, .long_name_zh = text_zh};
    std::vector<std::string> units;
    for (const auto& number : numbers) {
        axis.keys.push_back(number.path);
        axis.labels.push_back(number.name);
        axis.labels_zh.push_back(number.name_zh);
        units.push_back(number.unit);
    }
    axis.companions = {{axis.name + "_unit", std::move(units), "", "unit of the uncertain number", "参数单位"}};
    return axis;
}

sim::Drawn drawn_of(const std::vector<const growth::Config*>& configs) {
    const auto numbers = std::make_shared<const growth::DrawnNumbers>(configs);
    return {
        axis_of("parameter", "uncertain number that all scenarios share", "各情景共同的不确定参数", numbers->shared()),
        axis_of("scenario_parameter", "uncertain number in which scenarios differ", "各情景不同的不确定参数",
                numbers->own()),
        [numbers](std::size_t draw, std::vector<double>& row) { numbers->append_shared(draw, row); },
        [numbers](std::size_t scenario, std::size_t draw, std::vector<double>& row) {
            numbers->append_own(scenario, draw, row);
        }};
}

}  // namespace

std::vector<sim::Variable> variables(const growth::Config* config) {
    auto found = sim::variables_of(growth::Record{});
    for (auto& variable : found) variable = said_of(config, std::move(variable));
    return found;
}

namespace {

// What a file does not need: large tables unless a scenario asks for them, exports where none says any.
bool is_extra(const std::vector<const growth::Config*>& configs, std::string_view name) {
    const auto& record = configs.front()->record;
    if (name.starts_with("industry_place_") && !record.industry_places) return true;
    if (name.starts_with("place_lever_")) return !record.place_levers;
    const auto says = [](const auto* config) { return growth::any_exports(*config); };
    return growth::is_exports(name) && std::none_of(configs.begin(), configs.end(), says);
}

}  // namespace

sim::Recording recording_of(const growth::Recording& record) {
    constexpr std::array details{sim::Detail::outcomes, sim::Detail::years, sim::Detail::steps, sim::Detail::panels};
    const auto detail = details[static_cast<std::size_t>(record.detail)];
    const auto panels = detail == sim::Detail::panels ? static_cast<std::size_t>(record.panels) : 0;
    return {detail, record.outputs, panels};
}

sim::Layout layout_of(const Study& study) {
    const auto& config = study.first();
    sim::Layout layout;
    for (const auto& scenario : study.scenarios)
        layout.scenarios.push_back({.key = scenario.key,
                                    .name = scenario.config.scenario.name,
                                    .name_zh = scenario.config.scenario.name_zh,
                                    .design = scenario.design});
    layout.factors = study.factors;
    const auto made = study.configs();  // scenarios are made when they are asked for
    std::vector<const growth::Config*> configs;
    for (const auto& each : made) configs.push_back(&each);
    layout.axes = growth::axes_of(config);
    for (auto& axis : layout.axes) {
        if (axis.name == "lever") axis.companions = growth::lever_companions(configs);
        if (axis.name == "target") axis.companions = growth::target_companions(configs);
    }
    layout.variables = variables(&config);
    for (auto& variable : layout.variables) variable.is_extra = is_extra(configs, variable.name);
    layout.panel = panel_variables(configs, layout.axes.front());
    layout.drawn = drawn_of(configs);
    layout.attributes.push_back({"base_year", config.scenario.start_year - 1});
    layout.attributes.push_back({"money_unit", growth::unit_in(config.units, "money")});
    layout.attributes.push_back({"area_unit", growth::unit_in(config.units, "area")});
    if (!config.scenario.country.empty()) layout.attributes.push_back({"country", config.scenario.country});
    layout.replicates_per_draw = static_cast<std::size_t>(config.scenario.replicates_per_draw);
    return layout;
}

void check_layout(const Scenario& scenario) {
    auto layout = layout_of(Study{std::vector{scenario}});
    const sim::View view(layout.axes, layout.variables, recording_of(scenario.config.record));
    layout.axes = view.axes();
    layout.variables = view.kept();
    sim::check_layout(layout);
}

std::string effective_scenario(const growth::Config& config) {
    return sim::to_toml(config, config.uncertain);
}

}  // namespace jiju
