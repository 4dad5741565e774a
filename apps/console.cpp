// The only place that writes to the standard streams.
#include "apps/console.hpp"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <string>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "sim/describe/errors.hpp"
#include "sim/describe/translated.hpp"
#include "sim/output/causes.hpp"

namespace jiju {
namespace {

thread_local std::string* capture = nullptr;  // NOLINT: of each thread, and restored below

}  // namespace

std::string captured(const std::function<void()>& work) {
    std::string text;
    struct Restore {
        std::string* before;
        ~Restore() { capture = before; }
    } const restore{std::exchange(capture, &text)};
    work();
    return text;
}

void occupy_standard_streams() {
    int file = 0;
    do file = ::open("/dev/null", O_RDONLY);  // read-only, so that writing to what was closed still fails
    while (file >= 0 && file <= STDERR_FILENO);
    if (file >= 0) ::close(file);
}

void ignore_closed_pipes() {
    std::signal(SIGPIPE, SIG_IGN);
}

void print(std::string_view text) {
    if (capture != nullptr) {
        *capture += text;
        return;
    }
    const auto shown = with_visible_controls(text);
    if (std::fwrite(shown.data(), 1, shown.size(), stdout) == shown.size() && std::fflush(stdout) == 0) return;
    if (errno == EPIPE) throw NobodyReads();
    throw sim::FileError(sim::translated("standard output: ") + sim::cause_of(errno));
}

void report(std::string_view text) {
    paint(with_visible_controls(text));
}

void paint(std::string_view text) {
    std::fwrite(text.data(), 1, text.size(), stderr);
    std::fflush(stderr);
}

std::string with_visible_controls(std::string_view text) {
    std::string shown;
    shown.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const auto next = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0U;
        if ((byte < 0x20 && byte != '\n' && byte != '\t') || byte == 0x7F) {
            shown += fmt::format("\\x{:02X}", byte);
        } else if (byte == 0xC2 && next >= 0x80 && next < 0xA0) {  // U+0080 to U+009F
            shown += fmt::format("\\u{:04X}", next);
            ++i;
        } else {
            shown += text[i];
        }
    }
    return shown;
}

std::size_t terminal_width() {
    winsize size{};
    if (capture != nullptr) return 0;
    return ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

}  // namespace jiju
