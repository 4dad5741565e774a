#include "models/growth/exit.hpp"

#include <algorithm>
#include <span>

#include "models/growth/config.hpp"
#include "models/growth/newborn.hpp"
#include "models/growth/state.hpp"
#include "models/growth/streams.hpp"

namespace growth {

namespace {

// How a firm ends.
constexpr double closed = 1, bankrupt = 2;

// The hazard of closure of firms with an investor, over others.
sim::Pack closure_of_backed(const Config& c, sim::Pack backed) {
    sim::Pack factor(1.0);
    if (!sim::any_of(backed > 0.0)) return factor;
    for (std::size_t k = 0; k < c.components.deals.size(); ++k)
        factor =
            sim::select(backed == static_cast<double>(k + 1), sim::Pack(c.components.deals[k].backed_closure), factor);
    return factor;
}

void see_who_leaves(const Config& c, sim::Draws draws, int step, State& s, Block& block) {
    const auto p = c.parameters.exit;
    const double h = s.clock.dt(), time = s.clock.time(step);
    const auto stream = draws.at(streams::exit, static_cast<sim::Step>(step));
    const auto none = sim::Pack(0.0), one = sim::Pack(1.0);
    const ByTier policy = s.policy.effects.of(Channel::closure, block.cell);
    const auto& f = s.firms;

    block.found = 0;
    sim::for_each_lanes(block.rows, [&](sim::Lanes at) {
        const auto alive = f.alive(at) > 0.0;
        const auto sales = f.sales(at), debt = f.debt(at);
        const auto young = sim::select(time - f.born(at) < p.young_years, one, none);
        const auto guaranteed = sim::min(f.guaranteed(at), debt) / sim::max(debt, sim::Pack(1e-6));
        const auto hazard = closure_hazard(sales, debt, young, guaranteed, p.closure_rate, p.size_exponent,
                                           p.young_factor, p.stress_response, p.guaranteed_factor) *
                            policy(f.tier(at)) * closure_of_backed(c, f.backed(at));
        const auto closes = alive && stream.uniforms(f.id(at))[0] < event_chance(hazard, h);
        const auto fails = alive && f.cash(at) < -p.arrears * sales;
        if (!sim::any_of(closes || fails)) return;
        s.leaving[at] = sim::select(fails, sim::Pack(bankrupt), sim::select(closes, sim::Pack(closed), none));
        block.found += 1;
    });
}

}  // namespace

void close_down(const Config& c, sim::Draws draws, int step, State& s) {
    for_each_block(s, [&](Block& block) { see_who_leaves(c, draws, step, s, block); });
    const auto& f = s.firms;
    for (const Block& block : s.blocks) {
        if (block.found == 0) continue;
        sim::for_each_row(block.rows, [&](sim::Index row) {
            const double how = s.leaving(row);
            if (how == 0) return;
            (how == bankrupt ? s.demography.bankruptcies : s.demography.closures) += 1;
            // who never had land of the quota leaves rented rooms
            const auto origin = static_cast<Origin>(static_cast<int>(f.origin(row)));
            if (origin == Origin::incumbent || origin == Origin::attracted)
                s.land_reserve[s.cells[block.cell].place] += f.land(row);
            vacate(s, s.cells[block.cell], row);
            s.leaving[row] = 0;
        });
    }
}

namespace {

// How much chance, against a unit of efficiency in logarithms, there is in the choice of a target (assumption).
constexpr double chance_in_choice = 0.3;

// The firms of an industry that may be taken over, the weakest first, with some chance in it.
class Targets {
public:
    Targets(const Config& c, const sim::Stream& stream, State& s, std::size_t industry)
        : c_(c), stream_(stream), s_(s) {
        const auto& f = s.firms;
        const auto found = gather_firms(
            s, [&](std::size_t cell) { return s.cells[cell].industry == industry; },
            [&](const Cell&, sim::Lanes at) {
                return f.alive(at) > 0.0 && f.sales(at) >= c.parameters.population.threshold_2010;
            },
            [&](const Cell&, sim::Lanes at) { return score(f.efficiency(at), stream_.uniforms(f.id(at), 1)[1]); });
        first_ = found.data();
        open_ = end_ = first_ + found.size();
        std::make_heap(first_, end_, ranks_below);
    }

