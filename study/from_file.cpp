#include "study/from_file.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "sim/describe/errors.hpp"
#include "sim/describe/translated.hpp"
#include "sim/scenario/document.hpp"
#include "study/firm_file.hpp"

namespace jiju {

Study study_of(const sim::ResultsReader& reader) {
    Study study;
    study.factors = reader.factors();
    for (auto& arm : reader.scenarios()) {
        const auto where = sim::translated("scenario_toml of {}", arm.key);
        try {
            const auto document = sim::parse(arm.toml, where);
            const auto firms = firm_file_of_results(document, reader.path());
            study.scenarios.push_back(
                {reader.path(), arm.key, growth::read_config(document, firms.get()), std::move(arm.design)});
        } catch (const sim::ScenarioError& error) {
            throw sim::FileError(sim::translated("{}: its scenario is none that this program reads:\n{}",
                                                 reader.path().string(), error.what()));
        }
    }
    if (study.scenarios.empty()) throw sim::FileError(reader.path().string() + sim::translated(": holds no scenario"));
    return study;
}

std::string stopping_rule_of(const sim::ResultsReader& reader) {
    return reader.has_attribute("stopping_rule") ? reader.text("stopping_rule") : std::string();
}

AllSamples samples_of(const sim::ResultsReader& reader, const Study& study, std::size_t most) {
    constexpr std::size_t at_once = 10'000;  // replicates
    const auto targets = study.first().targets.size(), levers = study.first().levers.size();
    const auto numbers = reader.read_integers("replicate");
    const auto used = std::min(most, numbers.size());
    const auto status = reader.read_integers("replicate_status");
    const auto foreign = [&] {
        throw sim::FileError(reader.path().string() + sim::translated(": its targets are not those of its scenario"));
    };
    if (status.size() != numbers.size() * study.scenarios.size()) foreign();
    AllSamples samples{Configs(study.scenarios)};
    for (std::size_t scenario = 0; scenario < samples.size(); ++scenario)
        for (std::size_t first = 0; first < used; first += at_once) {
            const auto count = std::min(at_once, used - first);
            std::map<std::string_view, std::vector<double>> columns;
            std::map<std::string_view, std::size_t> widths;
            for (std::size_t k = 0; k < TargetValues::names.size(); ++k) {
                const auto name = TargetValues::names[k];
                widths[name] = k < TargetValues::of_targets ? targets : levers;
                auto& column = columns[name];
                if (widths[name] > 0) column = reader.read_rows(std::string(name), scenario, first, count);
                if (column.size() != count * widths[name]) foreign();
            }
            for (std::size_t i = 0; i < count; ++i) {
                if (status[scenario * numbers.size() + first + i] != 0) continue;
                samples[scenario].add(static_cast<std::size_t>(numbers[first + i]),
                                      TargetValues::of([&](std::string_view name) {
                                          return std::span(columns[name]).subspan(i * widths[name], widths[name]);
                                      }));
            }
        }
    for (const auto& failure : reader.failures())
        if (const auto at = std::find(numbers.begin(), numbers.end(), failure.replicate);
            at != numbers.end() && static_cast<std::size_t>(at - numbers.begin()) < used)
            samples[failure.scenario].add_failure(failure);
    return samples;
}

}  // namespace jiju
