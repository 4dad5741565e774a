# The compiled part of the Python package, jiju._engine, and its type stub. In a checkout both are put beside the
# package's own files, where .venv finds them (tools/setup), and the program knows that Python; in a wheel
# (pyproject.toml) they are installed. From Python 3.12 on the compiled part keeps to what all later versions have (the
# stable ABI), so that one wheel serves them all.
if(NOT SKBUILD AND EXISTS ${PROJECT_SOURCE_DIR}/.venv/bin/python)
    set(Python_EXECUTABLE ${PROJECT_SOURCE_DIR}/.venv/bin/python)
endif()
find_package(Python 3.11 REQUIRED COMPONENTS Interpreter Development.Module
             OPTIONAL_COMPONENTS Development.SABIModule)
execute_process(COMMAND ${Python_EXECUTABLE} -m nanobind --cmake_dir
                OUTPUT_VARIABLE nanobind_ROOT OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
find_package(nanobind CONFIG REQUIRED NO_CMAKE_FIND_ROOT_PATH)  # sources, whatever they are compiled for

file(GLOB binding_sources CONFIGURE_DEPENDS analysis/binding/*.cpp)
nanobind_add_module(jiju_engine STABLE_ABI NOMINSIZE NB_SUPPRESS_WARNINGS ${binding_sources})
set_target_properties(jiju_engine PROPERTIES OUTPUT_NAME _engine)
target_link_libraries(jiju_engine PRIVATE jiju_commands)

if(SKBUILD)
    set(package_folder ${PROJECT_BINARY_DIR})
else()
    set(package_folder ${PROJECT_SOURCE_DIR}/analysis/jiju)
    set_target_properties(jiju_engine PROPERTIES LIBRARY_OUTPUT_DIRECTORY ${package_folder})
    set_source_files_properties(apps/in_python.cpp PROPERTIES COMPILE_DEFINITIONS
                                JIJU_PYTHON_OF_BUILD="${Python_EXECUTABLE}")
endif()
set(JIJU_STUB "" CACHE FILEPATH "The type stub as a build for this machine wrote it, where this one is for another")
if(JIJU_STUB)
    set(stub ${JIJU_STUB})
    add_custom_target(jiju_python DEPENDS jiju_engine)
else()
    set(stub ${package_folder}/_engine.pyi)
    nanobind_add_stub(jiju_engine_stub MODULE _engine OUTPUT ${stub}
                      PYTHON_PATH $<TARGET_FILE_DIR:jiju_engine> DEPENDS jiju_engine)
    add_custom_target(jiju_python DEPENDS jiju_engine jiju_engine_stub)
endif()

if(SKBUILD)
    install(TARGETS jiju_engine LIBRARY DESTINATION jiju COMPONENT python)
    install(FILES ${stub} DESTINATION jiju COMPONENT python)
    install(DIRECTORY scenarios DESTINATION jiju COMPONENT python)
    install(FILES CITATION.cff DESTINATION jiju COMPONENT python)
    # Where tools/build-web has made it.
    install(FILES ${PROJECT_SOURCE_DIR}/build/web/jiju.html DESTINATION jiju/browser COMPONENT python OPTIONAL)
endif()
