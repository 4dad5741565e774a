// Drawn ten times a second at most, and not at all where the run is over within the first second.
#include "apps/progress.hpp"

#include <cmath>
#include <cstdlib>
#include <string>
#include <string_view>

#include <fmt/format.h>
#include <unistd.h>

#include "apps/console.hpp"
#include "sim/describe/translated.hpp"

namespace jiju {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t bar_width = 30;
constexpr auto before_first = 1s;
constexpr auto between = 100ms;
constexpr std::string_view clear_line = "\r\x1b[K";

bool is_terminal() {
    const char* kind = std::getenv("TERM");
    return ::isatty(STDERR_FILENO) != 0 && kind != nullptr && std::string_view(kind) != "dumb";
}

std::string time_text(double seconds) {
    const auto whole = std::lround(seconds);
    if (whole < 60) return fmt::format("{} s", whole);
    if (whole < 3600) return sim::translated("{} min {:02} s", whole / 60, whole % 60);
    return sim::translated("{} h {:02} min", whole / 3600, whole % 3600 / 60);
}

}  // namespace

ProgressBar::ProgressBar(std::size_t total, bool is_wanted)
    : total_(total), is_shown_(is_wanted && is_terminal()), due_(begun_ + before_first) {}

ProgressBar::~ProgressBar() {
    if (is_painted_) paint(clear_line);
}

void ProgressBar::show(std::size_t ended) {
    const auto now = Clock::now();
    if (!is_shown_ || now < due_) return;
    due_ = now + between;
    is_painted_ = true;
    const auto full = bar_width * ended / total_;
    const auto left = seconds() / static_cast<double>(ended) * static_cast<double>(total_ - ended);
    paint(sim::translated("{}[{:#<{}}{:.<{}}] {} of {}, {} left", clear_line, "", full, "", bar_width - full, ended,
                          total_, time_text(left)));
}

double ProgressBar::seconds() const {
    return std::chrono::duration<double>(Clock::now() - begun_).count();
}

}  // namespace jiju
