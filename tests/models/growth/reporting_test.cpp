// Reported figures: a list that widens and figures that are rounded up.
#include "models/growth/measure/reporting.hpp"

#include "models/growth/cells.hpp"
#include "tests/models/growth/trial.hpp"

namespace {

using namespace growth;

// (E43) half-way through five years, 15 % wider at the end, a wedge of 0.025 so far: 100 x 1.075 e^0.025
TEST(Reporting, E43ReportedOutputByHand) {
    EXPECT_NEAR(reported_output(100, 1.15, 2.5, 5, 0.025), 107.5 * std::exp(0.025), 1e-12);
    EXPECT_EQ(reported_output(100, 1.0, 2.5, 5, 0.0), 100);
    EXPECT_EQ(reported_output(100, 1.15, 0, 5, 0.0), 100);           // nothing at the start
    EXPECT_NEAR(reported_output(100, 1.15, 5, 5, 0.0), 115, 1e-12);  // all of it at the end
    EXPECT_EQ(reported_output(100, 1.15, 9, 5, 0.0), reported_output(100, 1.15, 5, 5, 0.0));
    EXPECT_EQ(reported_output(0, 1.15, 2.5, 5, 0.01), 0);
    EXPECT_GT(reported_output(100, 1.0, 3, 5, 0.03), reported_output(100, 1.0, 3, 5, 0.02));
}

// Half a point a year of every arm, and what an assessment adds: the wedge after n quarters is (0.005 + 0.8 x 0.02) n
// / 4.
TEST(Reporting, TheWedgeWidensByWhatLeversAdd) {
    growth_tests::PolicyRun run(
        {{"parameters.reporting.inflation", "0.005"},
         growth_tests::lever("trial", "effort = 1"),
         growth_tests::component("responses", "dose = \"effort\", channel = \"reporting\", effect = 0.02")});
    for (int n = 1; n <= 8; ++n) {
        run.step();
        EXPECT_NEAR(run.state.city.reporting_wedge, (0.005 + 0.8 * 0.02) * n / 4, 1e-12);
    }
}

// With no widening and no inflation the statistics say what the cells add up to.
TEST(Reporting, IsTheTruthWhereNothingIsAdded) {
    const auto config = growth_tests::flagship({{"parameters.reporting.inflation", "0"}});
    const auto record = growth_tests::simulate(config, 2);
    for (std::size_t t = 0; t < static_cast<std::size_t>(Growth::steps(config)); ++t)
        for (std::size_t i = 0; i < config.industries.size(); ++i) {
            double output = 0;
            for (std::size_t k = 0; k < cluster_count(config); ++k) output += record.cells.at(t, i, k).output;
            ASSERT_NEAR(record.industries.at(t, i).output_reported, output, 1e-9 * output)
                << config.industries[i].key << ", step " << t;
        }
}

}  // namespace
