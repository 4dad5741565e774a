# The economics. Its numeric code is compiled once for every x86-64 and once more for each set of
# cmake/instruction_sets.cmake; models/growth/kernel.cpp chooses when the program starts.
add_layer(growth FOLDERS models/growth LINKS sim_scenario sim_record)
target_compile_definitions(growth PRIVATE JIJU_INSTRUCTION_SET=generic)
# Nearly every file of the model needs both; read once, they halve the time to build.
set(growth_common_headers ${PROJECT_SOURCE_DIR}/models/growth/config.hpp ${PROJECT_SOURCE_DIR}/models/growth/state.hpp)
target_precompile_headers(growth PRIVATE ${growth_common_headers})

# What reads, checks or describes a scenario, or is done once a run, needs no copy.
get_target_property(growth_numeric_sources growth SOURCES)
list(FILTER growth_numeric_sources EXCLUDE REGEX "/growth/parameters/")
list(FILTER growth_numeric_sources EXCLUDE REGEX
     "/(adding_up|axes|checks|comparability|component|config|drawn|figures|firm_(columns|rows|table)|general|kernel|labels|levers|mechanisms)\\.cpp$")
list(FILTER growth_numeric_sources EXCLUDE REGEX
     "/(panel|parameters|tables|target_checks|target_facts|units)\\.cpp$")

# A copy is linked into one object in which every name but its table is local: functions of the standard library that
# two copies instantiate cannot be mistaken for one another.
function(add_copy_of_growth set)
    set(copy growth_${set})
    set(object ${PROJECT_BINARY_DIR}/${copy}.o)
    add_library(${copy} OBJECT ${growth_numeric_sources})
    target_link_libraries(${copy} PRIVATE sim_scenario sim_record)
    target_include_directories(${copy} PRIVATE ${PROJECT_SOURCE_DIR})
    target_compile_definitions(${copy} PRIVATE JIJU_INSTRUCTION_SET=${set})
    target_compile_options(${copy} PRIVATE ${JIJU_OPTIONS_${set}} $<$<CXX_COMPILER_ID:GNU>:-fno-gnu-unique>)
    target_precompile_headers(${copy} PRIVATE ${growth_common_headers})
    add_custom_command(
        OUTPUT ${object}
        COMMAND ${CMAKE_LINKER} -r --force-group-allocation -o ${object}
                "$<FILTER:$<TARGET_OBJECTS:${copy}>,EXCLUDE,[.][gp]ch$>"
        COMMAND ${CMAKE_OBJCOPY} --keep-global-symbol=jiju_kernel_${set} ${object}
        DEPENDS ${copy} $<TARGET_OBJECTS:${copy}>
        COMMAND_EXPAND_LISTS
        COMMENT "Localising the ${set} copy of the model")
    set_source_files_properties(${object} PROPERTIES EXTERNAL_OBJECT ON GENERATED ON)
    target_sources(growth PRIVATE ${object})
endfunction()

if(NOT JIJU_PORTABLE)
    foreach(set IN LISTS JIJU_INSTRUCTION_SETS)
        add_copy_of_growth(${set})
        string(TOUPPER JIJU_HAS_${set} has)
        set_property(SOURCE models/growth/kernel.cpp APPEND PROPERTY COMPILE_DEFINITIONS ${has})
    endforeach()
endif()
