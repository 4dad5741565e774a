// What a draw and an elementary function cost, beside the fastest sequential generator and the platform's own
// functions. Each benchmark fills the same column again and again; `time_per_item` is the time of one number.
#include <cmath>
#include <random>

#include <benchmark/benchmark.h>
#include <boost/random/mersenne_twister.hpp>
#include <boost/random/normal_distribution.hpp>

#include "sim/population/column.hpp"
#include "sim/random/draws.hpp"

namespace {

using namespace sim;

constexpr Index rows = 4096;
constexpr Range all{0, rows};

struct Data {
    Column input{rows};
    std::array<Column, 4> output{Column(rows), Column(rows), Column(rows), Column(rows)};
    Ids ids{rows};
    std::array<Ids, 4> words{Ids(rows), Ids(rows), Ids(rows), Ids(rows)};

    Data() {
        for (Index row = 0; row < rows; ++row) {
            ids[row] = static_cast<std::uint64_t>(row);
            input[row] = 0.01 + static_cast<double>(row) / rows;
        }
    }
};

// One pass of `body` over the data gives `items` numbers.
void measure(benchmark::State& state, Index items, auto&& body) {
    Data data;
    Step step = 0;
    for (auto _ : state) {
        body(data, Draws{7, 0}.at(purpose("benchmark"), step++));
        benchmark::DoNotOptimize(&data.output[0][0]);
        benchmark::ClobberMemory();
    }
    state.counters["time_per_item"] = benchmark::Counter(static_cast<double>(state.iterations() * items),
                                                         benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

// Four draws an entity, by packs of entities.
template <auto draw>
void keyed_by_packs(benchmark::State& state) {
    measure(state, 4 * rows, [](Data& data, Stream stream) {
        for_each_lanes(all, [&](Lanes at) {
            const auto drawn = draw(stream, data.ids(at));
            for (std::size_t i = 0; i < 4; ++i) data.output[i][at] = drawn[i];
        });
    });
}
template <auto draw>
void keyed_by_rows(benchmark::State& state) {
    measure(state, 4 * rows, [](Data& data, Stream stream) {
        for_each_row(all, [&](Index at) {
            const auto drawn = draw(stream, data.ids(at));
            for (std::size_t i = 0; i < 4; ++i) data.output[i][at] = drawn[i];
        });
    });
}
constexpr auto normals = [](Stream stream, auto id) { return stream.normals(id); };
constexpr auto uniforms = [](Stream stream, auto id) { return stream.uniforms(id); };

void words_by_packs(benchmark::State& state) {
    measure(state, 4 * rows, [](Data& data, Stream stream) {
        for_each_lanes(all, [&](Lanes at) {
            const auto drawn = stream.words(data.ids(at));
            for (std::size_t i = 0; i < 4; ++i) data.words[i][at] = drawn[i];
        });
    });
}

template <class Engine, class Distribution>
void sequential(benchmark::State& state) {
    Engine engine(7);
    Distribution distribution;
    measure(state, rows, [&](Data& data, Stream) {
        for_each_row(all, [&](Index at) { data.output[0][at] = distribution(engine); });
    });
}

template <class R, auto function>
void of_each(benchmark::State& state) {
    measure(state, rows, [](Data& data, Stream) {
        const auto body = [&](auto at) { data.output[0][at] = function(data.input(at)); };
        if constexpr (std::same_as<R, Lanes>)
            for_each_lanes(all, body);
        else
            for_each_row(all, body);
    });
}
constexpr auto our_exp = [](auto x) { return sim::exp(x); };
constexpr auto our_log = [](auto x) { return sim::log(x); };
constexpr auto our_pow = [](auto x) { return sim::pow(x, 0.3); };
// Two numbers an argument, of which one is added to the other: the time is that of the pair.
constexpr auto our_sin_cos = [](auto x) {
    const auto [sine, cosine] = sim::sin_cos_turns(x);
    return sine + cosine;
};
constexpr auto libm_exp = [](double x) { return std::exp(x); };
constexpr auto libm_log = [](double x) { return std::log(x); };
constexpr auto libm_pow = [](double x) { return std::pow(x, 0.3); };

// One number after the other, as where a model asks for that of a single row: the compiler makes no packs of the loop.
template <auto function>
constexpr auto alone = [](auto... arguments) {
    auto value = function(arguments...);
    benchmark::DoNotOptimize(value);
    return value;
};

void poisson(benchmark::State& state, double mean) {
    measure(state, rows, [mean](Data& data, Stream stream) {
        for_each_lanes(
            all, [&](Lanes at) { data.output[0][at] = poisson_from(stream.uniforms(data.ids(at))[0], Pack(mean)); });
    });
}

BENCHMARK(keyed_by_packs<normals>)->Name("normal/keyed/pack");
BENCHMARK(keyed_by_rows<normals>)->Name("normal/keyed/scalar");
BENCHMARK(keyed_by_rows<alone<normals>>)->Name("normal/keyed/alone");
BENCHMARK(sequential<boost::random::mt19937, boost::random::normal_distribution<double>>)
    ->Name("normal/boost_mt19937_ziggurat");
BENCHMARK(sequential<std::mt19937_64, std::normal_distribution<double>>)->Name("normal/std_mt19937_64");
BENCHMARK(keyed_by_packs<uniforms>)->Name("uniform/keyed/pack");
BENCHMARK(keyed_by_rows<uniforms>)->Name("uniform/keyed/scalar");
BENCHMARK(keyed_by_rows<alone<uniforms>>)->Name("uniform/keyed/alone");
BENCHMARK(words_by_packs)->Name("words/keyed/pack");
BENCHMARK(of_each<Lanes, our_exp>)->Name("exp/pack");
BENCHMARK(of_each<Index, our_exp>)->Name("exp/scalar");
BENCHMARK(of_each<Index, alone<our_exp>>)->Name("exp/alone");
BENCHMARK(of_each<Index, libm_exp>)->Name("exp/libm");
BENCHMARK(of_each<Lanes, our_log>)->Name("log/pack");
BENCHMARK(of_each<Index, our_log>)->Name("log/scalar");
BENCHMARK(of_each<Index, alone<our_log>>)->Name("log/alone");
BENCHMARK(of_each<Index, libm_log>)->Name("log/libm");
BENCHMARK(of_each<Lanes, our_sin_cos>)->Name("sin_cos/pack");
BENCHMARK(of_each<Index, our_sin_cos>)->Name("sin_cos/scalar");
BENCHMARK(of_each<Index, alone<our_sin_cos>>)->Name("sin_cos/alone");
BENCHMARK(of_each<Lanes, our_pow>)->Name("pow/pack");
BENCHMARK(of_each<Index, our_pow>)->Name("pow/scalar");
BENCHMARK(of_each<Index, alone<our_pow>>)->Name("pow/alone");
BENCHMARK(of_each<Index, libm_pow>)->Name("pow/libm");
BENCHMARK_CAPTURE(poisson, mean_1, 1.0)->Name("poisson/pack/mean_1");
BENCHMARK_CAPTURE(poisson, mean_20, 20.0)->Name("poisson/pack/mean_20");

}  // namespace

BENCHMARK_MAIN();
