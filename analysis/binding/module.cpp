// Where Python enters: the module and its parts.
#include "analysis/binding/binding.hpp"
#include "analysis/binding/simulator.hpp"

NB_MODULE(_engine, module) {
    using namespace jiju::binding;
    module.doc() = "The engine as the package sees it; import jiju instead.";
    bind_errors();
    bind_scenario(module);
    bind_campaign(module);
    bind_commands(module);
    bind_simulator(module);
    bind_statistics(module);
}
