# The part of study/ that a page in a browser has as well: scenarios found, read, described and laid side by side. What
# it links has neither results files, tables of firms nor threads, so that none of it can come to need them.
set(scenarios_sources)
foreach(name IN ITEMS arm catalogue characters common_axes description layout scenario scenarios)
    list(APPEND scenarios_sources ${PROJECT_SOURCE_DIR}/study/${name}.cpp)
endforeach()
add_library(jiju_scenarios STATIC ${scenarios_sources})
target_link_libraries(jiju_scenarios PUBLIC growth)
target_include_directories(jiju_scenarios PUBLIC ${PROJECT_SOURCE_DIR})
