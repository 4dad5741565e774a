// A step takes no memory: whatever it needs is there when the first begins.
#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <new>

#include "tests/models/growth/support.hpp"

namespace {

std::atomic<long> taken{0};

void* take(std::size_t bytes, std::size_t boundary) {
    ++taken;
    const std::size_t rounded = (bytes + boundary) / boundary * boundary;
    if (void* memory = std::aligned_alloc(boundary, rounded)) return memory;
    throw std::bad_alloc();
}

}  // namespace

void* operator new(std::size_t bytes) {
    return take(bytes, alignof(std::max_align_t));
}
void* operator new(std::size_t bytes, std::align_val_t boundary) {
    return take(bytes, static_cast<std::size_t>(boundary));
}
void operator delete(void* memory) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::align_val_t) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept {
    std::free(memory);
}

namespace growth_tests {
namespace {

TEST(Allocation, NoneInAStep) {
    const auto config = load("scenarios/shaoxing-2011/plan.toml");
    for (std::uint32_t replicate = 0; replicate < 3; ++replicate) {
        Replicate run(config, replicate);
        EXPECT_GT(taken, 0) << "nothing is counted";
        for (int step = 0; step < Growth::steps(config); ++step) {
            const long before = taken;
            growth::step(run.config, run.draws, run.state.clock.first_step() + step, run.state);
            const long after = taken;
            EXPECT_EQ(after, before) << "step " << step;
        }
    }
}

}  // namespace
}  // namespace growth_tests
