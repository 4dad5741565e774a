# The Chinese texts, from locale/zh.po into the program: msgfmt makes a .mo file of them, whose bytes become a source file.
#   cmake -D MSGFMT=… -D PO=… -D MO=… -D SOURCE=… -P cmake/catalogue.cmake      makes both;
#   include(cmake/catalogue.cmake)                                              adds them to the library jiju_commands.
if(CMAKE_SCRIPT_MODE_FILE)
    execute_process(COMMAND ${MSGFMT} --endianness=little --no-hash -o ${MO} ${PO} COMMAND_ERROR_IS_FATAL ANY)
    file(READ ${MO} bytes HEX)
    string(REGEX REPLACE "(................................)" "\\1\n    " bytes "${bytes}")
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
    file(WRITE ${SOURCE} "// Written by cmake/catalogue.cmake.
#include \"apps/language.hpp\"

namespace {
constexpr unsigned char bytes[] = {
    ${bytes}};
}  // namespace

std::string_view jiju::chinese_catalogue() {
    return {reinterpret_cast<const char*>(bytes), sizeof bytes};
}
")
    return()
endif()

find_program(MSGFMT msgfmt REQUIRED)  # Debian's package gettext
set(catalogue ${PROJECT_BINARY_DIR}/catalogue)
add_custom_command(
    OUTPUT ${catalogue}.cpp
    COMMAND ${CMAKE_COMMAND} -D MSGFMT=${MSGFMT} -D PO=${PROJECT_SOURCE_DIR}/locale/zh.po -D MO=${catalogue}.mo
            -D SOURCE=${catalogue}.cpp -P ${CMAKE_CURRENT_LIST_FILE}
    DEPENDS locale/zh.po ${CMAKE_CURRENT_LIST_FILE}
    VERBATIM)
target_sources(jiju_commands PRIVATE ${catalogue}.cpp)
