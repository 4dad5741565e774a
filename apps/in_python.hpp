// Commands that are written in Python, asked of the program without it.
#pragma once

#include <string>
#include <vector>

namespace jiju {

// Python takes the place of this process, so that signals, output and exit code are its own. Returns where there is
// none, with an error and the exit code. Which Python: what the environment variable JIJU_PYTHON names, else that
// of the build, else the first python3 on PATH.
int carry_out_in_python(const std::vector<std::string>& words);

}  // namespace jiju
