#include "models/growth/policy/responses.hpp"

#include <algorithm>

#include "models/growth/config.hpp"
#include "models/growth/policy/mechanisms.hpp"
#include "models/growth/policy/selection.hpp"
#include "models/growth/policy/sites.hpp"
#include "models/growth/state.hpp"
#include "sim/scenario/member.hpp"

namespace growth {

Response::Response() {
    describe(sim::Members::defaults());
}

void Response::describe(const sim::Members& member) {
    using sim::Spec, sim::text_spec;
    describe_component(member);
    member(text_spec("dose", "Which dose of the lever it follows; sites: how many work in the cluster"), dose,
           Dose::budget);
    member(text_spec("channel", "What it moves").needed(), channel, Channel::imitation);
    member(Spec{"effect", "as the channel", -1e4, 1e4,
                "At full response: a factor, or what is added; where scale is 0, for each unit of the dose"}
               .chinese("效应")
               .needed(),
           effect);
    member(Spec{"reach", "1", 0, 1, "Share of what is there that it concerns: of firms, projects or persons"}.chinese(
               "覆盖面"),
           reach, 1);
    member(Spec{"scale", "as the dose", 0, 1e6, "Dose of 63 % of the response; 0 where it is linear"}, scale, 0);
    member(Spec{"lag_years", "year", 0, 20, "Mean time from dose to response"}, lag_years, 0);
    member(Spec{"memory_years", "year", 0, 100, "Time in which a response fades when the dose falls; 0: with it"},
           memory_years, 0);
    member(Spec{"displacement", "1", 0, 1, "Share of the response that is taken from the rest of the city"}.chinese(
               "挤出比例"),
           displacement, 0);
}

namespace {

// Sites of a lever that work in a cluster.
double working_sites(const Config& c, const State& s, std::size_t lever, std::size_t cluster) {
    double sum = 0;
    for (std::size_t k = 0; k < c.components->of<Site>().size(); ++k)
        if (c.components->of<Site>()[k].lever_index == lever) {
            const auto& site = s.policy.components->of<Site>()[k];
            sum += site.paid * site.working[cluster];
        }
    return sum;
}

// The dose that a follower sees, after lag and memory.
double follow(Follower& follower, const Response& r, double dose, double h) {
    follower = lagged(follower, dose, r.lag_years, h);
    return follower.kept = remembered(follower.kept, follower.second, r.memory_years, h);
}

// Full response of a channel to a dose; of a factor, its logarithm. A factor drawn from a wide prior may lie below any
// that makes sense.
double strength(const Response& r, double dose) {
    constexpr double least = 0.01;
    const double maximum = facts_of(r.channel).kind == Kind::factor ? sim::log(sim::max(r.effect, least)) : r.effect;
    return saturating(dose, r.scale, r.reach * maximum);
}

// The response of each cell, before displacement, with the weight at which it counts for the city.
class Responder {
public:
    Responder(const Config& c, State& s, std::size_t which, double h)
        : c_(c),
          s_(s),
          r_(c.components->of<Response>()[which]),
          state_(s.policy.components->of<Response>()[which]),
          h_(h) {}

    void run() {
        for (std::size_t k = 0; k < state_.followers.size(); ++k) follow(state_.followers[k], r_, dose(k), h_);
        const auto none = [](const Follower& follower) { return follower.kept == 0; };
        if (std::all_of(state_.followers.begin(), state_.followers.end(), none)) return;
        auto& values = s_.policy.values;
        std::fill(values.begin(), values.end(), 0.0);
        for (std::size_t k = 0; k < state_.followers.size(); ++k) spread(k, values);
        if (r_.displacement != 0) displace(values);
        for (std::size_t i = 0; i < values.size(); ++i)
            if (values[i] != 0) give(i, values[i]);
    }

private:
    [[nodiscard]] LeverState& lever() const { return s_.policy.levers[r_.lever_index]; }
    [[nodiscard]] bool is_quantity() const { return facts_of(r_.channel).kind == Kind::quantity; }

    [[nodiscard]] double dose(std::size_t k) const {
        if (r_.dose == Dose::sites) return working_sites(c_, s_, r_.lever_index, k);
        const double given = lever().given(r_.dose);
        // effort is a share of the full measure wherever the lever acts; all else is spread over what it reaches
        const bool is_spread = r_.dose != Dose::effort && !is_quantity() && lever().exposure > 0;
        return is_spread ? exposed_dose(given, lever().exposure) : given;
    }

    // Where a follower is seen: everywhere, or, where sites are counted, in its cluster.
    void spread(std::size_t k, std::vector<double>& values) const {
        if (state_.followers[k].kept == 0) return;
        const double alone = strength(r_, state_.followers[k].kept);
        const bool by_cluster = r_.dose == Dose::sites;
        for (std::size_t i = 0; i < values.size(); ++i) {
            const Cell& cell = s_.cells[i];
            if (!lever().reached[i] || (by_cluster && cell.cluster != k)) continue;
            const double full = state_.earlier.empty() ? alone : further_strength(k, i);
            const double share = !is_quantity() ? 1.0 : by_cluster ? share_of_cluster(i) : share_of_city(i);
            values[i] = full * share * s_.policy.delivery[i] * s_.policy.attention[cell.industry];
        }
    }

