// Scenarios as objects whose values can be read and set.
#include <algorithm>
#include <utility>

#include <nanobind/stl/string.h>
#include <nanobind/stl/tuple.h>
#include <nanobind/stl/vector.h>
#include <nlohmann/json.hpp>

#include "analysis/binding/binding.hpp"
#include "apps/summary_tables.hpp"
#include "models/growth/measure/units.hpp"
#include "sim/scenario/reference.hpp"
#include "sim/scenario/write.hpp"
#include "study/layout.hpp"
#include "study/summary.hpp"

namespace nb = nanobind;
using namespace nb::literals;

namespace jiju::binding {

EditedScenario::EditedScenario(std::filesystem::path path, sim::Document document)
    : document_(std::make_shared<const sim::Document>(std::move(document))),
      opened_(read_scenario(std::move(path), *document_)) {}

EditedScenario EditedScenario::load(const std::string& name) {
    const auto path = find_scenario(name);
    return {path, sim::load(path, {}, scenario_search())};
}

EditedScenario EditedScenario::parse(const std::string& text, const std::string& name) {
    return {name, sim::parse(text, name)};
}

void EditedScenario::set(const std::vector<sim::Override>& more) {
    auto settings = settings_;
    for (const auto& setting : more) {
        std::erase_if(settings, [&](const sim::Override& each) { return each.key == setting.key; });
        settings.push_back(setting);
    }
    auto opened = read_scenario(opened_.path, document_->with(settings));
    opened.key = opened_.key;
    opened_ = std::move(opened);
    settings_ = std::move(settings);
}

Scenario EditedScenario::with(std::span<const sim::Override> more) const {
    if (more.empty()) return opened_;
    auto settings = settings_;
    settings.insert(settings.end(), more.begin(), more.end());
    auto scenario = read_scenario(opened_.path, document_->with(settings));
    scenario.key = opened_.key;
    return scenario;
}

void bind_scenario(nb::module_& module) {
    using Setting = std::tuple<std::string, std::string>;
    using Given = std::tuple<std::string, std::string, std::string>;  // key, value as TOML, place for messages
    nb::class_<EditedScenario>(module, "Scenario")
        .def_static("load", &EditedScenario::load, "name"_a)
        .def_static("parse", &EditedScenario::parse, "text"_a, "name"_a)
        .def(
            "set",
            [](EditedScenario& scenario, const std::vector<Given>& given) {
                std::vector<sim::Override> settings;
                for (const auto& [key, toml, place] : given) settings.push_back({key, toml, place});
                scenario.set(settings);
            },
            "settings"_a)
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
        .def("document", &EditedScenario::document)
        .def("toml", [](const EditedScenario& scenario) { return effective_scenario(scenario.opened().config); })
        .def("json", [](const EditedScenario& scenario) {
            const auto& config = scenario.opened().config;
            return dump(sim::to_json(config, config.uncertain));
        });

    module.def(
        "add_shelf", [](const std::string& folder) { add_shelf(folder); }, "folder"_a);
    module.def(
        "unit_in_chinese", [](const std::string& unit) { return growth::unit_in_chinese(unit); }, "unit"_a);
    module.def(
        "unit_in",
        [](const std::string& unit, const std::string& currency, double money, const std::string& area) {
            growth::Units units;
            units.currency = currency;
            units.money = money;
            const auto& words = sim::Words<growth::Area>::words;
            const auto found = std::ranges::find(words, area);
            if (found == words.end()) throw nb::value_error(("no unit of land: " + area).c_str());
            units.area = static_cast<growth::Area>(found - words.begin());
            return growth::unit_in(units, unit);
        },
        "unit"_a, "currency"_a, "money"_a, "area"_a);
    module.def("reference", [] { return dump(sim::to_json(sim::entries<growth::Config>())); });
    module.def(
        "toml_of", [](const std::string& json) { return sim::inline_toml(nlohmann::ordered_json::parse(json)); },
        "json"_a);
}

}  // namespace jiju::binding
