# The economics.
add_layer(growth FOLDERS models/growth LINKS sim_run)
