// A share of a cost refunded to all who ask for it: the user cost falls, and firms do more by their elasticity.
#pragma once

#include "sim/math/elementary.hpp"

namespace growth {

// (E41) what a firm spends when a share c of the cost is refunded, over without: (1 - c)^(-e)        [form F6]
inline double user_cost_response(double refunded, double elasticity) {
    return sim::pow(1 - refunded, -elasticity);
}

// (E52) the mean over firms of which a share t asks for the refund: 1 + t (r - 1)
inline double taken_up(double response, double take_up) {
    return 1 + take_up * (response - 1);
}

struct Config;
struct State;
void refund_costs(const Config&, int step, State&);

}  // namespace growth
