// From a design to the scenarios that are its points.
#pragma once

#include <filesystem>
#include <vector>

#include "sim/scenario/document.hpp"
#include "study/campaign_options.hpp"
#include "study/scenario.hpp"

namespace jiju {

// `settings` hold for every point, those of `options` win over them, and a point's own over both. `file` is where the
// design stands, for a base that is named relative to it. ScenarioError with every problem.
[[nodiscard]] Study study_of(const sim::Document& design, const std::filesystem::path& file,
                             const CampaignOptions& options, std::vector<sim::Override> settings);

}  // namespace jiju
