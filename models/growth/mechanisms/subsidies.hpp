// A share of a cost refunded to all who ask for it: the user cost falls, and firms do more by their elasticity.
#pragma once

#include "models/growth/components.hpp"
#include "sim/math/elementary.hpp"
#include "sim/math/pack.hpp"

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

// What the firms of a cell spend, of a cost that is refunded, over what they would without: by tier and sales.
class CostAnswer {
public:
    CostAnswer(const Config&, const State&, Base, std::size_t cell);
    [[nodiscard]] sim::Pack operator()(sim::Pack tier, sim::Pack sales) const {
        return is_refunded_ ? of_those_reached(tier, sales) : sim::Pack(1.0);
    }

private:
    [[nodiscard]] sim::Pack of_those_reached(sim::Pack tier, sim::Pack sales) const;

    const Config* c_;
    const State* s_;
    Base base_;
    std::size_t cell_;
    bool is_refunded_;
};

}  // namespace growth
