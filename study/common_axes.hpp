// Arms of one run may differ in levers, targets, clusters, industries and places. Their results lie on common axes:
// every row that some arm has, in an order that is each arm's own.
#pragma once

#include <vector>

#include "study/scenarios.hpp"

namespace jiju {

// Gives every scenario the rows that others have and it lacks: a lever that is off and has no dose, a cluster in which
// nothing lies, an industry with its fields or a place that is not there, a target that is judged like the others, a
// group of targets. Of an industry that several have fields must be the same. Nothing that is simulated hangs on the
// position of such a row. The effective scenarios say so, and so results can be verified and replayed.
void share_axes(std::vector<Scenario>& scenarios);

}  // namespace jiju
