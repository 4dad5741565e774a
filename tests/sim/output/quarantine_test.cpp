// However the work ends, this process continues.
#include "sim/output/quarantine.hpp"

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <new>
#include <thread>
#include <vector>

#include <gtest/gtest.h>
#include <unistd.h>

#include "sim/describe/errors.hpp"

namespace {

constexpr sim::Quarantine roomy{10, 60, 1U << 30};

std::string expected(const std::function<std::string()>& work, const sim::Quarantine& limits = roomy) {
    try {
        return "returned " + sim::in_quarantine(limits, "subject", work);
    } catch (const sim::FileError& error) {
        return error.what();
    }
}

TEST(Quarantine, ReturnsWhatTheWorkDoes) {
    EXPECT_EQ(expected([] { return std::string(100'000, 'x'); }), "returned " + std::string(100'000, 'x'));
    EXPECT_EQ(expected([] { return std::string(); }), "returned ");
}

TEST(Quarantine, ThrowsWhatTheWorkDoes) {
    EXPECT_EQ(expected([]() -> std::string { throw sim::FileError("its own words"); }), "its own words");
}

TEST(Quarantine, SurvivesCrashes) {
    EXPECT_NE(expected([]() -> std::string { std::abort(); }).find("subject: was damaged: reading it crashes"),
              std::string::npos);
    EXPECT_NE(expected([]() -> std::string {
                  std::raise(SIGSEGV);
                  return "";
              }).find("crashes"),
              std::string::npos);
    EXPECT_NE(expected([]() -> std::string { ::_exit(0); }).find("crashes"), std::string::npos);
}

TEST(Quarantine, EndsWhatDoesNotEnd) {
    const sim::Quarantine short_time{1, 30, 1U << 30};
    EXPECT_NE(expected(
                  []() -> std::string {
                      for (std::atomic<int> i = 0;; ++i) continue;
                  },
                  short_time)
                  .find("does not come to an end"),
              std::string::npos);
    const sim::Quarantine short_wait{10, 0.2, 1U << 30};
    EXPECT_NE(expected(
                  []() -> std::string {
                      for (;;) ::pause();
                  },
                  short_wait)
                  .find("does not come to an end"),
              std::string::npos);
}

// The sanitizers of addresses and threads themselves take terabytes of addresses. gcc and clang tell of them in their
// own ways.
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define HAS_SHADOW_MEMORY
#endif
#elif defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define HAS_SHADOW_MEMORY
#endif
#if !defined(HAS_SHADOW_MEMORY)
TEST(Quarantine, GivesNoMoreMemoryThanAllowed) {
    const sim::Quarantine narrow{10, 60, 64U << 20};
    const auto greedy = [] {
        std::vector<char> much(std::size_t{1} << 30);
        return std::string(1, much[12345]);
    };
    EXPECT_NE(expected(greedy, narrow).find("more memory"), std::string::npos);
}
#endif

TEST(Quarantine, ServesSeveralThreadsAtOnce) {
    std::atomic<int> good = 0;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 8; ++i)
            threads.emplace_back(
                [&, i] { good += expected([i] { return std::to_string(i); }) == "returned " + std::to_string(i); });
    }
    EXPECT_EQ(good, 8);
}

}  // namespace
