// Treatments: how many firms, each at most once, at what cost, and gains that fade.
#include "models/growth/policy/treatments.hpp"

#include <map>

#include "models/growth/loops.hpp"
#include "models/growth/policy/mechanisms.hpp"
#include "models/growth/policy/selection.hpp"
#include "tests/models/growth/trial.hpp"

namespace {

using namespace growth;
using growth_tests::component;
using growth_tests::delivered;
using growth_tests::lever;
using growth_tests::PolicyRun;
using growth_tests::Replicate;
using growth_tests::total_of;

// (E96) three tenths would have gained it anyway
TEST(Treatments, E96GainAddedByHand) {
    EXPECT_EQ(gain_added(0.1, 0.29, 0.3), 0.0);
    EXPECT_EQ(gain_added(0.1, 0.3, 0.3), 0.1);
    EXPECT_EQ(gain_added(0.1, 0.0, 0.0), 0.1);
    EXPECT_EQ(gain_added(0.1, 0.999, 1.0), 0.0);
}

// (E54) 3 a year at 0.02 each, or 40 given, or half of at most 150
TEST(Treatments, E54FirmsAYearByHand) {
    EXPECT_EQ(firms_a_year(3, 0.02, 0, 0, 0), 150.0);
    EXPECT_EQ(firms_a_year(0, 1, 40, 0, 0), 40.0);
    EXPECT_EQ(firms_a_year(0, 1, 0, 0.5, 150), 75.0);
    EXPECT_EQ(firms_a_year(0, 1, 0, 0, 150), 0.0);
}

bool is_treated(const Replicate& run, sim::Index row, std::string_view key = "trial") {
    return static_cast<std::uint32_t>(run.state.firms.treated(row)) >>
               run.config.components->of<Treatment>().index_of(key) &
           1;
}
double treated(const PolicyRun& run, std::string_view key = "trial") {
    return run.sum([&](sim::Index row) { return is_treated(run, row, key); });
}

// With more places than firms, those drawn by lot are treated, all of them and nobody else: a quarter.
TEST(Treatments, ReachTheFirmsOfTheirLot) {
    PolicyRun run({lever("trial", "effort = 1"), component("treatments",
                                                           "dose = \"effort\", most = 100000, gain = \"search\", "
                                                           "effect = 0.01, lot = 0.25")});
    run.step();
    const auto& treatments = run.config.components->of<Treatment>();
    const Treatment& treatment = treatments[treatments.index_of("trial")];
    const auto& f = run.state.firms;
    double reached = 0, all = 0;
    static_cast<void>(run.sum([&](sim::Index row) {
        if (f.sales(row) < 1e-6) return 0.0;  // who sells nothing receives nothing
        const sim::WordPack id(static_cast<std::uint64_t>(f.id(row)));
        const bool is_in = sim::any_of(is_drawn(treatment, run.draws, id));
        EXPECT_EQ(is_treated(run, row), is_in);
        reached += is_in ? 1 : 0, all += 1;
        return 0.0;
    }));
    ASSERT_GT(all, 400);
    EXPECT_NEAR(reached / all, 0.25, 5 * std::sqrt(0.25 * 0.75 / all));
}

// As many as the dose says, in whole firms, each for its cost and each once: 60 a year by any of three doses.
TEST(Treatments, ReachAsManyAsTheDoseSaysEachOnce) {
    for (const std::string dose : {"budget = 1.875", "persons = 60", "effort = 0.5"}) {
        const auto word = dose.substr(0, dose.find(' '));
        PolicyRun run({lever("trial", dose), component("treatments", "dose = \"" + word +
                                                                         "\", cost = 0.03125, most = 120, "
                                                                         "gain = \"search\", effect = 0.01")});
        double persons = 0, money = 0;
        for (int n = 0; n < 12; ++n) {
            run.step();
            const auto used = total_of(run.lever());
            persons += used.persons, money += used.services;
            EXPECT_EQ(used.received, 0.0);
            ASSERT_EQ(treated(run), persons) << dose << ", step " << n;
        }
        // held at the first and the third quarter, so that three quarters' worth waits for a fourth
        EXPECT_EQ(persons, 165) << dose;
        EXPECT_NEAR(money, 0.03125 * 165, 1e-12) << dose;
        const bool is_budget = word == "budget";
        EXPECT_NEAR(run.lever().account.waiting, is_budget ? 0.03125 * (180 - 165) : 0, 1e-12);
    }
}

TEST(Treatments, StopWhenEveryoneWasTreated) {
    PolicyRun run({lever("trial", "persons = 100000, eligible = { industries = [\"information\"] }"),
                   component("treatments", "dose = \"persons\", cost = 0.001, gain = \"efficiency\", effect = 0.05")});
    run.step();
    const double all = treated(run);
    double there = 0;
    for (const Cell& cell : run.state.cells)
        if (run.config.industries[cell.industry].key == "information")
            for_each_living(run.state, cell, [&](sim::Index row) { there += run.state.firms.founding(row) == 0; });
    EXPECT_EQ(all, there);
    EXPECT_NEAR(total_of(run.lever()).money, 0.001 * all, 1e-12);
    for (int n = 0; n < 4; ++n) {
        run.step();
        EXPECT_EQ(total_of(run.lever()).money, 0.0);
    }
    EXPECT_NEAR(run.sum([&](sim::Index row) { return run.state.firms.bought(row); }), 0.05 * delivered * all, 1e-4);
}

// Another row treats the same firms once more, and knows nothing of the first.
TEST(Treatments, OfTwoRowsAreTwoTreatments) {
    PolicyRun run({lever("trial", "persons = 80"),
                   component("treatments", "dose = \"persons\", gain = \"search\", effect = 0.02"),
                   component("treatments", "dose = \"persons\", gain = \"search\", effect = 0.03, on = false", "off"),
                   component("treatments", "dose = \"persons\", gain = \"search\", effect = 0.04", "two")});
    run.step();
    EXPECT_EQ(treated(run), 20);
    EXPECT_EQ(treated(run, "two"), 20);
    EXPECT_EQ(treated(run, "off"), 0);
    static_cast<void>(run.sum([&](sim::Index row) {
        const double gain = 0.02 * is_treated(run, row) + 0.04 * is_treated(run, row, "two");
        EXPECT_NEAR(run.state.firms.search_gain(row), delivered * gain, 1e-8);
        return 0.0;
    }));
}

// What was taught fades at policy_fade a year, e^(-0.15 / 4) a quarter, beginning with the first.
TEST(Treatments, GainsFade) {
    Replicate run(
        growth_tests::with({{"parameters.knowledge.policy_fade", "0.15"},
                            {"parameters.exit.merger_rate", "0"},
                            lever("trial", "persons = { by_year = { 2011 = 200, 2012 = 0 } }"),
                            component("treatments", "dose = \"persons\", gain = \"efficiency\", effect = 0.1"),
                            component("treatments", "dose = \"persons\", gain = \"search\", effect = 0.2", "two")}),
        0);
    std::map<std::uint64_t, int> since;  // step of the treatment
    double seen = 0;
    run.through(12, [&](int step) {
        for (const Cell& cell : run.state.cells)
            for_each_living(run.state, cell, [&](sim::Index row) {
                if (!is_treated(run, row)) {
                    EXPECT_EQ(run.state.firms.bought(row), 0.0);
                    return;
                }
                const auto first = since.try_emplace(run.state.firms.id(row), step).first->second;
                const double left = std::exp(-0.15 * 0.25 * (step - first + 1));
                EXPECT_NEAR(run.state.firms.bought(row), 0.1 * delivered * left, 1e-7);
                seen += 1;
            });
    });
    EXPECT_GT(since.size(), 100);
    EXPECT_GT(seen, 1000);
}

// New firms were never treated, whichever firm had their row before them.
TEST(Treatments, AreNotInherited) {
    Replicate run(growth_tests::with({lever("trial", "persons = { by_year = { 2011 = 400, 2012 = 0 } }"),
                                      component("treatments", "dose = \"persons\", gain = \"search\", effect = 0.1")}),
                  0);
    double born = 0;
    run.through(12, [&](int step) {
        if (step < 4) return;
        for (const Cell& cell : run.state.cells)
            for_each_living(run.state, cell, [&](sim::Index row) {
                if (run.state.firms.born(row) < 2012.5) return;
                born += 1;
                EXPECT_EQ(run.state.firms.treated(row), 0.0);
                EXPECT_EQ(run.state.firms.search_gain(row), 0.0);
            });
    });
    EXPECT_GT(born, 50);
}

// A demand that is promised comes by (E48), and what is taken from rivals is its share of it.
TEST(Treatments, DemandComesInTimeAndPartlyFromRivals) {
    PolicyRun run({{"parameters.demand.link_years", "2"},
                   lever("trial", "persons = { by_year = { 2011 = 200, 2012 = 0 } }"),
                   component("treatments", "dose = \"persons\", gain = \"demand\", effect = 0.1, displacement = 0.4")});
    run.step();
    double won = 0;
    static_cast<void>(run.sum([&](sim::Index row) {
        EXPECT_NEAR(run.state.firms.promised(row), is_treated(run, row) ? 0.1 * delivered : 0.0, 1e-7);
        won += is_treated(run, row) * std::expm1(0.1 * delivered) * run.state.firms.demand(row);
        return 0.0;
    }));
    const double released = 1 - std::exp(-0.25 / 2);
    double lost = 0, left = 0;
    for (std::size_t i = 0; i < run.state.industries.size(); ++i) {
        double output = 0;
        for (const Cell& cell : run.state.cells)
            if (cell.industry == i) output += cell.now.output;
        lost += run.state.industries[i].lost_to_rivals * output;
        left += run.policy().displaced[i];
    }
    EXPECT_NEAR(lost, released * 0.4 * won, 1e-10);
    EXPECT_NEAR(left, (1 - released) * 0.4 * won, 1e-10);
}

}  // namespace
