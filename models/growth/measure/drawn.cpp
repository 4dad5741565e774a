// The same numbers as draw_config draws, without a configuration for each draw.
#include "models/growth/measure/drawn.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <string_view>
#include <tuple>
#include <unordered_map>

#include "models/growth/measure/units.hpp"
#include "models/growth/policy/channels.hpp"
#include "models/growth/policy/mechanisms.hpp"
#include "models/growth/policy/responses.hpp"
#include "sim/math/elementary.hpp"
#include "sim/scenario/member.hpp"
#include "sim/scenario/names.hpp"
#include "sim/scenario/numbers.hpp"

namespace growth {

namespace {

bool draws(const Config& config) {
    return config.scenario.parameter_uncertainty;
}

// In the order of the scenarios, and in theirs.
std::vector<std::string> paths_of(const std::vector<const Config*>& scenarios) {
    std::vector<std::string> paths;
    std::set<std::string, std::less<>> seen;
    for (const auto* config : scenarios)
        if (draws(*config))
            for (const auto& value : config->uncertain)
                if (seen.insert(value.path).second) paths.push_back(value.path);
    return paths;
}

// The effect of a response has the unit and the bounds of its channel.
std::unordered_map<std::string, const ChannelFacts*> channels_of(const Config& config) {
    std::unordered_map<std::string, const ChannelFacts*> channels;
    for (const auto& row : config.components->of<Response>())
        channels[sim::join(sim::join("responses", row.key), "effect")] = &facts_of(row.channel);
    return channels;
}

DrawnNumber described(const Units& units, const ChannelFacts* channel, const std::string& path,
                      const sim::FoundNumber& number) {
    std::string name(number.spec.text), name_zh(number.spec.zh.empty() ? number.spec.text : number.spec.zh);
    if (number.row != nullptr) {
        if (const auto row = sim::text_of(*number.row, "name"); !row.empty()) name = row + ": " + name;
        if (const auto row = sim::text_of(*number.row, "name_zh"); !row.empty()) name_zh = row + "：" + name_zh;
    }
    return {path, name, name_zh, unit_in(units, channel != nullptr ? channel->unit : number.spec.unit)};
}

}  // namespace

bool DrawnNumbers::Source::operator==(const Source& other) const {
    const auto of = [](const Source& s) { return std::tuple(s.value, s.lower, s.upper, s.is_there); };
    return of(*this) == of(other) && sim::alike(uncertain, other.uncertain);
}

DrawnNumbers::DrawnNumbers(const std::vector<const Config*>& scenarios)
    : seed_(static_cast<std::uint64_t>(scenarios.at(0)->scenario.seed)) {
    std::vector<DrawnNumber> numbers;
    const auto sources = sources_of(scenarios, numbers);
    own_sources_.resize(scenarios.size());
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        const auto& first = sources[0][i];
        const bool is_shared =
            std::all_of(sources.begin(), sources.end(), [&](const auto& each) { return each[i] == first; });
        (is_shared ? shared_ : own_).push_back(numbers[i]);
        if (is_shared) {
            shared_sources_.push_back(first);
            continue;
        }
        for (std::size_t scenario = 0; scenario < scenarios.size(); ++scenario)
            own_sources_[scenario].push_back(sources[scenario][i]);
    }
}

std::vector<std::vector<DrawnNumbers::Source>> DrawnNumbers::sources_of(const std::vector<const Config*>& scenarios,
                                                                        std::vector<DrawnNumber>& numbers) const {
    const auto paths = paths_of(scenarios);
    const std::vector<std::string_view> views(paths.begin(), paths.end());
    numbers.resize(paths.size());
    std::vector<std::vector<Source>> sources;
    std::map<std::string_view, std::size_t> places;
    for (std::size_t i = 0; i < paths.size(); ++i) places[paths[i]] = i;
    for (const auto* scenario : scenarios) {
        auto& found = sources.emplace_back(paths.size());
        Config config = *scenario;  // described members are visited as if they were to be written to
        const auto moved = channels_of(config);
        sim::visit_numbers(sim::table_of(config), views, [&](const sim::FoundNumber& number) {
            const auto& path = paths[number.index];
            const auto found_channel = moved.find(path);
            const auto* channel = found_channel == moved.end() ? nullptr : found_channel->second;
            const Bounds bounds = channel != nullptr ? channel->effect : Bounds{number.spec.lower, number.spec.upper};
            found[number.index] = {{},
                                   number.value,
                                   sim::max(number.spec.lower, bounds.least),
                                   sim::min(number.spec.upper, bounds.most),
                                   true};
            if (numbers[number.index].path.empty())
                numbers[number.index] = described(scenario->units, channel, path, number);
        });
        if (!draws(config)) continue;
        for (const auto& value : config.uncertain) found[places.at(value.path)].uncertain = value;
    }
    return sources;
}

double DrawnNumbers::value_of(const Source& source, std::size_t draw) const {
    if (!source.is_there) return std::numeric_limits<double>::quiet_NaN();
    if (source.uncertain.prior.shape == sim::Prior::Shape::none) return source.value;
    sim::Spec bounds;
    bounds.lower = source.lower;
    bounds.upper = source.upper;
    const double z = sim::normal_of(source.uncertain, normals_of(seed_, draw));
    return sim::drawn(source.uncertain, bounds, source.value, z);
}

void DrawnNumbers::append_shared(std::size_t draw, std::vector<double>& row) const {
    for (const auto& source : shared_sources_) row.push_back(value_of(source, draw));
}

void DrawnNumbers::append_own(std::size_t scenario, std::size_t draw, std::vector<double>& row) const {
    for (const auto& source : own_sources_[scenario]) row.push_back(value_of(source, draw));
}

}  // namespace growth
