// How often intervals hold what they should, tried on draws whose law is known. The tests of clusters and stopping
// rules ask it of some laws, `precision_benchmark` of all in the tables of docs/precision.md.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <random>

#include "sim/statistics/clusters.hpp"
#include "sim/statistics/intervals.hpp"
#include "sim/statistics/stopping.hpp"

namespace coverage {

// A probability that is drawn again for every cluster from a beta distribution of this mean and intraclass correlation;
// clusters of ten replicates, or of 1 to 19 where sizes differ.
struct Law {
    double probability, correlation;
    std::size_t clusters;
    bool sizes_differ = false;
};

// Of the 95 % interval of the probability.
inline double of_clusters(const Law& law, std::size_t trials) {
    std::mt19937_64 generator(20261126);
    const double weight = (1 - law.correlation) / law.correlation;
    std::gamma_distribution<> met(law.probability * weight), missed((1 - law.probability) * weight);
    std::uniform_real_distribution<> uniform;
    std::size_t held = 0;
    for (std::size_t trial = 0; trial < trials; ++trial) {
        sim::Clusters all(1);
        for (std::size_t i = 0; i < law.clusters; ++i) {
            const double a = met(generator), b = missed(generator), share = a + b > 0 ? a / (a + b) : 0;
            const std::size_t size = law.sizes_differ ? 1 + i * 7 % 19 : 10;
            for (std::size_t j = 0; j < size; ++j) all.add(i, std::array{uniform(generator) < share ? 1.0 : 0.0});
        }
        const auto [low, high] = sim::interval_of_probability(all.mean(0), 0.95);
        held += low <= law.probability && law.probability <= high;
    }
    return static_cast<double>(held) / static_cast<double>(trials);
}

// A run of independent replicates that ends when half of its 95 % interval is this narrow and both outcomes were seen
// often enough, at the latest after `most`.
struct Rule {
    double probability, half_width;
    std::size_t least_outcomes = sim::least_outcomes;
    std::size_t most = 100'000;
};

struct OfRule {
    double coverage, bias, replicates;  // of the intervals; of the share, as a part of the probability; on average
};

inline OfRule of_rule(const Rule& rule, std::size_t trials) {
    std::mt19937_64 generator(11);
    double held = 0, shares = 0, spent = 0;
    for (std::size_t trial = 0; trial < trials; ++trial) {
        std::size_t met = 0, replicates = 0;
        for (bool precise = false; !precise && replicates < rule.most;) {
            const auto look = std::min(sim::look_after(replicates), rule.most);
            met += std::binomial_distribution<std::size_t>(look - replicates, rule.probability)(generator);
            replicates = look;
            const auto missed = replicates - met;
            // The program's rule, with its own least number where another is asked about.
            const auto enough = [&](std::size_t seen) { return seen >= rule.least_outcomes ? sim::least_outcomes : 0; };
            precise = sim::probability_is_precise(sim::wilson_interval(met, replicates, 0.95), rule.half_width,
                                                  enough(met), enough(missed));
        }
        const auto [low, high] = sim::wilson_interval(met, replicates, 0.95);
        held += low <= rule.probability && rule.probability <= high;
        shares += static_cast<double>(met) / static_cast<double>(replicates);
        spent += static_cast<double>(replicates);
    }
    const auto n = static_cast<double>(trials);
    return {held / n, shares / n / rule.probability - 1, spent / n};
}

}  // namespace coverage
