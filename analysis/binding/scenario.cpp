// Scenarios as objects whose values can be read and set.
#include <algorithm>
#include <utility>

#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/tuple.h>
#include <nanobind/stl/vector.h>
#include <nlohmann/json.hpp>

#include "analysis/binding/binding.hpp"
#include "apps/summary_tables.hpp"
#include "models/growth/measure/units.hpp"
#include "sim/scenario/reference.hpp"
#include "sim/scenario/write.hpp"
#include "study/description.hpp"
#include "study/layout.hpp"
#include "study/summary.hpp"

namespace nb = nanobind;
using namespace nb::literals;

namespace jiju::binding {

EditedScenario::EditedScenario(std::filesystem::path path, sim::Document document)
    : document_(std::make_shared<const sim::Document>(std::move(document))),
      firms_(firm_file_of(*document_)),
      opened_(read_scenario(std::move(path), *document_, firms_.get())) {}

EditedScenario::EditedScenario(std::filesystem::path path, sim::Document document, std::vector<sim::Override> settings,
                               FirmFile firms)
    : document_(std::make_shared<const sim::Document>(std::move(document))),
      settings_(std::move(settings)),
      firms_(std::move(firms)),
      opened_(read_scenario(std::move(path), changed(), firms_.get())) {}

EditedScenario EditedScenario::load(const std::string& name) {
    const auto path = find_scenario(name);
    return {path, sim::load(path, {}, scenario_search())};
}

EditedScenario EditedScenario::parse(const std::string& text, const std::string& name) {
    return {name, sim::parse(text, name)};
}

EditedScenario EditedScenario::restore(const std::string& text, const std::string& name,
                                       const std::vector<sim::Override>& settings, FirmFile firms) {
    return {name, sim::parse(text, name), settings, std::move(firms)};
}

FirmFile EditedScenario::firms_with(const sim::Document& document) const {
    return name_same_firms(changed(), document) ? firms_ : firm_file_of(document);
}

void EditedScenario::set(const std::vector<sim::Override>& more) {
    auto settings = settings_;
    for (const auto& setting : more) {
        std::erase_if(settings, [&](const sim::Override& each) { return each.key == setting.key; });
        settings.push_back(setting);
    }
    const auto document = document_->with(settings);
    auto firms = firms_with(document);
    auto opened = read_scenario(opened_.path, document, firms.get());
    opened.key = opened_.key;
    firms_ = std::move(firms);
    opened_ = std::move(opened);
    settings_ = std::move(settings);
}

Scenario EditedScenario::with(std::span<const sim::Override> more) const {
    if (more.empty()) return opened_;
    auto settings = settings_;
    settings.insert(settings.end(), more.begin(), more.end());
    const auto document = document_->with(settings);
    const auto firms = firms_with(document);
    auto scenario = read_scenario(opened_.path, document, firms.get());
    scenario.key = opened_.key;
    return scenario;
}

namespace {

using Given = std::tuple<std::string, std::string, std::string>;  // key, value as TOML, place for messages

std::vector<sim::Override> settings_of(const std::vector<Given>& given) {
    std::vector<sim::Override> settings;
    for (const auto& [key, toml, place] : given) settings.push_back({key, toml, place});
    return settings;
}

// The name and the bytes of a table of firms; none where there is none.
using NamedBytes = std::optional<std::tuple<std::string, nb::bytes>>;

NamedBytes named_bytes(const FirmFile& firms) {
    if (!firms) return std::nullopt;
    return std::tuple(firms->name, nb::bytes(firms->bytes.data(), firms->bytes.size()));
}

// What is asked without a scenario: tables of firms of results, shelves, units, the reference.
void bind_texts(nb::module_& module) {
    module.def(
        "firms_of_results",
        [](const std::string& toml, const std::string& results) {
            return named_bytes(required_firm_file(sim::parse(toml, "scenario_toml"), results));
        },
        "toml"_a, "results"_a);
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
    // For pages in the browser: what they show, and what describes scenarios to them, as JSON.
    module.def("page_outputs", [] { return std::vector<std::string>(page_outputs.begin(), page_outputs.end()); });
    module.def("page_columns", [] { return std::vector<std::string>(page_columns.begin(), page_columns.end()); });
    module.def(
        "described", [](const EditedScenario& scenario) { return dump(described(scenario.opened())); }, "scenario"_a);
    module.def(
        "described_together",
        [](const std::vector<const EditedScenario*>& arms) {
            std::vector<Scenario> opened;
            for (const auto* arm : arms) opened.push_back(arm->opened());
            return dump(described_together(side_by_side(std::move(opened))));
        },
        "arms"_a);
    module.def("reference", [] { return dump(sim::to_json(sim::entries<growth::Config>())); });
    module.def(
        "toml_of", [](const std::string& json) { return sim::inline_toml(nlohmann::ordered_json::parse(json)); },
        "json"_a);
}

}  // namespace

void bind_scenario(nb::module_& module) {
    using Setting = std::tuple<std::string, std::string>;
    nb::class_<EditedScenario>(module, "Scenario")
        .def_static("load", &EditedScenario::load, "name"_a)
        .def_static("parse", &EditedScenario::parse, "text"_a, "name"_a)
        .def_static(
            "restore",
            [](const std::string& text, const std::string& name, const std::vector<Given>& given,
               const NamedBytes& firms) {
                FirmFile table;
                if (firms) {
                    const auto& [file, bytes] = *firms;
                    table = firm_file_from(std::string(bytes.c_str(), bytes.size()), file);
                }
                return EditedScenario::restore(text, name, settings_of(given), std::move(table));
            },
            "text"_a, "name"_a, "settings"_a, "firms"_a.none())
        .def(
            "set", [](EditedScenario& scenario, const std::vector<Given>& given) { scenario.set(settings_of(given)); },
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
        .def("firms", [](const EditedScenario& scenario) { return named_bytes(scenario.firms()); })
        .def("toml", [](const EditedScenario& scenario) { return effective_scenario(scenario.opened().config); })
        .def("json", [](const EditedScenario& scenario) {
            const auto& config = scenario.opened().config;
            return dump(sim::to_json(config, config.uncertain));
        });
    bind_texts(module);
}

}  // namespace jiju::binding
