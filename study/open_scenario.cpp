// A scenario with the table of firms that it names, which takes a reader of CSV files.
#include "study/firm_file.hpp"
#include "study/scenario.hpp"

namespace jiju {

Scenario open_scenario(const std::string& name, std::span<const sim::Override> overrides) {
    const auto path = find_scenario(name);
    const auto document = sim::load(path, overrides, scenario_search());
    const auto firms = firm_file_of(document);
    return read_scenario(path, document, firms.get());
}

}  // namespace jiju
