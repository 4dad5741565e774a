// Sites that a lever builds in clusters out of its budget, one after the other, and then has to run.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "models/growth/policy/component.hpp"
#include "sim/math/elementary.hpp"

namespace growth {

// Sites that are built in clusters, run, and counted: platforms, incubators, functional zones.
struct Site : Component {
    static constexpr std::string_view table = "sites", about = "What is built in clusters";

    double share, cost, running_cost, build_years, most, land;

    [[nodiscard]] std::optional<Dose> shares() const { return Dose::budget; }

    Site();
    void describe(const sim::Members& member);
};

struct SiteState {
    double fund = 0, paid = 0;           // saved for the next site; share of running costs that was paid
    std::vector<double> working, opens;  // by cluster: how many; when the one being built opens, 0: none
};

// (E55) share of the sites that work: what there is for running them over what running them costs, at most 1
inline double running_share(double fund, double cost) {
    return cost > 0 ? sim::min(fund / cost, 1.0) : 1.0;
}

struct Config;
struct State;
SiteState found(const Config&, const State&, const Site&);
void build_sites(const Config&, int step, State&);

}  // namespace growth
