// What industries share: factors by loadings.
#include "models/growth/factors.hpp"

#include "tests/models/growth/support.hpp"

namespace {

using namespace growth;
using growth_tests::Replicate;

// (E79) a quarter at +4 % a year less -2 % of jumps expected, and a jump of -10 %: 0.25 (0.04 + 0.02) - 0.10
TEST(Factors, E79FactorGrowthByHand) {
    EXPECT_NEAR(factor_growth(0.04, -0.02, -0.10, 0.25), -0.085, 1e-16);
    EXPECT_EQ(factor_growth(0.0, 0.0, 0.0, 0.25), 0.0);
}

// Of two factors that moved by -0.085 and 0.02 one industry takes 1.2 and 0.5, the other only the second.
TEST(Factors, E79IndustriesShareByLoadings) {
    Eigen::MatrixXd loadings(2, 2);
    loadings << 1.2, 0.5, 0.0, 1.0;
    Eigen::VectorXd growth = Eigen::VectorXd::Zero(2);
    add_common_growth(loadings, 0, -0.085, growth);
    add_common_growth(loadings, 1, 0.02, growth);
    EXPECT_NEAR(growth[0], -0.092, 1e-16);
    EXPECT_NEAR(growth[1], 0.02, 1e-16);
}

// Jumps of mean m that come with chance l h leave the mean alone, since l m is taken out.
TEST(Factors, E79JumpsLeaveTheMeanAlone) {
    const double with = factor_growth(0, 0.16 * -0.15, -0.15, 0.25), without = factor_growth(0, 0.16 * -0.15, 0, 0.25);
    EXPECT_NEAR(0.04 * with + 0.96 * without, 0, 1e-16);
}

TEST(Factors, LoadingsAreThoseOfTheScenario) {
    const auto c = growth_tests::uncalibrated();
    const auto common = lay_out_factors(c);
    const auto &national = common.national_loadings, &city = common.city_loadings;
    const auto at = [&](const char* industry, const char* factor) {
        return std::pair{static_cast<Eigen::Index>(c.industries.index_of(industry)),
                         static_cast<Eigen::Index>(c.factors.index_of(factor))};
    };
    const auto [equipment, cycle] = at("equipment", "business_cycle");
    const auto [energy, exports] = at("energy", "exports");
    const auto own = static_cast<Eigen::Index>(c.factors.index_of("city"));
    EXPECT_EQ(national(equipment, cycle), 1.2);
    EXPECT_EQ(national(energy, exports), 0.6);
    EXPECT_EQ(national(national.rows() - 1, cycle), 0.8);  // the rest of industry
    EXPECT_TRUE((national.col(own).array() == 0).all());
    EXPECT_TRUE((city.col(own).array() == 1).all());
    EXPECT_TRUE((city.col(cycle).array() == 0).all());
    EXPECT_EQ(common.price_loadings(equipment, cycle), 0.2);
    EXPECT_EQ(common.price_loadings(energy, exports), 0.0);
}

double correlation(const std::vector<double>& x, const std::vector<double>& y) {
    const auto n = static_cast<double>(x.size());
    double mx = 0, my = 0, xy = 0, xx = 0, yy = 0;
    for (std::size_t k = 0; k < x.size(); ++k) mx += x[k] / n, my += y[k] / n;
    for (std::size_t k = 0; k < x.size(); ++k)
        xy += (x[k] - mx) * (y[k] - my), xx += (x[k] - mx) * (x[k] - mx), yy += (y[k] - my) * (y[k] - my);
    return xy / std::sqrt(xx * yy);
}

// Growth of national demand of two industries over all steps of some replicates.
double co_movement(const growth_tests::Settings& settings) {
    const auto c = growth_tests::uncalibrated(settings);
    std::vector<double> equipment, materials;
    for (std::uint32_t r = 0; r < 12; ++r) {
        Replicate run(c, r);
        run.through(20, [&](int) {
            equipment.push_back(run.state.industries[0].demand_change);
            materials.push_back(run.state.industries[1].demand_change);
        });
    }
    return correlation(equipment, materials);
}

// Industries move together by what they share, and only by that.
TEST(Factors, MakeIndustriesMoveTogether) {
    const growth_tests::Settings plain = {{"scenario.parameter_uncertainty", "false"}};
    auto none = plain, all = plain;
    for (const char* factor : {"business_cycle", "exports"}) {
        none.push_back({std::string("factors.") + factor + ".volatility", "0"});
        none.push_back({std::string("factors.") + factor + ".jump_rate", "0"});
    }
    for (const char* industry : {"equipment", "materials"})
        all.push_back({std::string("industries.") + industry + ".demand_volatility", "0"});
    EXPECT_NEAR(co_movement(none), 0, 0.25);
    EXPECT_GT(co_movement(plain), 0.4);
    EXPECT_GT(co_movement(all), 0.98);
}

// The city's own factor moves its firms' demand and not the nation's.
TEST(Factors, TheCitysFactorLeavesTheNationAlone) {
    auto c = growth_tests::uncalibrated({{"factors.city.volatility", "0"}});
    Replicate quiet(c, 1);
    c.factors[c.factors.index_of("city")].volatility = 0.05;
    Replicate moved(c, 1);
    for (int step = 0; step < 8; ++step) {
        for (auto* run : {&quiet, &moved}) Growth::step(run->config, run->draws, step, run->state);
        EXPECT_EQ(quiet.state.industries[0].log_demand, moved.state.industries[0].log_demand);
    }
    EXPECT_EQ(quiet.state.common.city[0], 0);
    EXPECT_NE(moved.state.common.city[0], 0);
    EXPECT_NE(quiet.state.fields[0].demand, moved.state.fields[0].demand);
}

}  // namespace
