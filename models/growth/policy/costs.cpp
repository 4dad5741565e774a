#include "models/growth/policy/costs.hpp"

#include "models/growth/config.hpp"
#include "models/growth/state.hpp"

namespace growth {

void book_land_taken(const Config& c, State& s, std::size_t place, double land) {
    if (land <= 0) return;
    const std::size_t first = place * c.levers.size();
    double claims = 0;
    for (std::size_t k = 0; k < c.levers.size(); ++k) claims += sim::max(s.policy.land[first + k].share, 0.0);
    for (std::size_t k = 0; k < c.levers.size(); ++k)
        s.policy.land_taken[first + k] += land_taken_by(land, sim::max(s.policy.land[first + k].share, 0.0), claims);
}

double administration_of(const Config& c, const State& s, std::size_t lever) {
    const auto& state = s.policy.levers[lever];
    double money = 0;
    for (const auto& row : state.ledger) money += row.money;
    return administration(c.parameters.administration, money, c.levers[lever].staff, state.given(Dose::effort),
                          s.city.wage * s.city.wage_premium, s.clock.dt());
}

double land_loss_of(const Config& c, const State& s, std::size_t lever) {
    double lost = 0;
    for (std::size_t place = 0; place < s.places.size(); ++place) {
        const double taken = s.places[place].land_taken, own = s.policy.land_taken[place * c.levers.size() + lever];
        if (own > 0) lost += s.places[place].lost_on_land * (own / taken);
    }
    return lost * s.city.rest_price * c.scenario.all_industry_value_added_ratio * s.clock.dt();
}

}  // namespace growth
