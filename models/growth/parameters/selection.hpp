// Parameters of who is chosen for support.
#pragma once

#include "sim/describe/spec.hpp"

namespace growth {

struct SelectionParameters {
    double merit, size, connection;

    SelectionParameters();
    void describe(const sim::Members& member);
};

}  // namespace growth
