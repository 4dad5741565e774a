#include "models/growth/policy/subsidies.hpp"

#include <algorithm>

#include "models/growth/config.hpp"
#include "models/growth/limits.hpp"
#include "models/growth/loops.hpp"
#include "models/growth/policy/ledger.hpp"
#include "models/growth/policy/mechanisms.hpp"
#include "models/growth/policy/selection.hpp"
#include "models/growth/state.hpp"
#include "sim/scenario/member.hpp"

namespace growth {

Subsidy::Subsidy() {
    describe(sim::Members::defaults());
}

void Subsidy::describe(const sim::Members& member) {
    using sim::Spec, sim::text_spec;
    describe_firm_component(member);
    member(text_spec("base", "The cost of which a share is refunded").needed(), base, Base::research);
    member(Spec{"rate", "1", 0, 0.9, "Share refunded"}.chinese("补贴率"), rate, 0);
    member(Spec{"take_up", "1", 0, 1, "Share of the firms reached that ask for it at full effort"}.chinese("申报率"),
           take_up, 1);
    member(Spec{"elasticity_small", "1", 0, 4, "Response of the base to its user cost, of small firms"}.chinese(
               "小企业弹性"),
           elasticity_small, 0);
    member(Spec{"elasticity_large", "1", 0, 4, "The same of large firms"}.chinese("大企业弹性"), elasticity_large, 0);
}

namespace {

// Share of the firms of a cell that would ask for it, were there more than all of them.
double wishing(const Subsidy& u, const State& s, std::size_t cell) {
    const auto& lever = s.policy.levers[u.lever_index];
    if (!u.on || !lever.reached[cell]) return 0;
    return u.take_up * lever.given(Dose::effort) * s.policy.delivery[cell] * s.policy.attention[s.cells[cell].industry];
}

// That do: all of them at most, those counted who ask for what is made like it and comes before.
double asking(const Config& c, const Subsidy& u, const State& s, std::size_t cell) {
    double before = 0;
    const auto& rows = c.components->of<Subsidy>();
    for (std::size_t k = 0; u.has_twins && k < rows.size() && &rows[k] != &u; ++k)
        if (rows[k].draw_key == u.draw_key) before += wishing(rows[k], s, cell);
    return sim::min(before + wishing(u, s, cell), 1.0) - sim::min(before, 1.0);
}

void answer(const Config& c, const Subsidy& u, State& s, std::vector<Answer>& answers) {
    for (std::size_t i = 0; i < s.cells.size(); ++i) {
        const double share = asking(c, u, s, i);
        if (share <= 0) continue;
        answers[i] = {taken_up(user_cost_response(u.rate, u.elasticity_small), share),
                      taken_up(user_cost_response(u.rate, u.elasticity_large), share)};
    }
}

// What firms spent in the last step is refunded now. Taxes are saved by those who earn.
void refund(const Config& c, const Subsidy& u, const SubsidyState& state, State& s) {
    const Eligibility& eligible = c.levers[u.lever_index].eligible;
    auto& f = s.firms;
    const double h = s.clock.dt();
    const bool is_research = u.base == Base::research;
    for_each_block(s, [&](Block& block) {
        block.by_tier = {};
        const double share = u.rate * asking(c, u, s, block.cell);
        if (share <= 0) return;
        sim::for_each_lanes(block.rows, [&](sim::Lanes at) {
            const auto spent =
                is_research ? sim::select(f.surplus(at) > 0.0, f.research(at) * h, sim::Pack(0.0)) : f.investment(at);
            if (!sim::any_of(spent > 0.0)) return;
            const auto receives = spent > 0.0 && may_receive(eligible, state.tiers_reached, f.tier(at), f.sales(at)) &&
                                  is_drawn(u, s.policy.draws, f.id(at));
            for_each_named(receives, at, [&](sim::Index firm) {
                const auto tier = static_cast<std::size_t>(f.tier(firm));
                const double saved = share * double(spent[static_cast<std::size_t>(firm - at.row)]);
                f.grants[firm] += saved;
                f.refunds[firm] += saved;
                f.support[firm] += saved;
                block.by_tier[tier] += saved;
            });
        });
    });
    auto& lever = s.policy.levers[u.lever_index];
    for (const Block& block : s.blocks)
        for (std::size_t tier = 0; tier < tiers; ++tier) {
            pay_in_place(s, u.lever_index, s.cells[block.cell].place, block.by_tier[tier], block.by_tier[tier]);
            lever.ledger[tier].money += block.by_tier[tier];
            lever.ledger[tier].received += block.by_tier[tier];
            lever.account.beyond += block.by_tier[tier];
            lever.account.forgone += block.by_tier[tier];
        }
}

}  // namespace

SubsidyState found(const Config& c, const State& s, const Subsidy& u) {
    return {tiers_reached(c.levers[u.lever_index], u), std::vector<Answer>(s.cells.size())};
}

void refund_costs(const Config& c, State& s) {
    for (std::size_t k = 0; k < c.components->of<Subsidy>().size(); ++k) {
        const Subsidy& u = c.components->of<Subsidy>()[k];
        auto& state = s.policy.components->of<Subsidy>()[k];
        std::fill(state.answers.begin(), state.answers.end(), Answer{});
        if (!u.on || u.rate <= 0 || s.policy.levers[u.lever_index].given(Dose::effort) <= 0) continue;
        answer(c, u, s, state.answers);
        refund(c, u, state, s);
    }
}

namespace {

bool is_answered(const Subsidy& u, const SubsidyState& state, Base base, std::size_t cell) {
    return u.base == base && (state.answers[cell].small != 1 || state.answers[cell].large != 1);
}

}  // namespace

CostAnswer::CostAnswer(const Config& c, const State& s, Base base, std::size_t cell)
    : c_(&c), s_(&s), base_(base), cell_(cell), is_refunded_(false) {
    for (std::size_t k = 0; k < c.components->of<Subsidy>().size(); ++k)
        is_refunded_ |= is_answered(c.components->of<Subsidy>()[k], s.policy.components->of<Subsidy>()[k], base, cell);
}

sim::Pack CostAnswer::of_those_reached(sim::Pack tier, sim::Pack sales, sim::WordPack id) const {
    const sim::Pack one(1.0);
    const auto is_small = sales < c_->parameters.standing.large_sales;
    const auto& rows = c_->components->of<Subsidy>();
    const auto answer_to = [&](std::size_t k) {
        const Subsidy& u = rows[k];
        const auto& state = s_->policy.components->of<Subsidy>()[k];
        if (!is_answered(u, state, base_, cell_)) return one;
        const auto& [small, large] = state.answers[cell_];
        const auto own = sim::select(is_small, sim::Pack(small), sim::Pack(large));
        const auto asks = may_receive(c_->levers[u.lever_index].eligible, state.tiers_reached, tier, sales) &&
                          is_drawn(u, s_->policy.draws, id);
        return sim::select(asks, own, one);
    };
    sim::Pack answer = one;
    for (std::size_t k = 0; k < rows.size(); ++k) {
        const auto is_alike = [&](const Subsidy& other) { return other.draw_key == rows[k].draw_key; };
        if (rows[k].has_twins && std::any_of(&rows[0], &rows[k], is_alike)) continue;  // with the first of them
        sim::Pack own = answer_to(k);
        for (std::size_t other = k + 1; rows[k].has_twins && other < rows.size(); ++other)
            if (is_alike(rows[other])) own += answer_to(other) - one;
        answer *= own;
    }
    return sim::min(answer, sim::Pack(limits::answer));
}

}  // namespace growth
