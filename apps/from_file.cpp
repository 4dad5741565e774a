#include "apps/from_file.hpp"

#include <fmt/format.h>

#include "sim/describe/errors.hpp"
#include "sim/scenario/document.hpp"

namespace jiju {

Study study_of(const sim::ResultsReader& reader) {
    Study study;
    study.factors = reader.factors();
    for (auto& arm : reader.scenarios()) {
        const auto where = fmt::format("scenario_toml of {}", arm.key);
        try {
            study.scenarios.push_back(
                {reader.path(), arm.key, growth::read_config(sim::parse(arm.toml, where)), std::move(arm.design)});
        } catch (const sim::ScenarioError& error) {
            throw sim::FileError(fmt::format("{}: its scenario is none that this program reads:\n{}",
                                             reader.path().string(), error.what()));
        }
    }
    if (study.scenarios.empty()) throw sim::FileError(reader.path().string() + ": holds no scenario");
    return study;
}

std::string stopping_rule_of(const sim::ResultsReader& reader) {
    return reader.has_attribute("stopping_rule") ? reader.text("stopping_rule") : std::string();
}

}  // namespace jiju
