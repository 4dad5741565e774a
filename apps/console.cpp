// The only place that writes to the standard streams.
#include "apps/console.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string>

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "sim/describe/errors.hpp"

namespace jiju {

void occupy_standard_streams() {
    int file = 0;
    do file = ::open("/dev/null", O_RDONLY);  // read-only, so that writing to what was closed still fails
    while (file >= 0 && file <= STDERR_FILENO);
    if (file >= 0) ::close(file);
}

void print(std::string_view text) {
    if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0)
        throw sim::FileError(std::string("standard output: ") + std::strerror(errno));
}

void tell(std::string_view text) {
    std::fwrite(text.data(), 1, text.size(), stderr);
    std::fflush(stderr);
}

std::size_t terminal_width() {
    winsize size{};
    return ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

}  // namespace jiju