    // The best that the acquirer can swallow, a firm of its own field, or -1. Acquirers differ in that alone, so few
    // are looked at twice in vain: those found too large or of another field wait, in order, for the next acquirer.
    sim::Index take(sim::Index acquirer, std::span<const sim::Index> grown) {
        const double most = c_.parameters.exit.merger_max_ratio * s_.firms.sales(acquirer);
        const auto fits = [&](sim::Index row) {
            return row != acquirer && s_.firms.alive(row) > 0 && s_.firms.sales(row) <= most &&
                   s_.firms.field(row) == s_.firms.field(acquirer);
        };
        const auto as_ranked = [&](sim::Index row) {
            return fits(row) && std::ranges::find(grown, row) == grown.end();
        };
        Candidate* best = nullptr;
        for (Candidate* seen = end_; best == nullptr && seen != open_;)
            if (as_ranked((--seen)->row)) best = seen;
        while (best == nullptr && open_ != first_) {
            std::pop_heap(first_, open_--, ranks_below);
            if (as_ranked(open_->row)) best = open_;
        }
        Candidate target = best == nullptr ? Candidate{-1, 0} : *best;
        for (const sim::Index row : grown) {  // no longer what they were when they were ranked
            if (!fits(row) || s_.firms.sales(row) < c_.parameters.population.threshold_2010) continue;
            const Candidate other{row, score(s_.firms.efficiency(row), stream_.uniforms(s_.firms.id(row), 1)[1])};
            if (target.row < 0 || ranks_below(target, other)) target = other;
        }
        return target.row;
    }

private:
    template <class T>
    static T score(T efficiency, T luck) {
        return -efficiency + chance_in_choice * sim::gumbel(luck);
    }

    const Config& c_;
    const sim::Stream& stream_;
    State& s_;
    Candidate *first_, *open_, *end_;  // not looked at yet, and those that were, the best at the end
};

void absorb(const Config& c, State& s, sim::Index acquirer, sim::Index target) {
    auto& f = s.firms;
    const double scrapped = c.parameters.exit.scrapped * f.capital(target);
    const double weight = f.capital(target) / sim::max(f.capital(acquirer) + f.capital(target), 1e-12);
    for (auto* column : {&f.efficiency, &f.transitory, &f.log_crew, &f.intensity})
        (*column)[acquirer] += weight * ((*column)(target) - (*column)(acquirer));
    for (auto* column : {&f.bought, &f.search_gain})
        (*column)[acquirer] += weight * ((*column)(target) - (*column)(acquirer));
    f.centre[acquirer] = sim::max(f.centre(acquirer), f.centre(target));
    // what the groups sell elsewhere adds up; it does not multiply
    const double sales = f.sales(acquirer) + f.sales(target);
    f.group_ratio[acquirer] = (f.group_ratio(acquirer) * f.sales(acquirer) + f.group_ratio(target) * f.sales(target)) /
                              sim::max(sales, 1e-12);
    Firms::visit_extensive(f, [&](auto& column) { column[acquirer] += column(target); });
    f.capital[acquirer] -= scrapped;
    f.completed[acquirer] -= scrapped;
    vacate(s, cell_of(s, target), target);
    s.demography.mergers += 1;
}

}  // namespace

void merge(const Config& c, sim::Draws draws, int step, State& s) {
    const auto& p = c.parameters.exit;
    const auto stream = draws.at(streams::merger, static_cast<sim::Step>(step));
    const double h = s.clock.dt();
    const auto& f = s.firms;
    for (std::size_t industry = 0; industry < s.industries.size(); ++industry) {
        const auto able = gather_firms(
            s, [&](std::size_t cell) { return s.cells[cell].industry == industry; },
            [&](const Cell& cell, sim::Lanes at) {
                const sim::Mask can = f.alive(at) > 0.0 && f.sales(at) >= p.merger_min_sales && f.cash(at) >= 0.0;
                if (!sim::any_of(can)) return can;
                const ByTier policy = s.policy.effects.of(Channel::mergers, position_of(s, cell));
                const auto chance = event_chance(p.merger_rate * policy(f.tier(at)), h);
                return sim::Mask(can && stream.uniforms(f.id(at), 0)[0] < chance);
            },
            [](const Cell&, sim::Lanes) { return sim::Pack(0.0); });
        if (able.empty()) continue;
        const std::span<sim::Index> acquirers(s.acquirers.data(), able.size());
        std::ranges::transform(able, acquirers.begin(), &Candidate::row);
        Targets targets(c, stream, s, industry);
        std::size_t grown = 0;  // of the first acquirers, which have taken another over
        for (const sim::Index acquirer : acquirers) {
            if (f.alive(acquirer) == 0) continue;
            const sim::Index target = targets.take(acquirer, acquirers.first(grown));
            if (target < 0) continue;
            absorb(c, s, acquirer, target);
            acquirers[grown++] = acquirer;
        }
    }
}

}  // namespace growth
