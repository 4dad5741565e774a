// The two tables of docs/precision.md: how often the intervals of clusters hold the probability, and what the least
// number of outcomes does to a stopping rule. Prints rows of Markdown.
#include <fmt/format.h>

#include "benchmarks/coverage_trials.hpp"

int main() {
    constexpr std::size_t samples = 4000, runs = 20'000;
    fmt::print("| p | ρ | k = 10 | 20 | 40 | 100 |\n|---|---|---|---|---|---|\n");
    for (const double probability : {0.5, 0.1, 0.03})
        for (const double correlation : {0.05, 0.2, 0.5}) {
            fmt::print("| {} | {} |", probability, correlation);
            for (const std::size_t clusters : {10, 20, 40, 100})
                fmt::print(" {:.1f} |", 100 * coverage::of_clusters({probability, correlation, clusters}, samples));
            fmt::print("\n");
        }

    fmt::print(
        "\n| p | half width | least outcomes | coverage % | bias, as a part of p | replicates |\n"
        "|---|---|---|---|---|---|\n");
    struct Case {
        double probability, half_width;
    };
    for (const auto& [probability, half_width] : {Case{0.5, 0.05}, Case{0.1, 0.02}, Case{0.05, 0.02}, Case{0.02, 0.01},
                                                  Case{0.01, 0.01}, Case{0.005, 0.005}, Case{0.002, 0.005}})
        for (const std::size_t least : {0, 10, 20}) {
            const auto [held, bias, spent] = coverage::of_rule({probability, half_width, least}, runs);
            fmt::print("| {} | {} | {} | {:.1f} | {:+.2f} | {:.0f} |\n", probability, half_width, least, 100 * held,
                       bias, spent);
        }
}