    // Beyond what rows before it that are made alike do with theirs: a dose in two parts does what the whole does.
    [[nodiscard]] double further_strength(std::size_t k, std::size_t cell) const {
        double before = 0;
        for (const auto which : state_.earlier) {
            const auto& other = c_.components->of<Response>()[which];
            if (!other.on || (!is_quantity() && !s_.policy.levers[other.lever_index].reached[cell])) continue;
            before += s_.policy.components->of<Response>()[which].followers[k].kept;
        }
        return strength(r_, before + state_.followers[k].kept) - strength(r_, before);
    }

    // Of what a lever brings to the cells it reaches; alike where none of them had sales in the base year.
    [[nodiscard]] double share_of_city(std::size_t i) const {
        if (lever().exposure > 0) return s_.policy.weight[i] / lever().exposure;
        return 1 / static_cast<double>(std::count(lever().reached.begin(), lever().reached.end(), 1));
    }

    // The same of what sites bring to their cluster.
    [[nodiscard]] double share_of_cluster(std::size_t i) const {
        double weight = 0, cells = 0;
        for (std::size_t k = 0; k < s_.cells.size(); ++k)
            if (lever().reached[k] && s_.cells[k].cluster == s_.cells[i].cluster) {
                weight += s_.policy.weight[k];
                cells += 1;
            }
        return weight > 0 ? s_.policy.weight[i] / weight : 1 / cells;
    }

    void displace(std::vector<double>& values) const {
        const double mean = city_mean(values);
        for (std::size_t i = 0; i < values.size(); ++i)
            values[i] =
                net_of_displacement(values[i], r_.displacement, is_quantity() ? mean * s_.policy.weight[i] : mean);
    }

    // Over the cells by weight; the total of a quantity.
    [[nodiscard]] double city_mean(const std::vector<double>& values) const {
        double mean = 0;
        for (std::size_t i = 0; i < values.size(); ++i)
            mean += is_quantity() ? values[i] : s_.policy.weight[i] * values[i];
        return mean;
    }

    void give(std::size_t i, double value) {
        auto& policy = s_.policy;
        policy.effects.add(r_.channel, i, state_.tiers_reached, value);
        if (r_.channel == Channel::talents) lever().talents += value;
        if (r_.channel == Channel::funds && c_.levers[r_.lever_index].purse_index < policy.purse_funds.size())
            policy.purse_funds[c_.levers[r_.lever_index].purse_index] += value;
        if (r_.channel == Channel::land_share) claim(i).share = sim::max(claim(i).share, value);
        if (r_.channel == Channel::land_supply) claim(i).supply += value;
    }

    [[nodiscard]] LandClaim& claim(std::size_t i) const {
        return s_.policy.land[s_.cells[i].place * c_.levers.size() + r_.lever_index];
    }

    const Config& c_;
    State& s_;
    const Response& r_;
    ResponseState& state_;
    double h_;
};

}  // namespace

ResponseState found(const Config& c, const State&, const Response& r) {
    ResponseState state;
    state.tiers_reached.fill(true);
    if (facts_of(r.channel).grain == Grain::tier) state.tiers_reached = tiers_reached(c.levers[r.lever_index], r);
    state.followers.resize(r.dose == Dose::sites ? c.clusters.size() : 1);
    const auto& rows = c.components->of<Response>();
    for (std::size_t k = 0; r.has_twins && k < rows.size() && &rows[k] != &r; ++k)
        if (rows[k].draw_key == r.draw_key && rows[k].dose == r.dose) state.earlier.push_back(k);
    return state;
}

void respond(const Config& c, int, State& s) {
    auto& policy = s.policy;
    policy.effects.clear();
    for (auto& lever : policy.levers) lever.talents = 0;
    std::fill(policy.purse_funds.begin(), policy.purse_funds.end(), 0.0);
    std::fill(policy.land.begin(), policy.land.end(), LandClaim{});
    for (std::size_t k = 0; k < c.components->of<Response>().size(); ++k) {
        const auto& r = c.components->of<Response>()[k];
        if (r.on) Responder(c, s, k, s.clock.dt()).run();
    }
    policy.effects.close(policy.weight);
    for (std::size_t place = 0; place < c.places.size(); ++place) {
        policy.all_land[place] = {};
        for (std::size_t k = 0; k < c.levers.size(); ++k) {
            policy.all_land[place].share += policy.land[place * c.levers.size() + k].share;
            policy.all_land[place].supply += policy.land[place * c.levers.size() + k].supply;
        }
    }
    for (std::size_t i = 0; i < s.cells.size(); ++i) {
        const double own = c.places[s.cells[i].place].governance;
        policy.delivery[i] = sim::clamp(own + policy.effects.of(Channel::governance, i).everyone(), 0.0, 1.0);
    }
}

}  // namespace growth
