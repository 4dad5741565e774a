// Parameters of fields of industries.
#pragma once

#include "sim/describe/spec.hpp"

namespace growth {

struct FieldParameters {
    double focus_weight, expand_weight;

    FieldParameters();
    void describe(const sim::Members& member);
};

}  // namespace growth
