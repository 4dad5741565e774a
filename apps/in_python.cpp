#include "apps/in_python.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include <unistd.h>

#include "apps/commands.hpp"
#include "apps/console.hpp"
#include "apps/language.hpp"

namespace jiju {
namespace {

constexpr auto variable = "JIJU_PYTHON";

// What lies in the working folder is no module of ours, as for the console script. Whatever keeps the package from
// being imported has one remedy.
constexpr auto start = R"(
import sys
if sys.path[:1] == [""]:
    del sys.path[0]
try:
    from jiju.__main__ import main
except ImportError as error:
    sys.stderr.write(
        "jiju: error: '%s' is written in Python, and %s cannot import the package jiju: %s; install it there with "
        "'%s -m pip install FOLDER', the folder of Jiju's sources, or name a Python that has it by JIJU_PYTHON\n"
        % (sys.argv[1], sys.executable, error, sys.executable)
    )
    sys.exit(2)
sys.exit(main())
)";

// Returns only where that fails, with the reason.
int become(const std::string& python, const std::vector<std::string>& words) {
    std::vector<std::string> all{python, "-c", start};
    all.insert(all.end(), words.begin(), words.end());
    std::vector<char*> arguments;
    for (auto& word : all) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    ::execvp(python.c_str(), arguments.data());
    return errno;
}

}  // namespace

int carry_out_in_python(const std::vector<std::string>& words) {
    try {
        choose_language(words);
    } catch (const UsageError&) {  // English; who is started says what is wrong
        sim::set_language(sim::Language::en);
    }
    const char* named = std::getenv(variable);
    std::string python;
    int reason = ENOENT;
    if (named != nullptr && *named != '\0') {
        reason = become(python = named, words);
    } else {
#ifdef JIJU_PYTHON_OF_BUILD
        reason = become(python = JIJU_PYTHON_OF_BUILD, words);
#endif
        if (reason == ENOENT) reason = become(python = "python3", words);
    }
    report(sim::translated(
        "jiju: error: '{}' is written in Python, and {} cannot be started: {}; install Python 3.11 or later and "
        "in it the package jiju ('python3 -m pip install FOLDER', the folder of Jiju's sources), or name a "
        "Python that has it by {}\n",
        words.front(), python, std::strerror(reason), variable));
    return exit_code::refused;
}

}  // namespace jiju
