// The program without Python, which hands on what is written in it.
#include <string>
#include <vector>

#include "apps/command_line.hpp"
#include "apps/in_python.hpp"
#include "apps/program.hpp"

int main(int argc, char** argv) {
    if (const auto words = jiju::words_for_python(std::vector<std::string>(argv + 1, argv + argc)))
        return jiju::carry_out_in_python(*words);
    return jiju::run_program(argc, argv);
}
