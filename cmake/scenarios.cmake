# The part of study/ that a page in a browser has as well: scenarios found, read, described, laid side by side and
# simulated one replicate after another. What it links has neither results files, tables of firms nor threads, so that
# none of it can come to need them.
set(scenarios_sources)
foreach(name IN ITEMS arm catalogue characters common_axes description layout scenario scenarios simulator)
    list(APPEND scenarios_sources ${PROJECT_SOURCE_DIR}/study/${name}.cpp)
endforeach()
add_library(jiju_scenarios STATIC ${scenarios_sources})
target_link_libraries(jiju_scenarios PUBLIC growth)
target_include_directories(jiju_scenarios PUBLIC ${PROJECT_SOURCE_DIR})
