// Axes from the scenario, variables from the record, attributes from the build and the run.
#include "apps/layout.hpp"

#include <array>
#include <utility>

#include "models/growth/measure.hpp"
#include "models/growth/panel.hpp"
#include "sim/output/provenance.hpp"
#include "sim/scenario/write.hpp"

namespace jiju {
namespace {

sim::Variable with_price_basis(sim::Variable variable) {
    if (variable.units.find("CNY") != std::string::npos)
        variable.extra.push_back({"price_basis", std::string("current prices")});
    return variable;
}

std::vector<sim::Variable> panel_variables() {
    std::vector<sim::Variable> found;
    for (const auto& field : growth::panel_fields()) found.push_back(sim::variable_of(field, {}));
    return found;
}

sim::Recording recording_of(const growth::Recording& record) {
    constexpr std::array details{sim::Detail::outcomes, sim::Detail::years, sim::Detail::steps, sim::Detail::panels};
    const auto detail = details[static_cast<std::size_t>(record.detail)];
    const auto panels = detail == sim::Detail::panels ? static_cast<std::size_t>(record.panels) : 0;
    return {detail, record.outputs, panels};
}

}  // namespace

std::vector<sim::Variable> variables() {
    auto found = sim::variables_of(growth::Record{});
    for (auto& variable : found) variable = with_price_basis(std::move(variable));
    return found;
}

sim::Outline outline_of(const Study& study, const std::string& stopping_rule) {
    const auto& config = study.first();
    sim::Layout layout;
    sim::Texts texts;
    for (const auto& scenario : study.scenarios) {
        layout.scenarios.push_back({.key = scenario.key,
                                    .name = scenario.config.scenario.name,
                                    .name_zh = scenario.config.scenario.name_zh,
                                    .design = scenario.design});
        texts.push_back(effective_scenario(scenario.config));
    }
    layout.factors = study.factors;
    layout.axes = growth::axes_of(config);
    layout.variables = variables();
    layout.panel = panel_variables();
    layout.attributes = sim::provenance(static_cast<std::uint64_t>(config.scenario.seed));
    layout.replicates_per_world = static_cast<std::size_t>(config.scenario.replicates_per_world);
    if (!stopping_rule.empty()) layout.attributes.push_back({"stopping_rule", stopping_rule});
    return {std::move(layout), recording_of(config.record), static_cast<std::size_t>(config.scenario.replicates),
            std::move(texts)};
}

std::string effective_scenario(const growth::Config& config) {
    return sim::to_toml(config, config.uncertain);
}

}  // namespace jiju
