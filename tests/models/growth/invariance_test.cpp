// What may not matter does not: how often, with whom and on how many threads a replicate is run.
#include <map>

#include "models/growth/cells.hpp"
#include "models/growth/measure/targets.hpp"
#include "tests/models/growth/support.hpp"

namespace {

using namespace growth;
using growth_tests::bits_of;
using growth_tests::flagship;
using growth_tests::load;
using growth_tests::simulate;

struct Collect {
    std::map<std::size_t, std::vector<std::uint64_t>> records;
    std::vector<std::string> failures;
    void write(std::size_t, std::size_t replicate, const Record& record, const sim::Panel&) {
        records[replicate] = bits_of(record);
    }
    void fail(const sim::Failure& failure) { failures.push_back(failure.message); }
};

// The status quo, and the plan with all its levers.
const std::vector<std::string> scenarios = {"scenarios/shaoxing-2011/status-quo.toml",
                                            "scenarios/shaoxing-2011/plan.toml"};

TEST(Invariance, SameCoordinatesSameBits) {
    for (const auto& scenario : scenarios) {
        const auto config = load(scenario);
        const auto once = bits_of(simulate(config, 5));
        EXPECT_EQ(bits_of(simulate(config, 5)), once);
        EXPECT_EQ(bits_of(simulate(load(scenario), 5)), once);  // also when the files are read again
        EXPECT_NE(bits_of(simulate(config, 6)), once);
        EXPECT_NE(bits_of(simulate(load(scenario, {{"scenario.seed", "1"}}), 5)), once);
    }
}

TEST(Invariance, AloneOrInAnEnsemble) {
    for (const auto& scenario : scenarios)
        for (const int threads : {1, 2, 8}) {
            const auto config = load(scenario);
            Collect all;
            const sim::Plan plan{.seed = static_cast<std::uint64_t>(config.scenario.seed),
                                 .replicates = 4,
                                 .threads = threads,
                                 .first_replicate = 2};
            const auto outcome = sim::run_ensemble<Growth>(config, plan, all);
            EXPECT_EQ(outcome.failures, 0);
            ASSERT_EQ(all.records.size(), 4);
            for (const std::uint32_t replicate : {2u, 5u})
                EXPECT_EQ(all.records[replicate], bits_of(simulate(config, replicate)));
        }
}

// Every value is seen: a run leaves nothing missing, and nothing infinite, but where the variable says so: a target's
// path has values where a year ends, its year may never come, only targets that judge revenue have another scope,
// only those of a change ask for the year before the start, and nobody says what these cities export.
TEST(Invariance, NothingIsMissing) {
    for (const auto& scenario : scenarios) {
        const auto config = load(scenario);
        const auto targets = config.targets.size();
        const auto steps_per_year = static_cast<std::size_t>(config.scenario.steps_per_year);
        const auto as_recorded = [&](const std::string& name, std::size_t i, double value) {
            if (name == "target_path") return std::isfinite(value) == ((i / targets + 1) % steps_per_year == 0);
            if (name == "target_year") return value > 0;
            if (name == "target_other_scope") return std::isnan(value) == !counts_revenue(config.targets[i]);
            if (name.ends_with("exports")) return std::isnan(value);
            if (name == "target_base") return std::isnan(value) == (config.targets[i].measure != Measure::change);
            return std::isfinite(value);
        };
        for (std::uint32_t replicate = 0; replicate < 8; ++replicate) {
            const auto record = simulate(config, replicate);
            const auto variables = sim::variables_of(record);
            const auto columns = sim::columns_of(record);
            for (std::size_t k = 0; k < columns.size(); ++k)
                for (std::size_t i = 0; i < columns[k].size(); ++i)
                    ASSERT_TRUE(as_recorded(variables[k].name, i, columns[k][i]))
                        << scenario << ", replicate " << replicate << ": " << variables[k].name << " at " << i;
        }
    }
}

// Cells have room for every entrant: a refused entrant is an outcome that depends on storage.
TEST(Invariance, NobodyIsRefused) {
    for (const auto& scenario : scenarios) {
        const auto config = load(scenario);
        for (std::uint32_t replicate = 0; replicate < 20; ++replicate) {
            const auto record = simulate(config, replicate);
            double refused = 0;
            for (int t = 0; t < Growth::steps(config); ++t) refused += record.city.at(t).refused;
            EXPECT_EQ(refused, 0) << scenario << ", replicate " << replicate;
        }
    }
}

// Parts and totals of a record agree: firms by size are nested, and all industry holds these industries.
TEST(Invariance, PartsAndTotalsAgree) {
    const auto config = flagship();
    const auto record = simulate(config, 2);
    const auto clusters = cluster_count(config);
    for (std::size_t t = 0; t < static_cast<std::size_t>(Growth::steps(config)); ++t) {
        double output = 0, value_added = 0;
        for (std::size_t i = 0; i < config.industries.size(); ++i) {
            for (std::size_t k = 0; k < clusters; ++k) {
                const auto cell = record.cells.at(t, i, k);
                ASSERT_LE(cell.firms_by_new_threshold, cell.firms);
                ASSERT_LE(cell.sales, cell.output * (1 + 1e-12));
                output += cell.output, value_added += cell.value_added;
            }
        }
        const auto city = record.city.at(t);
        EXPECT_GT(city.all_industry_output, output);
        EXPECT_GT(city.all_industry_value_added, value_added);
        double by_tier = 0, entries = 0;
        for (std::size_t k = 0; k < tiers; ++k) by_tier += record.tiers.at(t, k).tier_sales;
        for (std::size_t k = 0; k < origins; ++k) entries += record.origins.at(t, k).entries;
        EXPECT_GT(by_tier, 0.9 * output);
        EXPECT_GT(entries, 0);
        EXPECT_LE(city.firms_above_100, city.firms_above_50);
        EXPECT_LE(city.firms_above_50, city.firms_above_10);
        EXPECT_LE(city.firms_above_50, city.groups_above_50);
        EXPECT_LE(city.groups_above_100, city.groups_above_50);
    }
}

}  // namespace
