# Tells sim_output what it is built from and with (sim/output/provenance.hpp).
string(TOUPPER "${CMAKE_BUILD_TYPE}" build_type)
get_target_property(options jiju_flags INTERFACE_COMPILE_OPTIONS)
string(JOIN " " build_flags ${CMAKE_CXX_FLAGS} ${CMAKE_CXX_FLAGS_${build_type}} ${options})
string(STRIP "${build_flags}" build_flags)

set(revision_header ${PROJECT_BINARY_DIR}/generated/sim/output/revision.hpp)
add_custom_target(revision
    COMMAND ${CMAKE_COMMAND} -D source=${PROJECT_SOURCE_DIR} -D version=${PROJECT_VERSION}
            -D "compiler=${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION}" -D "flags=${build_flags}"
            -D template=${PROJECT_SOURCE_DIR}/cmake/revision.hpp.in -D target=${revision_header}
            -P ${PROJECT_SOURCE_DIR}/cmake/revision.cmake
    BYPRODUCTS ${revision_header}
    VERBATIM)
add_dependencies(sim_output revision)
target_include_directories(sim_output PRIVATE ${PROJECT_BINARY_DIR}/generated)
