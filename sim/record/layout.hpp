// What a results file contains, before any number is written: its scenarios, axes, variables and attributes.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sim/record/attributes.hpp"
#include "sim/record/cube.hpp"

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
    std::string setting;  // the scenario's values that it sets
    std::string name = {};
    std::string name_zh = {};
    std::vector<std::string> levels = {};     // what its values stand for, as positions in this list; none where they
    std::vector<std::string> levels_zh = {};  // are numbers

    // What a value of the factor reads as; empty where it is missing.
    [[nodiscard]] std::string label(double value, bool zh) const;
};

// Further numbers or texts along an axis, as the year and quarter of each point in time; or along scenario and axis,
// scenario by scenario, where scenarios differ in them.
struct Companion {
    std::string name;
    std::variant<std::vector<std::int32_t>, std::vector<double>, std::vector<std::string>> values;
    std::string units = "1";  // of numbers
    std::string long_name = {};
    std::string long_name_zh = {};
    bool by_scenario = false;
};

// A dimension. Its points are named by `keys`, or placed by `values` in `units`, or by whole `numbers`, each of which
// lasts until the next whole number, or only counted by `length` (for dimensions so long that a reader should not load
// their coordinates on opening the file).
struct Axis {
    std::string name = {};
    std::vector<std::string> keys = {};
    std::vector<std::string> labels = {};     // English, as variable <name>_name; empty, or one a key
    std::vector<std::string> labels_zh = {};  // Chinese, as variable <name>_name_zh
    std::string long_name = {};
    std::string long_name_zh = {};
    std::vector<double> values = {};
    std::vector<double> ends = {};  // of the intervals that begin at the values, where they are intervals
    std::vector<std::int32_t> numbers = {};
    std::string units = "1";
    std::string calendar = {};  // only where the values are time
    std::vector<Companion> companions = {};
    std::size_t length = 0;
    bool may_be_empty = false;  // then nothing lies along it, and a file has neither it nor what is recorded along it

    [[nodiscard]] std::size_t size() const;
    [[nodiscard]] bool has_intervals() const;  // then <name>_bnds says where they begin and end
    // Names of the variables that go with this axis beside its own.
    [[nodiscard]] std::vector<std::string> auxiliaries() const;
};

// Steps of equal parts of a year, each placed at its first day, counted in days from the first; accompanied by
// `calendar_year` and, where there are several to the year, `half`, `quarter`, `month` or plainly `part`.
[[nodiscard]] Axis calendar_axis(std::string name, int first_year, std::size_t steps, int steps_per_year);

// What the numbers of a variable stand for, in words without blanks: one of the words each, counted from `first`; or,
// as `masks`, each bit one of them.
struct Codes {
    std::vector<std::string> words = {};
    std::int32_t first = 0;
    bool masks = false;
};

// How numbers lie in a file.
enum class Stored : std::uint8_t { float64, int64, int32, int8 };

// One array of numbers.
struct Variable {
    std::string name = {};
    std::string units = {};
    std::string long_name = {};
    std::string long_name_zh = {};
    std::string source = {};
    std::vector<std::string> dims = {};  // after scenario and replicate
    OverTime over_time = OverTime::sum;
    Attributes extra = {};            // written as given
    Stored stored = Stored::float64;  // columns of panels; all else may be missing, which whole numbers cannot be
    Codes codes = {};
    bool is_extra = false;  // kept only where it is named
};

// What every replicate draws of the uncertain numbers: one row of values a draw where all scenarios share it, and rows
// of their own where scenarios differ. It is a function of the draw's number alone, so no block needs to carry it.
struct Drawn {
    Axis shared{.name = "parameter"};
    Axis own{.name = "scenario_parameter"};
    // Both append the values of one draw.
    std::function<void(std::size_t draw, std::vector<double>& row)> shared_row = {};
    std::function<void(std::size_t scenario, std::size_t draw, std::vector<double>& row)> own_row = {};
};

struct Layout {
    std::vector<Arm> scenarios;
    std::vector<RecordedFactor> factors;  // of a design; none otherwise
    std::vector<Axis> axes;               // without scenario and replicate, which the writer adds
    std::vector<Variable> variables;
    std::vector<Variable> panel;  // columns of single agents, without dimensions
    Drawn drawn = {};
    Attributes attributes;                // of the file
    std::size_t replicates_per_draw = 1;  // consecutive ones that share one draw of the uncertain values
};

// Values that a variable has for one scenario and replicate.
[[nodiscard]] std::size_t row_length(const std::vector<Axis>& axes, const Variable& variable);

// Refuses, as std::invalid_argument, what could not be written or would not be read back by every reader.
void check_layout(const Layout& layout);

[[nodiscard]] const Axis& axis_of(const std::vector<Axis>& axes, std::string_view name);

[[nodiscard]] Variable variable_of(const Spec& spec, std::vector<std::string> dims);

// One variable a described member, in the order of the cubes.
template <Recorded Record>
[[nodiscard]] std::vector<Variable> variables_of(const Record& record) {
    std::vector<Variable> variables;
    Record::describe_cubes(record, [&](const auto& cube) {
        for (const Spec& spec : cube.specs()) variables.push_back(variable_of(spec, cube.dims()));
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
