# The economics. Its numeric code is compiled once for every x86-64 and once for processors with AVX2; models/growth/
# kernel.cpp chooses when the program starts.
add_layer(growth FOLDERS models/growth LINKS sim_run)
# Nearly every file of the model needs both; read once, they halve the time to build.
set(growth_common_headers ${PROJECT_SOURCE_DIR}/models/growth/config.hpp ${PROJECT_SOURCE_DIR}/models/growth/state.hpp)
target_precompile_headers(growth PRIVATE ${growth_common_headers})

set(kernel_table models/growth/kernel_table.cpp)
set_source_files_properties(${kernel_table} PROPERTIES COMPILE_DEFINITIONS
                            "JIJU_KERNEL=jiju_kernel_generic;JIJU_INSTRUCTION_SET=\"generic\"")

# The second copy is linked into one object in which every name but its table is local: functions of the standard
# library that both copies instantiate cannot be mistaken for one another.
if(CMAKE_SYSTEM_PROCESSOR STREQUAL "x86_64" AND CMAKE_BUILD_TYPE STREQUAL "Release" AND NOT JIJU_SANITIZE)
    get_target_property(numeric_sources growth SOURCES)
    list(FILTER numeric_sources EXCLUDE REGEX "/(comparability|config|kernel|kernel_table|panel)\\.cpp$")
    add_library(growth_avx2 OBJECT ${numeric_sources} cmake/avx2_table.cpp)
    target_link_libraries(growth_avx2 PRIVATE sim_run)
    target_include_directories(growth_avx2 PRIVATE ${PROJECT_SOURCE_DIR})
    target_compile_options(growth_avx2 PRIVATE -mavx2 -mbmi -mbmi2 $<$<CXX_COMPILER_ID:GNU>:-fno-gnu-unique>)
    target_precompile_headers(growth_avx2 PRIVATE ${growth_common_headers})
    set(avx2_object ${PROJECT_BINARY_DIR}/growth_avx2.o)
    add_custom_command(
        OUTPUT ${avx2_object}
        COMMAND ${CMAKE_LINKER} -r --force-group-allocation -o ${avx2_object}
                "$<FILTER:$<TARGET_OBJECTS:growth_avx2>,EXCLUDE,[.][gp]ch$>"
        COMMAND ${CMAKE_OBJCOPY} --keep-global-symbol=jiju_kernel_avx2 ${avx2_object}
        DEPENDS growth_avx2 $<TARGET_OBJECTS:growth_avx2>
        COMMAND_EXPAND_LISTS
        COMMENT "Localising the AVX2 copy of the model")
    set_source_files_properties(${avx2_object} PROPERTIES EXTERNAL_OBJECT ON GENERATED ON)
    target_sources(growth PRIVATE ${avx2_object})
    set_source_files_properties(models/growth/kernel.cpp PROPERTIES COMPILE_DEFINITIONS JIJU_HAS_AVX2)
endif()
