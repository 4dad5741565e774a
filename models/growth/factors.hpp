// Shocks that industries share: factors by loadings, so that the industries of a city move together as far as they do.
#pragma once

#include <Eigen/Dense>

#include "sim/random/draws.hpp"

namespace growth {

struct Config;
struct State;
struct CommonShocks;

// (E79) growth that industries share: h (A f - A (l m)) + A j        [factor model of demand]
//       A: loadings, industry by factor; f: deviations by (E1), with what the macro path says of them; j: jumps over the
//       step, l, m: their rates and means, taken out of the mean as in (E2)
//       Added up factor by factor: Eigen's own product adds in an order that goes by the width of registers
inline Eigen::VectorXd common_growth(const Eigen::MatrixXd& loadings, const Eigen::VectorXd& deviations,
                                     const Eigen::VectorXd& jumps, const Eigen::VectorXd& expected_jumps, double h) {
    Eigen::VectorXd growth = Eigen::VectorXd::Zero(loadings.rows());
    for (Eigen::Index k = 0; k < loadings.cols(); ++k) {
        const double moved = h * (deviations[k] - expected_jumps[k]) + jumps[k];
        for (Eigen::Index i = 0; i < loadings.rows(); ++i) growth[i] += loadings(i, k) * moved;
    }
    return growth;
}

// The loadings of a scenario, of every industry and in the last row of the rest of the city's industry.
CommonShocks lay_out_factors(const Config&);

// Moves the factors on, and says what every industry, and last the rest, shares of them over the step.
void move_factors(const Config&, sim::Draws, int step, State&);

}  // namespace growth
