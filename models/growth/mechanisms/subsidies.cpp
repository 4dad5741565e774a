#include "models/growth/mechanisms/subsidies.hpp"

#include "models/growth/config.hpp"
#include "models/growth/state.hpp"

namespace growth {

namespace {

// Share of the firms of a cell that ask for it.
double asking(const Subsidy& u, const State& s, std::size_t cell) {
    const auto& lever = s.policy.levers[u.lever_index];
    if (!lever.reached[cell]) return 0;
    return sim::min(
        u.take_up * lever.given(Dose::effort) * s.policy.delivery[cell] * s.policy.attention[s.cells[cell].industry],
        1.0);
}

void answer(const Subsidy& u, State& s) {
    auto& answers = u.base == Base::research ? s.policy.research_answer : s.policy.capital_answer;
    for (std::size_t i = 0; i < s.cells.size(); ++i) {
        const double share = asking(u, s, i);
        if (share <= 0) continue;
        answers[i].small *= taken_up(user_cost_response(u.rate, u.elasticity_small), share);
        answers[i].large *= taken_up(user_cost_response(u.rate, u.elasticity_large), share);
    }
}

// What firms spent in the last step is refunded now. Taxes are saved by those who earn.
void refund(const Subsidy& u, const std::array<bool, tiers>& reached, State& s) {
    auto& f = s.firms;
    const double h = s.clock.dt();
    const bool is_research = u.base == Base::research;
    for_each_block(s, [&](Block& block) {
        block.by_tier = {};
        const double share = u.rate * asking(u, s, block.cell);
        if (share <= 0) return;
        sim::for_each_lanes(block.rows, [&](sim::Lanes at) {
            const auto spent =
                is_research ? sim::select(f.surplus(at) > 0.0, f.research(at) * h, sim::Pack(0.0)) : f.investment(at);
            for_each_named(spent > 0.0, at, [&](sim::Index firm) {
                const auto tier = static_cast<std::size_t>(f.tier(firm));
                if (!reached[tier]) return;
                const double saved = share * double(spent[static_cast<std::size_t>(firm - at.row)]);
                f.grants[firm] += saved;
                block.by_tier[tier] += saved;
            });
        });
    });
    auto& lever = s.policy.levers[u.lever_index];
    for (const Block& block : s.blocks)
        for (std::size_t tier = 0; tier < tiers; ++tier) {
            lever.ledger[tier].money += block.by_tier[tier];
            lever.ledger[tier].received += block.by_tier[tier];
            lever.account.beyond += block.by_tier[tier];
        }
}

}  // namespace

void refund_costs(const Config& c, int, State& s) {
    std::ranges::fill(s.policy.research_answer, Answer{});
    std::ranges::fill(s.policy.capital_answer, Answer{});
    for (const auto& u : c.components.subsidies) {
        if (!u.on || u.rate <= 0 || s.policy.levers[u.lever_index].given(Dose::effort) <= 0) continue;
        answer(u, s);
        refund(u, tiers_reached(c.levers[u.lever_index], u), s);
    }
}

}  // namespace growth
