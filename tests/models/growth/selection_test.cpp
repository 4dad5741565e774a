// Who is chosen: scores, odds, and who may be chosen at all.
#include "models/growth/policy/selection.hpp"

#include <limits>

#include "models/growth/policy/grants.hpp"
#include "models/growth/policy/mechanisms.hpp"
#include "tests/models/growth/support.hpp"

namespace {

using namespace growth;
using growth_tests::expect_lanes_equal_scalars;
using growth_tests::Span;

// (E37) 0.5 x 0.2 + 0.6 x 2 + 0.5 x (-1) + 0.3 = 0.1 + 1.2 - 0.5 + 0.3 = 1.1
TEST(Selection, E37ScoreByHand) {
    EXPECT_NEAR(selection_score(SelectionWeightsInForce{0.5, 0.6, 0.5}, 0.2, 2.0, -1.0, 0.3), 1.1, 1e-15);
    EXPECT_EQ(selection_score(SelectionWeightsInForce{0.0, 0.0, 0.0}, 0.2, 2.0, -1.0, 0.3), 0.3);  // a lottery
}

// The larger of two scores is drawn with odds e^(difference): ln 3 apart, three times in four.
TEST(Selection, E37ChoosesByOdds) {
    constexpr int n = 100'000;
    double first = 0;
    for (int k = 0; k < n; ++k) {
        const auto u = growth_tests::chance(static_cast<std::uint64_t>(k));
        const double a =
            selection_score(SelectionWeightsInForce{0.0, 1.0, 0.0}, 0.0, std::log(3.0), 0.0, sim::gumbel(u[0]));
        const double b = selection_score(SelectionWeightsInForce{0.0, 1.0, 0.0}, 0.0, 0.0, 0.0, sim::gumbel(u[1]));
        first += a > b ? 1.0 / n : 0.0;
    }
    EXPECT_NEAR(first, 0.75, 5 * std::sqrt(0.75 * 0.25 / n));
}

// A firm that may receive has a tier that is reached and sales within the bounds; an empty row has neither.
TEST(Selection, ReachesTiersAndSalesThatAreEligible) {
    Eligibility eligible;
    eligible.min_sales = 0.5, eligible.max_sales = 4;
    const auto receives = [&](const Eligibility& of, Tier tier, double sales) {
        const std::array<bool, tiers> reached = {true, false, true, false, false};
        return bool(may_receive(of, reached, sim::Pack(static_cast<double>(tier)), sim::Pack(sales))[0]);
    };
    EXPECT_TRUE(receives(eligible, Tier::growing, 0.5));
    EXPECT_TRUE(receives(eligible, Tier::other, 4));
    EXPECT_FALSE(receives(eligible, Tier::leading, 2));
    EXPECT_FALSE(receives(eligible, Tier::growing, 0.49));
    EXPECT_FALSE(receives(eligible, Tier::growing, 4.01));
    EXPECT_TRUE(receives({}, Tier::other, 0.001));
    EXPECT_FALSE(receives({}, Tier::other, 0));
}

std::vector<sim::Index> chosen(growth_tests::Replicate& run, int step, std::size_t most, Excluded excluded = {}) {
    auto ranking =
        select_firms(run.config, run.draws, step, run.state, run.config.components->of<Grant>()[0], most, excluded);
    std::vector<sim::Index> rows;
    while (!ranking.empty()) rows.push_back(ranking.take());
    return rows;
}

// However many are asked for, and in one piece or block by block, they are the head of the ranking of all.
TEST(Selection, ShortlistIsTheHeadOfTheRanking) {
    growth_tests::Replicate run(growth_tests::load("scenarios/shaoxing-2011/plan.toml"), 1);
    run.through(6, [](int) {});
    const auto all = chosen(run, 6, std::numeric_limits<std::size_t>::max());
    ASSERT_GT(all.size(), 150);
    for (const bool many : {false, true})
        for (const std::size_t most : {1, 7, 40, 150}) {
            run.state.many = many;
            EXPECT_EQ(chosen(run, 6, most), std::vector(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(most)))
                << most << (many ? " by blocks" : "");
        }
}

TEST(Selection, PassesOverWhoIsExcluded) {
    growth_tests::Replicate run(growth_tests::load("scenarios/shaoxing-2011/plan.toml"), 1);
    run.through(12, [](int) {});
    const auto& f = run.state.firms;
    std::vector<sim::Index> expected;
    for (const auto row : chosen(run, 12, 1000))
        if (f.backed(row) == 0 && (static_cast<std::uint32_t>(f.treated(row)) & 5U) == 0) expected.push_back(row);
    ASSERT_LT(expected.size(), 1000);
    EXPECT_EQ(chosen(run, 12, expected.size(), {.backed = true, .treated = 5U}), expected);
}

// Who won is settled by the firm and the component: a share of the odds, the same firms at every step, others for a
// component of another key, and those who are chosen are the best of them alone.
TEST(Selection, ChoosesAmongThoseDrawnByLot) {
    growth_tests::Settings settings{{"grants.technology_projects.lot", "0.3"}};
    growth_tests::Replicate run(growth_tests::load("scenarios/shaoxing-2011/plan.toml", settings), 1);
    growth_tests::Replicate without(growth_tests::load("scenarios/shaoxing-2011/plan.toml"), 1);
    const auto& grants = run.config.components->of<Grant>();
    const Grant& grant = grants[0];
    ASSERT_EQ(grant.lot, 0.3);
    const auto is_in = [&](const Grant& of, sim::Index row) {
        return sim::any_of(is_drawn(of, run.draws, sim::WordPack(static_cast<std::uint64_t>(run.state.firms.id(row)))));
    };
    Grant half = grants[1], other = grants[1];
    half.lot = 0.3, other.lot = 0.3, half.draw_key = grant.draw_key;
    // before anything was given both arms hold the same firms
    const auto all = chosen(without, 0, std::numeric_limits<std::size_t>::max());
    const auto drawn = chosen(run, 0, std::numeric_limits<std::size_t>::max());
    std::vector<sim::Index> expected;
    double agree = 0;
    for (const auto row : all) {
        EXPECT_EQ(is_in(half, row), is_in(grant, row));  // by the key alone
        agree += is_in(other, row) == is_in(grant, row) ? 1 : 0;
        if (is_in(grant, row)) expected.push_back(row);
    }
    EXPECT_EQ(drawn, expected);
    const auto n = static_cast<double>(all.size());
    ASSERT_GT(n, 100);
    EXPECT_NEAR(static_cast<double>(drawn.size()) / n, 0.3, 5 * std::sqrt(0.3 * 0.7 / n));
    EXPECT_NEAR(agree / n, 0.3 * 0.3 + 0.7 * 0.7, 5 * std::sqrt(0.58 * 0.42 / n));  // two lots are independent
}

TEST(Selection, Lanes) {
    expect_lanes_equal_scalars(
        [](auto merit, auto sales, auto connection, auto chance) {
            return selection_score(SelectionWeightsInForce{0.5, 0.6, 0.5}, merit, sales, connection, chance);
        },
        Span{-2, 2}, Span{-6, 6}, Span{-4, 4}, Span{-3, 20});
}

}  // namespace
