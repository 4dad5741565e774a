#include "models/growth/exit.hpp"

#include <algorithm>
#include <span>
#include <tuple>

#include "models/growth/accounts.hpp"
#include "models/growth/cells.hpp"
#include "models/growth/config.hpp"
#include "models/growth/loops.hpp"
#include "models/growth/newborn.hpp"
#include "models/growth/policy/deals.hpp"
#include "models/growth/policy/effects.hpp"
#include "models/growth/policy/mechanisms.hpp"
#include "models/growth/ranking.hpp"
#include "models/growth/state.hpp"
#include "models/growth/streams.hpp"
#include "models/growth/tables.hpp"
#include "sim/population/table.hpp"

namespace growth {

namespace {

// Firms that the data of the base year tell one by one.
sim::Mask is_known(const Firms& f, sim::Lanes at) {
    return f.named(at) > 0.0 || f.table_row(at) > 0.0;
}

// How a firm ends.
constexpr double closed = 1, bankrupt = 2;

// The hazard of closure of firms with an investor, over others.
sim::Pack closure_of_backed(const Config& c, sim::Pack backed) {
    sim::Pack factor(1.0);
    if (!sim::any_of(backed > 0.0)) return factor;
    for (std::size_t k = 0; k < c.components->of<Deal>().size(); ++k)
        factor = sim::select(backed == static_cast<double>(k + 1),
                             sim::Pack(c.components->of<Deal>()[k].backed_closure), factor);
    return factor;
}

void see_who_leaves(const Config& c, sim::Draws draws, int step, State& s, Block& block) {
    const auto p = c.parameters.exit;
    const double h = s.clock.dt(), time = s.clock.time(step);
    const auto stream = draws.at(streams::exit, static_cast<sim::Step>(step));
    const auto none = sim::Pack(0.0), one = sim::Pack(1.0);
    const ByTier policy = s.policy.effects.of(Channel::closure, block.cell);
    const auto& f = s.firms;

    // they were there at its end
    const bool known_to_stay = s.clock.in_burn_in(step);

    block.found = 0;
    sim::for_each_lanes(block.rows, [&](sim::Lanes at) {
        const sim::Mask alive =
            f.alive(at) > 0.0 && f.founding(at) == 0.0 && (sim::Mask(!known_to_stay) || !is_known(f, at));
        const auto sales = f.sales(at), debt = f.debt(at);
        const auto young = sim::select(time - f.born(at) < p.young_years, one, none);
        const auto guaranteed = sim::min(f.guaranteed(at), debt) / sim::max(debt, sim::Pack(1e-6));
        const auto hazard =
            closure_hazard(p, sales, debt, young, guaranteed) * policy(f.tier(at)) * closure_of_backed(c, f.backed(at));
        const auto closes = alive && stream.uniforms(f.id(at))[0] < event_chance(hazard, h);
        const auto arrears = p.arrears + (p.arrears_listed - p.arrears) * f.listed(at);
        const auto fails = alive && f.cash(at) < -arrears * sales;
        if (!sim::any_of(closes || fails)) return;
        s.leaving[at] = sim::select(fails, sim::Pack(bankrupt), sim::select(closes, sim::Pack(closed), none));
        block.found += 1;
    });
}

}  // namespace

void close_down(const Config& c, sim::Draws draws, int step, State& s) {
    for_each_block(s, [&](Block& block) { see_who_leaves(c, draws, step, s, block); });
    const auto& p = c.parameters.exit;
    const auto& f = s.firms;
    for (const Block& block : s.blocks) {
        if (block.found == 0) continue;
        sim::for_each_row(block.rows, [&](sim::Index row) {
            const double how = s.leaving(row);
            if (how == 0) return;
            (how == bankrupt ? s.demography.bankruptcies : s.demography.closures) += 1;
            if (how == bankrupt) {
                const double carried = bank_dependence(c.parameters.accounts, f.labour(row)) * f.debt(row);
                const double loss = (1 - p.recovery) * carried;
                s.city.bank_losses += loss;
                s.city.year_losses += loss;
            }
            s.land_reserve[s.cells[block.cell].place] += f.land(row);
            s.places[s.cells[block.cell].place].reserve_without_levers += f.land(row);
            field_of(s, s.cells[block.cell], row).lost += f.demand(row);
            vacate(s, s.cells[block.cell], row);
            s.leaving[row] = 0;
        });
    }
}

namespace {

// How much chance, against a unit of efficiency in logarithms, there is in the choice of a target (judged).
constexpr double chance_in_choice = 0.3;

// The firms of an industry that may be taken over in a step, the weakest first, with some chance in it: by field and
// sales, and over them a tournament, so that the best that an acquirer can swallow is found in logarithmic time.
// A firm that has taken another over in the step is not taken over in it.
class Targets {
public:
    Targets(const Config& c, const sim::Stream& stream, bool named_stay, State& s, std::size_t industry)
        : most_ratio_(c.parameters.exit.merger_max_ratio), s_(s), list_(s.merger_targets.data()) {
        const auto& f = s.firms;
        const auto found = gather_firms(
            s, [&](std::size_t cell) { return s.cells[cell].industry == industry; },
            [&](const Cell&, sim::Lanes at) {
                return f.alive(at) > 0.0 && f.sales(at) >= c.parameters.population.base_threshold &&
                       (sim::Mask(!named_stay) || !is_known(f, at));
            },
            [&](const Cell&, sim::Lanes at) {
                return -f.efficiency(at) +
                       chance_in_choice * sim::gumbel(stream.uniforms(f.id(at), streams::is_acquired)[1]);
            });
        size_ = found.size();
        for (std::size_t k = 0; k < size_; ++k)
            list_[k] = {found[k].row, f.field(found[k].row), f.sales(found[k].row), found[k].score};
        std::sort(list_, list_ + size_, lies_before);
        tree_ = s.merger_tree.data();
        for (std::size_t k = 0; k < size_; ++k) tree_[size_ + k] = static_cast<std::int32_t>(k);
        for (std::size_t k = size_; k-- > 1;) tree_[k] = better(tree_[2 * k], tree_[2 * k + 1]);
    }

