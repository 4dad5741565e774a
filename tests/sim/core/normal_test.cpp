// The normal distribution function against the system's, and at values of tables.
#include "sim/math/normal.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace {

TEST(Normal, IsTheDistributionFunction) {
    EXPECT_EQ(sim::normal_share_below(0), 0.5);
    EXPECT_NEAR(sim::normal_share_below(1.6448536269514722), 0.95, 1e-14);
    EXPECT_NEAR(sim::normal_share_below(-1.9599639845400545), 0.025, 1e-14);
    EXPECT_EQ(sim::normal_share_below(-1e3), 0);
    EXPECT_EQ(sim::normal_share_below(1e3), 1);
    for (double z = -9; z <= 9; z += 0.0137) {
        const double exact = std::erfc(-z / std::sqrt(2.0)) / 2;
        EXPECT_NEAR(sim::normal_share_below(z), exact, 1e-14) << z;
        if (z < 0) {
            EXPECT_NEAR(sim::normal_share_below(z) / exact, 1, 1e-8) << z;
        }
        EXPECT_LE(sim::normal_share_below(z), sim::normal_share_below(z + 0.001)) << z;
    }
}

}  // namespace
