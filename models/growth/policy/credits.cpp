#include "models/growth/policy/credits.hpp"

#include "models/growth/cells.hpp"
#include "models/growth/config.hpp"
#include "models/growth/loops.hpp"
#include "models/growth/policy/ledger.hpp"
#include "models/growth/policy/mechanisms.hpp"
#include "models/growth/policy/selection.hpp"
#include "models/growth/state.hpp"
#include "sim/scenario/member.hpp"

namespace growth {

Credit::Credit() {
    describe(sim::Members::defaults());
}

void Credit::describe(const sim::Members& member) {
    using sim::Spec;
    describe_firm_component(member);
    member(Spec{"share", "1", 0, 1, "Share of the lever's loans"}, share, 1);
    member(Spec{"loan_ratio", "year", 0.001, 3, "Loan of one firm over its sales"}, loan_ratio, 0.15);
    member(
        Spec{"incremental_share", "1", 0, 1, "Share of a loan that no bank would have given"}.chinese("新增贷款比例"),
        incremental_share, 0.5);
    member(Spec{"scale", "money", 0.1, 1e6, "Volume at which that share has halved"}.needed(), scale);
    member(Spec{"interest_subsidy", "1/year", 0, 0.2, "Interest paid for the firm"}, interest_subsidy, 0);
    member(Spec{"loss_rate", "1/year", 0, 0.5, "Public loss and fee a year over the loans outstanding"}, loss_rate, 0);
    member(Spec{"term_years", "year", 0.25, 20, "Mean term of a loan"}, term_years, 3);
}

namespace {

// What is outstanding runs off; the firms' part of it in proportion.
void repay(const Config& c, State& s) {
    const double h = s.clock.dt();
    double before = 0, after = 0;
    for (std::size_t k = 0; k < c.components->of<Credit>().size(); ++k) {
        double& outstanding = s.policy.components->of<Credit>()[k].outstanding;
        before += outstanding;
        outstanding *= sim::exp(-h / c.components->of<Credit>()[k].term_years);
        after += outstanding;
    }
    if (before <= 0) return;
    auto& f = s.firms;
    const sim::Pack kept(after / before);
    for_each_block(s, [&](const Block& block) {
        sim::for_each_lanes(block.rows, [&](sim::Lanes at) { f.guaranteed[at] *= kept; });
    });
}

// What the loans of all rows that share their draws come to: one volume, of which the share of new credit falls.
double volume_of(const Config& c, const State& s, const Credit& l) {
    const auto own = [&](const Credit& each) {
        return each.share * s.policy.levers[each.lever_index].given(Dose::loans);
    };
    if (!l.has_twins) return own(l);
    double volume = 0;
    for (const auto& each : c.components->of<Credit>())
        if (each.on && each.draw_key == l.draw_key) volume += own(each);
    return volume;
}

void lend(const Config& c, sim::Draws draws, int step, State& s, const Credit& l, double& outstanding, double volume) {
    double left = volume - outstanding;
    if (left <= 0) return;
    auto& f = s.firms;
    const double share = incremental_credit(l.incremental_share, volume_of(c, s, l), l.scale);
    // Four times as many as firms of mean size would take; what they leave is lent in the next step.
    const auto there = static_cast<double>(present_before(c, s.industries.size()));
    double mean = 0;
    for (std::size_t i = 0; i < s.industries.size(); ++i)
        if (c.industries[i].present) mean += s.industries[i].mean_sales / there;
    const auto applications = 16 + static_cast<std::size_t>(4 * left / (l.loan_ratio * mean));
    auto ranking = select_firms(c, draws, step, s, l, applications);
    while (left > 1e-12 && !ranking.empty()) {
        const sim::Index firm = ranking.take();
        if (!choose(s, l, firm)) continue;
        const double loan = sim::min(l.loan_ratio * f.sales(firm) - f.guaranteed(firm), left);
        if (loan <= 0) continue;
        f.guaranteed[firm] += share * loan * s.policy.delivery[position_of(s, cell_of(s, firm))];
        left -= loan;
        outstanding += loan;
    }
}

}  // namespace

CreditState found(const Config&, const State&, const Credit&) {
    return {};
}

void guarantee_loans(const Config& c, sim::Draws draws, int step, State& s) {
    s.policy.chosen.clear();
    repay(c, s);
    double all = 0, subsidised = 0, lost = 0;
    for (std::size_t k = 0; k < c.components->of<Credit>().size(); ++k) {
        const Credit& l = c.components->of<Credit>()[k];
        double& outstanding = s.policy.components->of<Credit>()[k].outstanding;
        if (l.on) lend(c, draws, step, s, l, outstanding, l.share * s.policy.levers[l.lever_index].given(Dose::loans));
        all += outstanding;
        subsidised += l.interest_subsidy * outstanding;
        lost += l.loss_rate * outstanding;
    }
    s.policy.interest_cut = s.policy.guarantee_value = 0;
    if (all <= 0) return;
    s.policy.guarantee_value = lost / all;
    // nobody is paid for owing: at most the whole interest is paid for a firm
    const double cut = subsidised / all, part = cut > s.city.interest_rate ? s.city.interest_rate / cut : 1.0;
    s.policy.interest_cut = sim::min(cut, s.city.interest_rate);
    const double new_credit =
        sum_over_rows(s, [&f = s.firms](sim::Lanes at) { return sim::min(f.guaranteed(at), f.debt(at)); });
    for (std::size_t k = 0; k < c.components->of<Credit>().size(); ++k) {
        const Credit& l = c.components->of<Credit>()[k];
        const double outstanding = s.policy.components->of<Credit>()[k].outstanding;
        const double cost =
            (l.loss_rate * outstanding + part * l.interest_subsidy * new_credit * outstanding / all) * s.clock.dt();
        pay_beyond_budget(s, l.lever_index, no_row, cost);
        s.policy.levers[l.lever_index].account.loans += cost;
    }
}

}  // namespace growth
