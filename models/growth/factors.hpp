// Shocks that industries share: factors by loadings, so that the industries of a city move together as far as they do.
#pragma once

#include <Eigen/Dense>

#include "sim/random/draws.hpp"

namespace growth {

struct Config;
struct State;
struct CommonShocks;

// (E79) growth of a factor over h years: m = h (f - l j_0) + j; industries share A m        [factor model of demand]
//       f: its deviation by (E1) with what the macro path says of it; j: jumps of the step, l and j_0 their rate and mean,
//       taken out so that they leave the mean alone; A: loadings, industry by factor
inline double factor_growth(double deviation, double expected_jumps, double jump, double h) {
    return h * (deviation - expected_jumps) + jump;
}

// Adds what the industries share of one factor; number by number, since sums of Eigen go by the width of registers.
inline void add_common_growth(const Eigen::MatrixXd& loadings, Eigen::Index factor, double moved,
                              Eigen::VectorXd& growth) {
    for (Eigen::Index i = 0; i < loadings.rows(); ++i) growth[i] += loadings(i, factor) * moved;
}

// The loadings of a scenario, of every industry and in the last row of the rest of the city's industry.
CommonShocks lay_out_factors(const Config&);

// Moves the factors on, and says what every industry, and last the rest, shares of them over the step.
void move_factors(const Config&, sim::Draws, int step, State&);

}  // namespace growth
