// The books: they balance after every step, and tampering is caught by name.
#include <functional>

#include "models/growth/cells.hpp"
#include "models/growth/loops.hpp"
#include "models/growth/measure/measure.hpp"
#include "models/growth/newborn.hpp"
#include "models/growth/totals.hpp"
#include "sim/describe/errors.hpp"
#include "tests/models/growth/support.hpp"

namespace {

using namespace growth;
using growth_tests::Replicate;

// Every instrument at work, so that no flow is left out.
Config everything() {
    return growth_tests::load("scenarios/shaoxing-2011/plan.toml");
}

TEST(Identities, HoldAfterEveryStep) {
    for (const auto& config : {growth_tests::flagship(), everything()})
        for (std::uint32_t replicate = 0; replicate < 4; ++replicate) {
            Replicate run(config, replicate);
            run.through(Growth::steps(config), [&](int step) {
                ASSERT_NO_THROW(check_books(run.config, run.state)) << "replicate " << replicate << ", step " << step;
            });
        }
}

TEST(Identities, HoldDuringTheBurnIn) {
    const auto config = growth_tests::flagship();
    const auto draws = growth_tests::draws_of(config, 0);
    const auto own = draw_config(config, draws);
    State state = draw_population(own, draws);
    for (int t = 0; t < state.clock.first_step(); ++t) {
        step(own, draws, t, state);
        ASSERT_NO_THROW(check_books(own, state)) << "step " << t;
    }
}

class Tampering : public testing::Test {
protected:
    static void SetUpTestSuite() {
        run = new Replicate(everything(), 1);
        run->through(6, [](int) {});
    }
    static void TearDownTestSuite() { delete run; }

