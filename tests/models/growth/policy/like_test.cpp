// A lever made like another shares its draws: two parts of a dose do what the whole does, and what is written of the
// copy alone holds for the copy alone.
#include "models/growth/policy/like.hpp"

#include <algorithm>
#include <cmath>

#include "models/growth/measure/measure.hpp"
#include "models/growth/model.hpp"
#include "models/growth/policy/mechanisms.hpp"
#include "models/growth/policy/switches.hpp"
#include "sim/scenario/write.hpp"
#include "tests/models/growth/trial.hpp"

namespace {

using namespace growth_tests;
using growth::Grant;

// A component of the lever "trial" with a dose in one, and in two parts of which a copy has the second.
struct Parts {
    PolicyRun whole, parts;

    Parts(const sim::Override& row, const std::string& dose, double amount)
        : whole({row, lever("trial", of(dose, amount))}),
          parts({row,
                 lever("trial", of(dose, amount / 2)),
                 {"levers.more", "{ like = \"trial\", " + of(dose, amount / 2) + " }"}}) {}

    static std::string of(const std::string& dose, double amount) { return dose + " = " + std::to_string(amount); }

    void step() {
        whole.step();
        parts.step();
    }
    // Firm by firm.
    void expect_alike(const std::function<double(const State&, sim::Index)>& value, double least_sum = 1e-6) const {
        double sum = 0;
        for (const auto& cell : whole.state.cells)
            growth::for_each_living(whole.state, cell, [&](sim::Index row) {
                const double expected = value(whole.state, row);
                ASSERT_NEAR(value(parts.state, row), expected, 1e-12 * (1 + std::abs(expected))) << row;
                sum += std::abs(expected);
            });
        EXPECT_GT(sum, least_sum) << "something happened";
    }
};

TEST(Like, GrantsGoDownOneRanking) {
    Parts run(component("grants", "use = \"research\", size = 0.02, misuse = 0.45"), "budget", 1.6);
    for (int k = 0; k < 4; ++k) {
        run.step();
        run.expect_alike([](const State& s, sim::Index row) { return s.firms.grants(row); });
        EXPECT_NEAR(total_of(run.parts.lever()).money, total_of(run.parts.lever("more")).money, 1e-12);
        EXPECT_NEAR(total_of(run.parts.lever("more")).money, 0.2, 1e-12) << "a ledger of its own";
    }
}

TEST(Like, DealsGoDownOneRanking) {
    Parts run(component("deals", "size = 0.25, leverage = 0, efficiency_gain = 0.05"), "budget", 4);
    for (int k = 0; k < 4; ++k) run.step();
    run.expect_alike([](const State& s, sim::Index row) { return s.firms.equity(row); });
    run.expect_alike([](const State& s, sim::Index row) { return s.firms.efficiency(row); });
}

TEST(Like, NobodyIsTreatedByBoth) {
    Parts run(component("treatments",
                        "dose = \"budget\", cost = 0.01, gain = \"efficiency\", effect = 0.1, "
                        "deadweight = 0.5"),
              "budget", 1.6);
    for (int k = 0; k < 8; ++k) run.step();
    run.expect_alike([](const State& s, sim::Index row) { return s.firms.efficiency(row); });
    EXPECT_EQ(run.parts.sum([&](sim::Index row) { return run.parts.state.firms.treated(row) == 3.0; }), 0);
}

TEST(Like, LoansAreOneVolume) {
    Parts run(component("credits", "loan_ratio = 0.1, incremental_share = 0.5, scale = 10"), "loans", 8);
    run.step();
    const auto guaranteed = [](const PolicyRun& of) {
        return of.sum([&](sim::Index row) { return of.state.firms.guaranteed(row); });
    };
    EXPECT_GT(guaranteed(run.whole), 1);
    EXPECT_NEAR(guaranteed(run.parts), guaranteed(run.whole), 1e-9 * guaranteed(run.whole))
        << "the share of new credit falls with the volume of both";
}

TEST(Like, RefundsAddUp) {
    const std::string content =
        "base = \"research\", rate = 0.2, take_up = 0.9, elasticity_small = 1.5, elasticity_large = 0.5, lot = 0.6";
    Parts run(component("subsidies", content), "effort", 1.0);
    run.step();
    run.step();
    run.expect_alike([](const State& s, sim::Index row) { return s.firms.refunds(row); });
    const auto answers = [](const PolicyRun& of, std::size_t cell) {
        const growth::CostAnswer answer(of.config, of.state, growth::Base::research, cell);
        const auto rows = of.state.cells[cell].rows;
        std::vector<double> all;
        for (sim::Index row = rows.begin; row < rows.end; ++row) {
            const auto& f = of.state.firms;
            all.push_back(answer(f.tier(row), f.sales(row), static_cast<std::uint64_t>(f.id(row)))[0]);
        }
        return all;
    };
    for (std::size_t cell = 0; cell < run.whole.state.cells.size(); ++cell) {
        const auto expected = answers(run.whole, cell), found = answers(run.parts, cell);
        for (std::size_t k = 0; k < expected.size(); ++k) ASSERT_NEAR(found[k], expected[k], 1e-12);
    }
}

TEST(Like, ResponsesSaturateTogether) {
    Parts run(component("responses",
                        "dose = \"budget\", channel = \"imitation\", effect = 1.5, scale = 2, "
                        "lag_years = 0.5, memory_years = 2"),
              "budget", 3);
    for (int k = 0; k < 6; ++k) run.step();
    const auto moved = [](const PolicyRun& of, std::size_t cell) {
        return of.policy().effects.of(growth::Channel::imitation, cell).everyone();
    };
    for (std::size_t cell = 0; cell < run.whole.state.cells.size(); ++cell) {
        EXPECT_GT(moved(run.whole, cell), 1.05);
        EXPECT_NEAR(moved(run.parts, cell), moved(run.whole, cell), 1e-12);
    }
}

TEST(Like, SitesAreOfOneKind) {
    Parts run(component("sites", "cost = 1, build_years = 0.25, most = 1"), "budget", 4);
    for (int k = 0; k < 8; ++k) run.step();
    const auto& alone = run.whole.policy().components->of<growth::Site>().back();
    const auto& rows = run.parts.policy().components->of<growth::Site>();
    double with_any = 0;
    for (std::size_t k = 0; k < alone.working.size(); ++k) {
        const double both = rows[rows.size() - 2].working[k] + rows.back().working[k];
        with_any += both > 0;
        EXPECT_LE(both, 1) << "a cluster has no second one";
        EXPECT_EQ(both + (rows[rows.size() - 2].opens[k] > 0) + (rows.back().opens[k] > 0),
                  alone.working[k] + (alone.opens[k] > 0));
    }
    const auto share = [](const PolicyRun& of, const char* key) {
        auto record = growth::Growth::blank(of.config);
        growth::measure(of.config, 0, of.state, record);
        return record.accounts.at(0, of.config.levers.index_of(key)).lever_site_share;
    };
    with_any /= static_cast<double>(run.parts.config.clusters.size());
    EXPECT_GT(with_any, 0.1);
    EXPECT_EQ(share(run.parts, "trial"), with_any) << "a cluster with a site of either counts once";
    EXPECT_EQ(share(run.parts, "more"), with_any);
}

// Sites of a lever's own two rows in one cluster.
TEST(Like, AClusterWithSitesOfTwoRowsCountsOnce) {
    const std::string content = "share = 0.5, cost = 1, build_years = 0.25, most = 1";
    PolicyRun run(
        {component("sites", content), component("sites", content, "second"), lever("trial", Parts::of("budget", 40))});
    for (int k = 0; k < 8; ++k) run.step();
    auto record = growth::Growth::blank(run.config);
    growth::measure(run.config, 0, run.state, record);
    const auto& rows = run.policy().components->of<growth::Site>();
    double with_any = 0, sites = 0;
    for (std::size_t k = 0; k < run.config.clusters.size(); ++k) {
        const double there = rows[rows.size() - 2].working[k] + rows.back().working[k];
        with_any += there > 0, sites += there;
    }
    EXPECT_GT(sites, with_any);
    EXPECT_EQ(record.accounts.at(0, run.config.levers.index_of("trial")).lever_site_share,
              with_any / static_cast<double>(run.config.clusters.size()));
}

// Over whole years, uncertain numbers drawn, with all that the flagship's fund is made of.
TEST(Like, TheFlagshipsFundInTwoPartsIsTheFund) {
    const auto plan = [](const std::string& budget, const Settings& more) {
        Settings settings{{"levers.special_fund.purse", "own"},
                          {"levers.special_fund.realised", "1"},
                          {"levers.special_fund.budget", budget},
                          {"scenario.years", "2"}};
        settings.insert(settings.end(), more.begin(), more.end());
        return load("scenarios/shaoxing-2011/plan.toml", settings);
    };
    const auto whole = plan("4", {}), parts = plan("2", {{"levers.more", "{ like = \"special_fund\", budget = 2 }"}});
    const auto none = plan("2", {});
    for (std::uint32_t replicate = 0; replicate < 3; ++replicate) {
        const double expected = last_output(whole, simulate(whole, replicate));
        EXPECT_NEAR(last_output(parts, simulate(parts, replicate)), expected, 1e-9 * expected);
        EXPECT_NE(last_output(none, simulate(none, replicate)), expected);
    }
}

TEST(Like, RowsOfTheCopy) {
    const auto c = load("scenarios/shaoxing-2011/plan.toml",
                        {{"levers.small", "{ like = \"special_fund\", budget = { step = 2, from = 2013 } }"},
                         {"levers.smaller", "{ like = \"small\", name = \"Third\", eligible.tiers = [\"start_up\"] }"},
                         {"grants.small_awards.size", "0.05"}});
    const auto& copy = c.levers[c.levers.index_of("small")];
    const auto& original = c.levers[c.levers.index_of("special_fund")];
    EXPECT_EQ(copy.id, original.id + "+");
    EXPECT_EQ(copy.name, original.name + " (small)");
    EXPECT_EQ(copy.purse, original.purse);
    EXPECT_EQ(copy.doses[0].at(2012), 0) << "doses are its own";
    EXPECT_EQ(copy.doses[0].at(2013), 2);
    EXPECT_TRUE(copy.doses[4].is_zero());
    const auto& third = c.levers[c.levers.index_of("smaller")];
    EXPECT_EQ(third.id, original.id + "++");
    EXPECT_EQ(third.name, "Third");
    EXPECT_EQ(third.eligible.tiers.size(), 1U);

    const auto& grants = c.components->of<Grant>();
    const auto& awards = grants[grants.index_of("awards")];
    for (const auto* key : {"small_awards", "smaller_awards"}) {
        const auto& made = grants[grants.index_of(key)];
        EXPECT_EQ(made.like, "awards") << key;
        EXPECT_EQ(made.draw_key, awards.draw_key);
        EXPECT_EQ(made.lever, std::string(key).substr(0, std::string(key).find('_')));
        EXPECT_EQ(made.size, 0.05) << "what is written of a copy holds for it, and for copies of it";
    }
    EXPECT_EQ(awards.size, 0.02);
    // the same quantile of the same prior in every draw
    const auto drawn = growth::draw_config(c, draws_of(c, 7));
    const auto& own = drawn.components->of<Grant>();
    EXPECT_NE(own[own.index_of("awards")].misuse, awards.misuse);
    EXPECT_EQ(own[own.index_of("smaller_awards")].misuse, own[own.index_of("awards")].misuse);
    EXPECT_EQ(drawn.levers[drawn.levers.index_of("small")].realised,
              drawn.levers[drawn.levers.index_of("special_fund")].realised);
}

TEST(Like, ReadsBackFromTheEffectiveScenario) {
    const auto c = load("scenarios/shaoxing-2011/plan.toml",
                        {{"levers.small", "{ like = \"special_fund\", budget = 2 }"}, {"switches.grade_D", "false"}});
    const auto text = sim::to_toml(c, c.uncertain);
    const auto again = growth::read_config(sim::parse(text, "effective"));
    EXPECT_EQ(sim::to_toml(again, again.uncertain), text);
    EXPECT_EQ(bits_of(simulate(again, 1)), bits_of(simulate(c, 1)));
}

// An original is where it was: what a copy does to it goes through the economy, never through draws.
TEST(Like, ACopyWithoutADoseChangesNothing) {
    const auto alone = flagship({{"scenario.years", "1"}});
    const auto with_copy = flagship({{"scenario.years", "1"}, {"levers.small", "{ like = \"special_fund\" }"}});
    EXPECT_EQ(bits(last_output(alone, simulate(alone, 0))), bits(last_output(with_copy, simulate(with_copy, 0))));
}

std::string refusal(const Settings& settings) {
    try {
        (void)flagship(settings);
    } catch (const sim::ScenarioError& error) {
        return error.what();
    }
    return "accepted";
}

TEST(Like, Problems) {
    EXPECT_NE(refusal({{"levers.small", "{ like = \"special_fnd\" }"}}).find("did you mean \"special_fund\"?"),
              std::string::npos);
    const auto circle = refusal({{"levers.a", "{ like = \"b\" }"}, {"levers.b", "{ like = \"a\" }"}});
    EXPECT_NE(circle.find("leads back to"), std::string::npos) << circle;
    const auto scaled = refusal({{"levers.small", "{ like = \"special_fund\", budget = { times = 2 } }"}});
    EXPECT_NE(scaled.find("levers.small.budget: there is nothing to scale"), std::string::npos) << scaled;
    const auto grade = refusal({{"switches.grade_E", "false"}});
    EXPECT_NE(grade.find("unknown key \"grade_E\" in [switches]"), std::string::npos) << grade;
}

TEST(Switches, TakeAwayGroups) {
    const auto states = [](const Settings& settings) {
        std::vector<std::tuple<std::string, growth::Grade, std::string, bool>> all;
        const auto c = flagship(settings);
        growth::Components::visit(*c.components, [&](std::string_view name, auto, const auto& rows) {
            for (const auto& row : rows) all.emplace_back(name, row.grade, row.lever, row.on);
        });
        return all;
    };
    const auto as_written = states({});
    const auto check = [&](const sim::Override& setting, const auto& is_concerned) {
        const auto switched = states({setting});
        bool concerned = false;
        for (std::size_t k = 0; k < switched.size(); ++k) {
            const bool is = is_concerned(as_written[k]);
            concerned |= is;
            EXPECT_EQ(std::get<bool>(switched[k]), std::get<bool>(as_written[k]) && !is) << setting.key << " " << k;
        }
        EXPECT_TRUE(concerned) << setting.key;
    };
    check({"switches.grade_D", "false"}, [](const auto& row) { return std::get<1>(row) == growth::Grade::D; });
    check({"switches.responses", "false"}, [](const auto& row) { return std::get<0>(row) == "responses"; });
    check({"levers.tax.components", "false"}, [](const auto& row) { return std::get<2>(row) == "tax"; });
    EXPECT_EQ(states({{"switches.grade_D", "true"}}), as_written) << "true leaves each to its own row";
}

}  // namespace
