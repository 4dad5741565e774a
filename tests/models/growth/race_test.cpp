// Races among firms: the short way to the best must lead to those whom scoring and sorting all of them would find.
#include "models/growth/policy/race.hpp"

#include <algorithm>

#include "models/growth/ranking.hpp"
#include "tests/models/growth/support.hpp"

namespace {

using namespace growth;

constexpr sim::Purpose purpose = sim::purpose("race test");

// Firms whose odds are e^(spread times a normal number) take part in a race, one in so many.
struct Candidates {
    growth_tests::Replicate run{growth_tests::flagship(), 1};
    sim::Stream stream = run.draws.at(purpose, 0);

    explicit Candidates(double spread) {
        auto& s = run.state;
        for (sim::Index row = 0; row < s.appeal.rows(); ++row)
            s.appeal[row] = std::exp(spread * stream.normals(s.firms.id(row), 1)[0]);
    }

    std::vector<sim::Index> by_race(std::size_t most, double share) {
        auto& s = run.state;
        auto ranking = race(s, s.appeal, most, [&](const Block& block, Shortlist& shortlist) {
            sim::for_each_lanes(block.rows, [&](sim::Lanes at) {
                const auto uniform = stream.uniforms(s.firms.id(at));
                const auto takes_part = s.firms.alive(at) > 0.0 && uniform[1] < share;
                shortlist.enter(takes_part && shortlist.may_enter(s.appeal(at), uniform[0]), at, uniform[0]);
            });
        });
        std::vector<sim::Index> rows;
        while (!ranking.empty()) rows.push_back(ranking.take());
        return rows;
    }

    std::vector<sim::Index> by_sorting(std::size_t most, double share) const {
        const auto& s = run.state;
        std::vector<Candidate> all;
        for (sim::Index row = 0; row < s.firms.id.rows(); ++row) {
            const auto uniform = stream.uniforms(s.firms.id(row));
            if (s.firms.alive(row) > 0 && uniform[1] < share)
                all.push_back({row, sim::log(s.appeal(row)) + sim::gumbel(uniform[0])});
        }
        std::ranges::sort(all, ranks_above);
        all.resize(std::min(most, all.size()));
        std::vector<sim::Index> rows;
        for (const auto& each : all) rows.push_back(each.row);
        return rows;
    }
};

// Whatever the odds: all alike, unlike, or so that a few outweigh all others; and however many take part, from all to
// nearly none.
TEST(Race, FindsTheBest) {
    for (const double spread : {0.0, 1.0, 12.0}) {
        Candidates candidates(spread);
        for (const double share : {1.0, 0.1, 0.002})
            for (const std::size_t most : {1, 2, 33, 400, 100'000})
                for (const bool many : {false, true}) {
                    candidates.run.state.many = many;
                    EXPECT_EQ(candidates.by_race(most, share), candidates.by_sorting(most, share))
                        << most << " of " << share << ", spread " << spread << (many ? ", by blocks" : "");
                }
    }
}

TEST(Race, WithoutAnybodyHasNoBest) {
    Candidates candidates(1.0);
    EXPECT_TRUE(candidates.by_race(5, 0.0).empty());
}

}  // namespace
