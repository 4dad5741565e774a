// People: R&D that outgrows its staff becomes dearer.
#include "models/growth/talent.hpp"

#include "tests/models/growth/trial.hpp"

namespace {

using namespace growth;

// (E35) four times the staff wanted: 4^(1/2) = 2
TEST(Talent, E35ResearchCostByHand) {
    EXPECT_NEAR(research_cost(400, 100, 0.5), 2, 1e-15);
    EXPECT_EQ(research_cost(100, 100, 0.5), 1.0);
    EXPECT_EQ(research_cost(50, 100, 0.5), 1.0);  // idle staff are not cheaper
    EXPECT_EQ(research_cost(400, 100, 0.0), 1.0);
    EXPECT_NEAR(research_cost(400, 100, 1.0), 4, 1e-14);
    EXPECT_GT(research_cost(130, 100, 0.5), research_cost(120, 100, 0.5));
}

// Without a programme, arrivals are the rate times the years.
TEST(Talent, ArrivalsAreTheRateTimesTheYears) {
    const auto c =
        growth_tests::flagship({{"scenario.parameter_uncertainty", "false"}, {"parameters.talent.arrivals", "6"}});
    std::vector<double> arrived;
    for (std::uint32_t replicate = 0; replicate < 20; ++replicate) {
        const auto record = growth_tests::simulate(c, replicate);
        arrived.push_back(record.city.at(Growth::steps(c) - 1).talents_arrived);
    }
    // 16 slots of chance 6/4/16 a step, 20 steps: mean 30, standard deviation sqrt(30 (1 - 0.09375))
    EXPECT_NEAR(growth_tests::moments_of(arrived).mean, 30, 4 * std::sqrt(30 * (1 - 0.09375) / 20));
}

// Who comes by policy is booked on the levers in proportion to what is expected of them: 4 and 2 a year times 0.8. With
// nobody coming otherwise, the ledger counts everyone.
TEST(Talent, ArrivalsAreBookedOnTheLeversThatBringThem) {
    using growth_tests::component;
    using growth_tests::lever;
    const auto c = growth_tests::with(
        {{"parameters.talent.arrivals", "0"},
         lever("many", "effort = 1"),
         lever("few", "effort = 1"),
         component("responses", "dose = \"effort\", channel = \"talents\", effect = 4", "one", "many"),
         component("responses", "dose = \"effort\", channel = \"talents\", effect = 2", "two", "few")});
    std::vector<double> arrived;
    for (std::uint32_t replicate = 0; replicate < 10; ++replicate) {
        const auto record = growth_tests::simulate(c, replicate);
        const auto people = [&](const char* key) {
            double sum = 0;
            for (int t = 0; t < Growth::steps(c); ++t)
                for (std::size_t who = 0; who < recipients; ++who)
                    sum += record.levers.at(t, c.levers.index_of(key), who).lever_persons;
            return sum;
        };
        arrived.push_back(record.city.at(Growth::steps(c) - 1).talents_arrived);
        EXPECT_NEAR(people("many") + people("few"), arrived.back(), 1e-9);
        EXPECT_NEAR(people("many"), 2 * people("few"), 1e-9);
    }
    // 16 slots of chance 4.8/4/16 a step, 20 steps: mean 24, standard deviation sqrt(24 (1 - 0.075))
    EXPECT_NEAR(growth_tests::moments_of(arrived).mean, 24, 4 * std::sqrt(24 * (1 - 0.075) / 10));
}

}  // namespace
