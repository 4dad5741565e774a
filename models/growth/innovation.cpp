#include "models/growth/innovation.hpp"

#include "models/growth/config.hpp"
#include "models/growth/state.hpp"
#include "models/growth/streams.hpp"

namespace growth {

namespace {

double platform_of(const Cell& cell, const State& s) {
    return cell.cluster < s.clusters.size() ? s.clusters[cell.cluster].platforms : 0.0;
}

}  // namespace

void research(const Config& c, int, State& s, const Block& block) {
    const auto& lever = c.levers.special_fund;
    const double h = s.clock.dt();
    const double spent = 1 - sim::exp(-h / lever.spending_years);
    const double users = platform_of(s.cells[block.cell], s) > 0 ? c.levers.platforms.own_research_factor : 1.0;
    const double deduction = s.policy.research_deduction;
    const double decay = sim::exp(-c.parameters.innovation.knowledge_decay * h);
    const double large = lever.large_sales;
    auto& f = s.firms;

    sim::for_each_lanes(block.rows, [&](sim::Lanes at) {
        const auto sales = f.sales(at);
        const auto used = sim::select(sales < large, sim::Pack(users), sim::Pack(1.0));
        const auto own = f.intensity(at) * sales * used * (1 + (deduction - 1) * f.deduction(at));
        const auto granted = spent * f.research_fund(at);
        const auto research = sim::max(own + granted / h, sim::Pack(0.0));
        f.research_fund[at] = f.research_fund(at) - granted;
        f.research[at] = research;
        f.knowledge[at] = decay * f.knowledge(at) + research * h;
    });
}

void innovate(const Config& c, sim::Draws draws, int step, State& s, const Block& block) {
    const Cell& cell = s.cells[block.cell];
    const auto p = c.parameters.innovation;
    const auto now = static_cast<sim::Step>(step);
    const double h = s.clock.dt();
    const double governance = c.places[cell.place].governance, large = c.levers.special_fund.large_sales;
    const double imitation_factor =
        platform_of(cell, s) > 0 ? 1 + (c.levers.platforms.imitation_factor - 1) * governance : 1.0;
    const double team_gain = c.parameters.talent.team_gain;
    const double wages = s.city.wage / c.parameters.production.wage;  // R&D is mostly pay
    const double research_cost = s.city.research_cost * wages;
    const double best = cell.now.best_efficiency;
    const auto chance = draws.at(streams::innovation, now);
    const auto sizes = draws.at(streams::innovation_size, now);
    const auto shocks = draws.at(streams::efficiency, now);
    auto& f = s.firms;

    const auto none = sim::Pack(0.0);

    sim::for_each_lanes(block.rows, [&](sim::Lanes at) {
        const auto id = f.id(at);
        const auto efficiency = f.efficiency(at), transitory = f.transitory(at), research = f.research(at);
        auto found = none, learnt = none;
        // Who does no R&D finds nothing; and few find something, so what it is worth is drawn for them alone.
        if (sim::any_of(research > 0.0)) {
            const auto luck = chance.uniforms(id);
            const auto effort =
                search_effort(research, f.output(at), research_cost, p.research_scale, p.scale_exponent);
            const auto search = p.search_efficiency * (1 + team_gain * sim::min(f.teams(at), sim::Pack(1.0)));
            const auto absorbs = absorptive_capacity(f.intensity(at));
            const auto helped = sim::select(f.sales(at) < large, sim::Pack(imitation_factor), sim::Pack(1.0));
            const auto innovates = luck[0] < success_chance(effort * p.innovation_share, search, h);
            const auto imitates =
                luck[1] < success_chance(effort * (1 - p.innovation_share) * absorbs * helped, search, h);
            if (sim::any_of(innovates)) {
                const auto size = sizes.uniforms(id);
                const auto quality = median_of_five(size[0], size[1], size[2], size[3], luck[2]);
                found = sim::select(innovates, innovation_gain(quality, p.gain_low, p.gain_high), none);
            }
            learnt = sim::select(imitates, imitation_gain(efficiency, sim::Pack(best), p.imitation_step), none);
        }
        const auto gain = found + learnt + p.learning * h;

        const auto next = autoregressive(transitory, p.persistence, p.volatility, shocks.normals(id)[0], h);
        f.efficiency[at] = efficiency + gain;
        f.efficiency_change[at] = gain + next - transitory;
        f.transitory[at] = next;
    });
}

void patent(const Config& c, sim::Draws draws, int step, State& s, const Block& block) {
    const auto p = c.parameters.innovation;
    const double h = s.clock.dt();
    const double wages = s.city.wage / c.parameters.production.wage;
    const auto stream = draws.at(streams::patents, static_cast<sim::Step>(step));
    auto& f = s.firms;

    sim::for_each_lanes(block.rows, [&](sim::Lanes at) {
        const auto research = f.research(at);
        if (!sim::any_of(research > 0.0)) return;
        const auto mean = expected_patents(research, p.patent_rate, p.patent_cost * wages, p.patent_exponent, h);
        const auto count = sim::poisson_from(stream.uniforms(f.id(at))[0], sim::min(mean, sim::Pack(200.0)));
        f.patents[at] += count;
        f.patents_reported[at] += count * p.patent_inflation;
    });
}

}  // namespace growth
