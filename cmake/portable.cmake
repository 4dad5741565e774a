# The engine below its files and the model, for targets that have no HDF5, OpenSSL, TBB or threads (tools/check_portable).
# What is left of the dependencies is headers, which are those of this machine even where the target is another. They are
# linked into a folder of their own, since what lies beside them belongs to this machine's C library.
set(JIJU_EXECUTOR serial)
set(headers ${PROJECT_BINARY_DIR}/headers)
file(MAKE_DIRECTORY ${headers})
foreach(library IN ITEMS boost fmt nlohmann toml++ Eigen)
    find_path(place_of_${library} ${library} PATH_SUFFIXES eigen3 REQUIRED NO_CMAKE_FIND_ROOT_PATH
              HINTS /usr/include /usr/local/include)
    file(CREATE_LINK ${place_of_${library}}/${library} ${headers}/${library} SYMBOLIC)
endforeach()
foreach(target IN ITEMS Eigen3::Eigen Boost::headers fmt::fmt nlohmann_json::nlohmann_json PkgConfig::TOMLPLUSPLUS)
    add_library(${target} INTERFACE IMPORTED)
    target_include_directories(${target} SYSTEM INTERFACE ${headers})
    target_compile_definitions(${target} INTERFACE FMT_HEADER_ONLY TOML_HEADER_ONLY=1)
endforeach()
