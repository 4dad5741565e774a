// Industry-60 on the engine: what holds in every run, and for any number of threads.
#include <cmath>
#include <map>

#include <gtest/gtest.h>

#include "benchmarks/industry60/engine/equations.hpp"
#include "benchmarks/industry60/engine/model.hpp"
#include "sim/run/ensemble.hpp"

namespace {

using namespace industry60;

struct Collect {
    std::map<std::size_t, Model::Record> records;
    void write(std::size_t, std::size_t replicate, const Model::Record& record, const sim::Panel&) {
        records[replicate] = record;
    }
    void fail(const sim::Failure& failure) { ADD_FAILURE() << failure.message; }
};

std::map<std::size_t, Model::Record> run(double subsidy, int threads = 1) {
    Collect all;
    static_cast<void>(sim::run_ensemble<Model>(Model::Config{.subsidy = subsidy},
                                               {.seed = 60, .replicates = 20, .threads = threads}, all));
    return all.records;
}

std::vector<double> numbers(const std::map<std::size_t, Model::Record>& records) {
    std::vector<double> all;
    for (const auto& [replicate, record] : records)
        for (const auto column : sim::columns_of(record)) all.insert(all.end(), column.begin(), column.end());
    return all;
}

TEST(Industry60, EquationsByHand) {
    EXPECT_DOUBLE_EQ(next_shock(0.5, 2.0), 0.45 + 0.08);
    EXPECT_NEAR(capacity(3.0, 0.4, -0.4), 3.0, 1e-15);
    EXPECT_EQ(served_share(1.0, 2.0), 0.5);
    EXPECT_EQ(served_share(2.0, 1.0), 1.0);
    EXPECT_EQ(served_share(1.0, 0.0), 1.0);
    EXPECT_NEAR(success_chance(0.03, 2.0, 1.0), 1 - std::exp(-0.05), 1e-15);
    EXPECT_NEAR(technique_gain(std::exp(-2.0)), 0.1, 1e-15);
    // at normal use firms replace what wears out; the noise e^(0.5 z - 0.125) is 1 at z = 1/4
    EXPECT_NEAR(own_investment(12.0, 0.85, 0.25), 0.08, 1e-15);
    EXPECT_EQ(own_investment(12.0, 0.0, 0.25), 0.0);
    EXPECT_NEAR(own_investment(12.0, 9.0, 0.25), 1.0, 1e-15);
    EXPECT_NEAR(next_capital(12.0, 0.08), 12.0, 1e-14);
    EXPECT_NEAR(raw_share(0.2, 0.7, 0.5, 1.0), 0.2 * std::exp(0.1), 1e-15);
    EXPECT_NEAR(raw_share(0.2, 0.25, 0.0, 0.5), 0.2, 1e-15);
}

TEST(Industry60, SharesAddUpToOneInEveryIndustryEveryMonth) {
    const Model::Config config{.subsidy = 0.3};
    auto state = Model::initial(config, {60, 7});
    sim::Index firms = 0;
    for (const auto& market : state.markets) firms += market.rows.end - market.rows.begin;
    EXPECT_EQ(firms, 644);
    for (int step = 0; step < months; ++step) {
        Model::step(config, {60, 7}, step, state);
        for (const auto& market : state.markets) {
            double total = 0;
            for (auto row = market.rows.begin; row < market.rows.end; ++row) {
                EXPECT_GT(state.firms.share(row), 0);
                EXPECT_GT(state.firms.capital(row), 0);
                total += state.firms.share(row);
            }
            EXPECT_NEAR(total, 1, 1e-12);
        }
    }
}

TEST(Industry60, TheCheckNoticesALostShare) {
    auto state = Model::initial({}, {60, 0});
    EXPECT_NO_THROW(Model::check({}, state));
    state.firms.share[state.markets[5].rows.end - 1] = 0;
    EXPECT_ANY_THROW(Model::check({}, state));
}

TEST(Industry60, IsTheSameForAnyNumberOfThreads) {
    const auto one = numbers(run(0.3));
    for (const double value : one) ASSERT_TRUE(std::isfinite(value));
    EXPECT_EQ(numbers(run(0.3, 2)), one);
    EXPECT_EQ(numbers(run(0.3, 8)), one);
}

// Chance is shared by the arms, and a subsidy feeds back on nobody's own share before capacity binds: more of it never
// leaves an industry with less capital or output in these runs.
TEST(Industry60, ASubsidyIsPaidForAndRaisesCapital) {
    const auto without = run(0.0);
    const auto with = run(0.3);
    for (const auto& [replicate, record] : with)
        for (int year = 0; year < years; ++year)
            for (std::size_t i = 0; i < industries.size(); ++i) {
                const Report paid = record.yearly.at(year, i);
                const Report unpaid = without.at(replicate).yearly.at(year, i);
                EXPECT_EQ(unpaid.subsidy, 0);
                EXPECT_GT(paid.subsidy, 0);
                EXPECT_GT(paid.capital, unpaid.capital);
            }
}

}  // namespace
