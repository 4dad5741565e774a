#include "tests/bounds/drawn.hpp"

#include <algorithm>
#include <cmath>
#include <ctime>
#include <map>
#include <random>
#include <set>

#include <fmt/format.h>

#include "models/growth/cells.hpp"
#include "models/growth/extent.hpp"
#include "models/growth/model.hpp"
#include "models/growth/policy/credits.hpp"
#include "models/growth/policy/deals.hpp"
#include "models/growth/policy/grants.hpp"
#include "models/growth/policy/mechanisms.hpp"
#include "models/growth/policy/responses.hpp"
#include "models/growth/policy/sites.hpp"
#include "models/growth/policy/treatments.hpp"
#include "models/growth/population.hpp"
#include "models/growth/tables.hpp"
#include "sim/run/ensemble.hpp"
#include "sim/scenario/names.hpp"
#include "sim/scenario/write.hpp"

namespace bounds {

namespace {

using growth::Config;

// A value that may be changed, where it stands in a configuration.
struct Spot {
    std::string path;
    sim::Spec spec;
    sim::Member member;
};

bool is_fixed(const std::string& path) {
    static const std::set<std::string> fixed = {"scenario.replicates", "scenario.seed", "scenario.start_year",
                                                "scenario.replicates_per_draw"};
    return path.starts_with("record.") || path.ends_with(".present") || fixed.contains(path);
}

void collect(const sim::TableMember& table, const std::string& path, std::vector<Spot>& spots) {
    table.each([&](const sim::Spec& spec, const sim::Member& member) {
        const auto at = sim::join(path, spec.name);
        std::visit(sim::Match{[&](const sim::TableMember& inner) { collect(inner, at, spots); },
                              [&](const sim::RowsMember& rows) {
                                  rows.each([&](const std::string& key, const sim::TableMember& row) {
                                      collect(row, sim::join(at, key), spots);
                                  });
                              },
                              [](std::string*) {}, [](std::vector<std::string>*) {}, [](std::vector<double>*) {},
                              [](const sim::WordsMember&) {},
                              [&](const auto&) {
                                  if (!is_fixed(at)) spots.push_back({at, spec, member});
                              }},
                   member.of);
    });
}

// An effect has the bounds of its channel.
void narrow_effects(const Config& config, std::vector<Spot>& spots) {
    std::map<std::string, growth::Bounds> effects;
    for (const auto& r : config.components->of<growth::Response>())
        effects.emplace(sim::join(sim::join("responses", r.key), "effect"), growth::facts_of(r.channel).effect);
    for (auto& spot : spots)
        if (const auto found = effects.find(spot.path); found != effects.end())
            spot.spec.lower = found->second.least, spot.spec.upper = found->second.most;
}

std::vector<Spot> spots_of(Config& config) {
    std::vector<Spot> spots;
    collect(sim::table_of(config), "", spots);
    narrow_effects(config, spots);
    return spots;
}

std::string text_of(const Spot& spot) {
    return sim::inline_toml(sim::json_of(spot.member));
}

class Dice {
public:
    explicit Dice(std::uint64_t seed) : engine_(seed) {}

    double uniform() { return static_cast<double>(engine_() >> 11) * 0x1p-53; }
    std::size_t below(std::size_t count) { return static_cast<std::size_t>(uniform() * static_cast<double>(count)); }
    bool happens(double chance) { return uniform() < chance; }

