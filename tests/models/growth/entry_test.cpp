// Entry: how many are expected, the chance of a slot, and who is really new.
#include "models/growth/entry.hpp"

#include <map>
#include <set>

#include "models/growth/investment.hpp"
#include "models/growth/loops.hpp"
#include "models/growth/newborn.hpp"
#include "models/growth/production.hpp"
#include "models/growth/standing.hpp"
#include "tests/models/growth/support.hpp"

namespace {

using namespace growth;

// (E30) 0.08 x 100 e^(2 x 0.05) / 4 = 2 e^0.1
TEST(Entry, E30ExpectedStartUpsByHand) {
    EXPECT_NEAR(expected_start_ups(0.08, 100, 2.0, 0.05, 0.25), 2 * std::exp(0.1), 1e-14);
    EXPECT_EQ(expected_start_ups(0.08, 100, 2.0, 0.0, 0.25), 0.08 * 100 * 0.25);  // normal growth
    EXPECT_EQ(expected_start_ups(0.08, 100, 0.0, 0.5, 0.25), 0.08 * 100 * 0.25);  // no response
    EXPECT_EQ(expected_start_ups(0.08, 0, 2.0, 0.05, 0.25), 0.0);
    EXPECT_LT(expected_start_ups(0.08, 100, 2.0, -0.05, 0.25), 2.0);
}

// (E31) 1.5 expected over 6 slots: 1/4 each; never above 1
TEST(Entry, E31SlotChanceByHand) {
    EXPECT_EQ(slot_chance(1.5, 6), 0.25);
    EXPECT_EQ(slot_chance(0, 6), 0.0);
    EXPECT_EQ(slot_chance(7, 6), 1.0);
}

// With a year to build nobody who is founded in a quarter sells before it has passed. Then its plant opens with the
// demand for which it is designed by (E8), a whole crew and the working cash that its owners paid in.
TEST(Entry, PlantsOpenAfterTheirTimeToBuild) {
    auto c = growth_tests::flagship({{"scenario.parameter_uncertainty", "false"}});
    c.parameters.exit.merger_rate = 0;
    growth_tests::Replicate run(c, 1);
    const auto& f = run.state.firms;
    std::set<std::uint64_t> known;
    const auto living = [&](auto&& seen) {
        for (const Cell& cell : run.state.cells)
            for_each_living(run.state, cell, [&](sim::Index row) { seen(cell, row); });
    };
    living([&](const Cell&, sim::Index row) { known.insert(static_cast<std::uint64_t>(f.id(row))); });
    std::map<std::uint64_t, int> founded;
    std::map<int, int> opened;  // by steps after founding
    run.through(8, [&](int step) {
        living([&](const Cell& cell, sim::Index row) {
            const auto id = static_cast<std::uint64_t>(f.id(row));
            if (known.contains(id)) return;
            const bool is_new = founded.emplace(id, step).second;
            if (f.founding(row) > 0) {
                EXPECT_LT(f.sales(row), 1e-6);
                EXPECT_LT(step - founded.at(id), 4);
                return;
            }
            EXPECT_FALSE(is_new);
            if (f.opened(row) == 0) return;
            ++opened[step - founded.at(id)];
            EXPECT_EQ(f.under_way(row), 0);
            EXPECT_GT(f.cash(row), 0);
            EXPECT_NEAR(f.labour(row), std::exp(f.log_crew(row)) * f.capital(row), 1e-9 * f.labour(row));
            const double demand =
                designed_demand(run.config.parameters.production, f.capital(row), f.efficiency(row), f.log_crew(row),
                                run.config.industries[cell.industry].value_added_ratio);
            EXPECT_NEAR(f.demand(row), demand, 1e-12 * demand);
            EXPECT_EQ(f.opened(row), f.demand(row));
        });
    });
    // a year of four steps: founded at any time of their step, they open at the nearest end of one, half of them after
    // three whole steps and half after four (E116)
    EXPECT_EQ(opened.size(), 2U);
    EXPECT_GT(opened[3] + opened[4], 100);
    EXPECT_NEAR(opened[3], opened[4], 4 * std::sqrt(opened[3] + opened[4]));
}

State before_the_burn_in(const Config& c, std::uint32_t replicate) {
    return draw_population(c, growth_tests::draws_of(c, replicate), {});
}

// Those who were founded before the first step open through the first year as others do through the second, with steps
// of any length. Without them none would open in the first.
TEST(Entry, PlantsOpenFromTheFirstStepOn) {
    for (const char* steps : {"1", "4", "12"}) {
        const auto c =
            growth_tests::flagship({{"scenario.parameter_uncertainty", "false"}, {"scenario.steps_per_year", steps}});
        std::array<double, 2> opened{};
        for (std::uint32_t replicate = 0; replicate < 8; ++replicate) {
            State s = before_the_burn_in(c, replicate);
            for (int t = 0; t < 2 * s.clock.steps_per_year; ++t) {
                Growth::step(c, growth_tests::draws_of(c, replicate), t - s.clock.first_step(), s);
                for (const Cell& cell : s.cells)
                    for_each_living(s, cell, [&](sim::Index row) {
                        opened[static_cast<std::size_t>(t / s.clock.steps_per_year)] += s.firms.opened(row) > 0 ? 1 : 0;
                    });
            }
        }
        EXPECT_GT(opened[1], 400) << steps;
        EXPECT_NEAR(opened[0] / opened[1], 1.0, 0.2) << steps;
    }
}

// A longer time to build adds some who were founded still earlier, and changes none.
TEST(Entry, WhoWasFoundedEarlierDoesNotHangOnTheTimeToBuild) {
    const auto builders = [](double time_to_build) {
        auto c = growth_tests::flagship({{"scenario.parameter_uncertainty", "false"}});
        c.parameters.investment.time_to_build = time_to_build;
        const State s = before_the_burn_in(c, 1);
        std::map<std::uint64_t, double> progress;
        for (const Cell& cell : s.cells)
            for_each_living(s, cell, [&](sim::Index row) {
                if (s.firms.founding(row) > 0)
                    progress[static_cast<std::uint64_t>(s.firms.id(row))] = s.firms.progress(row) * time_to_build;
            });
        return progress;
    };
    const auto half = builders(0.5), whole = builders(1.0);
    EXPECT_GT(half.size(), 50);
    // open at the nearest end of a step: 3/8 of a year and 7/8 of founding are under way
    EXPECT_NEAR(static_cast<double>(half.size()) / static_cast<double>(whole.size()), 3.0 / 7, 0.1);
    for (const auto& [id, years] : half) {
        ASSERT_TRUE(whole.contains(id)) << id;
        EXPECT_NEAR(whole.at(id), years, 1e-12);
    }
    for (const auto& [id, years] : whole) EXPECT_LT(years, 1.0 - 0.125);  // half a step more, and it is open
}

// (E116) founded when seven tenths of the step were left, a quarter of a year, with a year to build: 0.7 x 0.25
TEST(Entry, E116ProgressOfFoundedByHand) {
    EXPECT_NEAR(progress_of_founded(0.7, 0.25, 1.0), 0.175, 1e-15);
    EXPECT_EQ(progress_of_founded(0.0, 0.25, 1.0), 0.0);
    // u + k steps pass until it opens at the nearest end of a step, n = 4 of them its time to build: 4 on average
    double passed = 0;
    for (int k = 0; k < 1000; ++k) {
        const double u = (k + 0.5) / 1000;
        int steps = 0;
        for (double progress = progress_of_founded(u, 0.25, 1.0); share_completed(progress, 0.25) < 0.5;
             progress += 0.25)
            ++steps;
        passed += steps + u;
    }
    EXPECT_NEAR(passed / 1000, 4.0, 0.01);
}

// Who finds no land does not come, and is counted.
TEST(Entry, IsTurnedAwayWithoutLand) {
    growth_tests::Replicate run(growth_tests::flagship(), 1);
    for (auto& place : run.config.places) place.land_supply = 0;
    for (double& reserve : run.state.land_reserve) reserve = 0;
    // nobody leaves and nobody gives land back
    auto& p = run.config.parameters;
    p.land.resale = p.exit.closure_rate = p.exit.merger_rate = 0;
    p.exit.arrears = p.exit.arrears_listed = 1e9;
    double entries = 0, without = 0;
    run.through(4, [&](int) {
        for (const double count : run.state.demography.entries) entries += count;
        without += run.state.demography.without_land;
    });
    EXPECT_GT(without, 100);
    EXPECT_EQ(entries, 0);
}

// (E97) at a notch of 3 % and a pull of 0.15: 2.6 % becomes 3.03 % on paper, of which a quarter of the rise, 0.1075 points, is
// other cost; from 3 % on, below 2.55 % and without R&D nothing changes
TEST(Entry, E97ShownResearchByHand) {
    const auto near = shown_research(0.026, 0.03, 0.15, 0.25);
    EXPECT_NEAR(near.real, 0.029225, 1e-15);
    EXPECT_NEAR(near.relabelled, 0.001075, 1e-15);
    for (const double same : {0.0, 0.02, 0.0254, 0.03, 0.05}) {
        EXPECT_EQ(shown_research(same, 0.03, 0.15, 0.25).real, same);
        EXPECT_EQ(shown_research(same, 0.03, 0.15, 0.25).relabelled, 0.0);
    }
}

// Performers of R&D just below the notch of high-tech status lift what they report to it, newcomers and spin-offs too.
TEST(Entry, FirmsBunchAtTheNotch) {
    const growth_tests::Replicate run(growth_tests::flagship(), 1);
    const auto& p = run.config.parameters.standing;
    int above = 0;
    for (const Cell& cell : run.state.cells)
        for_each_living(run.state, cell, [&](sim::Index row) {
            const double intensity = run.state.firms.intensity(row) + run.state.firms.relabelled(row);
            above += intensity >= p.high_tech_notch && intensity < 1.02 * p.high_tech_notch;
            EXPECT_FALSE(intensity >= (1 - p.notch_pull) * p.high_tech_notch && intensity < p.high_tech_notch);
        });
    EXPECT_GT(above, 10);
}

// The chance of a firm is that of its id, so no two firms that live together may share one.
TEST(Entry, NoTwoLivingFirmsShareAnId) {
    const auto c = growth_tests::flagship();
    for (std::uint32_t replicate = 0; replicate < 3; ++replicate) {
        growth_tests::Replicate run(c, replicate);
        run.through(Growth::steps(c), [](int) {});
        std::set<std::uint64_t> ids;
        std::size_t living = 0;
        for (const Cell& cell : run.state.cells)
            for_each_living(run.state, cell, [&](sim::Index row) {
                ids.insert(run.state.firms.id(row));
                ++living;
            });
        EXPECT_EQ(ids.size(), living);
    }
}

}  // namespace
