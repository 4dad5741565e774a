// What a results file contains, before any number is written: its scenarios, axes, variables and attributes.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sim/output/cube.hpp"
#include "sim/output/hdf5.hpp"

namespace sim {

// What a file says of its own kind. Readers refuse a larger major version.
inline constexpr std::string_view conventions = "Jiju-1";
inline constexpr std::string_view filetype = "jiju results";
inline constexpr std::string_view shard_filetype = "jiju shard";
inline constexpr std::array<std::int32_t, 2> schema_version{2, 0};

enum class FileKind : std::uint8_t { results, shard };

// The first two dimensions of every variable: which scenario, and which draw of chance and uncertain parameters.
inline constexpr std::string_view scenario_axis = "scenario";
inline constexpr std::string_view replicate_axis = "replicate";

// A scenario of a run, and the text from which it can be run again.
struct Arm {
    std::string key;
    std::string name = {};
    std::string name_zh = {};
    std::string toml = {};            // effective: every value written out
    std::vector<double> design = {};  // the factors' values where scenarios are points of a design
};

// What a design varies.
struct RecordedFactor {
    std::string key;      // of the factor
    std::string setting;  // the scenario's value that it sets
    std::string name = {};
    std::string name_zh = {};
};

// Further numbers along an axis, as the year and quarter of each point in time.
struct Companion {
    std::string name;
    std::variant<std::vector<std::int32_t>, std::vector<double>> values;
    std::string units = "1";
    std::string long_name = {};
    std::string long_name_zh = {};
};

// A dimension. Its points are named by `keys`, or placed by `values` in `units`, or only counted by `length` (for
// dimensions so long that a reader should not load their coordinates on opening the file).
struct Axis {
    std::string name = {};
    std::vector<std::string> keys = {};
    std::vector<std::string> labels = {};     // English, as variable <name>_name; empty, or one a key
    std::vector<std::string> labels_zh = {};  // Chinese, as variable <name>_name_zh
    std::string long_name = {};
    std::string long_name_zh = {};
    std::vector<double> values = {};
    std::string units = "1";
    std::string calendar = {};  // only where the values are time
    std::vector<Companion> companions = {};
    std::size_t length = 0;

    [[nodiscard]] std::size_t size() const;
    // Names of the variables that go with this axis beside its own.
    [[nodiscard]] std::vector<std::string> auxiliaries() const;
};

// Steps of equal parts of a year, each placed at its first day, counted in days from the first; accompanied by
// `calendar_year` and, where there are several to the year, `half`, `quarter`, `month` or plainly `part`.
[[nodiscard]] Axis calendar_axis(std::string name, int first_year, std::size_t steps, int steps_per_year);

// One array of doubles.
struct Variable {
    std::string name = {};
    std::string units = {};
    std::string long_name = {};
    std::string long_name_zh = {};
    std::string source = {};
    std::vector<std::string> dims = {};  // after scenario and replicate
    OverTime over_time = OverTime::sum;
    Attributes extra = {};  // written as given
};

struct Layout {
    std::vector<Arm> scenarios;
    std::vector<RecordedFactor> factors;  // of a design; none otherwise
    std::vector<Axis> axes;               // without scenario and replicate, which the writer adds
    std::vector<Variable> variables;
    std::vector<Variable> panel;           // columns of single agents, without dimensions
    Attributes attributes;                 // of the file
    std::size_t replicates_per_world = 1;  // consecutive ones that share one draw of the uncertain values
};

// Values that a variable has for one scenario and replicate.
[[nodiscard]] std::size_t row_length(const std::vector<Axis>& axes, const Variable& variable);

// Refuses, as std::invalid_argument, what could not be written or would not be read back by every reader.
void check_layout(const Layout& layout);

[[nodiscard]] const Axis& axis_of(const std::vector<Axis>& axes, std::string_view name);

[[nodiscard]] Variable variable_of(const Field& field, std::vector<std::string> dims);

// One variable a described member, in the order of the cubes.
template <Recorded Record>
[[nodiscard]] std::vector<Variable> variables_of(const Record& record) {
    std::vector<Variable> variables;
    Record::describe_cubes(record, [&](const auto& cube) {
        for (const Field& field : cube.fields()) variables.push_back(variable_of(field, cube.dims()));
    });
    return variables;
}

// Gives every cube the lengths its dimensions have as axes, all values missing.
template <Recorded Record>
void shape_by(const std::vector<Axis>& axes, Record& record) {
    Record::describe_cubes(record, [&](auto& cube) {
        std::vector<std::size_t> lengths;
        for (const auto& dim : cube.dims()) lengths.push_back(axis_of(axes, dim).size());
        cube.shape(std::move(lengths));
    });
}

}  // namespace sim
