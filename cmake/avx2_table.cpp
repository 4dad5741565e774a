// The AVX2 copy's table: the same file under another name, since a source has one set of definitions.
#define JIJU_KERNEL jiju_kernel_avx2
#define JIJU_INSTRUCTION_SET "avx2"
#include "models/growth/kernel_table.cpp"
