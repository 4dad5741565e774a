// What is kept from one request to the next changes no bit.
#include "study/simulator.hpp"

#include <bit>
#include <cstdint>

#include <gtest/gtest.h>

#include "study/arm.hpp"

namespace jiju {
namespace {

constexpr std::uint64_t seed = 7;
constexpr std::size_t much = std::size_t{1} << 30, nothing = 0;

std::vector<Scenario> arms(const std::vector<std::string>& changes) {
    const std::string shaoxing = JIJU_SOURCE_DIR "/scenarios/shaoxing-2011/";
    Arms opened;
    std::vector<std::string> shorter{"scenario.years=2", "scenario.burn_in_years=1"};
    auto base = opened.open({shaoxing + "status-quo.toml", std::nullopt, shorter});
    shorter.insert(shorter.end(), changes.begin(), changes.end());
    return {std::move(base), opened.open({shaoxing + "plan.toml", std::nullopt, shorter})};
}

std::vector<std::uint64_t> bits(std::span<const double> row) {
    std::vector<std::uint64_t> found;
    for (const double number : row) found.push_back(std::bit_cast<std::uint64_t>(number));
    return found;
}

// Of arms that were opened first of all, by one who keeps nothing.
std::vector<std::uint64_t> fresh(const std::vector<std::string>& changes, std::size_t arm, std::uint32_t replicate) {
    Simulator simulator(nothing);
    simulator.open(arms(changes), seed);
    return bits(simulator.row(arm, replicate));
}

TEST(Simulator, ALeverMovedStartsFromKeptStates) {
    const std::vector<std::string> moved{"levers.special_fund.budget.times=3"};
    Simulator simulator(much);
    simulator.open(arms({}), seed);
    const auto plan = bits(simulator.row(1, 1)), base = bits(simulator.row(0, 1));
    simulator.open(arms(moved), seed);
    EXPECT_EQ(bits(simulator.row(0, 1)), base);
    EXPECT_EQ(bits(simulator.row(1, 1)), fresh(moved, 1, 1));
    EXPECT_NE(bits(simulator.row(1, 1)), plan);
    simulator.open(arms({}), seed);
    EXPECT_EQ(bits(simulator.row(1, 1)), plan);
    EXPECT_EQ(plan, fresh({}, 1, 1));
}

TEST(Simulator, AnotherSeedIsNotTakenForTheSame) {
    Simulator simulator(much);
    simulator.open(arms({}), seed);
    static_cast<void>(simulator.row(1, 0));
    simulator.open(arms({}), seed + 1);
    const auto of_other_seed = bits(simulator.row(1, 0));
    simulator.open(arms({}), seed);
    EXPECT_NE(bits(simulator.row(1, 0)), of_other_seed);
}

TEST(Simulator, LittleRoomOnlyCostsTime) {
    Simulator simulator(std::size_t{4} << 20);
    for (const auto* times : {"1", "2", "3"}) {
        const std::vector<std::string> changes{std::string("levers.special_fund.budget.times=") + times};
        simulator.open(arms(changes), seed);
        for (std::uint32_t replicate = 0; replicate < 2; ++replicate)
            EXPECT_EQ(bits(simulator.row(1, replicate)), fresh(changes, 1, replicate));
    }
}

}  // namespace
}  // namespace jiju