    // The best that the acquirer can swallow, a firm of its own field, or -1; if one is taken, neither is a target any
    // more.
    sim::Index take(sim::Index acquirer) {
        const double field = s_.firms.field(acquirer), sales = s_.firms.sales(acquirer);
        const auto own = std::lower_bound(list_, list_ + size_, MergerTarget{acquirer, field, sales, 0}, lies_before);
        const auto self = own != list_ + size_ && own->row == acquirer ? position(own) : none;
        if (self != none) set(self, none);
        const auto first = std::lower_bound(list_, list_ + size_, MergerTarget{-1, field, -1, 0}, lies_before);
        const auto end = std::upper_bound(
            first, list_ + size_, MergerTarget{s_.firms.alive.rows(), field, most_ratio_ * sales, 0}, lies_before);
        const auto best = best_of(static_cast<std::size_t>(first - list_), static_cast<std::size_t>(end - list_));
        if (best == none) {
            if (self != none) set(self, self);
            return -1;
        }
        set(best, none);
        return list_[best].row;
    }

private:
    static constexpr std::int32_t none = -1;

    static bool lies_before(const MergerTarget& a, const MergerTarget& b) {
        return std::tie(a.field, a.sales, a.row) < std::tie(b.field, b.sales, b.row);
    }
    [[nodiscard]] std::int32_t position(const MergerTarget* target) const {
        return static_cast<std::int32_t>(target - list_);
    }
    [[nodiscard]] std::int32_t better(std::int32_t a, std::int32_t b) const {
        if (a == none || b == none) return a == none ? b : a;
        const Candidate one{list_[a].row, list_[a].score}, other{list_[b].row, list_[b].score};
        return ranks_below(one, other) ? b : a;
    }
    // Who stands at a place of the list: itself, or nobody any more.
    void set(std::int32_t place, std::int32_t who) {
        auto node = size_ + static_cast<std::size_t>(place);
        tree_[node] = who;
        while (node > 1) {
            node /= 2;
            tree_[node] = better(tree_[2 * node], tree_[2 * node + 1]);
        }
    }
    [[nodiscard]] std::int32_t best_of(std::size_t first, std::size_t end) const {
        auto best = none;
        for (auto low = first + size_, high = end + size_; low < high; low /= 2, high /= 2) {
            if (low % 2 == 1) best = better(best, tree_[low++]);
            if (high % 2 == 1) best = better(best, tree_[--high]);
        }
        return best;
    }

    double most_ratio_;
    State& s_;
    MergerTarget* list_;
    std::int32_t* tree_ = nullptr;  // node k stands over nodes 2 k and 2 k + 1, the list from size_ on
    std::size_t size_ = 0;
};

void absorb(const Config& c, State& s, sim::Index acquirer, sim::Index target) {
    auto& f = s.firms;
    const double scrapped = c.parameters.exit.scrapped * f.capital(target);
    const double weight = f.capital(target) / sim::max(f.capital(acquirer) + f.capital(target), 1e-12);
    for (auto* column : {&f.efficiency, &f.transitory, &f.log_crew, &f.vintage, &f.intensity, &f.relabelled})
        (*column)[acquirer] += weight * ((*column)(target) - (*column)(acquirer));
    f.progress[acquirer] = (f.progress(acquirer) * f.under_way(acquirer) + f.progress(target) * f.under_way(target)) /
                           sim::max(f.under_way(acquirer) + f.under_way(target), 1e-12);
    for (auto* column : {&f.bought, &f.search_gain})
        (*column)[acquirer] += weight * ((*column)(target) - (*column)(acquirer));
    // together they sell at the mean of their prices
    const double made = f.output(acquirer) + f.output(target);
    if (made > 0)
        f.price_wedge[acquirer] = sim::log((f.output(acquirer) * sim::exp(f.price_wedge(acquirer)) +
                                            f.output(target) * sim::exp(f.price_wedge(target))) /
                                           made);
    f.centre[acquirer] = sim::max(f.centre(acquirer), f.centre(target));
    // what the groups sell elsewhere adds up; it does not multiply
    const double sales = f.sales(acquirer) + f.sales(target);
    f.group_ratio[acquirer] = (f.group_ratio(acquirer) * f.sales(acquirer) + f.group_ratio(target) * f.sales(target)) /
                              sim::max(sales, 1e-12);
    f.exports_share[acquirer] +=
        f.sales(target) / sim::max(sales, 1e-12) * (f.exports_share(target) - f.exports_share(acquirer));
    sim::for_each_extensive(f, [&](auto& column) { column[acquirer] += column(target); });
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
                return sim::Mask(can && stream.uniforms(f.id(at), streams::acquires)[0] < chance);
            },
            [](const Cell&, sim::Lanes) { return sim::Pack(0.0); });
        if (able.empty()) continue;
        const std::span<sim::Index> acquirers(s.acquirers.data(), able.size());
        std::transform(able.begin(), able.end(), acquirers.begin(), [](const Candidate& each) { return each.row; });
        Targets targets(c, stream, s.clock.in_burn_in(step), s, industry);
        for (const sim::Index acquirer : acquirers) {
            if (f.alive(acquirer) == 0) continue;
            s.stop.look();
            const sim::Index target = targets.take(acquirer);
            if (target >= 0) absorb(c, s, acquirer, target);
        }
    }
}

}  // namespace growth
