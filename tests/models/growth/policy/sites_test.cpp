// Sites: built one by one where there are none, open when they are ready, and run while that is paid for.
#include "models/growth/policy/sites.hpp"

#include <numeric>

#include "models/growth/policy/mechanisms.hpp"
#include "tests/models/growth/trial.hpp"

namespace {

using namespace growth;
using growth_tests::component;
using growth_tests::lever;
using growth_tests::PolicyRun;
using growth_tests::total_of;

// (E55) 3 for what costs 4: three quarters work
TEST(Sites, E55RunningShareByHand) {
    EXPECT_EQ(running_share(3, 4), 0.75);
    EXPECT_EQ(running_share(5, 4), 1.0);
    EXPECT_EQ(running_share(0, 4), 0.0);
    EXPECT_EQ(running_share(0, 0), 1.0);  // what costs nothing to run runs
}

const SiteState& sites_of(const PolicyRun& run) {
    return run.policy().components->of<Site>()[run.config.components->of<Site>().index_of("trial")];
}
double working(const PolicyRun& run) {
    const auto& sites = sites_of(run).working;
    return std::accumulate(sites.begin(), sites.end(), 0.0);
}
double under_way(const PolicyRun& run) {
    double count = 0;
    for (const double opens : sites_of(run).opens) count += opens > 0;
    return count;
}

// 1.25 a quarter buys four at 0.3, again four with 0.05 left over, and the last three; each opens a year later.
TEST(Sites, AreBuiltOutOfTheBudgetAndOpenWhenReady) {
    PolicyRun run({lever("trial", "budget = 5"), component("sites", "cost = 0.3, build_years = 1")});
    ASSERT_EQ(run.config.clusters.size(), 11);
    const std::vector<double> ordered = {4, 8, 11, 11, 7, 3, 0, 0}, open = {0, 0, 0, 0, 4, 8, 11, 11};
    for (std::size_t n = 0; n < open.size(); ++n) {
        run.step();
        EXPECT_EQ(under_way(run), ordered[n]) << "step " << n;
        EXPECT_EQ(working(run), open[n]) << "step " << n;
        const double bought = n < 3 ? std::array{4, 4, 3}[n] : 0;
        EXPECT_NEAR(total_of(run.lever()).services, 0.3 * bought, 1e-14);
        EXPECT_NEAR(run.lever().account.waiting,
                    1.25 * static_cast<double>(n + 1) - 0.3 * std::min(11.0, 4.0 * static_cast<double>(n + 1)), 1e-12);
    }
}

// One a quarter, where there is none, in the largest cluster first.
TEST(Sites, GoWhereThereAreFewestAndTheClusterIsLargest) {
    PolicyRun run({lever("trial", "budget = 4, eligible = { industries = [\"equipment\", \"materials\"] }"),
                   component("sites", "cost = 1, build_years = 0.25, most = 2")});
    const auto& output = run.state.baseline.cluster_output;
    std::vector<std::size_t> order;
    for (std::size_t k = 0; k < run.config.clusters.size(); ++k)
        if (run.config.clusters[k].industry == "equipment" || run.config.clusters[k].industry == "materials")
            order.push_back(k);
    ASSERT_EQ(order.size(), 5);
    std::ranges::sort(order, [&](std::size_t a, std::size_t b) { return output[a] > output[b]; });
    for (std::size_t n = 0; n < 14; ++n) {
        run.step();
        for (std::size_t k = 0; k < output.size(); ++k) {
            const auto place = static_cast<std::size_t>(std::ranges::find(order, k) - order.begin());
            // of the n that opened so far, the (place + 1)th is its first and the sixth after that its second
            const double expected = place == order.size() ? 0 : std::min(2.0, static_cast<double>((n + 4 - place) / 5));
            EXPECT_EQ(sites_of(run).working[k], expected) << "step " << n << ", " << run.config.clusters[k].key;
        }
    }
}

// Two sites cost 0.4 a quarter to run. When the money ends, what is left pays for half of that once, then for nothing.
TEST(Sites, StopInPartWhenRunningThemIsNotPaid) {
    PolicyRun run({lever("trial",
                         "budget = { by_year = { 2011 = 9, 2012 = 0 } }, eligible = { industries = "
                         "[\"materials\"] }"),
                   component("sites", "cost = 4, running_cost = 0.8, build_years = 0.5"),
                   component("responses", "dose = \"sites\", channel = \"absorption\", effect = 1")});
    // 2.25 a quarter: the first is begun in the second quarter, with 0.5 left, the other in the fourth, with 0.8 left
    const std::vector<double> works = {0, 0, 0, 1, 1, 2, 2, 2}, paid = {1, 1, 1, 1, 1, 1, 0.5, 0},
                              fund = {2.25, 0.5, 2.75, 0.8, 0.6, 0.2, 0, 0};
    for (std::size_t n = 0; n < works.size(); ++n) {
        run.step();
        EXPECT_EQ(working(run), works[n]) << "step " << n;
        EXPECT_NEAR(sites_of(run).paid, paid[n], 1e-12) << "step " << n;
        EXPECT_NEAR(sites_of(run).fund, fund[n], 1e-12) << "step " << n;
        double most = 0;
        for (std::size_t i = 0; i < run.state.cells.size(); ++i)
            most = std::max(most, run.policy().effects.of(Channel::absorption, i).everyone());
        EXPECT_NEAR(most, works[n] > 0 ? growth_tests::delivered * paid[n] : 0.0, 1e-12) << "step " << n;
    }
}

TEST(Sites, TakeLandAsFarAsThereIsSome) {
    PolicyRun run({lever("trial", "budget = 400, eligible = { clusters = [\"zhuji_equipment\"] }"),
                   component("sites", "cost = 100, build_years = 0.25, most = 3, land = 100")});
    const auto zhuji = run.config.places.index_of("zhuji");
    const double before = 150;
    run.state.land_reserve[zhuji] = before;
    run.step();
    EXPECT_EQ(total_of(run.lever()).land, 100.0);
    EXPECT_NEAR(run.state.land_reserve[zhuji], before - 100, 1e-12);
    run.step();
    EXPECT_NEAR(total_of(run.lever()).land, before - 100, 1e-12);
    EXPECT_EQ(run.state.land_reserve[zhuji], 0.0);
}

}  // namespace
