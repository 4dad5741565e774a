// The error of a request that makes no sense, from the command line, Python or a browser.
#pragma once

#include <stdexcept>

namespace jiju {

struct UsageError : std::runtime_error {
    using runtime_error::runtime_error;
};

}  // namespace jiju
