#include "models/growth/standing.hpp"

#include <algorithm>

#include "models/growth/config.hpp"
#include "models/growth/exit.hpp"
#include "models/growth/state.hpp"
#include "models/growth/streams.hpp"

namespace growth {

namespace {

Tier tier_of(const Config& c, const State& s, sim::Index row, double age) {
    const auto& p = c.parameters.standing;
    const auto& f = s.firms;
    if (f.year_sales(row) >= p.leading_sales) return Tier::leading;
    if (f.origin(row) == static_cast<double>(Origin::grafted) && age < p.grafted_years) return Tier::grafted;
    if (f.mean_growth(row) >= p.growing_growth && f.year_sales(row) >= p.growing_min_sales) return Tier::growing;
    if (age < p.start_up_years && f.intensity(row) > 0) return Tier::start_up;
    return Tier::other;
}

void review(const Config& c, const State& s, const sim::Stream& stream, sim::Index row, double age, Firms& f) {
    const auto& p = c.parameters.standing;
    const auto luck = stream.uniforms(f.id(row));
    if (age >= 2 && f.last_sales(row) > 0 && f.year_sales(row) > 0) {  // two whole years
        const double growth = sim::log(f.year_sales(row) / f.last_sales(row));
        f.mean_growth[row] = 0.5 * (f.mean_growth(row) + growth);
    }
    f.tier[row] = static_cast<double>(tier_of(c, s, row, age));
    const double helped = f.deduction(row) > 0 ? c.levers.tax.recognition_factor : 1.0;
    if (f.high_tech(row) == 0 && f.intensity(row) >= p.high_tech_notch &&
        luck[0] < event_chance(p.high_tech_rate * helped, 1.0))
        f.high_tech[row] = 1;
    if (f.centre(row) < provincial_centre && f.research(row) >= p.centre_research &&
        luck[1] < event_chance(p.centre_rate, 1.0))
        f.centre[row] += 1;
}

// Scarce titles go to those whose luck is best, at most so many a year.
template <class Qualifies, class Award>
void award_scarce(State& s, const sim::Stream& stream, std::size_t luck, double chance, double quota,
                  Qualifies&& qualifies, Award&& award) {
    s.candidates.clear();
    for (const Cell& cell : s.cells)
        for_each_living(s, cell, [&](sim::Index row) {
            if (!qualifies(row)) return;
            const double draw = stream.uniforms(s.firms.id(row), 1)[luck];
            if (draw < chance) s.candidates.push_back({row, -draw});
        });
    std::sort(s.candidates.begin(), s.candidates.end(),
              [](const Candidate& a, const Candidate& b) { return a.score > b.score; });
    const auto most = std::min(s.candidates.size(), static_cast<std::size_t>(quota));
    for (std::size_t i = 0; i < most; ++i) award(s.candidates[i].row);
}

}  // namespace

void review_standing(const Config& c, sim::Draws draws, int step, State& s) {
    const auto& p = c.parameters.standing;
    const auto& talent = c.parameters.talent;
    const auto stream = draws.at(streams::status, static_cast<sim::Step>(step));
    const double end_of_year = s.clock.time(step) + s.clock.dt();
    auto& f = s.firms;
    for (const Cell& cell : s.cells)
        for_each_living(s, cell, [&](sim::Index row) { review(c, s, stream, row, end_of_year - f.born(row), f); });
    if (s.clock.in_burn_in(step)) return;

    award_scarce(
        s, stream, 0, event_chance(p.national_rate, 1.0), p.national_quota,
        [&](sim::Index row) { return f.centre(row) == provincial_centre && f.research(row) >= p.national_research; },
        [&](sim::Index row) { f.centre[row] = national_centre; });
    award_scarce(
        s, stream, 1, event_chance(talent.team_rate, 1.0), talent.team_quota,
        [&](sim::Index row) {
            const double staff = f.research(row) / staff_cost(c, s);
            return f.talents(row) >= 1 || (f.centre(row) >= city_centre && staff >= talent.team_staff);
        },
        [&](sim::Index row) {
            f.teams[row] += 1;
            s.city.teams += 1;
        });
}

}  // namespace growth
