// in_order() on std::thread alone, every lock in sight: for ThreadSanitizer, which cannot see into oneTBB.
#pragma once

#include <algorithm>
#include <concepts>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace sim {

template <class Item>
std::size_t in_order_by_threads(std::size_t count, int threads, auto& produce, auto& consume, auto stopped) {
    const auto workers = static_cast<std::size_t>(std::max(threads, 1));
    const auto in_flight = std::max<std::size_t>(1, std::min(count, 2 * workers));
    std::vector<Item> ring(in_flight);
    std::vector<char> ready(in_flight, false);
    std::mutex mutex;
    std::condition_variable changed;
    std::size_t begun = 0;
    std::size_t consumed = 0;
    bool ended = false;  // nothing further is begun
    std::exception_ptr thrown;

    const auto guarded = [&](auto&& call) {
        try {
            call();
            return true;
        } catch (...) {
            const std::lock_guard lock(mutex);
            if (!thrown) thrown = std::current_exception();
            ended = true;
            changed.notify_all();
            return false;
        }
    };
    const auto work = [&] {
        for (std::unique_lock lock(mutex);;) {
            changed.wait(lock, [&] { return ended || begun == count || begun < consumed + in_flight; });
            ended = ended || begun == count || stopped(begun);
            if (ended || begun == count) break;
            const auto index = begun++;
            lock.unlock();
            const bool produced = guarded([&] { produce(index, ring[index % in_flight]); });
            lock.lock();
            ready[index % in_flight] = produced;
            changed.notify_all();
        }
        changed.notify_all();
    };
    std::vector<std::jthread> crew;
    for (std::size_t i = 0; i < workers; ++i) crew.emplace_back(work);

    for (std::unique_lock lock(mutex);;) {
        const auto none_left = [&] { return consumed == begun && (ended || begun == count); };
        changed.wait(lock, [&] { return thrown || ready[consumed % in_flight] || none_left(); });
        if (thrown || none_left()) break;
        lock.unlock();
        const bool taken = guarded([&] { consume(consumed, ring[consumed % in_flight]); });
        lock.lock();
        if (!taken) break;
        ready[consumed % in_flight] = false;
        ++consumed;
        changed.notify_all();
    }
    crew.clear();  // joins
    if (thrown) std::rethrow_exception(thrown);
    return consumed;
}

}  // namespace sim
