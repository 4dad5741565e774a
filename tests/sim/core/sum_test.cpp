// Sums by row, by pack and by any pack width are one sum.
#include "sim/math/sum.hpp"

#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "sim/population/column.hpp"
#include "tests/sim/core/support.hpp"

namespace {

using namespace core_tests;
using sim::Index;
using sim::Lanes;
using sim::LaneSum;

// The definition, written down a second time: eight partial sums by row, then a tree.
double by_definition(const std::vector<double>& values) {
    std::array<double, 8> p{};
    for (std::size_t row = 0; row < values.size(); ++row) p[row % 8] += values[row];
    for (std::size_t half = 4; half > 0; half /= 2)
        for (std::size_t i = 0; i < half; ++i) p[i] += p[i + half];
    return p[0];
}

TEST(LaneSum, HandValues) {
    LaneSum sum;
    EXPECT_EQ(sum.total(), 0.0);
    for (Index row = 0; row < 10; ++row) sum.add(row, static_cast<double>(row));
    EXPECT_EQ(sum.total(), 45.0);
}

TEST(LaneSum, DoesNotDependOnLaneWidth) {
    EXPECT_TRUE(rc::check("rows, packs and the definition agree bit for bit", [] {
        const auto raw = *rc::gen::container<std::vector<int>>(rc::gen::inRange(-1'000'000'000, 1'000'000'000));
        const auto rows = static_cast<Index>(raw.size());
        std::vector<double> values;
        for (const int value : raw) values.push_back(value * 1e-7 + 1.0 / (1 + std::abs(value)));
        sim::Column column(rows, 1e9);  // padding that would show
        for (Index row = 0; row < rows; ++row) column[row] = values[static_cast<std::size_t>(row)];

        LaneSum by_row(rows), by_pack(rows);
        sim::for_each_row({0, rows}, [&](Index row) { by_row.add(row, column(row)); });
        sim::for_each_lanes({0, rows}, [&](Lanes at) { by_pack.add(at, column(at)); });
        RC_ASSERT(bits(by_row.total()) == bits(by_definition(values)));
        RC_ASSERT(bits(by_pack.total()) == bits(by_definition(values)));

        const auto doubled = sim::Pack(2.0);
        const auto terms = sim::sums_over({0, rows}, [&](Lanes at) {
            return std::array{column(at), column(at) * doubled};
        });
        RC_ASSERT(bits(terms[0]) == bits(by_definition(values)));
        RC_ASSERT(terms[1] == 2 * terms[0]);
    }));
}

TEST(LaneSum, CountsNothingBeyondTheEnd) {
    LaneSum sum(3);
    for (Index row = 0; row < 8; row += static_cast<Index>(sim::Pack::size())) sum.add(Lanes{row}, 1.0);
    sum.add(Index{3}, 1.0);
    EXPECT_EQ(sum.total(), 3.0);
}

}  // namespace
