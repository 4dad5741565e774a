// A lever in one cluster acts through the couplings the model has and through nothing else: it redraws nobody's chance.
#include <algorithm>
#include <map>
#include <set>

#include "models/growth/cells.hpp"
#include "models/growth/loops.hpp"
#include "tests/models/growth/support.hpp"

namespace {

using namespace growth;
using growth_tests::flagship;
using growth_tests::Settings;

constexpr const char* home = "zhuji_metal_materials";  // industry: materials; place: zhuji

Settings with_fund(Settings settings) {
    settings.insert(settings.end(), {{"levers.special_fund.budget", "4"},
                                     {"levers.special_fund.eligible.clusters", "[\"zhuji_metal_materials\"]"}});
    return settings;
}

// What joins industries, beside what they buy of each other: the price of R&D staff, hosts of talents, takeovers,
// scarce titles, workers, of whom there are enough at one wage, and land, for which firms of the lever's industry queue
// with others at every place: there is enough for all.
Settings uncoupled() {
    Settings settings = {{"scenario.parameter_uncertainty", "false"}, {"parameters.talent.scarcity", "0"},
                         {"parameters.talent.arrivals", "0"},         {"parameters.talent.team_rate", "0"},
                         {"parameters.standing.national_rate", "0"},  {"parameters.exit.merger_rate", "0"},
                         {"parameters.labour_market.turnover", "2"},  {"parameters.labour_market.wage_response", "0"}};
    for (const auto& place : flagship().places) settings.push_back({"places." + place.key + ".land_supply", "100000"});
    return settings;
}

TEST(Locality, WithoutCouplingsOtherIndustriesDoNotNotice) {
    auto without = flagship(uncoupled()), with = flagship(with_fund(uncoupled()));
    for (auto* config : {&without, &with}) config->inputs.clear();
    const auto materials = without.industries.index_of("materials");
    const auto cluster = without.clusters.index_of(home);
    ASSERT_LT(cluster, without.clusters.size());
    for (const std::uint32_t replicate : {0u, 1u}) {
        const auto a = growth_tests::simulate(without, replicate), b = growth_tests::simulate(with, replicate);
        for (std::size_t member = 0; member < a.cells.members; ++member) {
            const auto x = a.cells.values_of(member), y = b.cells.values_of(member);
            for (std::size_t i = 0; i < x.size(); ++i) {
                const auto industry = i / cluster_count(without) % without.industries.size();
                if (industry == materials) continue;
                ASSERT_EQ(growth_tests::bits(x[i]), growth_tests::bits(y[i]))
                    << a.cells.specs()[member].name << " of " << without.industries[industry].key;
            }
        }
        const auto last = static_cast<std::size_t>(Growth::steps(without)) - 1;
        EXPECT_NE(a.cells.at(last, materials, cluster).output, b.cells.at(last, materials, cluster).output);
    }
}

struct Entrant {
    double born, origin, connection;
    std::size_t cell;
    bool operator==(const Entrant&) const = default;
};

// Every entrant that was ever seen alive outside the lever's own cluster.
std::map<std::uint64_t, Entrant> entrants(const Config& config, std::uint32_t replicate) {
    growth_tests::Replicate run(config, replicate);
    std::map<std::uint64_t, Entrant> seen;
    const auto own = config.clusters.index_of(home);
    run.through(Growth::steps(config), [&](int) {
        for (std::size_t i = 0; i < run.state.cells.size(); ++i) {
            const Cell& cell = run.state.cells[i];
            if (cell.cluster == own) continue;
            for_each_living(run.state, cell, [&](sim::Index row) {
                const auto& f = run.state.firms;
                if (f.origin(row) > 0) seen[f.id(row)] = {f.born(row), f.origin(row), f.connection(row), i};
            });
        }
    });
    return seen;
}

// With all couplings at work the same firms come, except for the few whose threshold the lever crossed.
TEST(Locality, TheSameEntrantsComeElsewhere) {
    const auto without = flagship(), with = flagship(with_fund({}));
    for (const std::uint32_t replicate : {0u, 1u}) {
        const auto a = entrants(without, replicate), b = entrants(with, replicate);
        ASSERT_GT(a.size(), 300);
        std::size_t only_one = 0;
        for (const auto& [id, entrant] : a) {
            const auto there = b.find(id);
            if (there == b.end())
                ++only_one;
            else
                EXPECT_EQ(there->second, entrant);
        }
        for (const auto& [id, entrant] : b) only_one += !a.contains(id);
        RecordProperty("marginal_" + std::to_string(replicate), std::to_string(only_one));
        EXPECT_LT(static_cast<double>(only_one), 0.05 * static_cast<double>(a.size()));
    }
}

}  // namespace
