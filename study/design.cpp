#include "study/design.hpp"

#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "sim/scenario/design.hpp"
#include "study/firm_file.hpp"

namespace jiju {
namespace {

namespace fs = std::filesystem;

// What is said of a point in tables: the factors it sets.
std::string label_of(const std::vector<sim::RecordedFactor>& factors, const sim::DesignPoint& point, bool zh) {
    std::string text;
    for (std::size_t i = 0; i < factors.size(); ++i)
        if (const auto value = factors[i].label(point.values[i], zh); !value.empty())
            text += zh ? fmt::format("{}{}={}", text.empty() ? "" : "，", factors[i].name_zh, value)
                       : fmt::format("{}{} = {}", text.empty() ? "" : ", ", factors[i].name, value);
    return text;
}

std::vector<sim::RecordedFactor> recorded(const sim::Design& design) {
    std::vector<sim::RecordedFactor> factors;
    for (const auto& factor : design.factors) {
        std::set<std::string> keys;
        for (const auto& choice : factor.choices)
            for (const auto& setting : choice.set) keys.insert(sim::Override::parse(setting).key);
        const auto settings = factor.choices.empty() ? factor.settings() : std::vector(keys.begin(), keys.end());
        factors.push_back({factor.key, fmt::format("{}", fmt::join(settings, ", ")),
                           factor.name.empty() ? factor.key : factor.name,
                           factor.name_zh.empty() ? factor.key : factor.name_zh, factor.level_labels(false),
                           factor.level_labels(true)});
    }
    return factors;
}

Scenario open_point(const fs::path& path, const sim::Document& base, const std::vector<sim::RecordedFactor>& factors,
                    const sim::DesignPoint& point, std::vector<sim::Override> overrides) {
    overrides.insert(overrides.end(), point.settings.begin(), point.settings.end());
    const auto document = base.with(overrides);
    auto scenario = read_scenario(path, document, firm_file_of(document).get());
    scenario.key = point.key;
    scenario.design = point.values;
    auto& general = scenario.config.scenario;
    if (const auto label = label_of(factors, point, false); !label.empty()) general.name += ": " + label;
    if (const auto label = label_of(factors, point, true); !label.empty()) general.name_zh += "：" + label;
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
    study.factors = recorded(design);
    for (const auto& point : design.points)
        study.scenarios.push_back(open_point(path, base, study.factors, point, overrides));
    check_alike(study);
    return study;
}

}  // namespace jiju
