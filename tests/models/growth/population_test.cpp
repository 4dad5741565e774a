// The population of the year before the start: its tail.
#include "models/growth/population.hpp"

#include "tests/models/growth/support.hpp"

namespace {

using namespace growth;

// (E36) 0.5 (2^-5)^(-1/1.25) = 0.5 x 2^4 = 8
TEST(Population, E36ParetoSizeByHand) {
    EXPECT_NEAR(pareto_size(0.5, 1.25, std::ldexp(1.0, -5)), 8, 1e-13);
    EXPECT_NEAR(pareto_size(0.5, 1.25, 1 - 1e-16), 0.5, 1e-15);
    EXPECT_GT(pareto_size(0.5, 1.0, 0.1), pareto_size(0.5, 1.5, 0.1));  // a smaller exponent, a fatter tail
    EXPECT_NEAR(pareto_size(5e7, 1.25, 0.3), 1e8 * pareto_size(0.5, 1.25, 0.3), 1e-6);  // in yuan
}

// P(X > x) = (x_min / x)^t: above four times the least, 4^-1.5 = 1/8
TEST(Population, E36TailIsPareto) {
    constexpr int n = 100'000;
    double above = 0;
    for (int k = 0; k < n; ++k)
        above += pareto_size(1.0, 1.5, growth_tests::chance(static_cast<std::uint64_t>(k))[0]) > 4 ? 1.0 / n : 0.0;
    EXPECT_NEAR(above, 0.125, 5 * std::sqrt(0.125 * 0.875 / n));
}

}  // namespace
