// Signals that ask a program to end, as a wish that a run can fulfil in good order.
#pragma once

#include <array>
#include <atomic>
#include <csignal>
#include <string>

namespace jiju {

// Ctrl-C, a closed terminal (not under nohup), kill and schedulers, a limit on processor time, and what schedulers send
// as a warning when they are asked to. SIGQUIT stays what it is: the wish for a core dump.
inline constexpr std::array polite_signals{SIGINT, SIGTERM, SIGHUP, SIGXCPU, SIGUSR1, SIGUSR2};

class Signals {
public:
    Signals(const Signals&) = delete;
    Signals& operator=(const Signals&) = delete;

protected:
    explicit Signals(void (*receive)(int));
    ~Signals();  // signals do again what they did before

private:
    std::array<struct sigaction, polite_signals.size()> before_{};
};

// While one lives, the first such signal raises its flag. A second Ctrl-C ends the program at once; the others may come
// twice by themselves (from the shell and the terminal, from a scheduler and its step), and change nothing more.
class Interruption : public Signals {
public:
    Interruption();

    [[nodiscard]] static const std::atomic<bool>* flag();
    [[nodiscard]] static int signal();  // 0 while none has come
};

// While one lives and no Interruption, such a signal ends the program at once, but takes away its temporary files.
class TidyEnd : public Signals {
public:
    TidyEnd();
};

[[nodiscard]] std::string name_of_signal(int signal);

}  // namespace jiju
