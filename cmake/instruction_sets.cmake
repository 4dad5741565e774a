# What numeric code is compiled for besides every x86-64, narrowest first, and the options that ask for it. -mfma stands
# where Eigen insists on it; no text contracts into fused operations (docs/adr/0002).
set(all_instruction_sets)
if(CMAKE_SYSTEM_PROCESSOR STREQUAL "x86_64" AND CMAKE_BUILD_TYPE STREQUAL "Release" AND NOT JIJU_SANITIZE)
    list(APPEND all_instruction_sets avx2 avx512)
endif()
set(JIJU_INSTRUCTION_SETS "${all_instruction_sets}" CACHE STRING "Instruction sets that have a copy of the numeric code")
set(JIJU_OPTIONS_avx2 -mavx2 -mbmi -mbmi2)
set(JIJU_OPTIONS_avx512 ${JIJU_OPTIONS_avx2} -mfma -mavx512f -mavx512bw -mavx512cd -mavx512dq -mavx512vl)
