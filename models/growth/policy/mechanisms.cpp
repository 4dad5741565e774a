#include "models/growth/policy/mechanisms.hpp"

#include "models/growth/config.hpp"
#include "models/growth/state.hpp"

template class sim::Held<growth::Components>;
template class sim::Held<growth::ComponentStates>;
