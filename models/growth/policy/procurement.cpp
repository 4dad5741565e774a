#include "models/growth/policy/procurement.hpp"

#include "models/growth/demand.hpp"
#include "models/growth/state.hpp"

namespace growth {

void order_goods(State& s) {
    for (std::size_t i = 0; i < s.cells.size(); ++i) {
        Cell& cell = s.cells[i];
        const double orders = s.policy.effects.of(Channel::procurement, i).everyone();
        cell.procured_change = cell.now.sales > 0 ? demand_of_orders(orders - cell.procured, cell.now.sales) : 0.0;
        cell.procured = orders;
    }
}

}  // namespace growth
