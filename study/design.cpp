#include "study/design.hpp"

#include <cmath>

#include <fmt/format.h>

#include "sim/scenario/design.hpp"

namespace jiju {
namespace {

namespace fs = std::filesystem;

std::string value_text(const sim::Factor& factor, double value) {
    if (std::isnan(value)) return "";
    return factor.words.empty() ? fmt::format("{:.6g}", value) : factor.words[static_cast<std::size_t>(value)];
}

// What is said of a point in tables: the factors it sets.
std::string label_of(const sim::Design& design, const sim::DesignPoint& point, bool zh) {
    std::string text;
    for (std::size_t i = 0; i < design.factors.size(); ++i) {
        const auto& factor = design.factors[i];
        const auto value = value_text(factor, point.values[i]);
        if (value.empty()) continue;
        const auto& named = zh ? factor.name_zh : factor.name;
        text += fmt::format("{}{} = {}", text.empty() ? "" : ", ", named.empty() ? factor.key : named, value);
    }
    return text;
}

Scenario open_point(const fs::path& path, const sim::Document& base, const sim::Design& design,
                    const sim::DesignPoint& point, std::vector<sim::Override> overrides) {
    overrides.insert(overrides.end(), point.settings.begin(), point.settings.end());
    auto scenario = read_scenario(path, base.with(overrides));
    scenario.key = point.key;
    scenario.design = point.values;
    auto& general = scenario.config.scenario;
    if (const auto label = label_of(design, point, false); !label.empty()) general.name += ": " + label;
    if (const auto label = label_of(design, point, true); !label.empty()) general.name_zh += "：" + label;
    return scenario;
}

}  // namespace

Study study_of(const sim::Document& document, const fs::path& file, const CampaignOptions& options,
               std::vector<sim::Override> settings) {
    const auto design = sim::read_design(document);
    auto overrides = design.settings;
    for (auto& setting : settings) overrides.push_back(std::move(setting));
    for (auto& setting : overrides_of(options)) overrides.push_back(std::move(setting));
    // Points are many, and compared by their outcomes first of all; a user who names outputs over time wants these as
    // well.
    if (!options.detail && !(options.outputs && !options.outputs->empty()))
        overrides.insert(overrides.begin(), {"record.detail", "\"targets\""});
    const auto path = find_scenario(design.base, file.parent_path());
    const auto base = sim::load(path, {}, scenario_search());
    Study study;
    for (const auto& factor : design.factors)
        study.factors.push_back({factor.key, factor.path, factor.name.empty() ? factor.key : factor.name,
                                 factor.name_zh.empty() ? factor.key : factor.name_zh});
    for (const auto& point : design.points) study.scenarios.push_back(open_point(path, base, design, point, overrides));
    check_alike(study);
    return study;
}

}  // namespace jiju
