// Inversion: distributions against their theory, and monotone as promised.
#include <cmath>
#include <limits>

#include <boost/math/distributions/poisson.hpp>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "sim/random/draws.hpp"
#include "tests/sim/core/support.hpp"

namespace {

using namespace core_tests;

constexpr std::uint64_t n = 100'000;

double uniform_of(std::uint64_t id) {
    return sim::Draws{31, 0}.at(sim::purpose("inversion"), 0).uniforms(id)[0];
}

TEST(Distributions, ExponentialAndGumbelMatchTheirTheory) {
    std::vector<double> exponentials, gumbels;
    for (std::uint64_t id = 0; id < n; ++id) {
        exponentials.push_back(sim::exponential_from(uniform_of(id)));
        gumbels.push_back(sim::gumbel(uniform_of(id)));
    }
    const auto exponential = [](double x) { return 1 - std::exp(-x); };
    const auto gumbel = [](double x) { return std::exp(-std::exp(-x)); };
    EXPECT_LT(kolmogorov_smirnov(exponentials, exponential), kolmogorov_smirnov_bound);
    EXPECT_LT(kolmogorov_smirnov(gumbels, gumbel), kolmogorov_smirnov_bound);
    EXPECT_NEAR(mean(exponentials), 1.0, normal_bound / std::sqrt(static_cast<double>(n)));
    EXPECT_NEAR(mean(gumbels), 0.57721566490153286, normal_bound * 1.2825 / std::sqrt(static_cast<double>(n)));
}

TEST(Poisson, HandValues) {
    EXPECT_EQ(sim::poisson_from(0.999, 0.0), 0.0);
    EXPECT_EQ(sim::poisson_from(0.36, 1.0), 0.0);  // e^-1 = 0.3679
    EXPECT_EQ(sim::poisson_from(0.37, 1.0), 1.0);
    EXPECT_EQ(sim::poisson_from(0.73, 1.0), 1.0);  // 2 e^-1 = 0.7358
    EXPECT_EQ(sim::poisson_from(0.74, 1.0), 2.0);
    EXPECT_TRUE(std::isnan(sim::poisson_from(0.5, -0.1)));
    EXPECT_TRUE(std::isnan(sim::poisson_from(0.5, 700.1)));
    EXPECT_TRUE(std::isnan(sim::poisson_from(0.5, std::numeric_limits<double>::quiet_NaN())));
}

// Boost's distribution function brackets u at the count found, over all means and both extremes of u.
TEST(Poisson, InvertsTheDistributionFunction) {
    for (const double mean_count : {1e-6, 0.01, 0.5, 3.0, 20.0, 50.0, 200.0, 700.0}) {
        const boost::math::poisson_distribution distribution(mean_count);
        for (const double u : {0x1p-33, 1e-6, 0.1, 0.5, 0.9, 0.999999, 1 - 0x1p-33}) {
            const double count = sim::poisson_from(u, mean_count);
            EXPECT_GE(cdf(distribution, count), u - 1e-12) << mean_count << " " << u;
            const double below = count == 0 ? 0 : cdf(distribution, count - 1);
            EXPECT_LT(below, u + 1e-12) << mean_count << " " << u;
        }
    }
}

TEST(Poisson, CountsMatchTheirTheory) {
    for (const double mean_count : {0.3, 4.0, 20.0}) {
        const boost::math::poisson_distribution distribution(mean_count);
        // Cells with at least 20 expected; the two tails in one cell each.
        const auto low = quantile(distribution, 1e-3), high = quantile(distribution, 0.999);
        const auto cells = static_cast<std::size_t>(high - low) + 1;
        std::vector<double> observed(cells), expected(cells);
        for (std::uint64_t id = 0; id < n; ++id)
            ++observed[static_cast<std::size_t>(std::clamp(sim::poisson_from(uniform_of(id), mean_count), low, high) -
                                                low)];
        for (std::size_t i = 0; i < cells; ++i) {
            const double k = low + static_cast<double>(i);
            const double below = i == 0 ? 0 : cdf(distribution, k - 1);
            const double up_to = i + 1 == cells ? 1 : cdf(distribution, k);
            expected[i] = (up_to - below) * static_cast<double>(n);
        }
        EXPECT_LT(chi_square(observed, expected), chi_square_bound(cells - 1)) << mean_count;
    }
}

TEST(Poisson, IsMonotone) {
    const auto fraction = [] { return rc::gen::map(rc::gen::inRange(1, 1'000'000), [](int i) { return i * 1e-6; }); };
    EXPECT_TRUE(rc::check("more chance or a greater mean never gives fewer events", [&] {
        const double u = *fraction(), more_u = u + (1 - u) * *fraction() * 0.999;
        const double rate = 30 * *fraction(), more_rate = rate + *fraction();
        RC_ASSERT(sim::poisson_from(u, rate) <= sim::poisson_from(more_u, rate));
        RC_ASSERT(sim::poisson_from(u, rate) <= sim::poisson_from(u, more_rate));
    }));
}

}  // namespace