    // What the check says of a state that somebody has changed; empty if it notices nothing.
    static std::string complaint(const std::function<void(State&)>& tamper) {
        State copy = run->state;
        tamper(copy);
        try {
            check_books(run->config, copy);
        } catch (const sim::InvariantError& error) {
            return error.what();
        }
        return {};
    }
    // A firm that is open, in the largest cell.
    static sim::Index someone() {
        const Cell* largest = &run->state.cells.front();
        for (const Cell& cell : run->state.cells)
            if (cell.now.output > largest->now.output) largest = &cell;
        sim::Index found = -1;
        for_each_living(run->state, *largest, [&](sim::Index row) {
            if (run->state.firms.founding(row) == 0 && run->state.firms.opened(row) == 0) found = row;
        });
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
        add_up(run->config, s);
        for (std::size_t i = 0; i < s.cells.size(); ++i) s.cells[i].before = before[i];
    };
    EXPECT_EQ(complaint([&](State& s) { added_up(s, [] {}); }), "");
    const auto erased = complaint([&](State& s) { added_up(s, [&] { vacate(s, cell_of(s, row), row); }); });
    EXPECT_TRUE(erased.starts_with("number of firms")) << erased;
    const auto uncounted = complaint([](State& s) { s.demography.entries[1] += 1; });
    EXPECT_TRUE(uncounted.starts_with("number of firms")) << uncounted;
}

// Who moves one number of a row breaks the row; who moves two, the budget; who moves three, the money of firms. Money
// of one place more is money of no row.
TEST_F(Tampering, WithTheLedgerIsSeen) {
    const auto fund = run->config.levers.index_of("special_fund");
    const auto said = [&](auto&& change) {
        return complaint([&](State& s) { change(s.policy.levers[fund].ledger[0], s.policy.levers[fund].account); });
    };
    const std::string row = "what special_fund paid and where it went", budget = "the budget of special_fund";
    for (double LedgerRow::*member :
         {&LedgerRow::money, &LedgerRow::joined, &LedgerRow::received, &LedgerRow::leaked, &LedgerRow::services})
        for (const double by : {1e-3, -1e-3}) {
            const auto text = said([&](LedgerRow& ledger, Account&) { ledger.*member += by; });
            EXPECT_TRUE(text.starts_with(row)) << text;
        }
    for (double Account::*member :
         {&Account::allotted, &Account::beyond, &Account::lapsed, &Account::waiting, &Account::was_waiting}) {
        const auto text = said([&](LedgerRow&, Account& account) { account.*member += 1e-3; });
        EXPECT_TRUE(text.starts_with(budget)) << text;
    }
    const auto from_nowhere = said([](LedgerRow& ledger, Account&) { ledger.money += 1e-3, ledger.services += 1e-3; });
    EXPECT_TRUE(from_nowhere.starts_with(budget)) << from_nowhere;
    const auto never_came = said([](LedgerRow& ledger, Account&) { ledger.received += 1e-3, ledger.leaked -= 1e-3; });
    EXPECT_TRUE(never_came.starts_with("what levers paid and firms received")) << never_came;
    // from one lever to another, each of which balances
    const auto booked_elsewhere = complaint([&](State& s) {
        s.policy.levers[fund].ledger[0].money += 1e-3, s.policy.levers[fund].ledger[0].services += 1e-3;
        s.policy.levers[fund + 1].ledger[0].money -= 1e-3, s.policy.levers[fund + 1].ledger[0].services -= 1e-3;
    });
    EXPECT_TRUE(booked_elsewhere.starts_with(budget)) << booked_elsewhere;
    EXPECT_TRUE(said([](LedgerRow& ledger, Account&) { ledger.money = sim::not_a_number; }).starts_with(row));
    const auto elsewhere = complaint([&](State& s) { s.policy.levers[fund].in_place.front().money += 1e-3; });
    EXPECT_TRUE(elsewhere.starts_with("what special_fund paid and in which places")) << elsewhere;
}

// What is below zero, infinite or no number is reported by its name, wherever it stands.
TEST_F(Tampering, WithAStockIsSeen) {
    const auto row = someone();
    const auto said = [&](sim::Column Firms::*column, double value) {
        return complaint([=](State& s) { (s.firms.*column)[row] = value; });
    };
    for (const auto& [column, name] :
         std::initializer_list<std::pair<sim::Column Firms::*, std::string>>{{&Firms::under_way, "capital under way"},
                                                                             {&Firms::order, "expansion"},
                                                                             {&Firms::labour, "labour"},
                                                                             {&Firms::land, "land"},
                                                                             {&Firms::demand, "demand"},
                                                                             {&Firms::knowledge, "R&D stock"},
                                                                             {&Firms::guaranteed, "guaranteed loans"},
                                                                             {&Firms::research, "R&D"}})
        EXPECT_TRUE(said(column, -1e-6).starts_with(name + " = -1e-06 of a firm of ")) << said(column, -1e-6);
    for (const auto& column : {&Firms::demand, &Firms::labour, &Firms::guaranteed, &Firms::under_way, &Firms::order,
                               &Firms::efficiency, &Firms::transitory, &Firms::research_fund, &Firms::patents_reported})
        for (const double value : {sim::infinity, -sim::infinity, sim::not_a_number})
            EXPECT_TRUE(said(column, value).ends_with(" is no such number")) << said(column, value);
    for (const auto& column : {&Firms::debt, &Firms::capital, &Firms::sales})
        EXPECT_NE(said(column, sim::not_a_number), "");
}

TEST_F(Tampering, WithADoseIsSeen) {
    const auto fund = run->config.levers.index_of("special_fund");
    const auto said = complaint([&](State& s) { s.policy.levers[fund].dose[0] = -1; });
    EXPECT_EQ(said, "a dose of special_fund below zero");
}

// What is recorded is checked against its own description.
TEST_F(Tampering, WithARecordIsSeen) {
    const auto config = growth_tests::flagship();
    auto record = growth_tests::simulate(config, 0);
    EXPECT_NO_THROW(check_record(config, record));
    const auto said = [&](auto&& tamper) -> std::string {
        auto copy = record;
        tamper(copy);
        try {
            check_record(config, copy);
        } catch (const sim::InvariantError& error) {
            return error.what();
        }
        return {};
    };
    const auto infinite = said([](Record& r) {
        auto seen = r.industries.at(3, 1);
        seen.research_reported = sim::infinity;
        r.industries.put(seen, 3, 1);
    });
    EXPECT_EQ(infinite, "output research_reported = inf in step 3, which it cannot be");
    const auto beyond = said([](Record& r) {
        auto seen = r.industries.at(5, 0);
        seen.concentration = 1.5;
        r.industries.put(seen, 5, 0);
    });
    EXPECT_EQ(beyond, "output concentration = 1.5 in step 5, which it cannot be");
    const auto missing = said([](Record& r) {
        auto seen = r.city.at(7);
        seen.teams = sim::not_a_number;
        r.city.put(seen, 7);
    });
    EXPECT_TRUE(missing.starts_with("output teams = ")) << missing;
}

TEST_F(Tampering, WithLandIsSeen) {
    EXPECT_EQ(complaint([](State& s) { s.land_reserve[2] = -1; }), "more land was given than there is");
}

}  // namespace
