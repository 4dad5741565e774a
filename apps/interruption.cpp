// A signal handler may touch little more than lock-free atomics and a few system calls, and so it does.
#include "apps/interruption.hpp"

#include <cerrno>
#include <cstring>

#include <fmt/format.h>

#include "sim/describe/translated.hpp"
#include "sim/output/new_file.hpp"

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

void end_tidily(int signal) {
    sim::NewFile::remove_all_temporaries();
    struct sigaction action {};
    action.sa_handler = SIG_DFL;
    ::sigaction(signal, &action, nullptr);
    ::raise(signal);  // arrives when the handler returns
}

void receive(int signal) {
    const int error = errno;
    if (received().any && signal == SIGINT) return end_tidily(signal);
    if (!received().any) received().signal = signal;
    received().any = true;
    errno = error;
}

// What came before is no wish to end this run; what comes from the first moment of the handler is.
auto from_now_on() -> void (*)(int) {
    received().any = false;
    received().signal = 0;
    return receive;
}

}  // namespace

Signals::Signals(void (*receive)(int)) {
    struct sigaction action {};
    action.sa_handler = receive;
    action.sa_flags = static_cast<int>(SA_RESTART);
    for (std::size_t i = 0; i < polite_signals.size(); ++i) {
        ::sigaction(polite_signals[i], nullptr, &before_[i]);
        // A user of nohup wants the program to continue.
        const bool ignored = polite_signals[i] != SIGINT && before_[i].sa_handler == SIG_IGN;
        if (!ignored) ::sigaction(polite_signals[i], &action, nullptr);
    }
}

Signals::~Signals() {
    for (std::size_t i = 0; i < polite_signals.size(); ++i) ::sigaction(polite_signals[i], &before_[i], nullptr);
}

Interruption::Interruption() : Signals(from_now_on()) {}

const std::atomic<bool>* Interruption::flag() {
    return &received().any;
}

int Interruption::signal() {
    return received().signal;
}

TidyEnd::TidyEnd() : Signals(end_tidily) {}

std::string name_of_signal(int signal) {
    const char* name = ::sigabbrev_np(signal);
    return name == nullptr ? sim::translated("signal {}", signal) : fmt::format("SIG{}", name);
}

}  // namespace jiju
