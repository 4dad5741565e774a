// Work on what may be harmful, done first in a process of its own: a crash, an endless loop or a hunger for memory ends
// that process and becomes an error here.
//
// The process is a copy of this one (fork) and not another program, since this code also lives in libraries that know
// no program to start. It may therefore use nothing whose locks another thread could have held at the moment of the
// copy: no thread pool, no stream, no interpreter. It ends without any clean-up.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "sim/describe/errors.hpp"

namespace sim {

// A file is not what was once written under its name.
struct DamagedError : FileError {
    using FileError::FileError;
};

struct Quarantine {
    double processor_seconds;
    double seconds;
    std::uintmax_t bytes;  // more than this process has now
};

// What `work` returns. FileError with its words where it throws; where it does not come to its end, DamagedError says
// how it ended. `subject` opens those messages.
[[nodiscard]] std::string in_quarantine(const Quarantine& limits, const std::string& subject,
                                        const std::function<std::string()>& work);

}  // namespace sim
