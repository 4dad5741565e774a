# A wheel around a compiled part that is there already, so that trying the wheel needs no second build.
add_custom_target(jiju_python)
file(GLOB engine CONFIGURE_DEPENDS ${JIJU_ENGINE}/_engine*.so ${JIJU_ENGINE}/_engine.pyi)
if(NOT engine)
    message(FATAL_ERROR "JIJU_ENGINE=${JIJU_ENGINE}: no _engine*.so there; build the target jiju_python first")
endif()
install(FILES ${engine} DESTINATION jiju COMPONENT python)
install(DIRECTORY scenarios DESTINATION jiju COMPONENT python)
install(FILES CITATION.cff DESTINATION jiju COMPONENT python)
