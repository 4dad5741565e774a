// A bar with the time left, on standard error and only where a person sees it.
#pragma once

#include <chrono>
#include <cstddef>

namespace jiju {

class ProgressBar {
public:
    ProgressBar(std::size_t total, bool is_wanted);
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;
    ~ProgressBar();  // leaves an empty line behind

    void show(std::size_t ended);
    [[nodiscard]] double seconds() const;

private:
    using Clock = std::chrono::steady_clock;

    std::size_t total_;
    bool is_shown_;
    bool is_painted_ = false;
    Clock::time_point begun_ = Clock::now();
    Clock::time_point due_;
};

}  // namespace jiju
