// What the data of the base year say of capital: its level follows from investment and growth.
#include "models/growth/base_year.hpp"

#include "tests/models/growth/support.hpp"

namespace {

using namespace growth;

// Investment that capital of the given ratios needs, growing at q g: the sum of (E73).
double needed(const Config& c) {
    const double h = 1.0 / static_cast<double>(c.scenario.steps_per_year);
    const auto& p = c.parameters.population;
    double sum = 0;
    for (const auto& industry : c.industries)
        sum += std::exp(p.technique_spread * p.technique_spread / 2) * industry.capital_output_ratio *
               industry.base_sales / c.parameters.production.sales_ratio *
               (p.capital_growth_ratio * industry.burn_in_demand_growth -
                std::expm1(-c.parameters.investment.depreciation * h) / h);
    return sum;
}

TEST(BaseYear, E73CapitalFitsInvestment) {
    for (const char* investment : {"150", "174.9", "220"}) {
        auto c = growth_tests::uncalibrated({{"scenario.base_investment", investment}});
        const double ratio = c.industries[1].capital_output_ratio / c.industries[0].capital_output_ratio;
        fit_capital(c);
        EXPECT_NEAR(needed(c), std::stod(investment), 1e-9);
        EXPECT_NEAR(c.industries[1].capital_output_ratio / c.industries[0].capital_output_ratio, ratio, 1e-12);
    }
}

// By hand: one industry of output 100, k = 0.5, g = 0.2, q = 0.5, no depreciation and no spread needs 0.5 x 100 x 0.1 =
// 5
TEST(BaseYear, E73ByHand) {
    auto c = growth_tests::uncalibrated({{"scenario.base_investment", "6"},
                                         {"parameters.investment.depreciation", "0"},
                                         {"parameters.population.technique_spread", "0"},
                                         {"parameters.population.capital_growth_ratio", "0.5"},
                                         {"parameters.production.sales_ratio", "1"}});
    for (auto& industry : c.industries) industry.base_sales = 0;
    auto& one = c.industries[2];
    one.base_sales = 100, one.capital_output_ratio = 0.5, one.burn_in_demand_growth = 0.2;
    fit_capital(c);
    EXPECT_NEAR(c.industries[2].capital_output_ratio, 0.6, 1e-12);
    one.base_sales = 1;  // data that no capital fits move it by two at most
    fit_capital(c);
    EXPECT_NEAR(c.industries[2].capital_output_ratio, 1.2, 1e-12);
}

}  // namespace
