// The same items in the same order for any number of threads and every executor.
#include "sim/parallel/pipeline.hpp"

#include <chrono>
#include <mutex>
#include <numeric>
#include <set>
#include <stdexcept>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "sim/parallel/by_threads.hpp"
#include "sim/parallel/serial.hpp"

namespace {

struct Chosen {
    template <class Item>
    static std::size_t run(std::size_t count, int threads, auto produce, auto consume,
                           const std::atomic<bool>* stop = nullptr, std::size_t group = 1) {
        return sim::in_order<Item>(
            count, threads, produce, consume, [stop] { return stop && *stop; }, group);
    }
};
struct Threads {
    template <class Item>
    static std::size_t run(std::size_t count, int threads, auto produce, auto consume,
                           const std::atomic<bool>* stop = nullptr, std::size_t group = 1) {
        return sim::in_order_by_threads<Item>(count, threads, produce, consume, [stop, group](std::size_t index) {
            return index % group == 0 && stop && *stop;
        });
    }
};

struct Serial {
    template <class Item>
    static std::size_t run(std::size_t count, int, auto produce, auto consume, const std::atomic<bool>* stop = nullptr,
                           std::size_t group = 1) {
        return sim::in_order_serially<Item>(
            count, produce, consume, [stop, group](std::size_t index) { return index % group == 0 && stop && *stop; });
    }
};

template <class Executor>
class InOrder : public testing::Test {};
using Executors = testing::Types<Chosen, Threads, Serial>;
TYPED_TEST_SUITE(InOrder, Executors);

void dawdle(std::size_t index) {
    std::this_thread::sleep_for(std::chrono::microseconds(index * 37 % 5 * 200));
}

TYPED_TEST(InOrder, KeepsTheOrderWhicheverIsSlow) {
    for (const int threads : {1, 2, 8}) {
        for (const std::size_t count : {0, 1, 7, 100}) {
            std::vector<std::size_t> seen;
            const auto consumed = TypeParam::template run<std::size_t>(
                count, threads,
                [](std::size_t index, std::size_t& item) {
                    dawdle(index);
                    item = index * index;
                },
                [&](std::size_t index, std::size_t& item) {
                    EXPECT_EQ(item, index * index);
                    seen.push_back(index);
                });
            std::vector<std::size_t> ascending(count);
            std::iota(ascending.begin(), ascending.end(), 0);
            EXPECT_EQ(seen, ascending);
            EXPECT_EQ(consumed, count);
        }
    }
}

TYPED_TEST(InOrder, UsesAFewItemsAgainAndAgain) {
    std::set<const void*> places;
    std::size_t used_before = 0;
    TypeParam::template run<std::vector<int>>(
        200, 4, [](std::size_t, std::vector<int>& item) { item.push_back(1); },
        [&](std::size_t, std::vector<int>& item) {
            places.insert(&item);
            used_before += item.size() - 1;
        });
    EXPECT_LE(places.size(), 8);
    EXPECT_GE(used_before, 200);
}

TYPED_TEST(InOrder, RunsAheadNoFurtherThanTheRing) {
    std::atomic<std::size_t> produced = 0;
    std::size_t ahead = 0;
    TypeParam::template run<int>(
        60, 4, [&](std::size_t, int&) { ++produced; },
        [&](std::size_t index, int&) {
            dawdle(index);
            ahead = std::max(ahead, produced - index);
        });
    EXPECT_LE(ahead, 8);
}

TYPED_TEST(InOrder, UsesAsManyThreadsAsAskedFor) {
    std::mutex mutex;
    std::set<std::thread::id> threads;
    TypeParam::template run<int>(
        100, 1,
        [&](std::size_t, int&) {
            const std::lock_guard lock(mutex);
            threads.insert(std::this_thread::get_id());
        },
        [](std::size_t, int&) {});
    EXPECT_EQ(threads.size(), 1);
    if constexpr (std::same_as<TypeParam, Serial>) return;
    std::atomic<int> present = 0;  // three at work at the same time, or this would wait for ever
    TypeParam::template run<int>(
        3, 3,
        [&](std::size_t, int&) {
            ++present;
            for (int i = 0; i < 5000 && present < 3; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(1));
        },
        [](std::size_t, int&) {});
    EXPECT_EQ(present, 3);
}

TYPED_TEST(InOrder, PassesOnWhatIsThrown) {
    const auto fine = [](std::size_t, int&) {};
    const auto bad = [](std::size_t index, int&) {
        if (index == 20) throw std::runtime_error("twenty");
    };
    std::size_t consumed = 0;
    const auto count = [&](std::size_t, int&) { ++consumed; };
    EXPECT_THROW(TypeParam::template run<int>(1000, 4, bad, count), std::runtime_error);
    EXPECT_LE(consumed, 20);
    EXPECT_THROW(TypeParam::template run<int>(1000, 4, fine, bad), std::runtime_error);
}

TYPED_TEST(InOrder, StopsWithTheWorkBegun) {
    std::atomic<bool> stop = false;
    std::atomic<std::size_t> produced = 0;
    std::size_t last = 0;
    const auto consumed = TypeParam::template run<int>(
        100'000, 4, [&](std::size_t, int&) { ++produced; },
        [&](std::size_t index, int&) {
            last = index;
            if (index == 10) stop = true;
        },
        &stop);
    EXPECT_GE(consumed, 11);
    EXPECT_LE(consumed, 11 + 8);
    EXPECT_EQ(consumed, produced);
    EXPECT_EQ(last + 1, consumed);
}

TYPED_TEST(InOrder, StopsOnlyBetweenGroups) {
    constexpr std::size_t group = 7;
    for (const int threads : {1, 2, 8})
        for (const std::size_t stopping : {0, 6, 8, 20}) {
            std::atomic<bool> stop = false;
            const auto consumed = TypeParam::template run<int>(
                100'000, threads, [](std::size_t, int&) {},
                [&](std::size_t index, int&) { stop = stop || index >= stopping; }, &stop, group);
            EXPECT_EQ(consumed % group, 0);
            EXPECT_GT(consumed, stopping);
            EXPECT_LE(consumed, stopping + 2 * static_cast<std::size_t>(threads) + 2 * group);
        }
}

}  // namespace
