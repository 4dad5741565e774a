// A signal handler may touch little more than lock-free atomics, and so it does.
#include "apps/interruption.hpp"

#include <array>
#include <csignal>

namespace jiju {
namespace {

struct Received {
    std::atomic<bool> any{false};
    std::atomic<int> signal{0};
};
static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<int>::is_always_lock_free);

Received& received() {
    static constinit Received state;
    return state;
}

constexpr std::array signals{SIGINT, SIGTERM};

void receive(int signal) {
    received().signal = signal;
    received().any = true;
}

}  // namespace

Interruption::Interruption() {
    received().any = false;
    received().signal = 0;
    struct sigaction action {};
    action.sa_handler = receive;
    action.sa_flags = static_cast<int>(SA_RESETHAND | SA_RESTART);
    for (std::size_t i = 0; i < signals.size(); ++i) ::sigaction(signals[i], &action, &before_[i]);
}

Interruption::~Interruption() {
    for (std::size_t i = 0; i < signals.size(); ++i) ::sigaction(signals[i], &before_[i], nullptr);
}

const std::atomic<bool>* Interruption::flag() {
    return &received().any;
}

int Interruption::signal() {
    return received().signal;
}

}  // namespace jiju
