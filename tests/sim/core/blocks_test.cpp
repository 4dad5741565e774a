// Blocks: each once, whichever thread takes them, and what one throws arrives.
#include "sim/parallel/blocks.hpp"

#include <atomic>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

#include "sim/parallel/pipeline.hpp"

namespace {

TEST(Blocks, EachIsCalledOnce) {
    for (const bool parallel : {false, true})
        for (const std::size_t count : {0, 1, 7, 1000}) {
            std::vector<int> calls(count);
            sim::for_each_block(count, parallel, [&](std::size_t block) { ++calls[block]; });
            EXPECT_EQ(calls, std::vector<int>(count, 1));
        }
}

TEST(Blocks, WhatOneThrowsArrives) {
    for (const bool parallel : {false, true})
        EXPECT_THROW(sim::for_each_block(100, parallel,
                                         [](std::size_t block) {
                                             if (block == 50) throw std::runtime_error("50");
                                         }),
                     std::runtime_error);
}

// A thread that waits for the blocks of its item must not begin another item, whose end the first would wait for.
TEST(Blocks, RunWithinAPipeline) {
    std::vector<long> sums;
    thread_local bool busy = false;
    std::atomic<int> nested{0};
    sim::in_order<long>(
        50, 4,
        [&](std::size_t index, long& sum) {
            nested += busy;
            busy = true;
            std::vector<long> parts(100);
            sim::for_each_block(parts.size(), true, [&](std::size_t k) { parts[k] = static_cast<long>(index * k); });
            sum = 0;
            for (const long part : parts) sum += part;
            busy = false;
        },
        [&](std::size_t, long& sum) { sums.push_back(sum); }, [] { return false; });
    ASSERT_EQ(sums.size(), 50U);
    for (std::size_t index = 0; index < sums.size(); ++index) EXPECT_EQ(sums[index], static_cast<long>(index) * 4950);
    EXPECT_EQ(nested, 0);
}

}  // namespace
