#include "models/growth/innovation.hpp"

#include "models/growth/config.hpp"
#include "models/growth/limits.hpp"
#include "models/growth/macro.hpp"
#include "models/growth/policy/effects.hpp"
#include "models/growth/policy/subsidies.hpp"
#include "models/growth/state.hpp"
#include "models/growth/streams.hpp"

namespace growth {

void research(const Config& c, int, State& s, const Block& block) {
    const double h = s.clock.dt();
    const double spent = 1 - sim::exp(-h / c.parameters.innovation.spending_years);
    const ByTier help = s.policy.effects.of(Channel::own_research, block.cell);
    const CostAnswer answer(c, s, Base::research, block.cell);
    const double decay = sim::exp(-c.parameters.innovation.knowledge_decay * h);
    auto& f = s.firms;

    sim::for_each_lanes(block.rows, [&](sim::Lanes at) {
        const auto sales = f.sales(at);
        const auto tier = f.tier(at);
        const auto refunded = sim::select(f.surplus(at) > 0.0, answer(tier, sales, f.id(at)), sim::Pack(1.0));
        const auto own = f.intensity(at) * sales * help(tier) * refunded;
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
    const auto effect = [&](Channel channel) { return s.policy.effects.of(channel, block.cell); };
    const ByTier imitation = effect(Channel::imitation), searching = effect(Channel::search),
                 absorption = effect(Channel::absorption), gain_high = effect(Channel::gain_high),
                 lead = effect(Channel::frontier);
    const double fading = 1 - sim::exp(-c.parameters.knowledge.policy_fade * h);
    const double team_gain = c.parameters.talent.team_gain;
    // R&D is mostly pay
    const double research_cost = s.city.research_cost * (s.city.wage / c.parameters.production.wage);
    const double frontier = s.industries[cell.industry].frontier;
    const double known = imitable(frontier, p.frontier_lead, p.frontier_reach);
    const double national_mean = frontier - p.frontier_lead;
    const auto chance = draws.at(streams::innovation, now), sizes = draws.at(streams::innovation_size, now);
    const auto shocks = draws.at(streams::efficiency, now);
    const Autoregression drift(p.persistence, p.volatility, h);
    const auto none = sim::Pack(0.0), one = sim::Pack(1.0);
    const double scale_unit = p.research_scale * p.scale_output;
    auto& f = s.firms;
    sim::for_each_lanes(block.rows, [&](sim::Lanes at) {
        const auto id = f.id(at);
        const auto efficiency = f.efficiency(at), transitory = f.transitory(at), research = f.research(at);
        const auto tier = f.tier(at), bought = f.bought(at), trained = f.search_gain(at);
        auto found = none, learnt = none;
        // Who does no R&D finds nothing; and few find something, so what it is worth is drawn for them alone.
        if (sim::any_of(research > 0.0)) {
            const auto uniform = chance.uniforms(id);
            const auto effort =
                search_effort(research, f.output(at) / p.scale_output, research_cost, scale_unit, p.scale_exponent);
            const auto skill = sim::any_of(trained != 0.0) ? sim::exp(trained) : one;
            const auto search =
                p.search_efficiency * (1 + team_gain * sim::min(f.teams(at), one)) * searching(tier) * skill;
            const auto absorbs = absorptive_capacity(f.intensity(at)) + absorption(tier);
            const auto harder = difficulty(efficiency - national_mean, p.difficulty);
            const auto inventions =
                sim::poisson_from(uniform[0], successes_expected(effort * (p.innovation_share * harder), search, h));
            const auto learning = effort * (1 - p.innovation_share) * absorbs * imitation(tier);
            const auto imitations = sim::poisson_from(uniform[1], successes_expected(learning, search, h));
            if (sim::any_of(inventions > 0.0)) {
                const auto size = sizes.uniforms(id);
                const auto quality = median_of_five(size[0], size[1], size[2], size[3], uniform[2]);
                found = inventions * innovation_gain(quality, p.gain_low, p.gain_high + gain_high(tier));
            }
            learnt = imitation_gain(efficiency, known + lead(tier), p.imitation_step, imitations);
        }
        const auto lost = fading * bought;  // (E46) for firms: what policy taught is forgotten
        const auto gain = found + learnt + p.learning * h - lost, next = drift(transitory, shocks.normals(id)[0]);
        f.bought[at] = bought - lost;
        f.search_gain[at] = (1 - fading) * trained;

        auto ability = sim::Pack(efficiency + gain);
        if (sim::any_of(sim::abs(ability - frontier) > limits::efficiency))
            ability = sim::clamp(ability, frontier - limits::efficiency, frontier + limits::efficiency);
        f.efficiency[at] = ability;
        f.efficiency_change[at] = gain + next - transitory;
        f.transitory[at] = next;
    });
}

void patent(const Config& c, sim::Draws draws, int step, State& s, const Block& block) {
    const auto p = c.parameters.innovation;
    const double h = s.clock.dt();
    const double wages = s.city.wage / c.parameters.production.wage;
    const auto stream = draws.at(streams::patents, static_cast<sim::Step>(step));
    const ByTier more = s.policy.effects.of(Channel::patents, block.cell),
                 reported = s.policy.effects.of(Channel::patents_reported, block.cell);
    auto& f = s.firms;

    sim::for_each_lanes(block.rows, [&](sim::Lanes at) {
        const auto research = f.research(at);
        if (!sim::any_of(research > 0.0)) return;
        const auto mean =
            expected_patents(research, p.patent_rate, p.patent_cost * wages, p.patent_exponent, h) * more(f.tier(at));
        const auto count = sim::poisson_from(stream.uniforms(f.id(at))[0], sim::min(mean, sim::Pack(200.0)));
        f.patents[at] += count;
        f.patents_reported[at] += count * p.patent_inflation * reported(f.tier(at));
    });
}

}  // namespace growth
