// Parameters of money.
#pragma once

#include "sim/describe/spec.hpp"

namespace growth {

struct AccountParameters {
    double tax_rate, high_tech_tax_rate, lending_spread;
    double credit_limit_small, credit_limit_large, credit_size_middle, large_workers, large_dependence;
    double buffer, repayment_rate, payout_rate, lending_growth, loss_multiple, loss_memory;

    AccountParameters();
    void describe(const sim::Members& member);
};

}  // namespace growth
