# The economics.
add_layer(growth FOLDERS models/growth LINKS sim_run)
# Nearly every file of the model needs both; read once, they halve the time to build.
target_precompile_headers(growth PRIVATE ${PROJECT_SOURCE_DIR}/models/growth/config.hpp
                          ${PROJECT_SOURCE_DIR}/models/growth/state.hpp)
