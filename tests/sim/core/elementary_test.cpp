// Accuracy against long double, limits, and identities of the elementary functions.
#include "sim/math/elementary.hpp"

#include <cmath>
#include <limits>
#include <numbers>
#include <random>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "tests/sim/core/support.hpp"

namespace {

using namespace core_tests;

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr int samples = 300'000;

// The greatest error of f over arguments drawn by `argument`.
double greatest_error(auto&& f, auto&& exact, auto&& argument) {
    std::mt19937_64 engine(1);
    double greatest = 0;
    for (int i = 0; i < samples; ++i) {
        const double x = argument(engine);
        greatest = std::max(greatest, ulps(f(x), exact(static_cast<long double>(x))));
    }
    return greatest;
}

auto between(double low, double high) {
    return [=](auto& engine) { return std::uniform_real_distribution(low, high)(engine); };
}

auto exp_here = [](double x) { return sim::exp(x); };
auto log_here = [](double x) { return sim::log(x); };
auto exp_exact = [](long double x) { return std::exp(x); };
auto log_exact = [](long double x) { return std::log(x); };

TEST(Exp, IsWithinOneUlp) {
    EXPECT_LT(greatest_error(exp_here, exp_exact, between(-0.35, 0.35)), 0.95);
    EXPECT_LT(greatest_error(exp_here, exp_exact, between(-20, 20)), 0.95);
    EXPECT_LT(greatest_error(exp_here, exp_exact, between(-708, 709.7)), 0.95);
    EXPECT_LE(greatest_error(exp_here, exp_exact, between(-745, -708)), 1.0);  // subnormal results
    EXPECT_LT(greatest_error(exp_here, exp_exact, between(-1e-9, 1e-9)), 0.95);
}

TEST(Exp, Limits) {
    EXPECT_EQ(sim::exp(0.0), 1.0);
    EXPECT_EQ(sim::exp(-0.0), 1.0);
    EXPECT_LE(ulps(sim::exp(1.0), std::numbers::e_v<long double>), 1.0);
    EXPECT_EQ(bits(sim::exp(-800.0)), bits(0.0));
    EXPECT_EQ(bits(sim::exp(-infinity)), bits(0.0));
    EXPECT_EQ(sim::exp(800.0), infinity);
    EXPECT_EQ(sim::exp(infinity), infinity);
    EXPECT_TRUE(std::isnan(sim::exp(nan)));
    EXPECT_EQ(sim::exp(709.782712893384), std::exp(709.782712893384));  // the last finite result
    EXPECT_EQ(sim::exp(709.782712893385), infinity);
    EXPECT_EQ(sim::exp(-745.1), std::numeric_limits<double>::denorm_min());
    EXPECT_EQ(sim::exp(-745.2), 0.0);
}

TEST(Log, IsWithinOneUlp) {
    EXPECT_LT(greatest_error(log_here, log_exact, between(0.5, 2)), 0.9);
    EXPECT_LT(greatest_error(log_here, log_exact, between(1 - 1e-6, 1 + 1e-6)), 0.9);
    EXPECT_LT(greatest_error(log_here, log_exact, between(0, 1)), 0.9);
    const auto any_exponent = [](auto& engine) {
        return std::exp2(std::uniform_real_distribution(-1074.0, 1024.0)(engine));
    };
    EXPECT_LT(greatest_error(log_here, log_exact, any_exponent), 0.9);  // subnormal arguments among them
}

TEST(Log, Limits) {
    EXPECT_EQ(bits(sim::log(1.0)), bits(0.0));
    EXPECT_EQ(sim::log(2.0), std::numbers::ln2);
    EXPECT_EQ(sim::log(0.0), -infinity);
    EXPECT_EQ(sim::log(-0.0), -infinity);
    EXPECT_EQ(sim::log(infinity), infinity);
    EXPECT_TRUE(std::isnan(sim::log(-1.0)));
    EXPECT_TRUE(std::isnan(sim::log(-infinity)));
    EXPECT_TRUE(std::isnan(sim::log(nan)));
    EXPECT_LE(ulps(sim::log(std::numeric_limits<double>::denorm_min()), -1074 * std::numbers::ln2_v<long double>), 1.0);
    EXPECT_LE(ulps(sim::log(std::numeric_limits<double>::max()), 1024 * std::numbers::ln2_v<long double>), 1.0);
}

TEST(Pow, HandValuesAndLimits) {
    EXPECT_EQ(sim::pow(0.0, 0.3), 0.0);
    EXPECT_EQ(sim::pow(0.0, 0.0), 1.0);
    EXPECT_EQ(sim::pow(0.0, -1.0), infinity);
    EXPECT_EQ(sim::pow(1.0, 1e300), 1.0);
    EXPECT_TRUE(std::isnan(sim::pow(-1.0, 2.0)));
    EXPECT_TRUE(std::isnan(sim::pow(nan, 2.0)));
    EXPECT_NEAR(sim::pow(2.0, 10.0), 1024.0, 1e-11);
    EXPECT_NEAR(sim::pow(9.0, 0.5), 3.0, 1e-14);
}

TEST(Pow, ErrorIsWithinTheStatedBound) {
    std::mt19937_64 engine(2);
    for (int i = 0; i < samples; ++i) {
        const double x = between(1e-3, 1e3)(engine), y = between(-5, 5)(engine);
        const long double exact = std::pow(static_cast<long double>(x), static_cast<long double>(y));
        ASSERT_LE(ulps(sim::pow(x, y), exact), 1 + 2 * std::fabs(y * std::log(x))) << x << " ^ " << y;
    }
}

TEST(SinCosTurns, IsAccurateToTheLastBit) {
    std::mt19937_64 engine(3);
    constexpr auto turn = 2 * std::numbers::pi_v<long double>;
    for (int i = 0; i < samples; ++i) {
        const double u = i % 2 ? between(0, 1)(engine) : between(-20, 20)(engine);
        const auto [sine, cosine] = sim::sin_cos_turns(u);
        const long double angle = turn * (static_cast<long double>(u) - std::round(static_cast<long double>(u)));
        ASSERT_NEAR(sine, static_cast<double>(std::sin(angle)), 2.3e-16) << u;
        ASSERT_NEAR(cosine, static_cast<double>(std::cos(angle)), 2.3e-16) << u;
    }
}

TEST(SinCosTurns, QuarterTurnsAreExact) {
    constexpr std::array sines = {0.0, 1.0, 0.0, -1.0};
    for (int quarter = -8; quarter <= 8; ++quarter) {
        const auto [sine, cosine] = sim::sin_cos_turns(0.25 * quarter);
        EXPECT_EQ(sine, sines[static_cast<std::size_t>(quarter + 8) % 4]) << quarter;
        EXPECT_EQ(cosine, sines[static_cast<std::size_t>(quarter + 9) % 4]) << quarter;
    }
}

TEST(Elementary, Identities) {
    const auto number = [](double low, double high) {
        return rc::gen::map(rc::gen::inRange(0, 1'000'000'000), [=](int i) { return low + (high - low) * i / 1e9; });
    };
    EXPECT_TRUE(rc::check("log undoes exp", [&] {
        const double x = *number(-300, 300);
        RC_ASSERT(std::fabs(sim::log(sim::exp(x)) - x) <= 3e-16 * std::max(1.0, std::fabs(x)));
    }));
    EXPECT_TRUE(rc::check("exp and log rise", [&] {
        const double x = *number(0.01, 600), y = *number(0.01, 600);
        RC_PRE(x < y);
        RC_ASSERT(sim::exp(x) < sim::exp(y));
        RC_ASSERT(sim::log(x) <= sim::log(y));
    }));
    EXPECT_TRUE(rc::check("sine and cosine lie on the circle", [&] {
        const auto [sine, cosine] = sim::sin_cos_turns(*number(-5, 5));
        RC_ASSERT(std::fabs(sine * sine + cosine * cosine - 1) < 6e-16);
    }));
}

}  // namespace
