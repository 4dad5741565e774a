// A city of many firms: its blocks may be taken by any thread, and everyone who may enter is somebody of their own.
#include <set>

#include "models/growth/entry.hpp"
#include "models/growth/loops.hpp"
#include "tests/models/growth/support.hpp"

namespace growth_tests {
namespace {

using growth::Block;
using growth::Firms;

// So many firms that cells consist of several blocks and have more slots than fit the common scheme of ids.
Config large() {
    Config c = load("scenarios/shaoxing-2011/plan.toml");
    for (auto& industry : c.industries)
        for (double* each : {&industry.base_sales, &industry.above_scale_firms, &industry.fringe_firms}) *each *= 40;
    c.scenario.years = 1;
    c.scenario.burn_in_years = 1;
    c.parameters.entry.start_up_rate = 0.3;
    return c;
}

TEST(Blocks, CoverTheRowsOnce) {
    const Config c = large();
    const auto s = growth::draw_population(c, draws_of(c, 0));
    EXPECT_GT(s.blocks.size(), s.cells.size());
    sim::Index row = 0;
    for (const Block& block : s.blocks) {
        EXPECT_EQ(block.extent.begin, row);
        EXPECT_LE(block.extent.end - row, growth::block_rows);
        row = block.extent.end;
        EXPECT_LE(s.cells[block.cell].rows.begin, block.extent.begin);
        EXPECT_GE(s.cells[block.cell].capacity_end, block.extent.end);
    }
    EXPECT_EQ(row, s.firms.alive.rows());
}

TEST(Blocks, ThreadsChangeNoBit) {
    const Config c = large();
    Replicate alone(c, 0);
    Replicate shared = alone;
    alone.state.many = false;
    shared.state.many = true;
    Record record = Growth::blank(c), same = Growth::blank(c);
    for (int step = 0; step < 4; ++step) {
        Growth::step(c, alone.draws, step, alone.state);
        Growth::step(c, shared.draws, step, shared.state);
        Growth::check(c, shared.state);
        Growth::measure(c, step, alone.state, record);
        Growth::measure(c, step, shared.state, same);
    }
    EXPECT_EQ(bits_of(record), bits_of(same));
    std::vector<std::uint64_t> left, right;
    const auto copy = [](const Firms& firms, std::vector<std::uint64_t>& all) {
        Firms::describe(firms, [&](const sim::Spec&, const auto& column) {
            for (sim::Index row = 0; row < column.rows(); ++row) all.push_back(bits(static_cast<double>(column(row))));
        });
    };
    copy(alone.state.firms, left);
    copy(shared.state.firms, right);
    EXPECT_EQ(left, right);
}

TEST(Blocks, EveryEntrantIsSomebodyElse) {
    const Config c = large();
    Replicate run(c, 0);
    const auto most = [&] {
        int slots = 0;
        for (const auto& cell : run.state.cells) slots = std::max(slots, cell.slots[1]);
        return slots;
    };
    ASSERT_GT(most(), growth::common_slots);
    run.through(4, [&](int) {
        EXPECT_EQ(run.state.demography.refused, 0);
        std::set<std::uint64_t> ids;
        double firms = 0;
        for (const auto& cell : run.state.cells)
            growth::for_each_living(run.state, cell, [&](sim::Index row) {
                ids.insert(run.state.firms.id(row));
                EXPECT_LT(run.state.firms.id(row), std::uint64_t{1} << 32);
                firms += 1;
            });
        EXPECT_EQ(static_cast<double>(ids.size()), firms);
        EXPECT_GT(run.state.demography.entries[1], 0.01 * firms);  // as many as the rate says, however large the cells
    });
}

}  // namespace
}  // namespace growth_tests
