// `jiju validate`: a scenario is right, or everything that is wrong with it.
#include <algorithm>

#include <fmt/format.h>

#include "apps/commands.hpp"
#include "apps/console.hpp"
#include "apps/summary_tables.hpp"
#include "models/growth/measure/comparability.hpp"
#include "study/characters.hpp"
#include "study/scenario.hpp"
#include "study/settings.hpp"

namespace jiju {
namespace {

std::size_t active_levers(const growth::Config& config) {
    return static_cast<std::size_t>(std::ranges::count_if(config.levers, growth::is_dosed));
}

}  // namespace

int validate(const ValidateOptions& options) {
    auto [path, key, config, design] = open_scenario(options.scenario, overrides_of(options.settings));
    const auto& general = config.scenario;
    double firms = 0;
    for (const auto& industry : config.industries) firms += industry.above_scale_firms + industry.fringe_firms;
    const auto levers = active_levers(config);
    const auto last_year = general.start_year + general.years - 1;
    const auto line =
        options.language == sim::Language::zh
            ? fmt::format(
                  "ok: {}：{}，{}，{}–{}年，{}个产业，{}个集聚区，{}家企业，{}项政策工具生效（共{}项），{}项目标",
                  path.string(), general.name_zh, general.city_zh, general.start_year, last_year,
                  config.industries.size(), config.clusters.size(), firms, levers, config.levers.size(),
                  config.targets.size())
            : fmt::format(
                  "ok: {}: {}, {}, {}–{}: {} industries, {} clusters, {} firms, {} of {} levers active, {} targets",
                  path.string(), general.name, general.city, general.start_year, last_year, config.industries.size(),
                  config.clusters.size(), firms, levers, config.levers.size(), config.targets.size());
    print(harmless(line) + '\n' + text_of(growth::warnings_of(config), options.language));
    return exit_code::ok;
}

}  // namespace jiju
