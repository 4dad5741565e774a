// Consecutive replicates of all scenarios: what is computed, kept in memory for a while, written, and merged.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "sim/record/view.hpp"
#include "sim/statistics/moments.hpp"
#include "sim/statistics/quantiles.hpp"

namespace sim {

// A replicate of a scenario that did not come to its end.
struct Failure {
    std::size_t scenario = 0;
    std::size_t replicate = 0;
    int step = -1;  // below zero: before the first
    std::string message = {};
};

// Columns of what was seen of single agents, one row an agent and step.
using Panel = std::vector<std::vector<double>>;

// Of one scenario, over replicates: a series is one of the year's values (View::yearly).
struct Statistics {
    // Buckets of a hundredth of a value's size, enough of them for a spread of two octaves; a series takes 2 KiB at
    // most.
    static constexpr Quantiles::Precision precision{.bits = 7, .most = 256};
    static constexpr std::size_t most_bytes = precision.most * 2 * sizeof(std::int32_t);  // a series

    Statistics(std::size_t series, std::size_t first) : moments(series, first), quantiles(series, precision) {}

    void add(std::span<const double> row);
    void add_missing() { moments.add_missing(); }
    void append(const Statistics& next);

    Moments moments;
    Quantiles quantiles;
};

struct Block {
    std::size_t first = 0, count = 0;       // whole replicates: every scenario has them
    std::vector<std::vector<double>> rows;  // by scenario, one row a replicate (View::kept); missing where it failed
    // By scenario; or none, and those of the next block that has some are of the replicates of this one as well.
    std::vector<Statistics> statistics;
    std::vector<Failure> failures;  // in order
    std::vector<double> panel_scenario, panel_replicate;
    Panel panel;

    [[nodiscard]] std::size_t end() const { return first + count; }
};

// The sink of a run that makes blocks: replicates come in ascending order, the scenarios of each in theirs.
class Collector {
public:
    // `view` must outlive it. `panel_columns` as many as the model observes of an agent.
    Collector(const View& view, std::size_t scenarios, std::size_t panel_columns, std::size_t first);

    template <Recorded Record>
    void write(std::size_t scenario, std::size_t replicate, const Record& record, const Panel& panel) {
        add(scenario, replicate, columns_of(record), panel);
    }
    void fail(const Failure& failure);
    void withdraw();  // forgets what came of a replicate that is not whole

    [[nodiscard]] const Block& block() const { return block_; }
    [[nodiscard]] std::size_t bytes() const;
    // What was collected, and begins again behind it.
    [[nodiscard]] Block take();
    // The same without its statistics, which continue: they are worth more the longer they are collected in one.
    [[nodiscard]] Block take_rows();

private:
    void add(std::size_t scenario, std::size_t replicate, const std::vector<std::span<const double>>& columns,
             const Panel& panel);
    void begin_statistics();
    void count(std::size_t scenario);
    void add_to_statistics();

    const View* view_;
    std::size_t scenarios_, panel_columns_;
    Block block_;
    // Of the replicate that is coming in: the statistics take it once it is whole.
    std::vector<double> yearly_;  // a row each scenario that came to its end, where the kept row is another
    std::vector<char> failed_;    // by scenario
    std::size_t panel_rows_ = 0;  // observations of the replicates before it
};

}  // namespace sim
