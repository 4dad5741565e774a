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
    if (s.clock.in_burn_in(step)) return;  // the years before the start are known: no shocks
    const double h = s.clock.dt();
    const auto now = static_cast<sim::Step>(step);
    auto& common = s.common;
    for (auto* growth : {&common.national, &common.city, &common.prices}) growth->setZero();
    for (std::size_t k = 0; k < c.factors.size(); ++k) {
        const auto& factor = c.factors[k];
        const auto at = static_cast<Eigen::Index>(k);
        const auto normals = draws.at(streams::factor, now).normals(k);
        const auto chance = draws.at(streams::factor_jump, now).uniforms(k);
        common.shocks[at] = autoregressive(common.shocks[at], factor.persistence, factor.volatility, normals[0], h);
        const double deviation = common.shocks[at] + path_of(c, factor.key, s.clock.time(step));
        const bool jumps = chance[0] < event_chance(factor.jump_rate, h);
        const double jump = jumps ? factor.jump_mean + factor.jump_spread * normals[1] : 0.0;
        const double moved = factor_growth(deviation, factor.jump_rate * factor.jump_mean, jump, h);
        add_common_growth(common.national_loadings, at, moved, common.national);
        add_common_growth(common.city_loadings, at, moved, common.city);
        add_common_growth(common.price_loadings, at, moved, common.prices);
    }
}

}  // namespace growth
