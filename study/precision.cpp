#include "study/precision.hpp"

#include <charconv>
#include <regex>
#include <system_error>
#include <vector>

#include <fmt/format.h>

#include "sim/describe/translated.hpp"
#include "sim/scenario/names.hpp"
#include "sim/statistics/clusters.hpp"
#include "sim/statistics/stopping.hpp"
#include "study/usage_error.hpp"

namespace jiju {

Precision::Precision(const std::string& text, const growth::Config& config)
    : text_(text), has_shared_draws_(config.scenario.replicates_per_draw > 1) {
    static const std::regex form(R"((p|mean)\(([^)]+)\)\s*=\s*([0-9.eE+-]+)\s*@\s*([0-9.]+)\s*%)");
    std::smatch found;
    const auto refuse = [&](const std::string& why) {
        throw UsageError(sim::translated("--precision {}: {}", sim::in_quotes(text), why));
    };
    if (!std::regex_match(text, found, form))
        refuse(sim::translated("is no rule such as p(T1)=0.01@95% or mean(T1)=20@90%"));
    of_mean_ = found[1] == "mean";
    target_ = config.targets.index_of(found[2].str());
    if (target_ == config.targets.size()) {
        std::vector<std::string_view> keys;
        for (const auto& target : config.targets) keys.push_back(target.key);
        refuse(sim::translated("no target is called ") + sim::in_quotes(found[2].str()) +
               sim::suggestion(found[2].str(), keys, sim::translated("there are")));
    }
    const auto number = [&](const std::string& digits) {
        double value = 0;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        if (error != std::errc() || end != digits.data() + digits.size())
            refuse(sim::in_quotes(digits) + sim::translated(" is no number"));
        return value;
    };
    half_width_ = number(found[3].str());
    level_ = number(found[4].str()) / 100;
    if (!(half_width_ > 0)) refuse(sim::translated("the half width must be above 0"));
    if (has_shared_draws_) check_draws(config, refuse);
    if (!(level_ >= 0.5 && level_ < 1)) refuse(sim::translated("the level must lie between 50 and 100 %"));
}

void Precision::check_draws(const growth::Config& config, const Refuse& refuse) {
    const auto size = config.scenario.replicates_per_draw;
    const auto draws = (config.scenario.replicates + size - 1) / size;
    constexpr auto least = static_cast<std::int64_t>(sim::least_clusters);
    if (draws < least)
        refuse(sim::translated(
            "{} replicates, {} of a draw of the parameters, are {} draws at most; an error needs {}: give "
            "--replicates {} or more, or fewer --replicates-per-draw",
            config.scenario.replicates, size, draws, least, (least - 1) * size + 1));
}

bool Precision::is_reached(const AllSamples& samples) const {
    for (std::size_t i = 0; i < samples.size(); ++i) {
        if (of_mean_) {
            if (!sim::mean_is_precise(samples[i].interval_of_mean(target_, level_), half_width_)) return false;
            continue;
        }
        const auto [met, missed] = samples[i].outcomes(target_);
        const auto interval = samples[i].interval_of_probability(target_, level_);
        if (!sim::probability_is_precise(interval, half_width_, met, missed)) return false;
    }
    return true;
}

std::string Precision::text() const {
    const auto least = of_mean_ ? std::string()
                                : fmt::format(" and at least {} {} of either outcome", sim::least_outcomes,
                                              has_shared_draws_ ? "draws of the parameters" : "replicates");
    return fmt::format(
        "{}: half of the {} interval{} at most {}{} in every scenario, looked at after {} replicates and at "
        "numbers growing by a quarter",
        text_, of_mean_ ? "Student" : "Wilson", has_shared_draws_ ? " by draws of the parameters" : "", half_width_,
        least, sim::look_after(0));
}

}  // namespace jiju
