// `jiju sweep`: one scenario at every point of a design, all points with the same draws.
#include <cmath>

#include <fmt/format.h>

#include "apps/campaign.hpp"
#include "apps/carry_out.hpp"
#include "apps/commands.hpp"
#include "apps/design.hpp"
#include "apps/scenario.hpp"
#include "sim/scenario/design.hpp"

namespace jiju {
namespace {

namespace fs = std::filesystem;

// A base that names no file beside the design is a scenario's bare name.
std::string base_of(const sim::Design& design, const fs::path& file) {
    std::error_code error;
    for (const auto* ending : {"", ".toml"}) {
        const auto beside = file.parent_path() / (design.base + ending);
        if (fs::is_regular_file(beside, error)) return beside.string();
    }
    return design.base;
}

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

Scenario open_point(const std::string& base, const sim::Design& design, const sim::DesignPoint& point,
                    std::vector<sim::Override> overrides) {
    overrides.insert(overrides.end(), point.settings.begin(), point.settings.end());
    auto scenario = open_scenario(base, overrides);
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
    auto overrides = std::move(settings);
    for (auto& setting : overrides_of(options)) overrides.push_back(std::move(setting));
    // Points are many, and compared by their outcomes first of all; whoever names outputs over time wants these as
    // well.
    if (!options.detail && !(options.outputs && !options.outputs->empty()))
        overrides.insert(overrides.begin(), {"record.detail", "\"targets\""});
    const auto base = base_of(design, file);
    Study study;
    for (const auto& factor : design.factors)
        study.factors.push_back({factor.key, factor.path, factor.name.empty() ? factor.key : factor.name,
                                 factor.name_zh.empty() ? factor.key : factor.name_zh});
    for (const auto& point : design.points) study.scenarios.push_back(open_point(base, design, point, overrides));
    check_alike(study);
    return study;
}

int sweep(const SweepOptions& options) {
    return carry_out(study_of(sim::load(options.design), options.design, options, {}), options);
}

}  // namespace jiju
