#include "models/growth/standing.hpp"

#include "models/growth/cells.hpp"
#include "models/growth/config.hpp"
#include "models/growth/exit.hpp"
#include "models/growth/loops.hpp"
#include "models/growth/policy/effects.hpp"
#include "models/growth/ranking.hpp"
#include "models/growth/state.hpp"
#include "models/growth/streams.hpp"
#include "models/growth/talent.hpp"

namespace growth {

namespace {

sim::Pack tier_of(const StandingParameters& p, const Firms& f, sim::Lanes at, sim::Pack age) {
    const auto named = [](Tier tier) { return sim::Pack(static_cast<double>(tier)); };
    const auto sales = f.year_sales(at);
    auto tier = sim::select(age < p.start_up_years && f.intensity(at) > 0.0, named(Tier::start_up), named(Tier::other));
    tier =
        sim::select(f.mean_growth(at) >= p.growing_growth && sales >= p.growing_min_sales, named(Tier::growing), tier);
    const auto grafted = f.origin(at) == static_cast<double>(Origin::grafted) && age < p.grafted_years;
    tier = sim::select(grafted, named(Tier::grafted), tier);
    return sim::select(sales >= p.leading_sales, named(Tier::leading), tier);
}

void review(const Config& c, const sim::Stream& stream, double end_of_year, const Block& block, State& s) {
    const auto p = c.parameters.standing;
    const ByTier recognition = s.policy.effects.of(Channel::recognition, block.cell),
                 centres = s.policy.effects.of(Channel::centres, block.cell);
    auto& f = s.firms;
    const auto none = sim::Pack(0.0), one = sim::Pack(1.0);
    sim::for_each_lanes(block.rows, [&](sim::Lanes at) {
        const auto alive = f.alive(at) > 0.0;
        if (!sim::any_of(alive)) return;
        const auto age = end_of_year - f.born(at);
        const auto uniform = stream.uniforms(f.id(at), streams::open_to_all);
        const auto now = f.year_sales(at), last = f.last_sales(at);
        const auto two_years = alive && age >= 2.0 && last > 0.0 && now > 0.0;  // two whole years
        const auto growth = sim::log(sim::select(two_years, now / last, one));
        const auto mean = f.mean_growth(at);
        f.mean_growth[at] = sim::select(two_years, 0.5 * (mean + growth), mean);
        const auto tier = sim::select(alive, tier_of(p, f, at, age), none);
        f.tier[at] = tier;
        const auto chance = event_chance(p.high_tech_rate * recognition(tier), 1.0);
        const auto promoted = event_chance(p.centre_rate * centres(tier), 1.0);
        const auto recognised = alive && f.high_tech(at) == 0.0 &&
                                f.intensity(at) + f.relabelled(at) >= p.high_tech_notch && uniform[0] < chance;
        f.high_tech[at] = sim::select(recognised, one, f.high_tech(at));
        const auto raised =
            alive && f.centre(at) < provincial_centre && f.research(at) >= p.centre_research && uniform[1] < promoted;
        f.centre[at] += sim::select(raised, one, none);
    });
}

// Scarce titles go to those whose uniform number is best, at most so many a year.
template <class Qualifies, class Award>
void award_scarce(State& s, const sim::Stream& stream, std::size_t which, Channel channel, double rate, double quota,
                  Qualifies&& qualifies, Award&& award) {
    const auto draw = [&](sim::Lanes at) { return stream.uniforms(s.firms.id(at), streams::scarce)[which]; };
    auto ranking = rank_firms(
        s, [](std::size_t) { return true; },
        [&](const Cell& cell, sim::Lanes at) {
            const sim::Mask mask = s.firms.alive(at) > 0.0 && qualifies(at);
            if (!sim::any_of(mask)) return mask;
            const ByTier policy = s.policy.effects.of(channel, position_of(s, cell));
            return sim::Mask(mask && draw(at) < event_chance(rate * policy(s.firms.tier(at)), 1.0));
        },
        [&](const Cell& cell, sim::Lanes at) {  // a firm with more help needs a smaller number
            const ByTier policy = s.policy.effects.of(channel, position_of(s, cell));
            return -draw(at) / policy(s.firms.tier(at));
        });
    for (std::size_t most = static_cast<std::size_t>(quota); most > 0 && !ranking.empty(); --most)
        award(ranking.take());
}

}  // namespace

void review_standing(const Config& c, sim::Draws draws, int step, State& s) {
    const auto& p = c.parameters.standing;
    const auto& talent = c.parameters.talent;
    const double cost = staff_cost(c, s);
    const auto stream = draws.at(streams::status, static_cast<sim::Step>(step));
    const double end_of_year = s.clock.time(step) + s.clock.dt();
    auto& f = s.firms;
    for_each_block(s, [&](const Block& block) { review(c, stream, end_of_year, block, s); });

    award_scarce(
        s, stream, 0, Channel::national_centres, p.national_rate, p.national_quota,
        [&](sim::Lanes at) { return f.centre(at) == provincial_centre && f.research(at) >= p.national_research; },
        [&](sim::Index row) { f.centre[row] = national_centre; });
    award_scarce(
        s, stream, 1, Channel::teams, talent.team_rate, talent.team_quota,
        [&](sim::Lanes at) {
            return f.talents(at) >= 1.0 || (f.centre(at) >= city_centre && f.research(at) / cost >= talent.team_staff);
        },
        [&](sim::Index row) {
            f.teams[row] += 1;
            s.city.teams += 1;
        });
}

}  // namespace growth
