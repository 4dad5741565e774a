// The limits of the machine that the model is measured against, with the instruction set of this build: the peak of
// separate multiplications and additions, the bandwidth of memory, and what the fixed order of sums costs.
#include <array>
#include <utility>
#include <vector>

#include <benchmark/benchmark.h>

#include "sim/math/sum.hpp"
#include "sim/population/column.hpp"

namespace {

using namespace sim;

// Enough independent chains to hide the latency of an operation, few enough for the sixteen registers of x86-64.
constexpr std::size_t chains = 12;
constexpr int turns = 1000;

// What each iteration does, as a rate for one thread in its own CPU time.
void count_a_thread(benchmark::State& state, const char* name, double each) {
    const auto rate = benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kAvgThreads;
    state.counters[name] = benchmark::Counter(each, rate);
}

void multiply_add_peak(benchmark::State& state) {
    std::array<Pack, chains> x;
    for (std::size_t i = 0; i < chains; ++i) x[i] = Pack(1.0 + static_cast<double>(i));
    Pack factor(0.999), summand(0.001);
    benchmark::DoNotOptimize(factor);
    benchmark::DoNotOptimize(summand);
    for (auto _ : state) {
        auto running = x;
        for (int turn = 0; turn < turns; ++turn)
            for (auto& each : running) each = each * factor + summand;
        benchmark::DoNotOptimize(running);
    }
    constexpr double operations = 2.0 * chains * turns * static_cast<double>(Pack::size());
    count_a_thread(state, "operations", operations);
}

// A column of 256 MiB, far beyond any cache, read and written in place.
void memory_update(benchmark::State& state) {
    constexpr Index rows = Index{1} << 25;
    Column column(rows, 1.0);
    const Pack factor(1.0000001);
    for (auto _ : state) {
        for_each_lanes({0, rows}, [&](Lanes at) { column[at] *= factor; });
        benchmark::ClobberMemory();
    }
    count_a_thread(state, "bytes", 2.0 * rows * sizeof(double));
}

// A sum whose bits depend on the width of the register: what a compiler makes of a reduction when it may reorder.
class PlainSum {
public:
    explicit PlainSum(Index) {}
    void add(Lanes, Pack value) { partial_ += value; }
    [[nodiscard]] double total() const {
        double sum = 0;
        for (std::size_t lane = 0; lane < Pack::size(); ++lane) sum += partial_[lane];
        return sum;
    }

private:
    Pack partial_{};
};

// Several columns added up in one loop, as a model adds up what its agents have.
template <std::size_t columns, class Add>
void add_up(benchmark::State& state, Add add) {
    const auto rows = static_cast<Index>(state.range(0));
    const std::vector<Column> data(columns, Column(rows, 1.5));
    for (auto _ : state) {
        auto totals = add(data, Range{0, rows});
        benchmark::DoNotOptimize(totals);
    }
    state.counters["time_per_item"] = benchmark::Counter(static_cast<double>(state.iterations() * rows) * columns,
                                                         benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

template <class Sum, std::size_t columns>
void one_by_one(benchmark::State& state) {
    add_up<columns>(state, [](const std::vector<Column>& data, Range rows) {
        return [&]<std::size_t... i>(std::index_sequence<i...>) {
            std::array sums{((void)i, Sum(rows.end))...};
            for_each_lanes(rows, [&](Lanes at) { (sums[i].add(at, data[i](at)), ...); });
            return std::array{sums[i].total()...};
        }
        (std::make_index_sequence<columns>{});
    });
}

template <std::size_t columns>
void at_once(benchmark::State& state) {
    add_up<columns>(state, [](const std::vector<Column>& data, Range rows) {
        return [&]<std::size_t... i>(std::index_sequence<i...>) {
            return sums_over(rows, [&](Lanes at) { return std::array{data[i](at)...}; });
        }
        (std::make_index_sequence<columns>{});
    });
}

// In the first cache, in the last, and in memory.
void sizes(benchmark::internal::Benchmark* each) {
    each->Arg(1021)->Arg(1 << 18)->Arg(1 << 22);
}

BENCHMARK(multiply_add_peak)->Threads(1)->Threads(2);
BENCHMARK(memory_update)->Threads(1)->Threads(2)->Unit(benchmark::kMillisecond);
BENCHMARK(at_once<1>)->Name("sum/1_column/fixed_order/sums_over")->Apply(sizes);
BENCHMARK(one_by_one<LaneSum, 1>)->Name("sum/1_column/fixed_order/LaneSum")->Apply(sizes);
BENCHMARK(one_by_one<PlainSum, 1>)->Name("sum/1_column/plain")->Apply(sizes);
BENCHMARK(at_once<6>)->Name("sum/6_columns/fixed_order/sums_over")->Apply(sizes);
BENCHMARK(one_by_one<LaneSum, 6>)->Name("sum/6_columns/fixed_order/LaneSum")->Apply(sizes);
BENCHMARK(one_by_one<PlainSum, 6>)->Name("sum/6_columns/plain")->Apply(sizes);

}  // namespace

BENCHMARK_MAIN();
