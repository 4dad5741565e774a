#include "study/arm.hpp"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "sim/describe/errors.hpp"
#include "sim/describe/translated.hpp"
#include "sim/scenario/write.hpp"
#include "study/characters.hpp"
#include "study/layout.hpp"
#include "study/settings.hpp"

namespace jiju {
namespace {

constexpr std::size_t most_documents = 100, most_opened = 8;  // remembered

std::filesystem::path path_of(const Arm& arm) {
    return arm.text ? std::filesystem::path(arm.scenario) : find_scenario(arm.scenario);
}

void refuse_firms(const sim::Document& document, const growth::Config& config) {
    if (!growth::lacks_firms(config)) return;
    throw sim::ScenarioError(
        {{document.where("population.firms").text(),
          sim::translated("population.firms: there is no table of firms here; run this scenario with jiju")}});
}

}  // namespace

const sim::Document& Arms::document_of(const Arm& arm) {
    const std::pair key(arm.scenario, arm.text);
    if (const auto found = documents_.find(key); found != documents_.end()) return found->second;
    auto document = arm.text ? sim::load_text(*arm.text, path_of(arm), {}, scenario_search())
                             : sim::load(path_of(arm), {}, scenario_search());
    if (documents_.size() >= most_documents) documents_.clear();
    return documents_.emplace(key, std::move(document)).first->second;
}

Scenario Arms::read(const Arm& arm) {
    const auto document = document_of(arm).with(overrides_of(arm.set));
    const auto firms = firms_ != nullptr ? firms_(document) : nullptr;
    auto scenario = read_scenario(path_of(arm), document, firms.get());
    refuse_firms(document, scenario.config);
    return scenario;
}

Scenario Arms::open(const Arm& arm) {
    const auto found =
        std::find_if(opened_.begin(), opened_.end(), [&](const auto& opened) { return opened.first == arm; });
    if (found != opened_.end()) {
        opened_.splice(opened_.begin(), opened_, found);
    } else {
        opened_.emplace_front(arm, read(arm));
        if (opened_.size() > most_opened) opened_.pop_back();
    }
    return opened_.front().second;
}

std::string Arms::text_of(const Arm& arm) {
    auto effective = effective_scenario(open(arm).config);
    if (arm.text && arm.set.empty()) return *arm.text;
    const auto overrides = overrides_of(arm.set);
    if (arm.text) return document_of(arm).with(overrides).toml();
    auto text = fmt::format("extends = {}\n\n{}", sim::inline_toml(arm.scenario), sim::parse("", "", overrides).toml());
    // Changes that follow one another are not always one table.
    try {
        if (effective_scenario(open({"saved.toml", text, {}}).config) == effective) return text;
    } catch (const sim::ScenarioError&) {
    }
    return effective;
}

}  // namespace jiju
