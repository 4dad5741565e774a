// Columns and tables: reading, writing, padding, and nothing forgotten.
#include <cstdint>
#include <type_traits>
#include <utility>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "sim/math/elementary.hpp"
#include "sim/population/table.hpp"
#include "tests/sim/core/support.hpp"

namespace {

using namespace core_tests;
using sim::Column;
using sim::Ids;
using sim::Index;
using sim::Lanes;
using sim::Pack;

TEST(Column, StartsOnTheBoundaryOfTheWidestRegister) {
    for (const Index rows : {1, 7, 8, 9, 1000}) {
        Column column(rows);
        EXPECT_EQ(reinterpret_cast<std::uintptr_t>(&column[0]) % 64, 0U);
    }
}

TEST(Column, ReadsAndWritesByRowAndByPack) {
    Column column(11, 2.0);
    EXPECT_EQ(column.rows(), 11);
    for (Index row = 0; row < 11; ++row) EXPECT_EQ(column(row), 2.0);

    column[Index{3}] = 5.0;
    column[Index{3}] += 1.0;
    EXPECT_EQ(column(3), 6.0);
    const Lanes second{static_cast<Index>(Pack::size())};
    column[second] = pack_of([](std::size_t lane) { return lane; });
    column[second] += 10.0;
    column[second] -= Pack(2.0);
    column[second] *= 0.5;
    for (std::size_t lane = 0; lane < Pack::size(); ++lane) {
        const auto expected = (static_cast<double>(lane) + 8.0) / 2;
        EXPECT_EQ(column(second)[lane], expected);
        EXPECT_EQ(column(second.row + static_cast<Index>(lane)), expected);
    }
    // Copying a place would copy its address, not its values; it must not compile.
    static_assert(!std::is_copy_assignable_v<decltype(column[second])>);
    static_assert(!std::is_convertible_v<decltype(column[second]), Pack>);
}

TEST(Column, ResizeKeepsRowsAndFillsTheRest) {
    EXPECT_TRUE(rc::check("resize", [] {
        const auto before = *rc::gen::inRange<Index>(0, 40), after = *rc::gen::inRange<Index>(0, 40);
        Column column(before, -1.0);
        for (Index row = 0; row < before; ++row) column[row] = static_cast<double>(row);
        column.resize(after, 7.0);
        RC_ASSERT(column.rows() == after);
        for (Index row = 0; row < after; ++row)
            RC_ASSERT(column(row) == (row < before ? static_cast<double>(row) : 7.0));
        // Every row of the last pack can be read, and the padding holds the fill.
        sim::for_each_lanes({0, after}, [&](Lanes at) {
            const Pack values = column(at);
            for (std::size_t lane = 0; lane < Pack::size(); ++lane)
                if (at.row + static_cast<Index>(lane) >= after) RC_ASSERT(values[lane] == 7.0);
        });
    }));
}

TEST(Column, CopiesAreWholeWhateverTheyHeld) {
    EXPECT_TRUE(rc::check("copy", [] {
        const auto rows = *rc::gen::inRange<Index>(0, 40), other = *rc::gen::inRange<Index>(0, 40);
        Column column(rows, 3.0);
        for (Index row = 0; row < rows; ++row) column[row] = static_cast<double>(row);
        const Column fresh = column;
        Column used(other, -1.0);
        used = column;
        for (const Column* copy : {&fresh, &std::as_const(used)}) {
            RC_ASSERT(copy->rows() == rows);
            sim::for_each_lanes({0, rows}, [&](Lanes at) { RC_ASSERT(sim::all_of((*copy)(at) == column(at))); });
        }
    }));
}

TEST(Ids, ReadAsWords) {
    Ids ids(10);
    for (Index row = 0; row < 10; ++row) ids[row] = static_cast<std::uint64_t>(row) << 20;
    for (Index row = 0; row + static_cast<Index>(Pack::size()) <= 10; row += static_cast<Index>(Pack::size()))
        for (std::size_t lane = 0; lane < Pack::size(); ++lane)
            EXPECT_EQ(ids(Lanes{row})[lane], ids(row + static_cast<Index>(lane)));
}

// Four bytes a number, read and written as double: what is written comes back rounded to single precision, by row and
// by pack alike.
TEST(Floats, HoldNumbersRounded) {
    constexpr Index rows = 16;
    sim::Floats column(rows);
    const auto value = [](Index row) { return 0.1 + static_cast<double>(row) / 3; };
    for (Index row = 0; row < rows / 2; ++row) column[row] = value(row);
    sim::for_each_lanes({rows / 2, rows}, [&](Lanes at) {
        column[at] = Pack([&](auto lane) { return value(at.row + static_cast<Index>(lane)); });
    });
    for (Index row = 0; row < rows; ++row) EXPECT_EQ(column(row), static_cast<double>(static_cast<float>(value(row))));
    sim::for_each_lanes({0, rows}, [&](Lanes at) {
        for (std::size_t lane = 0; lane < Pack::size(); ++lane)
            EXPECT_EQ(column(at)[lane], column(at.row + static_cast<Index>(lane)));
    });
}

// The body of a phase, written once.
template <sim::Row R>
void grow(const Column& size, Column& next, R at) {
    using Value = sim::NumberAt<R>;
    const Value grown = size(at) * sim::exp(size(at) * 0.1);
    next[at] = sim::select(grown > 3.0, Value(3.0), grown);
    next[at] += 1.0;
}

TEST(Rows, OneBodyServesRowsAndPacks) {
    constexpr Index rows = 101;
    Column size(rows), by_row(rows), by_pack(rows);
    for (Index row = 0; row < rows; ++row) size[row] = 0.05 * static_cast<double>(row);
    sim::for_each_row({0, rows}, [&](Index at) { grow(size, by_row, at); });
    sim::for_each_lanes({0, rows}, [&](Lanes at) { grow(size, by_pack, at); });
    for (Index row = 0; row < rows; ++row) ASSERT_EQ(bits(by_row(row)), bits(by_pack(row))) << row;
    EXPECT_EQ(by_row(100), 4.0);
}

TEST(Rows, LanesCoverTheRangeOnce) {
    std::vector<int> visits(48);
    sim::for_each_lanes({8, 33}, [&](Lanes at) {
        for (std::size_t lane = 0; lane < Pack::size(); ++lane) ++visits[static_cast<std::size_t>(at.row) + lane];
    });
    // The last pack may reach beyond 33, never beyond 40.
    for (std::size_t row = 0; row < 33; ++row) EXPECT_EQ(visits[row], row < 8 ? 0 : 1) << row;
    for (std::size_t row = 40; row < 48; ++row) EXPECT_EQ(visits[row], 0) << row;
}

struct Walkers {
    Column place;
    Column speed;
    Ids id;

