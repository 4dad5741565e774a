// Outputs over time as targets name them: their dimensions, how steps make a year, and where they lie in a record.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "models/growth/tables.hpp"

namespace growth {

struct Figure {
    std::string_view name, unit, text, zh;
    sim::OverTime over_time = sim::OverTime::sum;
    double upper = 0;                  // of its values
    bool may_be_missing = false;       // where it is not defined
    std::vector<std::string> dims;     // after time
    std::size_t cube = 0, member = 0;  // in the order of the record
    bool above_scale = false;          // leaves out firms below the threshold of the statistics
    bool has_base = false;             // the year before the start is known

    [[nodiscard]] bool has(std::string_view dim) const;
    [[nodiscard]] bool adds_up() const { return over_time != sim::OverTime::mean; }
    [[nodiscard]] bool is_money() const { return unit.find("money") != unit.npos; }
    // A number of things: of unit 1, and neither a share nor an index.
    [[nodiscard]] bool is_number() const;
};

// All that a target may name, in the order of the record.
const std::vector<Figure>& figures();
// nullptr where there is none.
const Figure* figure(std::string_view name);
// The one that has every dimension of a filter: by its own name, or as its table by place or by field, place_output for
// output in a place. nullptr where there is none.
const Figure* figure_of(std::string_view output, const Where& where);
// What of a filter an output can be asked for.
Where part_of(const Where& where, std::string_view output);

// The dimension whose keys are counted; empty where none are.
std::string_view dimension_of(Counted count);

// A key of a filter by the name of its dimension.
std::string& key_of(Where& where, std::string_view dim);

}  // namespace growth
