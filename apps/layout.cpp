// Axes from the scenario, variables from the record, attributes from the build and the run.
#include "apps/layout.hpp"

#include "models/growth/measure.hpp"
#include "sim/output/provenance.hpp"
#include "sim/scenario/write.hpp"

namespace jiju {

std::vector<sim::Variable> variables() {
    auto found = sim::variables_of(growth::Record{});
    for (auto& variable : found)
        if (variable.units.find("CNY") != std::string::npos)
            variable.extra.push_back({"price_basis", std::string("current prices")});
    return found;
}

sim::Layout layout_of(const growth::Config& config) {
    const auto& general = config.scenario;
    return {growth::axes_of(config), variables(),
            sim::provenance(
                {static_cast<std::uint64_t>(general.seed), general.name, general.name_zh, effective_scenario(config)})};
}

std::string effective_scenario(const growth::Config& config) {
    return sim::to_toml(config, config.uncertain);
}

}  // namespace jiju
