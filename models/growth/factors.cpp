#include "models/growth/factors.hpp"

#include "models/growth/config.hpp"
#include "models/growth/exit.hpp"
#include "models/growth/macro.hpp"
#include "models/growth/state.hpp"
#include "models/growth/streams.hpp"

namespace growth {

CommonShocks lay_out_factors(const Config& c) {
    const auto rest = static_cast<Eigen::Index>(c.industries.size()), rows = rest + 1;
    const auto factors = static_cast<Eigen::Index>(c.factors.size());
    const Eigen::MatrixXd none = Eigen::MatrixXd::Zero(rows, factors);
    const Eigen::VectorXd still = Eigen::VectorXd::Zero(rows);
    CommonShocks common{none, none, none, Eigen::VectorXd::Zero(factors), still, still, still};
    for (const auto& each : c.loadings) {
        const auto factor = c.factors.index_of(each.factor);
        const auto row = each.industry.empty() ? rest : static_cast<Eigen::Index>(c.industries.index_of(each.industry));
        const auto column = static_cast<Eigen::Index>(factor);
        (c.factors[factor].national ? common.national_loadings : common.city_loadings)(row, column) = each.loading;
        common.price_loadings(row, column) = each.price_loading;
    }
    return common;
}

namespace {

double path_of(const Config& c, const std::string& factor, sim::Time time) {
    for (const auto& words : c.factor_paths)
        if (words.macro == c.scenario.macro && words.factor == factor) return words.growth.at(time);
    return 0;
}

}  // namespace

void move_factors(const Config& c, sim::Draws draws, int step, State& s) {
    const auto count = static_cast<Eigen::Index>(c.factors.size());
    const double h = s.clock.dt();
    const auto now = static_cast<sim::Step>(step);
    auto& common = s.common;
    if (s.clock.in_burn_in(step)) return;  // the years before the start are known: no shocks
    Eigen::VectorXd deviations(count), jumps(count), expected(count);
    for (Eigen::Index k = 0; k < count; ++k) {
        const auto& factor = c.factors[static_cast<std::size_t>(k)];
        const auto normals = draws.at(streams::factor, now).normals(static_cast<std::uint64_t>(k));
        const auto chance = draws.at(streams::factor_jump, now).uniforms(static_cast<std::uint64_t>(k));
        common.shocks[k] = autoregressive(common.shocks[k], factor.persistence, factor.volatility, normals[0], h);
        deviations[k] = common.shocks[k] + path_of(c, factor.key, s.clock.time(step));
        jumps[k] =
            chance[0] < event_chance(factor.jump_rate, h) ? factor.jump_mean + factor.jump_spread * normals[1] : 0.0;
        expected[k] = factor.jump_rate * factor.jump_mean;
    }
    common.national = common_growth(common.national_loadings, deviations, jumps, expected, h);
    common.city = common_growth(common.city_loadings, deviations, jumps, expected, h);
    common.prices = common_growth(common.price_loadings, deviations, jumps, expected, h);
}

}  // namespace growth
