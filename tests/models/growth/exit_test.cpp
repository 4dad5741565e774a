// Exit: the hazard of closing and the chance it makes.
#include "models/growth/exit.hpp"

#include <map>
#include <set>

#include "models/growth/cells.hpp"
#include "models/growth/loops.hpp"
#include "models/growth/parameters/exit.hpp"
#include "models/growth/ranking.hpp"
#include "models/growth/streams.hpp"
#include "sim/random/distributions.hpp"
#include "tests/models/growth/support.hpp"

namespace {

using namespace growth;
using growth_tests::expect_lanes_equal_scalars;
using growth_tests::Span;

const ExitParameters parameters = [] {
    ExitParameters p;
    p.closure_rate = 0.035, p.closure_size = 1, p.size_exponent = 0.25, p.young_factor = 1.6;
    p.stress_response = 1.5, p.guaranteed_factor = 1.25;
    return p;
}();
constexpr auto hazard = [](auto sales, auto debt, auto young, auto guaranteed) {
    return closure_hazard(parameters, sales, debt, young, guaranteed);
};

// (E33) 0.035 x 16^-0.25 x e^(1.5 x 8/16) x 1.6 x 1.25 = 0.035 x 0.5 x 2 e^0.75
TEST(Exit, E33HazardByHand) {
    EXPECT_NEAR(hazard(16.0, 8.0, 1.0, 1.0), 0.035 * std::exp(0.75), 1e-16);
    EXPECT_NEAR(hazard(1.0, 0.0, 0.0, 0.0), 0.035, 1e-17);
    // the same firm in money of a hundredth
    auto smaller = parameters;
    smaller.closure_size = 100;
    EXPECT_NEAR(closure_hazard(smaller, 1600.0, 800.0, 1.0, 1.0), hazard(16.0, 8.0, 1.0, 1.0), 1e-16);
}

TEST(Exit, E33MonotoneAndBounded) {
    EXPECT_LT(hazard(2.0, 0.0, 0.0, 0.0), hazard(1.0, 0.0, 0.0, 0.0));
    EXPECT_GT(hazard(1.0, 0.5, 0.0, 0.0), hazard(1.0, 0.0, 0.0, 0.0));
    EXPECT_NEAR(hazard(1.0, 0.5, 1.0, 0.0), 1.6 * hazard(1.0, 0.5, 0.0, 0.0), 1e-16);
    EXPECT_NEAR(hazard(1.0, 0.5, 0.0, 1.0), 1.25 * hazard(1.0, 0.5, 0.0, 0.0), 1e-16);
    EXPECT_NEAR(hazard(1.0, 0.5, 0.0, 0.04), 1.1 * hazard(1.0, 0.5, 0.0, 0.0), 1e-16);  // 0.04 of 0.1: two fifths
    EXPECT_NEAR(hazard(1.0, 0.5, 0.0, 0.1), 1.25 * hazard(1.0, 0.5, 0.0, 0.0), 1e-16);
    EXPECT_EQ(hazard(1.0, 1000.0, 0.0, 0.0), hazard(1.0, 2.0, 0.0, 0.0));  // debt beyond two years of sales
    EXPECT_EQ(hazard(0.0, 0.0, 0.0, 0.0), hazard(1e-3, 0.0, 0.0, 0.0));    // and no infinity at zero sales
}

// (E34) 1 - e^(-ln 4 / 2) = 1/2
TEST(Exit, E34EventChanceByHand) {
    EXPECT_NEAR(event_chance(sim::log(4.0), 0.5), 0.5, 1e-16);
    EXPECT_EQ(event_chance(0.0, 0.25), 0.0);
    EXPECT_EQ(event_chance(1e5, 0.25), 1.0);
    EXPECT_NEAR(event_chance(0.04, 0.25), 0.01, 1e-4);  // rare events: hazard by time
    EXPECT_NEAR(1 - event_chance(0.7, 1.0), std::pow(1 - event_chance(0.7, 0.25), 4), 1e-15);
}

// A firm whose bills exceed its arrears fails, and its bank loses what it does not get back; a listed one with the same
// bills is carried on.
TEST(Exit, FailuresCostBanksAndListedFirmsAreCarried) {
    auto c = growth_tests::flagship({{"scenario.parameter_uncertainty", "false"}});
    c.parameters.exit.closure_rate = 0, c.parameters.exit.merger_rate = 0;
    for (const bool listed : {false, true}) {
        growth_tests::Replicate plain(c, 1), poor(c, 1);
        sim::Index row = -1;
        for_each_living(poor.state, poor.state.cells.front(), [&](sim::Index i) {
            const auto& f = poor.state.firms;
            if (row < 0 && f.founding(i) == 0 && f.sales(i) > 0.3 && f.debt(i) > 0.1 &&
                f.labour(i) < c.parameters.accounts.large_workers)  // whose debt is the city's banks' alone
                row = i;
        });
        ASSERT_GE(row, 0);
        for (auto* run : {&plain, &poor}) run->state.firms.listed[row] = listed ? 1.0 : 0.0;
        auto& f = poor.state.firms;
        const auto id = f.id(row);
        f.cash[row] -= 0.8 * f.sales(row);
        for (auto* run : {&plain, &poor}) run->through(1, [](int) {});
        const double lost = poor.state.city.bank_losses - plain.state.city.bank_losses;
        if (listed) {
            EXPECT_EQ(f.id(row), id);
            EXPECT_EQ(lost, 0);
        } else {
            EXPECT_NE(f.id(row), id);  // an entrant may stand there
            // it had borrowed up to its limit before
            EXPECT_GE(lost, (1 - c.parameters.exit.recovery) * plain.state.firms.debt(row) * (1 - 1e-9));
        }
    }
}

TEST(Exit, Lanes) {
    expect_lanes_equal_scalars(hazard, Span{0, 50}, Span{0, 100}, Span{0, 1}, Span{0, 1});
    expect_lanes_equal_scalars([](auto rate) { return event_chance(rate, 0.25); }, Span{0, 5});
}

// Who takes over whom, found by looking at everybody: the weakest, with some chance in it, of the acquirer's field, at
// most so large, neither taken yet nor one who has taken.
TEST(Mergers, TakeTheBestThatAnAcquirerCanSwallow) {
    const auto config =
        growth_tests::load("scenarios/shaoxing-2011/plan.toml", {{"parameters.exit.merger_rate", "1"},
                                                                 {"parameters.exit.merger_min_sales", "0.1"},
                                                                 {"parameters.exit.merger_max_ratio", "1"}});
    growth_tests::Replicate run(config, 2);
    run.through(3, [](int) {});
    const auto& s = run.state;
    const auto before = s.firms;
    const int now = s.clock.first_step() + 3;
    const auto stream = run.draws.at(streams::merger, static_cast<sim::Step>(now));
    const auto& p = run.config.parameters;
    std::map<sim::Index, sim::Index> taken;  // by whom
    std::set<sim::Index> acquirers;
    for (std::size_t industry = 0; industry < s.industries.size(); ++industry) {
        std::vector<Candidate> all;
        for (const Cell& cell : s.cells)
            if (cell.industry == industry)
                for_each_living(s, cell, [&](sim::Index row) {
                    const double chance = stream.uniforms(before.id(row), streams::is_acquired)[1];
                    all.push_back({row, -before.efficiency(row) + 0.3 * sim::gumbel(chance)});
                });
        for (const auto& [acquirer, score] : std::vector(all)) {
            const Cell& cell = cell_of(run.state, acquirer);
            const double rate =
                p.exit.merger_rate * s.policy.effects.of(Channel::mergers, position_of(s, cell))(before.tier(acquirer));
            if (before.sales(acquirer) < p.exit.merger_min_sales || before.cash(acquirer) < 0 ||
                taken.contains(acquirer) ||
                stream.uniforms(before.id(acquirer), streams::acquires)[0] >= event_chance(rate, s.clock.dt()))
                continue;
            Candidate best{-1, 0};
            for (const auto& other : all) {
                const bool fits = other.row != acquirer && !taken.contains(other.row) &&
                                  !acquirers.contains(other.row) && before.field(other.row) == before.field(acquirer) &&
                                  before.sales(other.row) >= p.population.base_threshold &&
                                  before.sales(other.row) <= p.exit.merger_max_ratio * before.sales(acquirer);
                if (fits && (best.row < 0 || ranks_below(best, other))) best = other;
            }
            if (best.row < 0) continue;
            taken[best.row] = acquirer;
            acquirers.insert(acquirer);
        }
    }
    const double known = s.demography.mergers;
    merge(run.config, run.draws, now, run.state);
    EXPECT_GT(taken.size(), 30);
    EXPECT_EQ(run.state.demography.mergers - known, static_cast<double>(taken.size()));
    for (const auto& [target, acquirer] : taken) {
        EXPECT_EQ(run.state.firms.alive(target), 0);
        EXPECT_EQ(run.state.firms.sales(acquirer), before.sales(acquirer) + before.sales(target));
    }
}

}  // namespace
