// A wish to stop that long work looks at on its way.
#pragma once

#include <atomic>
#include <exception>

namespace sim {

// What unfinished work throws when it is to stop: nothing is wrong, and what it would have made is not there.
struct Interrupted : std::exception {
    [[nodiscard]] const char* what() const noexcept override { return "interrupted"; }
};

class Stop {
public:
    Stop() = default;
    explicit Stop(const std::atomic<bool>* flag) : flag_(flag) {}

    [[nodiscard]] bool is_asked_for() const { return flag_ != nullptr && flag_->load(std::memory_order_relaxed); }
    // Throws Interrupted where it is asked for. To be called every few thousand agents at least.
    void look() const {
        if (is_asked_for()) throw Interrupted();
    }

private:
    const std::atomic<bool>* flag_ = nullptr;  // the caller of the run owns it
};

}  // namespace sim