    // Within bounds: their ends, just inside them, anywhere, or on the scale of what it was.
    double number(const sim::Spec& spec, double was) {
        const double low = spec.lower, high = spec.upper, width = high - low;
        switch (below(8)) {
            case 0:
                return low;
            case 1:
                return high;
            case 2:
                return low + 1e-6 * width;
            case 3:
                return high - 1e-6 * width;
            case 4:
                return low + width * uniform();
            case 5:
                return low + width * std::pow(10, -8 * uniform());
            default:
                return std::clamp(was * std::pow(10, 2 * uniform() - 1), low, high);
        }
    }

private:
    std::mt19937_64 engine_;
};

void change(const Spot& spot, Dice& dice) {
    std::visit(sim::Match{[&](double* value) { *value = dice.number(spot.spec, *value); },
                          [&](std::optional<double>* value) { *value = dice.number(spot.spec, value->value_or(1)); },
                          [&](std::int64_t* value) {
                              *value = static_cast<std::int64_t>(dice.number(spot.spec, static_cast<double>(*value)));
                          },
                          [&](int* value) { *value = static_cast<int>(dice.number(spot.spec, *value)); },
                          [&](bool* value) { *value = dice.happens(0.5); },
                          [&](sim::Schedule* value) { *value = dice.number(spot.spec, value->knots().front().value); },
                          [&](const sim::WordMember& word) { word.assign(dice.below(word.words.size())); },
                          [](const auto&) {}},
               spot.member.of);
}

// Parts of a whole that are more than it.
void fit(std::map<std::string, std::vector<double*>>& groups, double most, bool exactly = false) {
    for (auto& [key, parts] : groups) {
        double sum = 0;
        for (const double* part : parts) sum += *part;
        if (sum > most || (exactly && sum > 0))
            for (double* part : parts) *part *= most / sum * (exactly ? 1 : 1 - 1e-12);
    }
    groups.clear();
}

// A drawn city of ordinary size: what is large is tried by itself.
void make_small(Config& c, Dice& dice) {
    auto& s = c.scenario;
    s.years = 1 + static_cast<std::int64_t>(dice.below(4));
    s.burn_in_years = 1 + static_cast<std::int64_t>(dice.below(3));
    if (s.steps_per_year > 12 && dice.happens(0.9)) s.steps_per_year = 1 + s.steps_per_year % 12;
    for (auto& industry : c.industries)
        for (double* number : {&industry.above_scale_firms, &industry.fringe_firms})
            if (*number > 300) *number = std::floor(300 * dice.uniform()) + 1;
}

// Doses and channels that go with one another.
void make_it_fit(Config& c) {
    const auto builds = [&](const std::string& lever) {
        return std::ranges::any_of(c.components->of<growth::Site>(),
                                   [&](const auto& site) { return site.lever == lever; });
    };
    for (auto& r : c.components->of<growth::Response>()) {
        if (r.dose == growth::Dose::sites && !builds(r.lever)) r.dose = growth::Dose::budget;
        const bool has_purse = !c.levers[c.levers.index_of(r.lever)].purse.empty();
        if (r.channel == growth::Channel::funds && !has_purse) r.channel = growth::Channel::merit;
        r.effect = growth::facts_of(r.channel).effect.keep(r.effect);
    }
    for (auto& t : c.components->of<growth::Treatment>())
        if (t.dose != growth::Dose::budget && t.dose != growth::Dose::persons) t.dose = growth::Dose::effort;
}

// Targets ask for what they asked for before, for more or less of it.
void keep_what_is_counted(Config& c, const Config& base) {
    for (std::size_t k = 0; k < c.targets.size(); ++k) {
        const auto [value, tolerance] = std::pair(c.targets[k].value, c.targets[k].tolerance);
        c.targets[k] = base.targets[k];
        c.targets[k].value = value;
        c.targets[k].tolerance = tolerance;
    }
}

// The same of those who may enter.
void make_room(Config& c) {
    constexpr double most = 2e4;
    const auto cells = growth::lay_out_cells(c);
    const auto shares = growth::share_out(c, cells);
    double rows = 0;
    for (const auto& room : growth::rooms_of(c, cells, shares, growth::take_census(c, cells, shares)))
        rows += room.rows;
    auto& entry = c.parameters.entry;
    for (double* rate : {&entry.start_up_rate, &entry.spin_off_rate, &entry.attracted_rate, &entry.grafted_rate})
        *rate *= std::min(most / rows, 1.0);
}

// What decides how large a city may grow is drawn, and certain.
bool sizes_the_city(const std::string& path) {
    return path.starts_with("parameters.entry.") || path.ends_with("_firms") || path.ends_with(".cost_per_staff");
}

void make_it_add_up(Config& c) {
    auto& population = c.parameters.population;
    population.size_cap = std::max(population.size_cap, growth::least_size_cap(population));
    std::map<std::string, std::vector<double*>> parts;
    for (auto& cluster : c.clusters) parts[cluster.industry].push_back(&cluster.share);
    fit(parts, 1);
    for (auto& cluster : c.clusters) parts[cluster.industry].push_back(&cluster.firm_share);
    fit(parts, 1);
    for (auto& field : c.fields) parts[field.industry].push_back(&field.share);
    fit(parts, 1, true);
    for (auto& link : c.inputs) parts[link.buyer].push_back(&link.coefficient);
    fit(parts, 0.4);
    const auto share = [&](auto& rows) {
        for (auto& row : rows) parts[row.lever].push_back(&row.share);
    };
    share(c.components->of<growth::Grant>()), share(c.components->of<growth::Deal>()),
        share(c.components->of<growth::Site>()), share(c.components->of<growth::Treatment>());
    fit(parts, 1);
    share(c.components->of<growth::Credit>());
    fit(parts, 1);
    for (auto& industry : c.industries) {
        double named = 0, count = 0;
        for (const auto& firm : c.firms)
            if (firm.industry == industry.key) named += firm.base_sales, count += 1;
        industry.above_scale_firms = std::max(industry.above_scale_firms, count + 1);
        const double least = named + 1.1 * growth::least_size(population) * (industry.above_scale_firms - count);
        industry.base_sales = std::clamp(industry.base_sales, std::min(least, 1e6), 1e6);
    }
}

// Around a value that was drawn: quantiles within bounds, in any of the shapes that they allow.
std::string prior_around(const Spot& spot, double median, Dice& dice) {
    const auto [low, high] = std::pair(spot.spec.lower, spot.spec.upper);
    const double below = low + (median - low) * dice.uniform(), above = median + (high - median) * dice.uniform();
    std::vector<std::string_view> shapes = {"normal"};
    if (below > 0) shapes.emplace_back("lognormal");
    if (below > 0 && above < 1) shapes.emplace_back("logitnormal");
    return fmt::format("{{ median = {:.17g}, low = {:.17g}, high = {:.17g}, distribution = \"{}\" }}", median, below,
                       above, shapes[dice.below(shapes.size())]);
}

double processor_seconds() {
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

// TOML tells 1.0 from 1, and JSON's numbers may be written either way.
std::string number_text(double value) {
    const auto text = fmt::format("{:.17g}", value);
    return text.find_first_of(".en") == std::string::npos ? text + ".0" : text;
}

}  // namespace

Base::Base(std::string path) : file(std::move(path)), config(growth::read_config(sim::load(file))) {}

std::vector<sim::Override> one_at_a_time(const Base& base) {
    Config config = base.config;
    std::vector<sim::Override> all;
    for (const auto& spot : spots_of(config)) {
        const double low = spot.spec.lower, high = spot.spec.upper, width = high - low;
        const auto numbers = [&](bool is_whole) {
            if (!std::isfinite(width)) return;
            for (const double value : {low, high, low + 1e-6 * width, high - 1e-6 * width})
                all.push_back({spot.path, is_whole ? fmt::format("{:.0f}", value) : number_text(value)});
        };
        std::visit(sim::Match{[&](double*) { numbers(false); }, [&](std::optional<double>*) { numbers(false); },
                              [&](sim::Schedule*) { numbers(false); }, [&](std::int64_t*) { numbers(true); },
                              [&](int*) { numbers(true); },
                              [&](bool* value) {
                                  all.push_back({spot.path, *value ? "false" : "true"});
                              },
                              [&](const sim::WordMember& word) {
                                  for (const auto& each : word.words)
                                      all.push_back({spot.path, fmt::format("\"{}\"", each)});
                              },
                              [](const auto&) {}},
                   spot.member.of);
    }
    return all;
}

Changes draw(const Base& base, std::uint64_t seed) {
    Dice dice(seed);
    Config changed = base.config, before = base.config;
    auto spots = spots_of(changed);
    const auto old = spots_of(before);
    double chance = 1;
    std::string table;
    switch (dice.below(4)) {
        case 0:  // a few
            chance = 3.0 / static_cast<double>(spots.size());
            break;
        case 1:  // many
            chance = dice.uniform();
            break;
        case 2:  // one table, or one subject of parameters
            table = spots[dice.below(spots.size())].path;
            table = table.substr(0, table.find('.', table.starts_with("parameters.") ? 11 : 0) + 1);
            break;
        default:  // all
            break;
    }
    for (const auto& spot : spots)
        if (spot.path.starts_with(table) && dice.happens(chance)) change(spot, dice);
    make_small(changed, dice);
    make_it_fit(changed);
    make_it_add_up(changed);
    make_room(changed);
    narrow_effects(changed, spots);
    keep_what_is_counted(changed, base.config);
    Changes changes;
    std::set<std::string> moved;  // effects on another channel than before
    for (std::size_t k = 0; k < changed.components->of<growth::Response>().size(); ++k)
        if (changed.components->of<growth::Response>()[k].channel !=
            before.components->of<growth::Response>()[k].channel)
            moved.insert(
                sim::join(sim::join("responses", changed.components->of<growth::Response>()[k].key), "effect"));
    for (std::size_t i = 0; i < spots.size(); ++i) {
        const auto is = text_of(spots[i]);
        if (is == text_of(old[i]) && !moved.contains(spots[i].path)) continue;
        const auto* number = std::get_if<double*>(&spots[i].member.of);
        const bool is_uncertain = number != nullptr && std::isfinite(spots[i].spec.upper) &&
                                  !sizes_the_city(spots[i].path) && dice.happens(0.3);
        changes.push_back({spots[i].path, is_uncertain ? prior_around(spots[i], **number, dice) : is});
    }
    return changes;
}

Answer attempt(const Base& base, const Changes& changes, std::uint32_t replicates) {
    const double begun = processor_seconds();
    Answer answer;
    try {
        const auto config = growth::read_config(sim::load(base.file, changes));
        auto record = growth::Growth::blank(config);
        for (std::uint32_t k = 0; k < replicates; ++k) {
            int step = 0;
            try {
                const sim::Draws draws{static_cast<std::uint64_t>(config.scenario.seed), k};
                sim::simulate<growth::Growth>(config, draws, record, nullptr, step);
            } catch (const std::exception& error) {
                answer = {Verdict::fails, fmt::format("replicate {}, step {}: {}", k, step, error.what()), 0};
                break;
            }
        }
    } catch (const sim::ScenarioError& error) {
        answer = {Verdict::refused, error.what(), 0};
    }
    answer.seconds = processor_seconds() - begun;
    return answer;
}

std::string as_file(const Base& base, const Changes& changes) {
    auto text = fmt::format("extends = \"{}\"\n", base.file);
    for (const auto& each : changes) text += fmt::format("{} = {}\n", each.key, each.value);
    return text;
}

}  // namespace bounds
