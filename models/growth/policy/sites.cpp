#include "models/growth/policy/sites.hpp"

#include <numeric>
#include <stdexcept>

#include "models/growth/config.hpp"
#include "models/growth/policy/ledger.hpp"
#include "models/growth/policy/mechanisms.hpp"
#include "models/growth/state.hpp"
#include "sim/scenario/member.hpp"

namespace growth {

Site::Site() {
    describe(sim::Members::defaults());
}

void Site::describe(const sim::Members& member) {
    using sim::Spec;
    describe_component(member);
    member(Spec{"share", "1", 0, 1, "Share of the lever's budget"}, share, 1);
    member(Spec{"cost", "money", 0.001, 1e4, "Cost of building one"}.needed(), cost);
    member(Spec{"running_cost", "money/year", 0, 1000, "Cost of running one"}, running_cost, 0);
    member(Spec{"build_years", "year", 0, 10, "Time to build"}, build_years, 1);
    member(Spec{"most", "1", 1, 20, "Most sites in a cluster"}, most, 1);
    member(Spec{"land", "area", 0, 1e4, "Land one takes"}, land, 0);
}

namespace {

bool reaches(const State& s, const std::vector<char>& cells, std::size_t cluster) {
    for (std::size_t i = 0; i < s.cells.size(); ++i)
        if (s.cells[i].cluster == cluster && cells[i]) return true;
    return false;
}

// The sites of a cluster, with those of rows that share the draws: they are of one kind.
struct OfCluster {
    double working = 0;
    bool is_building = false;
};

OfCluster sites_in(const Config& c, const State& s, const Site& row, const SiteState& own, std::size_t cluster) {
    OfCluster there{own.working[cluster], own.opens[cluster] > 0};
    for (std::size_t k = 0; row.has_twins && k < c.components->of<Site>().size(); ++k) {
        const Site& other = c.components->of<Site>()[k];
        if (&other == &row || other.draw_key != row.draw_key) continue;
        const auto& sites = s.policy.components->of<Site>()[k];
        there.working += sites.working[cluster];
        there.is_building |= sites.opens[cluster] > 0;
    }
    return there;
}

// Of the clusters with the fewest, the largest; the number of clusters where none may have more.
std::size_t next_place(const Config& c, const State& s, const Site& row, const SiteState& sites) {
    const auto& cells = s.policy.levers[row.lever_index].reached;
    std::size_t best = s.baseline.cluster_output.size();
    double fewest = row.most, largest = -1;
    for (std::size_t k = 0; k < s.baseline.cluster_output.size(); ++k) {
        const auto [working, is_building] = sites_in(c, s, row, sites, k);
        if (is_building || working >= row.most || !reaches(s, cells, k)) continue;
        const bool better = working < fewest || s.baseline.cluster_output[k] > largest;
        if (working > fewest || !better) continue;
        fewest = working, largest = s.baseline.cluster_output[k], best = k;
    }
    return best;
}

// Opens what is ready.
void open(double time, SiteState& sites) {
    for (std::size_t k = 0; k < sites.opens.size(); ++k)
        if (sites.opens[k] > 0 && time >= sites.opens[k] - 1e-9) {
            sites.working[k] += 1;
            sites.opens[k] = 0;
        }
}

// A site stands in the first place of its cluster that the lever reaches.
std::size_t place_of_site(const State& s, const Site& row, std::size_t cluster) {
    for (std::size_t i = 0; i < s.cells.size(); ++i)
        if (s.cells[i].cluster == cluster && s.policy.levers[row.lever_index].reached[i]) return s.cells[i].place;
    throw std::logic_error("a site stands where its lever does not reach");
}

// Less than it needs where the place has less.
double take_land(State& s, const Site& row, std::size_t place) {
    double& reserve = s.land_reserve[place];
    const double taken = sim::max(sim::min(row.land, reserve), 0.0);
    reserve -= taken;
    return taken;
}

// What those that work cost over a step, as far as it is paid.
void pay_running_costs(State& s, const Site& row, const SiteState& sites) {
    for (std::size_t k = 0; k < sites.working.size(); ++k)
        if (sites.working[k] > 0 && row.running_cost > 0)
            pay_in_place(s, row.lever_index, place_of_site(s, row, k),
                         sites.paid * sites.working[k] * row.running_cost * s.clock.dt());
}

}  // namespace

SiteState found(const Config& c, const State&, const Site&) {
    SiteState site;
    site.working.assign(c.clusters.size(), 0.0);
    site.opens.assign(c.clusters.size(), 0.0);
    return site;
}

void build_sites(const Config& c, int step, State& s) {
    const double time = s.clock.time(step), h = s.clock.dt();
    for (std::size_t k = 0; k < c.components->of<Site>().size(); ++k) {
        const Site& row = c.components->of<Site>()[k];
        if (!row.on) continue;
        auto& sites = s.policy.components->of<Site>()[k];
        auto& lever = s.policy.levers[row.lever_index];
        const double before = sites.fund;
        sites.fund += row.share * lever.account.allotted;
        open(time, sites);
        const double working = std::accumulate(sites.working.begin(), sites.working.end(), 0.0);
        sites.paid = running_share(sites.fund, working * row.running_cost * h);
        double spent = sites.paid * working * row.running_cost * h;
        sites.fund -= spent;
        pay_running_costs(s, row, sites);
        while (sites.fund >= row.cost) {
            const std::size_t cluster = next_place(c, s, row, sites);
            if (cluster == s.baseline.cluster_output.size()) break;
            sites.opens[cluster] = time + row.build_years;
            sites.fund -= row.cost;
            spent += row.cost;
            const auto place = place_of_site(s, row, cluster);
            pay_in_place(s, row.lever_index, place, row.cost);
            if (row.land > 0) lever.ledger[public_at_large].land += take_land(s, row, place);
        }
        lever.ledger[public_at_large].money += spent;
        lever.ledger[public_at_large].services += spent;
        lever.account.waiting += sites.fund - before;
    }
}

}  // namespace growth
