# The scenarios and the Chinese texts as a source file.
#   cmake -D SCENARIOS=… -D PO=… -D MSGFMT=… -D MO=… -D SOURCE=… -P embed.cmake
execute_process(COMMAND ${MSGFMT} --endianness=little --no-hash -o ${MO} ${PO} COMMAND_ERROR_IS_FATAL ANY)

# name the variable that is set to the bytes of a file, as the elements of an array
function(read_bytes name file)
    file(READ ${file} bytes HEX)
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
    set(${name} "${bytes}" PARENT_SCOPE)
endfunction()

set(arrays)
set(files)
set(number 0)
file(GLOB_RECURSE scenarios RELATIVE ${SCENARIOS} ${SCENARIOS}/*.toml ${SCENARIOS}/sentences.json)
list(SORT scenarios)
foreach(scenario IN LISTS scenarios)
    read_bytes(bytes ${SCENARIOS}/${scenario})
    string(APPEND arrays "constexpr unsigned char file_${number}[] = {${bytes}};\n")
    string(APPEND files "    EmbeddedFile{\"${scenario}\", text_of(file_${number})},\n")
    math(EXPR number "${number} + 1")
endforeach()
read_bytes(bytes ${MO})
file(WRITE ${SOURCE} "// Written by web/engine/embed.cmake.
#include \"web/engine/embedded.hpp\"

#include <cstddef>

namespace jiju::web {
namespace {

${arrays}constexpr unsigned char catalogue[] = {${bytes}};

template <std::size_t size>
std::string_view text_of(const unsigned char (&bytes)[size]) {
    return {reinterpret_cast<const char*>(bytes), size};
}

}  // namespace

std::span<const EmbeddedFile> embedded_scenarios() {
    static const EmbeddedFile files[] = {
${files}    };
    return files;
}

std::string_view embedded_catalogue() {
    return text_of(catalogue);
}

}  // namespace jiju::web
")
