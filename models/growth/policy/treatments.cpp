#include "models/growth/policy/treatments.hpp"

#include "models/growth/cells.hpp"
#include "models/growth/config.hpp"
#include "models/growth/policy/ledger.hpp"
#include "models/growth/policy/mechanisms.hpp"
#include "models/growth/policy/selection.hpp"
#include "models/growth/state.hpp"
#include "models/growth/streams.hpp"
#include "sim/scenario/member.hpp"

namespace growth {

Treatment::Treatment() {
    describe(sim::Members::defaults());
}

void Treatment::describe(const sim::Members& member) {
    using sim::Spec, sim::text_spec;
    describe_firm_component(member);
    member(text_spec("dose", "Which dose of the lever it follows: budget, persons or effort"), dose, Dose::budget);
    member(Spec{"share", "1", 0, 1, "Share of the lever's budget, where that is the dose"}, share, 1);
    member(Spec{"cost", "money", 1e-6, 1000, "Public cost of one firm"}.needed(), cost);
    member(Spec{"most", "1/year", 0, 1e5, "Firms a year at full effort, where effort is the dose"}.chinese(
               "每年惠及企业数"),
           most, 0);
    member(text_spec("gain", "What a treated firm gains").needed(), gain, Gain::efficiency);
    member(Spec{"effect", "1", -1, 1, "That gain, in logarithms"}.chinese("效应").needed(), effect);
    member(
        Spec{"deadweight", "1", 0, 1, "Share of those treated who would have gained it anyway"}.chinese("无谓补贴比例"),
        deadweight, 0);
    member(Spec{"displacement", "1", 0, 1, "Share of a gain of demand that is taken from local rivals"}.chinese(
               "挤出比例"),
           displacement, 0);
}

namespace {

double due_a_year(const Treatment& t, const LeverState& lever) {
    switch (t.dose) {
        case Dose::budget:
            return firms_a_year(t.share * lever.given(Dose::budget), t.cost, 0, 0, 0);
        case Dose::persons:
            return firms_a_year(0, 1, lever.given(Dose::persons), 0, 0);
        case Dose::effort:
            return firms_a_year(0, 1, 0, lever.given(Dose::effort), t.most);
        default:
            return 0;  // read_config refuses other doses
    }
}

void treat(const Treatment& t, double uniform, State& s, sim::Index firm) {
    auto& f = s.firms;
    const Cell& cell = cell_of(s, firm);
    const double gain = gain_added(t.effect * s.policy.delivery[position_of(s, cell)], uniform, t.deadweight);
    switch (t.gain) {
        case Gain::efficiency:
            f.efficiency[firm] += gain;
            f.efficiency_change[firm] += gain;
            f.bought[firm] += gain;
            break;
        case Gain::search:
            f.search_gain[firm] += gain;
            break;
        case Gain::demand:
            f.promised[firm] += gain;
            s.policy.displaced[cell.industry] += t.displacement * (sim::exp(gain) - 1) * f.demand(firm);
            break;
    }
}

// Treats up to so many firms that were not treated before; how many there were.
double treat_some(const Config& c, sim::Draws draws, int step, State& s, std::size_t which, std::size_t firms) {
    const Treatment& t = c.components->of<Treatment>()[which];
    auto& f = s.firms;
    const auto bit = std::uint32_t{1} << which;
    std::uint32_t had = bit;  // or what shares its draws, which is the same to a firm
    for (std::size_t k = 0; t.has_twins && k < c.components->of<Treatment>().size(); ++k)
        if (c.components->of<Treatment>()[k].draw_key == t.draw_key) had |= std::uint32_t{1} << k;
    auto ranking = select_firms(c, draws, step, s, t, firms, {.treated = had});
    const auto stream = draws.at(streams::deadweight, 0);
    double treated = 0;
    while (!ranking.empty() && treated < static_cast<double>(firms)) {
        const sim::Index firm = ranking.take();
        f.treated[firm] = static_cast<double>(static_cast<std::uint32_t>(f.treated(firm)) | bit);
        treat(t, stream.uniforms(static_cast<std::uint64_t>(f.id(firm)), t.draw_key)[0], s, firm);
        auto& row = ledger_row(s, t.lever_index, firm);
        row.money += t.cost;
        pay_in_place(s, t.lever_index, cell_of(s, firm).place, t.cost, t.dose == Dose::budget ? 0.0 : t.cost);
        row.services += t.cost;
        row.persons += 1;
        treated += 1;
    }
    return treated;
}

// Programmes are held twice a year, so that they choose among all firms less often.
bool are_held(const Clock& clock, int step) {
    const int half = (clock.steps_per_year + 1) / 2;
    return clock.step_of_year(step) % half == 0;
}

}  // namespace

TreatmentState found(const Config&, const State&, const Treatment&) {
    return {};
}

void treat_firms(const Config& c, sim::Draws draws, int step, State& s) {
    for (std::size_t k = 0; k < c.components->of<Treatment>().size(); ++k) {
        const Treatment& t = c.components->of<Treatment>()[k];
        if (!t.on) continue;
        auto& lever = s.policy.levers[t.lever_index];
        double& due = s.policy.components->of<Treatment>()[k].due;
        const double more = due_a_year(t, lever) * s.clock.dt();
        due += more;
        const bool now = due >= 1 && are_held(s.clock, step);
        const double treated = now ? treat_some(c, draws, step, s, k, static_cast<std::size_t>(due)) : 0.0;
        due -= treated;
        if (t.dose == Dose::budget)
            lever.account.waiting += t.cost * (more - treated);
        else
            lever.account.beyond += t.cost * treated;
    }
}

}  // namespace growth
