#include "models/growth/labour_market.hpp"

#include "models/growth/config.hpp"
#include "models/growth/limits.hpp"
#include "models/growth/rest_of_industry.hpp"
#include "models/growth/state.hpp"

namespace growth {

namespace {

void count_workers(State& s) {
    for (auto& place : s.places) place.emerging_workers = place.hires_wanted = 0;
    for (const Cell& cell : s.cells) s.places[cell.place].emerging_workers += cell.now.labour;
    for (const Block& block : s.blocks) s.places[s.cells[block.cell].place].hires_wanted += block.hires_wanted;
}

double share_employed(double workers, double force) {
    return force > 0 ? workers / force : 1.0;
}

struct CityWorkers {
    double force = 0, workers = 0;
};

CityWorkers whole_city(const State& s) {
    CityWorkers all;
    for (const auto& place : s.places) {
        all.force += place.labour_force;
        all.workers += place.emerging_workers + rest_workers(s, place);
    }
    return all;
}

// Those of a place who can be hired over a step: unemployed, and workers that the rest of industry can lose.
double hireable(const State& s, const PlaceState& place, double turnover) {
    const double rest = rest_workers(s, place);
    const double idle = (1 - least_unemployment) * place.labour_force - place.emerging_workers - rest;
    return sim::max(idle, 0.0) + turnover * rest;
}

void serve_hires(const LabourMarketParameters& p, State& s) {
    const double turnover = 1 - sim::exp(-p.turnover * s.clock.dt());
    double commuters = 0, lacking = 0;
    for (const auto& place : s.places) {
        const double there = hireable(s, place, turnover);
        commuters += p.commuting * there;
        lacking += sim::max(place.hires_wanted - (1 - p.commuting) * there, 0.0);
    }
    const double filled = lacking > 0 ? sim::min(commuters / lacking, 1.0) : 1.0;
    for (auto& place : s.places)
        place.hires_served = hires_served(place.hires_wanted, (1 - p.commuting) * hireable(s, place, turnover), filled);
}

}  // namespace

void open_labour_market(const Config& c, State& s) {
    count_workers(s);
    const auto& p = c.parameters.labour_market;
    for (auto& place : s.places)
        place.labour_force = (place.emerging_workers + rest_workers(s, place)) / (1 - p.unemployment);
    s.city.unemployment = p.unemployment;
}

void clear_labour_market(const Config& c, int step, State& s) {
    if (s.clock.in_burn_in(step)) return;
    const auto& p = c.parameters.labour_market;
    count_workers(s);
    const auto all = whole_city(s);
    const double employed = share_employed(all.workers, all.force);
    s.city.unemployment = sim::max(1 - employed, 0.0);
    double workers = 0, paid = 0;
    for (auto& place : s.places) {
        const double here = place.emerging_workers + rest_workers(s, place);
        const double felt = unemployment_felt(p.commuting, share_employed(here, place.labour_force), employed);
        place.wage_premium = wage_premium(felt, p.unemployment, p.wage_response);
        workers += place.emerging_workers;
        paid += place.emerging_workers * place.wage_premium;
    }
    s.city.wage_premium = workers > 0 ? paid / workers : 1.0;
    serve_hires(p, s);
    for (auto& place : s.places)
        place.labour_force =
            sim::min(labour_force(p, place.labour_force, place.wage_premium, s.clock.dt()), limits::most_workers);
}

}  // namespace growth
