// What the tests of the growth model share: the flagship configuration, replicates, and packs against numbers.
#pragma once

#include <array>
#include <bit>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "models/growth/books.hpp"
#include "models/growth/initial.hpp"
#include "models/growth/model.hpp"
#include "models/growth/step.hpp"
#include "sim/run/ensemble.hpp"
#include "sim/scenario/document.hpp"

namespace growth_tests {

using growth::Config;
using growth::Growth;
using growth::Record;
using growth::State;

using Settings = std::vector<sim::Override>;

inline Config load(const std::string& file, const Settings& settings = {}) {
    return growth::read_config(sim::load(JIJU_SOURCE_DIR "/" + file, settings));
}

inline Config flagship(const Settings& settings = {}) {
    return load("scenarios/shaoxing-2011/status-quo.toml", settings);
}

// The same with the round numbers of before calibration, for answers by hand.
inline Config uncalibrated(const Settings& settings = {}) {
    return load("scenarios/shaoxing-2011/uncalibrated.toml", settings);
}

inline sim::Draws draws_of(const Config& c, std::uint32_t replicate) {
    return {static_cast<std::uint64_t>(c.scenario.seed), replicate};
}

// A replicate as an ensemble runs it.
inline Record simulate(const Config& c, std::uint32_t replicate) {
    Record record = Growth::blank(c);
    int step = 0;
    sim::simulate<Growth>(c, draws_of(c, replicate), record, nullptr, step);
    return record;
}

// A replicate whose state is looked at after every step.
struct Replicate {
    Config config;
    sim::Draws draws;
    State state;

    Replicate(const Config& c, std::uint32_t replicate)
        : config(growth::draw_config(c, draws_of(c, replicate))),
          draws(draws_of(c, replicate)),
          state(growth::initial(config, draws)) {}

    template <class Seen>
    void through(int steps, Seen&& seen) {
        for (int step = 0; step < steps; ++step) {
            Growth::step(config, draws, step, state);
            seen(step);
        }
    }
};

inline std::uint64_t bits(double x) {
    return std::bit_cast<std::uint64_t>(x);
}

// Every number of a record, missing ones included, so that equality is equality of bits.
inline std::vector<std::uint64_t> bits_of(const Record& record) {
    std::vector<std::uint64_t> all;
    for (const auto column : sim::columns_of(record))
        for (const double value : column) all.push_back(bits(value));
    return all;
}

// A member of a cube added up over all its cells of one year, the first simulated year being 0.
template <class Outputs>
double total_of_year(const Config& c, const sim::Cube<Outputs>& cube, std::size_t member, int year) {
    const auto values = cube.values_of(member);
    const auto steps = static_cast<std::size_t>(c.scenario.steps_per_year);
    const auto a_step = values.size() / static_cast<std::size_t>(c.scenario.years * c.scenario.steps_per_year);
    double sum = 0;
    for (std::size_t i = 0; i < steps * a_step; ++i) sum += values[static_cast<std::size_t>(year) * steps * a_step + i];
    return sum;
}

inline constexpr std::size_t output_member = 0;  // of CellOutputs

inline double last_output(const Config& c, const Record& record) {
    return total_of_year(c, record.cells, output_member, static_cast<int>(c.scenario.years) - 1);
}

struct Moments {
    double mean = 0, error = 0;  // error: standard error of the mean
};
inline Moments moments_of(const std::vector<double>& x) {
    const auto n = static_cast<double>(x.size());
    double mean = 0, squares = 0;
    for (const double value : x) mean += value / n;
    for (const double value : x) squares += (value - mean) * (value - mean);
    return {mean, std::sqrt(squares / (n - 1) / n)};
}

// What an equation may be given for one argument.
struct Span {
    double low, high;
};

// An equation written once gives the same bits for a number and for each lane of a pack, over the whole of its domain.
template <class Equation, std::same_as<Span>... Spans>
void expect_lanes_equal_scalars(Equation equation, Spans... spans) {
    constexpr std::size_t arguments = sizeof...(Spans);
    const std::array<Span, arguments> domain{spans...};
    const auto stream = sim::Draws{1, 0}.at(sim::purpose("lanes"), 0);
    for (std::uint64_t trial = 0; trial < 200; ++trial) {
        std::array<sim::Pack, arguments> packs;
        for (std::size_t k = 0; k < arguments; ++k)
            packs[k] = sim::Pack([&](auto lane) {
                const auto u = stream.uniforms(trial * 8 + lane, static_cast<std::uint32_t>(k));
                const double place = u[0] < 0.05 ? 0.0 : u[0] > 0.95 ? 1.0 : u[1];  // the ends of the domain often
                return domain[k].low + (domain[k].high - domain[k].low) * place;
            });
        const sim::Pack result = std::apply(equation, packs);
        for (std::size_t lane = 0; lane < sim::Pack::size(); ++lane) {
            std::array<double, arguments> numbers{};
            for (std::size_t k = 0; k < arguments; ++k) numbers[k] = packs[k][lane];
            const double expected = std::apply(equation, numbers);
            ASSERT_EQ(bits(expected), bits(result[lane])) << "trial " << trial << ", lane " << lane;
        }
    }
}

// Uniforms for tests that look at a distribution: the k-th of a fixed sequence.
inline std::array<double, 4> chance(std::uint64_t k, std::uint32_t block = 0) {
    return sim::Draws{2, 0}.at(sim::purpose("chance"), 0).uniforms(k, block);
}

}  // namespace growth_tests
