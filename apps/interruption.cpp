// A signal handler may touch little more than lock-free atomics, and so it does.
#include "apps/interruption.hpp"

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

void receive(int signal) {
    received().signal = signal;
    received().any = true;
}

void handle(void (*handler)(int)) {
    struct sigaction action {};
    action.sa_handler = handler;
    action.sa_flags = handler == SIG_DFL ? 0 : static_cast<int>(SA_RESETHAND | SA_RESTART);
    for (const int signal : {SIGINT, SIGTERM}) ::sigaction(signal, &action, nullptr);
}

}  // namespace

Interruption::Interruption() {
    received().any = false;
    received().signal = 0;
    handle(receive);
}

Interruption::~Interruption() {
    handle(SIG_DFL);
}

const std::atomic<bool>* Interruption::flag() {
    return &received().any;
}

int Interruption::signal() {
    return received().signal;
}

}  // namespace jiju
