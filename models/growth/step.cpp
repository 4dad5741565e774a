// The table of contents of the model: phases in order, and nothing else decides order.
//
// Phases inside the loop over cells read their own firms and totals of the last step, so cells may be taken in any
// order. What firms compete for (land, talents, targets of mergers) is settled between the loops.
#include "models/growth/step.hpp"

#include "models/growth/books.hpp"
#include "models/growth/config.hpp"
#include "models/growth/govern.hpp"
#include "models/growth/state.hpp"

namespace growth {

void step(const Config& c, sim::Draws draws, int step, State& s) {
    open_books(c, step, s);
    move_world(c, draws, step, s);
    hire_researchers(c, step, s);
    govern(c, draws, step, s);

    for (const Cell& cell : s.cells) {
        draw_orders(c, draws, step, s, cell);
        move_demand(c, step, s, cell);
        produce(c, step, s, cell);
        research(c, step, s, cell);
        innovate(c, draws, step, s, cell);
        patent(c, draws, step, s, cell);
        spill_over(c, step, s, cell);
        plan_investment(c, step, s, cell);
    }

    allocate_land(c, draws, step, s);

    for (const Cell& cell : s.cells) {
        build(c, step, s, cell);
        settle(c, step, s, cell);
    }

    if (!s.clock.in_burn_in(step)) {
        for (Cell& cell : s.cells) close_down(c, draws, step, s, cell);
        merge(c, draws, step, s);
        enter(c, draws, step, s);
        welcome_talents(c, draws, step, s);
        go_public(c, draws, step, s);
    }
    if (s.clock.closes_year(step)) review_standing(c, draws, step, s);

    add_up(c, s);
}

}  // namespace growth