    static void describe(auto& self, auto&& member) {
        member(sim::Spec{.name = "place", .unit = "m", .text = "Where it is"}, self.place);
        member(sim::Spec{.name = "speed", .unit = "m s-1", .text = "How fast it goes"}, self.speed);
        member(sim::Spec{.name = "id", .text = "Who it is"}, self.id);
    }
};

struct Forgetful {
    Column place;
    Column speed;

    static void describe(auto& self, auto&& member) { member(sim::Spec{.name = "place", .text = "Where"}, self.place); }
};

TEST(Table, ActsOnEveryColumn) {
    Walkers walkers;
    sim::resize_columns(walkers, 5);
    EXPECT_EQ(walkers.place.rows(), 5);
    EXPECT_EQ(walkers.speed.rows(), 5);
    EXPECT_EQ(walkers.id.rows(), 5);
    walkers.place[1] = 3.5;
    walkers.speed[1] = -1.0;
    walkers.id[1] = 77;
    sim::copy_row(walkers, 1, 4);
    EXPECT_EQ(walkers.place(4), 3.5);
    EXPECT_EQ(walkers.speed(4), -1.0);
    EXPECT_EQ(walkers.id(4), 77U);
    EXPECT_EQ(walkers.id(3), 0U);
}

TEST(Table, NoticesAForgottenColumn) {
    EXPECT_EQ(sim::described_column_count<Walkers>(), 3U);
    EXPECT_TRUE(sim::all_columns_described<Walkers>());
    EXPECT_FALSE(sim::all_columns_described<Forgetful>());
}

}  // namespace
