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

    double share = 1, cost = 1, running_cost = 0, build_years = 1, most = 1, land = 0;

    [[nodiscard]] std::optional<Dose> shares() const { return Dose::budget; }

    static constexpr void describe(auto& s, auto&& member) {
        using sim::Spec;
        describe_component(s, member);
        member(Spec{"share", "1", 0, 1, "Share of the lever's budget"}, s.share);
        member(Spec{"cost", "1e8 CNY", 0.001, 100, "Cost of building one"}, s.cost);
        member(Spec{"running_cost", "1e8 CNY/year", 0, 10, "Cost of running one"}, s.running_cost);
        member(Spec{"build_years", "year", 0, 10, "Time to build"}, s.build_years);
        member(Spec{"most", "1", 1, 20, "Most sites in a cluster"}, s.most);
        member(Spec{"land", "mu", 0, 1e4, "Land one takes"}, s.land);
    }
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
