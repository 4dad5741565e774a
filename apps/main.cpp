// The program without Python.
#include "apps/program.hpp"

int main(int argc, char** argv) {
    return jiju::run_program(argc, argv);
}
