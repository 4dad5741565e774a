// The table of contents of the model: phases in order, and nothing else decides order.
//
// Phases inside a loop over blocks read their own firms and totals of the last step, so blocks may be taken in any
// order, and by several threads. What firms compete for (land, talents, targets of mergers) is settled between the
// loops.
#include "models/growth/step.hpp"

#include "models/growth/accounts.hpp"
#include "models/growth/books.hpp"
#include "models/growth/config.hpp"
#include "models/growth/demand.hpp"
#include "models/growth/entry.hpp"
#include "models/growth/exit.hpp"
#include "models/growth/fields.hpp"
#include "models/growth/innovation.hpp"
#include "models/growth/investment.hpp"
#include "models/growth/knowledge.hpp"
#include "models/growth/labour_market.hpp"
#include "models/growth/land.hpp"
#include "models/growth/listing.hpp"
#include "models/growth/loops.hpp"
#include "models/growth/macro.hpp"
#include "models/growth/policy/govern.hpp"
#include "models/growth/production.hpp"
#include "models/growth/rest_of_industry.hpp"
#include "models/growth/state.hpp"
#include "models/growth/supply_chain.hpp"
#include "models/growth/talent.hpp"
#include "models/growth/totals.hpp"

namespace growth {

void step(const Config& c, sim::Draws draws, int step, State& s) {
    // ---- What the city cannot move, and what its government does
    open_books(c, step, s);
    move_macro(c, draws, step, s);    // business cycle, national demand and prices
    move_fields(c, draws, step, s);   // demand, price and expectations of each field
    clear_labour_market(c, step, s);  // wages of places, migrants, who can be hired
    move_rest(c, step, s);            // the rest of industry, by the means it is left
    hire_researchers(c, step, s);     // R&D staff, and what they cost
    govern(c, draws, step, s);        // instruments choose firms and pay

    // ---- Each firm for itself
    for_each_block(s, [&](Block& block) {
        draw_orders(c, draws, step, s, block);
        move_demand(c, step, s, block);
        produce(c, step, s, block);
        research(c, step, s, block);
        innovate(c, draws, step, s, block);
        patent(c, draws, step, s, block);
        spill_over(c, step, s, block);
        plan_investment(c, step, s, block);
    });

    // ---- Firms compete for land
    allocate_land(c, draws, step, s);

    // ---- Each firm for itself: it builds on the land it got and closes its accounts
    for_each_block(s, [&](Block& block) {
        build(c, step, s, block);
        settle(c, step, s, block);
    });

    // ---- Firms come and go
    count_investment(s);
    close_down(c, draws, step, s);
    merge(c, draws, step, s);
    open_plants(c, step, s);
    enter(c, draws, step, s);
    welcome_talents(c, draws, step, s);
    go_public(c, draws, step, s);

    // ---- The quarter ends
    if (s.clock.closes_year(step)) review_standing(c, draws, step, s);
    add_up(c, s);                 // the totals that the next quarter reads
    share_out_churn(c, step, s);  // what some firms lost and others win next
    follow_chain(c, s);           // how buyers and suppliers in the city move each other next
}

}  // namespace growth
