// Ctrl-C and SIGTERM as a wish that a run can fulfil in good order.
#pragma once

#include <array>
#include <atomic>
#include <csignal>

namespace jiju {

// While one lives, the first such signal raises its flag; the second ends the program at once. Afterwards signals do
// what they did before.
class Interruption {
public:
    Interruption();
    Interruption(const Interruption&) = delete;
    Interruption& operator=(const Interruption&) = delete;
    ~Interruption();

    [[nodiscard]] static const std::atomic<bool>* flag();
    [[nodiscard]] static int signal();  // 0 while none has come

private:
    std::array<struct sigaction, 2> before_{};
};

}  // namespace jiju
