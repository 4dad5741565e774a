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
    static constexpr std::array<std::string_view, 4> words = {"grid", "latin_hypercube", "sobol", "one_at_a_time"};
};
template <>
struct Words<FactorScale> {
    static constexpr std::array<std::string_view, 2> words = {"linear", "log"};
};

// One of the things a factor can be: several settings that go together.
struct Choice {
    std::string key;
    std::string name, name_zh;
    std::vector<std::string> set;  // as written: `key=value`
    bool operator==(const Choice&) const = default;

    void describe(const sim::Members& member);
};

// Sets one value of the scenario, or several alike: to a number of a range (low, high) or of a list, or to one of a
// list of words, switches or values of any kind. Or it is a choice among groups of settings.
struct Factor {
    std::string key;                 // short name: the row's
    std::string path;                // of the value it sets in the scenario,
    std::vector<std::string> paths;  // or of those
    std::string name, name_zh;
    std::optional<double> low, high;
    int levels;  // 0 if not given
    FactorScale scale;
    std::vector<double> values;
    std::vector<std::string> words;
    Rows<Choice> choices;

    [[nodiscard]] std::vector<std::string> settings() const;             // the paths of what it sets
    [[nodiscard]] std::vector<std::string> level_labels(bool zh) const;  // of words and choices; none of numbers

    Factor();
    void describe(const sim::Members& member);
};

struct DesignPoint {
    std::string key;                 // "p0001", "p0002", … or "base"
    std::vector<double> values;      // a number a factor: of words and choices their position, NaN where as in the base
    std::vector<Override> settings;  // what the point changes in the base
};

struct Design {
    static constexpr std::int64_t most_points = 100'000;

    std::string base;  // as written: a file relative to the design's own, or the name of a scenario
    DesignMethod method;
    std::int64_t size;  // points to sample; 0 where the factors decide
    std::int64_t seed;
    std::vector<std::string> set;  // as written: `key=value`
    Rows<Factor> factors;
    std::vector<Override> settings;  // what `set` says
    std::vector<DesignPoint> points;

    Design();
    void describe(const sim::Members& member);
};

// Throws ScenarioError with every problem. Whether the base has the keys and takes the values is seen when each point
// is read as a scenario.
[[nodiscard]] Design read_design(const Document& document);

}  // namespace sim
