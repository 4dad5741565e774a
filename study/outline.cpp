// The layout of results, with the scenarios' texts and who simulated them.
#include "study/outline.hpp"

#include <cstdint>
#include <utility>

#include "sim/output/provenance.hpp"
#include "study/layout.hpp"

namespace jiju {

sim::Texts texts_of(const Study& study) {
    sim::Texts texts;
    for (const auto& scenario : study.scenarios) texts.push_back(effective_scenario(scenario.config));
    return texts;
}

sim::Outline outline_of(const Study& study, const std::string& stopping_rule) {
    const auto& config = study.first();
    auto layout = layout_of(study);
    auto made = sim::provenance(static_cast<std::uint64_t>(config.scenario.seed));
    layout.attributes.insert(layout.attributes.begin(), made.begin(), made.end());
    if (!stopping_rule.empty()) layout.attributes.push_back({"stopping_rule", stopping_rule});
    return {std::move(layout), recording_of(config.record), static_cast<std::size_t>(config.scenario.replicates),
            texts_of(study)};
}

}  // namespace jiju
