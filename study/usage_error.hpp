// What was asked for makes no sense, whoever asked: the command line, Python or a browser.
#pragma once

#include <stdexcept>

namespace jiju {

struct UsageError : std::runtime_error {
    using runtime_error::runtime_error;
};

}  // namespace jiju
