// The order in which policy acts, and nothing else.
#include "models/growth/policy/govern.hpp"

#include "models/growth/measure/reporting.hpp"
#include "models/growth/policy/attention.hpp"
#include "models/growth/policy/credits.hpp"
#include "models/growth/policy/deals.hpp"
#include "models/growth/policy/doses.hpp"
#include "models/growth/policy/grants.hpp"
#include "models/growth/policy/ledger.hpp"
#include "models/growth/policy/procurement.hpp"
#include "models/growth/policy/responses.hpp"
#include "models/growth/policy/rivalry.hpp"
#include "models/growth/policy/sites.hpp"
#include "models/growth/policy/subsidies.hpp"
#include "models/growth/policy/treatments.hpp"
#include "models/growth/state.hpp"

namespace growth {

void govern(const Config& c, sim::Draws draws, int step, State& s) {
    if (s.clock.in_burn_in(step)) return;
    s.policy.draws = draws;
    assess(c, step, s);      // once a year, what was reported moves effort towards industries that lag
    give_doses(c, step, s);  // schedules and purses
    build_sites(c, step, s);
    respond(c, step, s);  // channels follow doses
    order_goods(s);
    give_grants(c, draws, step, s);
    make_deals(c, draws, step, s);
    guarantee_loans(c, draws, step, s);
    refund_costs(c, s);
    treat_firms(c, draws, step, s);
    take_from_rivals(c, s);
    inflate_reports(c, s);
    count_receipts(s);
}

}  // namespace growth
