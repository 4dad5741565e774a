// The geography: every place and industry once, shares that add up, whole numbers that are whole.
#include "models/growth/cells.hpp"

#include <numeric>
#include <set>

#include <rapidcheck.h>

#include "tests/models/growth/support.hpp"

namespace {

using namespace growth;

TEST(Cells, CoverEveryPlaceAndIndustryOnce) {
    const auto c = growth_tests::flagship();
    const auto cells = lay_out_cells(c);
    ASSERT_EQ(cells.size(), c.places.size() * c.industries.size());
    std::set<std::pair<std::size_t, std::size_t>> seen;
    for (const Cell& cell : cells) {
        ASSERT_LT(cell.place, c.places.size());
        ASSERT_LT(cell.industry, c.industries.size());
        ASSERT_LT(cell.cluster, cluster_count(c));
        EXPECT_TRUE(seen.emplace(cell.place, cell.industry).second);
        if (cell.cluster < c.clusters.size()) {
            const auto& cluster = c.clusters[cell.cluster];
            EXPECT_EQ(cluster.industry, c.industries[cell.industry].key);
            EXPECT_EQ(std::count(cluster.places.begin(), cluster.places.end(), c.places[cell.place].key), 1);
        } else {
            EXPECT_EQ(cell.cluster, c.clusters.size() + cell.place);
        }
    }
    EXPECT_EQ(cluster_count(c), c.clusters.size() + c.places.size());
    EXPECT_EQ(c.clusters.size(), 11);
}

TEST(Cells, SharesOfAnIndustryAddUpToOne) {
    const auto c = growth_tests::flagship();
    const auto cells = lay_out_cells(c);
    const auto shares = share_out(c, cells);
    for (std::size_t industry = 0; industry < c.industries.size(); ++industry) {
        double sales = 0, firms = 0;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (cells[i].industry != industry) continue;
            EXPECT_GE(shares.sales[i], 0);
            EXPECT_GE(shares.firms[i], 0);
            sales += shares.sales[i], firms += shares.firms[i];
        }
        EXPECT_NEAR(sales, 1, 1e-12) << c.industries[industry].key;
        EXPECT_NEAR(firms, 1, 1e-12) << c.industries[industry].key;
    }
}

TEST(Cells, SharesOfAClusterAreItsOwn) {
    const auto c = growth_tests::flagship();
    const auto cells = lay_out_cells(c);
    const auto shares = share_out(c, cells);
    for (std::size_t k = 0; k < c.clusters.size(); ++k) {
        double sales = 0, firms = 0;
        for (std::size_t i = 0; i < cells.size(); ++i)
            if (cells[i].cluster == k) sales += shares.sales[i], firms += shares.firms[i];
        EXPECT_NEAR(sales, c.clusters[k].share, 1e-12) << c.clusters[k].key;
        EXPECT_NEAR(firms, c.clusters[k].firm_share, 1e-12) << c.clusters[k].key;
    }
}

TEST(Cells, WholeNumbersByHand) {
    EXPECT_EQ(whole_numbers({0.5, 0.3, 0.2}, 10), (std::vector<int>{5, 3, 2}));
    EXPECT_EQ(whole_numbers({0.5, 0.3, 0.2}, 4), (std::vector<int>{2, 1, 1}));  // 2, 1.2, 0.8
    EXPECT_EQ(whole_numbers({1, 1, 1}, 4), (std::vector<int>{2, 1, 1}));        // ties to the first
    EXPECT_EQ(whole_numbers({0, 1, 0}, 7), (std::vector<int>{0, 7, 0}));
    EXPECT_EQ(whole_numbers({0.4, 0.6}, 0), (std::vector<int>{0, 0}));
}

TEST(Cells, WholeNumbersAddUpAndStayWithinOne) {
    EXPECT_TRUE(rc::check("whole numbers", [] {
        const auto weights = *rc::gen::nonEmpty(rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 1000)));
        const auto total = *rc::gen::inRange(0, 5000);
        const std::vector<double> shares(weights.begin(), weights.end());
        const double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
        RC_PRE(sum > 0);
        const auto counts = whole_numbers(shares, total);
        RC_ASSERT(std::accumulate(counts.begin(), counts.end(), 0) == total);
        for (std::size_t i = 0; i < shares.size(); ++i) {
            RC_ASSERT(std::abs(counts[i] - shares[i] / sum * total) < 1 + 1e-9);
            if (shares[i] == 0) RC_ASSERT(counts[i] == 0);
        }
    }));
}

}  // namespace
