#include "models/growth/rest_of_industry.hpp"

#include "models/growth/config.hpp"
#include "models/growth/labour_market.hpp"
#include "models/growth/limits.hpp"
#include "models/growth/state.hpp"

namespace growth {

namespace {

double ratio(double means, double normal) {
    return normal > 0 ? sim::clamp(means / normal, limits::least_means, limits::most_means) : 1.0;
}

// Whom the firms of a place leave, of those who live there and of those who commute, by what the rest would employ.
struct Room {
    double commuters = 0, normal = 0;
};

double left_by_firms(double force, double emerging) {
    return sim::max((1 - least_unemployment) * force - emerging, 0.0);
}

Room room_of(const Config& c, const State& s) {
    Room room;
    double force = 0, emerging = 0;
    for (const auto& place : s.places) {
        force += place.labour_force;
        emerging += place.emerging_workers;
        room.normal += place.rest_normal_workers;
    }
    room.commuters = c.parameters.labour_market.commuting * left_by_firms(force, emerging);
    return room;
}

double room_at(const Config& c, const Room& room, const PlaceState& place) {
    const double part = room.normal > 0 ? place.rest_normal_workers / room.normal : 0.0;
    return (1 - c.parameters.labour_market.commuting) * left_by_firms(place.labour_force, place.emerging_workers) +
           part * room.commuters;
}

void move_workers(const Config& c, State& s) {
    const double h = s.clock.dt(), grown = sim::exp(c.parameters.labour_market.natural_growth * h);
    const double moved = 1 - sim::exp(-c.parameters.production.labour_adjustment * h);
    const auto room = room_of(c, s);
    for (auto& place : s.places) {
        place.rest_normal_workers = sim::min(place.rest_normal_workers * grown, limits::most_workers);
        place.rest_workers = sim::min(place.rest_workers * grown, limits::most_workers);
        const double wanted = rest_workers_wanted(place.rest_normal_workers, place.wage_premium,
                                                  c.parameters.rest.labour_demand, room_at(c, room, place));
        place.rest_workers += moved * (wanted - place.rest_workers);
    }
}

// Over what it would have had: levers take of its land what firms were given beyond what they had got without.
double land_left(const Config& c, State& s, std::size_t at) {
    auto& place = s.places[at];
    place.rest_normal_land += s.clock.dt() * (1 - c.parameters.land.normal_share) * c.places[at].land_supply;
    return ratio(place.rest_normal_land - place.land_taken, place.rest_normal_land);
}

double capital_left(const Config& c, State& s) {
    double guaranteed = 0;
    for (const Cell& cell : s.cells) guaranteed += cell.now.guaranteed;
    s.city.rest_capital_lacking = capital_lacking(c.parameters.rest, s.city.rest_capital_lacking,
                                                  guaranteed / s.city.capital_price, s.clock.dt());
    const double normal = c.parameters.rest.capital_output * s.city.rest_path;
    return ratio(normal - s.city.rest_capital_lacking, normal);
}

}  // namespace

double rest_workers(const State& s, const PlaceState& place) {
    if (s.city.rest_output <= 0) return place.rest_workers;
    return place.rest_workers * (1 - sim::min(s.city.grafted_relabelled / s.city.rest_output, 1.0));
}

void open_rest(const Config& c, State& s) {
    const auto& p = c.parameters.rest;
    double weights = 0;
    double there = 0;
    for (const auto& place : c.places) {
        weights += place.present ? place.weight : 0.0;
        there += place.present;
    }
    for (std::size_t at = 0; at < s.places.size(); ++at) {
        auto& place = s.places[at];
        const double share = weights > 0 ? c.places[at].weight / weights : 1 / there;
        place.rest_share = c.places[at].present ? share : 0.0;
        const double output = place.rest_output = place.rest_share * s.city.rest_path;
        place.rest_normal_workers = place.rest_workers = output / p.output_per_worker;
        place.rest_normal_land = output / p.output_per_area;
        place.land_taken = place.lost_on_land = 0;
        place.reserve_without_levers = s.land_reserve[at];
    }
    s.city.rest_output = s.city.rest_path;
    s.city.rest_capital_lacking = 0;
}

void move_rest(const Config& c, int step, State& s) {
    if (s.clock.in_burn_in(step)) return;
    move_workers(c, s);
    const double capital = capital_left(c, s);
    double shares = 0, made = 0;
    for (std::size_t at = 0; at < s.places.size(); ++at) {
        auto& place = s.places[at];
        const double labour = ratio(place.rest_workers, place.rest_normal_workers), land = land_left(c, s, at);
        shares += place.rest_share;
        place.rest_output = place.rest_share * output_by_means(c.parameters.rest, labour, capital, land);
        made += place.rest_output;
        place.lost_on_land = 0;
        if (place.land_taken > 0)
            place.lost_on_land =
                s.city.rest_path * place.rest_share * lost_on_land(c.parameters.rest, labour, capital, land);
    }
    // where nothing is missing, the sums are alike and the quotient is one to the last bit
    s.city.rest_output = sim::min(s.city.rest_path * (made / shares), limits::most_rest);
    for (auto& place : s.places) {
        place.lost_on_land /= shares;
        place.rest_output *= s.city.rest_output / made;
    }
}

}  // namespace growth
