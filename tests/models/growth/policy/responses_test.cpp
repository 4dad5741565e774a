// Responses: what a dose does to a channel, when, where and at whose cost.
#include "models/growth/policy/responses.hpp"

#include <numeric>

#include "models/growth/cells.hpp"
#include "models/growth/policy/effects.hpp"
#include "models/growth/policy/mechanisms.hpp"
#include "tests/models/growth/trial.hpp"

namespace {

using namespace growth;
using growth_tests::component;
using growth_tests::delivered;
using growth_tests::lever;
using growth_tests::PolicyRun;

// (E38) at the half dose 2 (1 - 1/e)
TEST(Responses, E38SaturatingByHand) {
    EXPECT_NEAR(saturating(0.1, 0.1, 2.0), 2 * (1 - std::exp(-1.0)), 1e-15);
    EXPECT_EQ(saturating(0.0, 0.1, 2.0), 0.0);
    EXPECT_EQ(saturating(1e3, 0.1, 2.0), 2.0);
    EXPECT_EQ(saturating(0.3, 0, 2.0), 0.6);  // linear, for each unit
    EXPECT_GT(saturating(0.1, 0.1, 2.0) - saturating(0.0, 0.1, 2.0),
              saturating(0.2, 0.1, 2.0) - saturating(0.1, 0.1, 2.0));  // the first yuan does most
}

// (E45) l = 2, h = ln 2: a = ln 2, q = 1/2. From 0 to a dose of 1: f = 1/2, s = 1 - (1 + ln 2) / 2
TEST(Responses, E45LaggedByHand) {
    const auto one = lagged({}, 1.0, 2.0, std::log(2.0));
    EXPECT_NEAR(one.first, 0.5, 1e-15);
    EXPECT_NEAR(one.second, 1 - 0.5 * (1 + std::log(2.0)), 1e-15);
    const auto at_once = lagged({0.2, 0.1, 7}, 1.0, 0.0, 0.25);
    EXPECT_EQ(at_once.first, 1.0);
    EXPECT_EQ(at_once.second, 1.0);
    EXPECT_EQ(at_once.kept, 7.0);  // is (E46)'s
    const auto settled = lagged({3, 3, 0}, 3.0, 1.0, 0.25);
    EXPECT_EQ(settled.first, 3.0);
    EXPECT_EQ(settled.second, 3.0);
}

// A step up to 1 is followed by the distribution of the lag, 1 - (1 + 2 t / l) e^(-2 t / l), whatever the step. Its
// mean is the area above it: by the trapezoid rule, which overrates it by less than h^2 / 3 / l.
TEST(Responses, E45IsErlangOfTheMeanWhateverTheStep) {
    for (const double lag : {0.25, 1.0, 3.0})
        for (const double h : {1.0, 0.25, 1.0 / 12, 1.0 / 52}) {
            Follower follower;
            double area = 0;
            for (int n = 1; n * h <= 12 * lag; ++n) {
                const double before = follower.second, x = 2 * n * h / lag;
                follower = lagged(follower, 1.0, lag, h);
                EXPECT_NEAR(follower.second, 1 - (1 + x) * std::exp(-x), 1e-12) << "lag " << lag << ", step " << h;
                area += h * (1 - 0.5 * (before + follower.second));
            }
            EXPECT_NEAR(area, lag, h * h / lag / 3 + 1e-3 * lag) << "lag " << lag << ", step " << h;
        }
}

// (E46) half of it is left after m ln 2 years
TEST(Responses, E46RememberedByHand) {
    EXPECT_NEAR(remembered(1.0, 0.2, 3.0, 3 * std::log(2.0)), 0.5, 1e-15);
    EXPECT_EQ(remembered(1.0, 0.7, 3.0, 3 * std::log(2.0)), 0.7);  // the dose holds more
    EXPECT_EQ(remembered(1.0, 1.5, 3.0, 0.25), 1.5);
    EXPECT_EQ(remembered(1.0, 0.2, 0.0, 0.25), 0.2);  // nothing is built
}

// (E47) 3 given to half of the city is 6 a head
TEST(Responses, E47ExposedDoseByHand) {
    EXPECT_EQ(exposed_dose(3, 0.5), 6.0);
    EXPECT_EQ(exposed_dose(3, 1), 3.0);
}

// (E32) 1.5 where it acts and a mean of 0.5, of which 0.2 is taken from everywhere: 1.5 - 0.1, and -0.1 elsewhere
TEST(Responses, E32NetOfDisplacementByHand) {
    EXPECT_NEAR(net_of_displacement(1.5, 0.2, 0.5), 1.4, 1e-15);
    EXPECT_NEAR(net_of_displacement(0.0, 0.2, 0.5), -0.1, 1e-16);
    EXPECT_EQ(net_of_displacement(1.5, 0.0, 0.5), 1.5);
    EXPECT_EQ(net_of_displacement(0.5, 1.0, 0.5), 0.0);  // everywhere alike, all of it taken
}

double in_cell(const PolicyRun& run, Channel channel, std::size_t cell) {
    return run.policy().effects.of(channel, cell).everyone();
}

// ---- in time

TEST(Responses, FollowWithTheLagForAnyLengthOfAStep) {
    for (const int a_year : {2, 4, 12}) {
        PolicyRun run(
            {{"scenario.steps_per_year", std::to_string(a_year)},
             lever("trial", "effort = 0.5"),
             component("responses", "dose = \"effort\", channel = \"absorption\", effect = 1, lag_years = 1.5")});
        for (int n = 1; n <= 3 * a_year; ++n) {
            run.step();
            const double x = 2 * n / (1.5 * a_year);
            ASSERT_NEAR(in_cell(run, Channel::absorption, 0), 0.5 * delivered * (1 - (1 + x) * std::exp(-x)), 1e-12);
        }
    }
}

constexpr const char* one_year = "effort = { by_year = { 2011 = 1, 2012 = 0.25 } }";

TEST(Responses, WhatWasBuiltFadesAndIsHeldByTheDose) {
    PolicyRun run({lever("trial", one_year), component("responses",
                                                       "dose = \"effort\", channel = \"absorption\", "
                                                       "effect = 1, memory_years = 0.5")});
    for (int n = 0; n < 12; ++n) {
        run.step();
        const double expected = n < 4 ? 1.0 : std::max(0.25, std::exp(-0.25 * (n - 3) / 0.5));
        ASSERT_NEAR(in_cell(run, Channel::absorption, 0), delivered * expected, 1e-14) << "step " << n;
    }
}

TEST(Responses, WithoutMemoryEndWithTheDose) {
    PolicyRun run(
        {lever("trial", one_year), component("responses", "dose = \"effort\", channel = \"absorption\", effect = 1")});
    for (int n = 0; n < 8; ++n) {
        run.step();
        ASSERT_EQ(in_cell(run, Channel::absorption, 0), delivered * (n < 4 ? 1.0 : 0.25)) << "step " << n;
    }
}

// ---- all channels

// What moves a channel is added up, by tier where tiers are reported apart; once nothing moves it, it does nothing.
TEST(Effects, StandWhereNothingMovesThem) {
    Effects effects;
    effects.resize(2);
    const std::vector<double> weights = {0.25, 0.75};
    const auto expect_still = [&](Channel channel, double still) {
        for (const std::size_t cell : {0, 1})
            for (std::size_t tier = 0; tier < tiers; ++tier)
                EXPECT_EQ(effects.of(channel, cell)(static_cast<double>(tier)), still);
        EXPECT_EQ(effects.of(channel, 0).everyone(), still);
        EXPECT_EQ(effects.city(channel), still);
    };
    for (const bool again : {false, true}) {
        for (const auto& facts : channel_facts) expect_still(facts.channel, facts.kind == Kind::factor ? 1.0 : 0.0);
        effects.clear();
        effects.add(Channel::search, 1, {true, false, true, true, true}, 0.5);
        effects.add(Channel::search, 1, {false, true, true, false, false}, -0.125);
        effects.add(Channel::absorption, 0, {true, true, true, true, true}, 0.25);
        effects.close(weights);
        constexpr std::array<double, tiers> sums = {0.5, -0.125, 0.375, 0.5, 0.5};
        for (std::size_t tier = 0; tier < tiers; ++tier) {
            const auto of_tier = static_cast<double>(tier);
            EXPECT_EQ(effects.of(Channel::search, 1)(of_tier), sim::exp(sums[tier])) << again;
            EXPECT_EQ(effects.of(Channel::search, 1)(sim::Pack(of_tier))[0], sim::exp(sums[tier])) << again;
            EXPECT_EQ(effects.of(Channel::search, 0)(of_tier), 1.0);
        }
        EXPECT_EQ(effects.city(Channel::search), sim::exp(0.75 * 0.5));
        EXPECT_EQ(effects.of(Channel::absorption, 0).everyone(), 0.25);
        EXPECT_EQ(effects.city(Channel::absorption), 0.0625);
        effects.clear();
        effects.close(weights);
    }
}

// ---- in space

constexpr const char* at_zhuji = ", eligible = { places = [\"zhuji\"] }";

// Money is spread over what a lever reaches, so that the city's mean is the same wherever it is spent; effort is the
// full measure where it acts.
TEST(Responses, MoneyForLessOfTheCityIsMoreAHead) {
    for (const bool is_money : {true, false}) {
        const std::string dose = is_money ? "budget" : "effort";
        PolicyRun run({lever("trial", dose + " = 0.5" + at_zhuji),
                       component("responses", "dose = \"" + dose + "\", channel = \"absorption\", effect = 1")});
        run.step();
        const auto& s = run.state;
        const double all = std::accumulate(s.baseline.cell_sales.begin(), s.baseline.cell_sales.end(), 0.0);
        double reached = 0;
        for (std::size_t i = 0; i < s.cells.size(); ++i)
            if (run.config.places[s.cells[i].place].key == "zhuji") reached += s.baseline.cell_sales[i] / all;
        ASSERT_GT(reached, 0.1);
        ASSERT_LT(reached, 0.4);
        for (std::size_t i = 0; i < s.cells.size(); ++i) {
            const bool here = run.config.places[s.cells[i].place].key == "zhuji";
            const double there = 0.5 * delivered / (is_money ? reached : 1);
            ASSERT_NEAR(in_cell(run, Channel::absorption, i), here ? there : 0.0, 1e-13);
        }
        EXPECT_NEAR(run.policy().effects.city(Channel::absorption), 0.5 * delivered * (is_money ? 1 : reached), 1e-14);
    }
}

// A lever may act where nobody sold anything in the base year, as in a city that is yet to be built.
TEST(Responses, ActWhereNobodySoldAnything) {
    PolicyRun run({{"places.yuecheng.weight", "0"},
                   lever("trial",
                         "effort = 1, budget = 2, eligible = { places = [\"yuecheng\"], industries = "
                         "[\"energy\"] }"),
                   component("responses", "dose = \"effort\", channel = \"start_ups\", effect = 2"),
                   component("responses", "dose = \"budget\", channel = \"procurement\", effect = 1", "orders")});
    run.step();
    ASSERT_EQ(run.lever().exposure, 0.0);
    for (std::size_t i = 0; i < run.state.cells.size(); ++i) {
        const bool here = run.lever().reached[i] != 0;
        EXPECT_NEAR(in_cell(run, Channel::start_ups, i), here ? std::pow(2.0, delivered) : 1.0, 1e-14);
    }
    EXPECT_NEAR(run.policy().effects.city(Channel::procurement), 2 * delivered, 1e-14);
}

double mean_of_logs(const PolicyRun& run, Channel channel) {
    double mean = 0;
    for (std::size_t i = 0; i < run.state.cells.size(); ++i)
        mean += run.policy().weight[i] * std::log(in_cell(run, channel, i));
    return mean;
}

// Of what is brought to one place, 0.3 are missed everywhere.
TEST(Responses, DisplacementTakesItsShareFromEverywhere) {
    const auto run_with = [](const std::string& displacement) {
        const auto row = [&](const std::string& channel, const std::string& effect) {
            return component("responses",
                             "dose = \"effort\", channel = \"" + channel + "\", effect = " + effect +
                                 ", displacement = " + displacement,
                             channel);
        };
        PolicyRun run({lever("trial", std::string("effort = 1") + at_zhuji), row("absorption", "0.5"),
                       row("start_ups", "1.5"), row("procurement", "3")});
        run.step();
        return run;
    };
    const auto gross = run_with("0.0"), net = run_with("0.3");
    const auto& all = gross.policy().effects;
    for (const auto channel : {Channel::absorption, Channel::procurement})
        EXPECT_NEAR(net.policy().effects.city(channel), 0.7 * all.city(channel), 1e-14);
    EXPECT_NEAR(mean_of_logs(net, Channel::start_ups), 0.7 * mean_of_logs(gross, Channel::start_ups), 1e-14);
    for (std::size_t i = 0; i < net.state.cells.size(); ++i) {
        EXPECT_NEAR(in_cell(net, Channel::absorption, i),
                    in_cell(gross, Channel::absorption, i) - 0.3 * all.city(Channel::absorption), 1e-14);
        EXPECT_NEAR(in_cell(net, Channel::procurement, i),
                    in_cell(gross, Channel::procurement, i) - 0.3 * 3 * delivered * net.policy().weight[i], 1e-14);
        EXPECT_NEAR(std::log(in_cell(net, Channel::start_ups, i)),
                    std::log(in_cell(gross, Channel::start_ups, i)) - 0.3 * mean_of_logs(gross, Channel::start_ups),
                    1e-14);
    }
}

// ---- how responses add up

// 100 mu at 1 each and 0.8 delivered are 80 mu, be they for the city or for one place.
TEST(Responses, QuantitiesAreDoseTimesEffectTimesDelivery) {
    for (const std::string where : {"", at_zhuji}) {
        PolicyRun run({lever("trial", "land = 100" + where),
                       component("responses", "dose = \"land\", channel = \"land_supply\", effect = 1")});
        run.step();
        EXPECT_NEAR(run.policy().effects.city(Channel::land_supply), 80, 1e-12);
        double claimed = 0;
        for (const auto& claim : run.policy().land) claimed += claim.supply;
        EXPECT_NEAR(claimed, 80, 1e-12);
        const auto zhuji = run.config.places.index_of("zhuji");
        const double there =
            run.policy().land[zhuji * run.config.levers.size() + run.config.levers.index_of("trial")].supply;
        if (where.empty())
            EXPECT_LT(there, 40);
        else
            EXPECT_NEAR(there, 80, 1e-12);
    }
}

TEST(Responses, FactorsMultiplyAndAmountsAdd) {
    PolicyRun run(
        {lever("trial", "effort = 0.5"), lever("other", "effort = 1"),
         component("responses", "dose = \"effort\", channel = \"imitation\", effect = 1.2"),
         component("responses", "dose = \"effort\", channel = \"imitation\", effect = 1.5", "two", "other"),
         component("responses", "dose = \"effort\", channel = \"gain_high\", effect = 0.02", "three"),
         component("responses", "dose = \"effort\", channel = \"gain_high\", effect = 0.03", "four", "other")});
    run.step();
    for (std::size_t i = 0; i < run.state.cells.size(); ++i) {
        EXPECT_NEAR(in_cell(run, Channel::imitation, i), std::pow(std::sqrt(1.2) * 1.5, delivered), 1e-14);
        EXPECT_NEAR(in_cell(run, Channel::gain_high, i), (0.01 + 0.03) * delivered, 1e-15);
        EXPECT_EQ(in_cell(run, Channel::search, i), 1.0);  // a channel that nobody moves
    }
}

// A normal prior has no lower end; what is drawn of it is a factor all the same.
TEST(Responses, FactorsStayAboveZeroWhateverIsDrawn) {
    const auto config = growth_tests::flagship(
        {lever("trial", "effort = 1"),
         component("responses",
                   "dose = \"effort\", channel = \"imitation\", effect = { median = 0.5, low = 0.05, high = "
                   "2, distribution = \"normal\" }")});
    int below = 0;
    for (std::uint32_t replicate = 0; replicate < 12; ++replicate) {
        PolicyRun run(config, replicate);
        run.step();
        below += run.config.components->of<Response>().back().effect == facts_of(Channel::imitation).effect.least;
        const double factor = in_cell(run, Channel::imitation, 0);
        EXPECT_GT(factor, 0) << "replicate " << replicate;
        EXPECT_LT(factor, 10) << "replicate " << replicate;
    }
    EXPECT_GT(below, 0);
}

TEST(Responses, ReachTheTiersOfTheLeverThatTheRowNames) {
    PolicyRun run({lever("trial", "effort = 1, eligible = { tiers = [\"leading\", \"growing\"] }"),
                   component("responses",
                             "dose = \"effort\", channel = \"listing\", effect = 2, tiers = [\"leading\", "
                             "\"start_up\"]")});
    run.step();
    const auto& listing = run.policy().effects.of(Channel::listing, 3);
    for (std::size_t k = 0; k < tiers; ++k) {
        const double expected = static_cast<Tier>(k) == Tier::leading ? std::pow(2.0, delivered) : 1.0;
        EXPECT_NEAR(listing(static_cast<double>(k)), expected, 1e-14);
        EXPECT_EQ(listing(sim::Pack(static_cast<double>(k)))[0], listing(static_cast<double>(k)));
    }
}

// ---- sites

// One working site a cluster brings 2 a year times 0.8, however many places the cluster has; the rest of a place
// has none.
TEST(Responses, SitesCountWhereTheyWork) {
    PolicyRun run({lever("trial", "budget = 1000"), component("sites", "cost = 1, build_years = 0.25"),
                   component("responses", "dose = \"sites\", channel = \"procurement\", effect = 2"),
                   component("responses", "dose = \"sites\", channel = \"absorption\", effect = 0.1", "more")});
    run.step();
    EXPECT_EQ(run.policy().effects.city(Channel::procurement), 0.0);
    run.step();
    const auto clusters = run.config.clusters.size();
    EXPECT_NEAR(run.policy().effects.city(Channel::procurement), 2 * delivered * static_cast<double>(clusters), 1e-12);
    std::vector<double> by_cluster(cluster_count(run.config));
    for (std::size_t i = 0; i < run.state.cells.size(); ++i) {
        const auto cluster = run.state.cells[i].cluster;
        by_cluster[cluster] += in_cell(run, Channel::procurement, i);
        EXPECT_NEAR(in_cell(run, Channel::absorption, i), cluster < clusters ? 0.1 * delivered : 0, 1e-15);
    }
    for (std::size_t k = 0; k < by_cluster.size(); ++k)
        EXPECT_NEAR(by_cluster[k], k < clusters ? 2 * delivered : 0, 1e-13);
}

// ---- delivery

TEST(Responses, GovernanceIsWhatIsDeliveredFromTheNextStepOn) {
    const auto delivery = [](const std::string& effect) {
        PolicyRun run({lever("trial", "effort = 1"),
                       component("responses", "dose = \"effort\", channel = \"governance\", effect = " + effect)});
        run.step();
        return run.policy().delivery.front();
    };
    EXPECT_NEAR(delivery("0.1"), 0.8 + 0.1 * delivered, 1e-15);
    EXPECT_EQ(delivery("1"), 1.0);  // no more than all
    EXPECT_EQ(delivery("-1"), 0.0);
    PolicyRun run({lever("trial", "effort = 1"),
                   component("responses", "dose = \"effort\", channel = \"governance\", effect = 0.1"),
                   component("responses", "dose = \"effort\", channel = \"absorption\", effect = 1", "seen")});
    run.step();
    EXPECT_NEAR(in_cell(run, Channel::absorption, 0), 0.8, 1e-15);
    run.step();
    EXPECT_NEAR(in_cell(run, Channel::absorption, 0), 0.88, 1e-15);
}

}  // namespace
