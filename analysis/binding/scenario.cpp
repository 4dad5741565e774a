// Scenarios as objects whose values can be read and set.
#include <utility>

#include <nanobind/stl/string.h>
#include <nanobind/stl/tuple.h>
#include <nanobind/stl/vector.h>
#include <nlohmann/json.hpp>

#include "analysis/binding/binding.hpp"
#include "apps/layout.hpp"
#include "apps/summary.hpp"
#include "sim/scenario/reference.hpp"
#include "sim/scenario/write.hpp"

namespace nb = nanobind;
using namespace nb::literals;

namespace jiju::binding {

EditedScenario::EditedScenario(std::string source, bool is_text) : source_(std::move(source)), is_text_(is_text) {}

EditedScenario EditedScenario::load(const std::string& name) {
    EditedScenario scenario(name, false);
    scenario.opened_ = scenario.open({});
    // From here on the same file, wherever the process goes.
    scenario.source_ = std::filesystem::absolute(scenario.opened_.path).string();
    return scenario;
}

EditedScenario EditedScenario::parse(std::string text, const std::string& name) {
    EditedScenario scenario(std::move(text), true);
    scenario.name_ = name;
    scenario.opened_ = scenario.open({});
    return scenario;
}

Scenario EditedScenario::open(std::span<const sim::Override> settings) const {
    return is_text_ ? parse_scenario(source_, name_, settings) : open_scenario(source_, settings);
}

void EditedScenario::set(const sim::Override& setting) {
    auto settings = settings_;
    std::erase_if(settings, [&](const sim::Override& each) { return each.key == setting.key; });
    settings.push_back(setting);
    auto opened = open(settings);
    opened.key = opened_.key;
    opened_ = std::move(opened);
    settings_ = std::move(settings);
}

Scenario EditedScenario::with(std::span<const sim::Override> more) const {
    if (more.empty()) return opened_;
    auto settings = settings_;
    settings.insert(settings.end(), more.begin(), more.end());
    auto scenario = open(settings);
    scenario.key = opened_.key;
    return scenario;
}

void bind_scenario(nb::module_& module) {
    using Setting = std::tuple<std::string, std::string>;
    nb::class_<EditedScenario>(module, "Scenario")
        .def_static("load", &EditedScenario::load, "name"_a)
        .def_static("parse", &EditedScenario::parse, "text"_a, "name"_a)
        .def(
            "set",
            [](EditedScenario& scenario, const std::string& key, const std::string& toml, const std::string& place) {
                scenario.set({key, toml, place});
            },
            "key"_a, "toml"_a, "place"_a)
        .def("copy", [](const EditedScenario& scenario) { return EditedScenario(scenario); })
        .def_prop_ro("settings",
                     [](const EditedScenario& scenario) {
                         std::vector<Setting> settings;
                         for (const auto& [key, value, place] : scenario.settings()) settings.emplace_back(key, value);
                         return settings;
                     })
        .def_prop_rw(
            "key", [](const EditedScenario& scenario) { return scenario.opened().key; }, &EditedScenario::rename)
        .def_prop_ro("path", [](const EditedScenario& scenario) { return scenario.opened().path.string(); })
        .def("toml", [](const EditedScenario& scenario) { return effective_scenario(scenario.opened().config); })
        .def("json", [](const EditedScenario& scenario) {
            const auto& config = scenario.opened().config;
            return dump(sim::to_json(config, config.uncertain));
        });

    module.def(
        "add_shelf", [](const std::string& folder) { add_shelf(folder); }, "folder"_a);
    module.def("reference", [] { return dump(sim::to_json(sim::entries<growth::Config>())); });
    module.def(
        "toml_of", [](const std::string& json) { return sim::inline_toml(nlohmann::ordered_json::parse(json)); },
        "json"_a);
}

}  // namespace jiju::binding
