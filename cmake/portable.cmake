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
foreach(target IN ITEMS Eigen3::Eigen Boost::headers nlohmann_json::nlohmann_json PkgConfig::TOMLPLUSPLUS)
    add_library(${target} INTERFACE IMPORTED)
    target_include_directories(${target} SYSTEM INTERFACE ${headers})
    target_compile_definitions(${target} INTERFACE TOML_HEADER_ONLY=1)
endforeach()

# fmt compiled once, as its own src/format.cc does, which Debian does not ship: in every source it doubles the time.
file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/fmt.cpp @ONLY CONTENT [=[
#include <fmt/format-inl.h>
FMT_BEGIN_NAMESPACE
namespace detail {
template FMT_API auto dragonbox::to_decimal(float) noexcept -> dragonbox::decimal_fp<float>;
template FMT_API auto dragonbox::to_decimal(double) noexcept -> dragonbox::decimal_fp<double>;
template FMT_API locale_ref::locale_ref(const std::locale&);
template FMT_API auto locale_ref::get<std::locale>() const -> std::locale;
template FMT_API auto thousands_sep_impl(locale_ref) -> thousands_sep_result<char>;
template FMT_API auto decimal_point_impl(locale_ref) -> char;
template FMT_API void buffer<char>::append(const char*, const char*);
template FMT_API void vformat_to(buffer<char>&, string_view, basic_format_args<buffer_context<char>>, locale_ref);
}
FMT_END_NAMESPACE
]=])
add_library(portable_fmt STATIC ${PROJECT_BINARY_DIR}/fmt.cpp)
target_include_directories(portable_fmt SYSTEM PUBLIC ${headers})
add_library(fmt::fmt ALIAS portable_fmt)
