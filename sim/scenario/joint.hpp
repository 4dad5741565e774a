// Uncertain numbers that are drawn together: several may share a draw, and draws may be correlated (a Gaussian copula).
// Each keeps its own distribution.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "sim/scenario/document.hpp"
#include "sim/scenario/member.hpp"
#include "sim/scenario/problems.hpp"
#include "sim/scenario/uncertainty.hpp"

namespace sim {

// [joint.KEY]: one standard normal number, and the uncertain values that it draws.
struct JointDraw {
    std::string key;
    std::string name, name_zh;
    std::vector<std::string> keys;    // of uncertain values; a star stands for every row of a table
    std::vector<std::string> with;    // rows above, all of them where none is named
    std::vector<double> correlation;  // with each of those; independent of all where empty

    void describe(const Members& member);
};

// The lower triangle of a matrix, row after row, the diagonal included.
using Triangle = std::vector<std::vector<double>>;

// The factor L of a correlation matrix L L', which is given by its rows below the diagonal; or the first row with which
// the matrix is not positive definite. Sums run in the order of columns, so the bits are the same on every machine, as
// those of Eigen's LLT are not.
struct Factorisation {
    Triangle factor;
    std::optional<std::size_t> flaw;
};
[[nodiscard]] Factorisation cholesky(const Triangle& below_diagonal);

// Gives the uncertain values that are drawn jointly the parts of their normal numbers, and every row the keys it moves
// in full. A key whose value was fixed after the row was written, by a setting or a file that is read later, is left
// out; the row stays, so that all others are drawn as before. Problems: a key that leads to no number, to one that is
// not uncertain, or stands twice; correlations that are too many or too few, or that cannot hold at once.
void join_draws(Rows<JointDraw>& rows, const TableMember& table, const Document& document, Problems& problems,
                std::vector<UncertainValue>& uncertain);

}  // namespace sim
