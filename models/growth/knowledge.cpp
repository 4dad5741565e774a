#include "models/growth/knowledge.hpp"

#include "models/growth/by_field.hpp"
#include "models/growth/config.hpp"
#include "models/growth/innovation.hpp"
#include "models/growth/land.hpp"
#include "models/growth/policy/effects.hpp"
#include "models/growth/state.hpp"
#include "models/growth/supply_chain.hpp"

namespace growth {

void spill_over(const Config& c, int, State& s, const Block& block) {
    const Cell& cell = s.cells[block.cell];
    const auto p = c.parameters.knowledge;
    const double h = s.clock.dt();
    // in real terms: output at prices of the base year, R&D at the wages it pays
    const double value_added_change = log_change(cell.now.output, cell.before.output);
    const double knowledge_change =
        cell.now.knowledge > 0 ? log_change(cell.now.knowledge, cell.before.knowledge) - s.city.wage_change : 0.0;
    const double land_use =
        cell.now.land > 0 ? sim::min(cell.now.capital / (land_intensity(c, s, cell) * cell.now.land), 1.0) : 0.0;
    const double plants = h * c.parameters.entry.plant_spillover * sim::min(cell.attracted_share / 0.2, 1.0);
    const auto attracted = static_cast<double>(Origin::attracted);
    const double mean_support = cell.now.mean_support;
    const auto effect = [&](Channel channel) { return s.policy.effects.of(channel, block.cell); };
    const ByTier agglomeration = effect(Channel::agglomeration), spillover = effect(Channel::spillover),
                 upstream = effect(Channel::upstream), growth = effect(Channel::efficiency);
    const double elasticity = c.parameters.supply_chain.upstream_elasticity;
    const auto linked_growth = by_field(s, cell, &FieldState::linked_growth);
    auto& f = s.firms;

    sim::for_each_lanes(block.rows, [&](sim::Lanes at) {
        const auto incumbent = sim::select(f.origin(at) == attracted, sim::Pack(0.0), sim::Pack(1.0));
        const auto absorbs = absorptive_capacity(f.intensity(at));
        const Surroundings<sim::Pack> around{.absorptive = absorbs,
                                             .agglomeration = p.own_agglomeration * agglomeration(f.tier(at)),
                                             .spillover = p.spillover * spillover(f.tier(at)),
                                             .support = support_dose(f.support(at), f.sales(at), p.full_support),
                                             .value_added_change = value_added_change,
                                             .knowledge_change = knowledge_change,
                                             .land_use = land_use,
                                             .mean_support = mean_support};
        const auto gain = spillover_gain(p, around, h) +
                          upstream_gain(absorbs, elasticity * upstream(f.tier(at)), linked_growth(at)) +
                          incumbent * plants + h * growth(f.tier(at));
        f.efficiency[at] += gain;
        f.efficiency_change[at] += gain;
    });
}

}  // namespace growth
