// A design: which scenarios a sweep runs, given as factors that are varied over one base scenario.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/describe/spec.hpp"
#include "sim/scenario/document.hpp"

namespace sim {

enum class DesignMethod : std::uint8_t { grid, latin_hypercube, sobol, one_at_a_time };
enum class FactorScale : std::uint8_t { linear, log };

template <>
struct Words<DesignMethod> {
    static constexpr std::array words = {"grid", "latin_hypercube", "sobol", "one_at_a_time"};
};
template <>
struct Words<FactorScale> {
    static constexpr std::array words = {"linear", "log"};
};

// Has a range (low, high), or a list of numbers, or a list of words.
struct Factor {
    std::string key;   // short name: the row's
    std::string path;  // of the value it sets in the scenario
    std::string name, name_zh;
    std::optional<double> low, high;
    int levels = 0;  // 0 if not given
    FactorScale scale = FactorScale::linear;
    std::vector<double> values;
    std::vector<std::string> words;
    bool operator==(const Factor&) const = default;

    static constexpr void describe(auto& f, auto&& member) {
        member(text_spec("key", "Dotted key of the scenario that the factor sets").needed(), f.path);
        member(text_spec("name", "Name of the factor"), f.name);
        member(text_spec("name_zh", "Its Chinese name"), f.name_zh);
        member(Spec{.name = "low", .text = "Least value"}, f.low);
        member(Spec{.name = "high", .text = "Greatest value"}, f.high);
        member(Spec{.name = "levels", .lower = 2, .upper = 100'000, .text = "Values from low to high, both included"},
               f.levels);
        member(text_spec("scale", "Whether steps from low to high are equal differences or equal ratios"), f.scale);
        member(Spec{.name = "values", .text = "The values, in place of low and high"}, f.values);
        member(text_spec("words", "The values where they are text"), f.words);
    }
};

struct DesignPoint {
    std::string key;                 // "p0001", "p0002", … or "base"
    std::vector<double> values;      // a number a factor: of words their position from 0, NaN where as in the base
    std::vector<Override> settings;  // what the point changes in the base
};

struct Design {
    static constexpr std::int64_t most_points = 100'000;

    std::string base;  // as written: a file relative to the design's own, or the name of a scenario
    DesignMethod method = DesignMethod::grid;
    std::int64_t size = 0;  // points to sample; 0 where the factors decide
    std::int64_t seed = 1;
    std::vector<std::string> set;  // as written: `key=value`
    Rows<Factor> factors;
    std::vector<Override> settings;  // what `set` says
    std::vector<DesignPoint> points;

    static constexpr void describe(auto& d, auto&& member) {
        member(text_spec("base", "Scenario the points start from").needed(), d.base);
        member(text_spec("method", "How the points are chosen").needed(), d.method);
        member(Spec{.name = "points", .lower = 1, .upper = most_points, .text = "Number of points to sample"}, d.size);
        member(Spec{.name = "seed", .lower = 0, .text = "Seed of the sample"}, d.seed);
        member(text_spec("set", "What all points have in common, each as --set takes it: \"key=value\""), d.set);
        member(Spec{.name = "factors", .text = "What is varied"}, d.factors);
    }
};

// Throws ScenarioError with every problem. Whether the base has the keys and takes the values is seen when each point
// is read as a scenario.
[[nodiscard]] Design read_design(const Document& document);

}  // namespace sim
