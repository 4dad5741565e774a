// The books: they balance after every step, and whoever tampers with them is caught by name.
#include <functional>

#include "models/growth/newborn.hpp"
#include "sim/describe/errors.hpp"
#include "tests/models/growth/support.hpp"

namespace {

using namespace growth;
using growth_tests::Replicate;

// Every instrument at work, so that no flow is left out.
const growth_tests::Settings everything = {
    {"levers.platforms.budget", "1"},    {"levers.overseas_talent.budget", "0.5"}, {"levers.attraction.budget", "0.5"},
    {"levers.special_fund.budget", "3"}, {"levers.venture_fund.budget", "2"},      {"levers.credit.volume", "20"},
    {"levers.tax.take_up", "0.5"},       {"levers.land_guarantee.share", "0.3"}};

TEST(Identities, HoldAfterEveryStep) {
    for (const auto& config : {growth_tests::flagship(), growth_tests::flagship(everything)})
        for (std::uint32_t replicate = 0; replicate < 4; ++replicate) {
            Replicate run(config, replicate);
            run.through(Growth::steps(config), [&](int step) {
                ASSERT_NO_THROW(check_books(run.world, run.state)) << "replicate " << replicate << ", step " << step;
            });
        }
}

TEST(Identities, HoldDuringTheBurnIn) {
    const auto config = growth_tests::flagship();
    const auto draws = growth_tests::draws_of(config, 0);
    const auto world = world_of(config, draws);
    State state = draw_population(world, draws);
    for (int t = 0; t < state.clock.first_step(); ++t) {
        step(world, draws, t, state);
        ASSERT_NO_THROW(check_books(world, state)) << "step " << t;
    }
}

class Tampering : public testing::Test {
protected:
    static void SetUpTestSuite() {
        run = new Replicate(growth_tests::flagship(everything), 1);
        run->through(6, [](int) {});
    }
    static void TearDownTestSuite() { delete run; }

    // What the check says of a state that somebody has changed; empty if it notices nothing.
    static std::string complaint(const std::function<void(State&)>& tamper) {
        State copy = run->state;
        tamper(copy);
        try {
            check_books(run->world, copy);
        } catch (const sim::InvariantError& error) {
            return error.what();
        }
        return {};
    }
    // A firm that is alive, in the largest cell.
    static sim::Index someone() {
        const Cell* largest = &run->state.cells.front();
        for (const Cell& cell : run->state.cells)
            if (cell.now.output > largest->now.output) largest = &cell;
        sim::Index found = -1;
        for_each_living(run->state, *largest, [&](sim::Index row) { found = row; });
        return found;
    }
    static inline Replicate* run = nullptr;
};

TEST_F(Tampering, NothingIsWrongWithoutIt) {
    EXPECT_EQ(complaint([](State&) {}), "");
}

TEST_F(Tampering, WithMoneyIsSeen) {
    const auto row = someone();
    EXPECT_TRUE(complaint([=](State& s) { s.firms.cash[row] += 1e-3; }).starts_with("cash of "));
    EXPECT_TRUE(complaint([=](State& s) { s.firms.debt[row] -= 1e-3; }).starts_with("debt of "));
    EXPECT_TRUE(complaint([=](State& s) { s.firms.payout[row] += 1e-3; }).starts_with("cash of "));
    EXPECT_TRUE(complaint([=](State& s) { s.firms.cash[row] = sim::not_a_number; }).starts_with("cash of "));
    // Two errors that cancel in the sum do not cancel here.
    EXPECT_TRUE(complaint([=](State& s) {
                    s.firms.cash[row] += 1e-3;
                    const auto& cell = cell_of(s, row);
                    sim::Index other = -1;
                    for_each_living(s, cell, [&](sim::Index i) {
                        if (i != row) other = i;
                    });
                    s.firms.cash[other] -= 1e-3;
                }).starts_with("cash of "));
}

TEST_F(Tampering, WithCapitalIsSeen) {
    const auto row = someone();
    EXPECT_TRUE(complaint([=](State& s) { s.firms.capital[row] *= 1.001; }).starts_with("capital of "));
    EXPECT_TRUE(complaint([=](State& s) { s.firms.completed[row] += 1e-3; }).starts_with("capital of "));
}

TEST_F(Tampering, WithSalesIsSeen) {
    const auto row = someone();
    const auto said = complaint([=](State& s) { s.firms.sales[row] *= 1.1; });
    EXPECT_TRUE(said.starts_with("sales beyond output of ")) << said;
}

TEST_F(Tampering, WithTheNumberOfFirmsIsSeen) {
    const auto row = someone();
    const auto added_up = [&](State& s, auto&& change) {
        std::vector<CellTotals> before;
        for (const Cell& cell : s.cells) before.push_back(cell.before);
        change();
        add_up(run->world, s);
        for (std::size_t i = 0; i < s.cells.size(); ++i) s.cells[i].before = before[i];
    };
    EXPECT_EQ(complaint([&](State& s) { added_up(s, [] {}); }), "");
    const auto erased = complaint([&](State& s) { added_up(s, [&] { vacate(s, cell_of(s, row), row); }); });
    EXPECT_TRUE(erased.starts_with("number of firms")) << erased;
    const auto uncounted = complaint([](State& s) { s.demography.entries[1] += 1; });
    EXPECT_TRUE(uncounted.starts_with("number of firms")) << uncounted;
}

TEST_F(Tampering, WithTheLedgerIsSeen) {
    const auto fund = lever_index<SpecialFund>();
    const auto more = complaint([=](State& s) { s.policy.ledger[fund].received += 1e-3; });
    EXPECT_EQ(more, "a lever paid out more than it was given");
    const auto leaked = complaint([=](State& s) { s.policy.ledger[fund].leaked += 1e-3; });
    EXPECT_EQ(leaked, "a lever paid out more than it was given");
    const auto less = complaint([=](State& s) { s.policy.ledger[fund].received -= 1e-3; });
    EXPECT_TRUE(less.starts_with("what levers paid and firms received")) << less;
}

TEST_F(Tampering, WithLandIsSeen) {
    EXPECT_EQ(complaint([](State& s) { s.policy.land_reserve[2] = -1; }), "more land was given than there is");
}

}  // namespace
