#include "models/growth/policy/checks.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "models/growth/config.hpp"
#include "models/growth/policy/channels.hpp"
#include "models/growth/policy/mechanisms.hpp"
#include "sim/describe/translated.hpp"
#include "sim/scenario/names.hpp"
#include "sim/scenario/problems.hpp"

namespace growth {

namespace {

// A firm remembers the treatments it had in so many bits, and its investor in a byte.
constexpr std::size_t most_treatments = 16, most_deals = 255;

void check_purses(const Config& c, const sim::Document& document, sim::Problems& problems) {
    std::vector<std::string_view> keys;
    for (const auto& purse : c.purses) keys.push_back(purse.key);
    if (c.purses.index_of(own_purse) < c.purses.size())
        problems.add(document, "purses.own",
                     sim::translated("\"own\" stands for a lever's own money; a purse needs another key"));
    for (const auto& lever : c.levers) {
        if (!draws_on_purse(lever) || lever.purse_index < c.purses.size()) continue;
        const auto path = sim::join(sim::join("levers", lever.key), "purse");
        problems.add(document, path,
                     sim::translated("{} = {} is not a key of [purses]{}", path, sim::in_quotes(lever.purse),
                                     sim::suggestion(lever.purse, keys, sim::translated("valid keys"))));
    }
}

// A channel says what may move it: by its median, and by the quantiles of a prior, whose tails are cut off there.
void check_effect(const Config& c, const Response& r, const sim::Document& document, sim::Problems& problems) {
    const auto& facts = facts_of(r.channel);
    const auto path = sim::join(sim::join("responses", r.key), "effect");
    const auto meaning = sim::language() == sim::Language::zh ? facts.zh : facts.text;
    const auto holds = [&](const std::string& place, double value) {
        if (facts.effect.hold(value)) return true;
        if (facts.kind == Kind::factor && value <= 0)
            problems.add(document, place,
                         sim::translated("\"{}\" is a factor: its effect must be above 0, 1 being none", facts.word));
        else
            problems.add(
                document, place,
                value < facts.effect.least
                    ? sim::translated("{} = {} is below {}, the least for the channel \"{}\" ({}); allowed: {} to {}",
                                      place, value, facts.effect.least, facts.word, meaning, facts.effect.least,
                                      facts.effect.most)
                    : sim::translated("{} = {} is above {}, the most for the channel \"{}\" ({}); allowed: {} to {}",
                                      place, value, facts.effect.most, facts.word, meaning, facts.effect.least,
                                      facts.effect.most));
        return false;
    };
    if (!holds(path, r.effect)) return;
    const auto prior = std::find_if(c.uncertain.begin(), c.uncertain.end(),
                                    [&](const sim::UncertainValue& value) { return value.path == path; });
    if (prior == c.uncertain.end()) return;
    static_cast<void>(holds(path + ".low", prior->prior.low) && holds(path + ".high", prior->prior.high));
}

void check_response(const Config& c, const Response& r, const std::string& path, const sim::Document& document,
                    sim::Problems& problems) {
    check_effect(c, r, document, problems);
    const Lever& lever = c.levers[r.lever_index];
    if (r.channel == Channel::funds && !draws_on_purse(lever) && is_dosed(lever))
        problems.add(document, path + ".channel",
                     sim::translated("\"funds\" fill the purse of the lever, and \"{}\" has none", r.lever));
    if (r.dose != Dose::sites) return;
    const auto builds = [&](const Site& site) { return site.lever == r.lever; };
    if (std::none_of(c.components->of<Site>().begin(), c.components->of<Site>().end(), builds))
        problems.add(document, path + ".dose",
                     sim::translated("\"sites\" are counted, but no row of [sites] belongs to \"{}\"", r.lever));
}

// Rows that share out one dose of a lever.
void check_shares_of(const Config& c, const sim::Document& document, sim::Problems& problems) {
    std::map<std::pair<Dose, std::string>, double> sums;
    for_each_share(*c.components, [&](const auto& row, Dose dose, double share) { sums[{dose, row.lever}] += share; });
    for (const auto& [of, sum] : sums)
        if (sum > 1 + 1e-9)
            problems.add(document, "levers." + of.second,
                         sim::translated("the components of \"{}\" share {:.4g} of its {}; at most 1", of.second, sum,
                                         sim::word_of(of.first)));
}

void check_components(const Config& c, const sim::Document& document, sim::Problems& problems) {
    for (const auto& r : c.components->of<Response>()) check_response(c, r, "responses." + r.key, document, problems);
    for (const auto& t : c.components->of<Treatment>())
        if (t.dose != Dose::budget && t.dose != Dose::persons && t.dose != Dose::effort)
            problems.add(document, "treatments." + t.key + ".dose",
                         sim::translated("firms are treated by \"budget\", \"persons\" or \"effort\""));
    const auto check_number = [&](std::string_view table, std::size_t rows, std::size_t most) {
        if (rows > most)
            problems.add(document, table, sim::translated("{} {} are too many; at most {}", rows, table, most));
    };
    check_number("treatments", c.components->of<Treatment>().size(), most_treatments);
    check_number("deals", c.components->of<Deal>().size(), most_deals);
    check_shares_of(c, document, problems);
    std::map<std::string, std::string> ids;
    for (const auto& lever : c.levers)
        if (const auto [first, fresh] = ids.try_emplace(lever.id, lever.key); !fresh)
            problems.add(document, "levers." + lever.key + ".id",
                         sim::translated("\"{}\" is already the id of \"{}\"", lever.id, first->second));
}

}  // namespace

void check_policy(const Config& config, const sim::Document& document, sim::Problems& problems) {
    check_purses(config, document, problems);
    check_components(config, document, problems);
}

}  // namespace growth
