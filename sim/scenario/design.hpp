// A design: which scenarios a sweep runs, given as factors that are varied over one base scenario.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/describe/field.hpp"
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

    static constexpr void describe(auto& f, auto&& field) {
        field(text_field("key", "Dotted key of the scenario that the factor sets").needed(), f.path);
        field(text_field("name", "Name of the factor"), f.name);
        field(text_field("name_zh", "Its Chinese name"), f.name_zh);
        field(Field{.name = "low", .text = "Least value"}, f.low);
        field(Field{.name = "high", .text = "Greatest value"}, f.high);
        field(Field{.name = "levels", .lower = 2, .upper = 100'000, .text = "Values from low to high, both included"},
              f.levels);
        field(text_field("scale", "Whether steps from low to high are equal differences or equal ratios"), f.scale);
        field(Field{.name = "values", .text = "The values, in place of low and high"}, f.values);
        field(text_field("words", "The values where they are text"), f.words);
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

    static constexpr void describe(auto& d, auto&& field) {
        field(text_field("base", "Scenario the points start from").needed(), d.base);
        field(text_field("method", "How the points are chosen").needed(), d.method);
        field(Field{.name = "points", .lower = 1, .upper = most_points, .text = "Number of points to sample"}, d.size);
        field(Field{.name = "seed", .lower = 0, .text = "Seed of the sample"}, d.seed);
        field(text_field("set", "What all points have in common, each as --set takes it: \"key=value\""), d.set);
        field(Field{.name = "factors", .text = "What is varied"}, d.factors);
    }
};

// Throws ScenarioError with every problem. Whether the base has the keys and takes the values is seen when each point
// is read as a scenario.
[[nodiscard]] Design read_design(const Document& document);

}  // namespace sim
