#include "models/growth/config.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "models/growth/adding_up.hpp"
#include "models/growth/cells.hpp"
#include "models/growth/extent.hpp"
#include "models/growth/streams.hpp"
#include "sim/scenario/names.hpp"
#include "sim/scenario/read.hpp"
#include "sim/scenario/write.hpp"

namespace growth {

namespace {

// What keys the draws of something that has a name.
std::uint32_t hash_of(std::string_view name) {
    std::uint32_t hash = 2166136261;  // FNV-1a
    for (const char letter : name) hash = (hash ^ static_cast<unsigned char>(letter)) * 16777619;
    return hash;
}

// A firm remembers the treatments it had in so many bits, and its investor in a byte.
constexpr std::size_t most_treatments = 16, most_deals = 255;

// Ids of entrants pack the cell into 10 bits and the step into 11.
constexpr std::size_t most_cells = 1024;
constexpr std::int64_t most_steps = 2048;

void check_extent(const Config& c, const sim::Document& document, sim::Problems& problems) {
    if (c.industries.empty()) problems.add(document, "industries", "a scenario needs at least one industry");
    if (c.places.empty()) problems.add(document, "places", "a scenario needs at least one place");
    if (c.macro.empty()) problems.add(document, "macro", "a scenario needs at least one macro path");
    const auto steps = (c.scenario.years + c.scenario.burn_in_years) * c.scenario.steps_per_year;
    if (steps > most_steps)
        problems.add(document, "scenario.steps_per_year",
                     fmt::format("{} steps in all are too many; at most {}", steps, most_steps));
    if (c.places.size() * c.industries.size() > most_cells)
        problems.add(document, "places",
                     fmt::format("{} places by {} industries are too many; at most {} cells", c.places.size(),
                                 c.industries.size(), most_cells));
}

void check_clusters(const Config& c, const sim::Document& document, sim::Problems& problems) {
    std::map<std::pair<std::string, std::string>, std::string> claimed;
    std::map<std::string, double> shares, firm_shares;
    for (const auto& cluster : c.clusters) {
        const auto path = "clusters." + cluster.key;
        if (cluster.places.empty())
            problems.add(document, path + ".places", fmt::format("cluster \"{}\" lies in no place", cluster.key));
        for (const auto& place : cluster.places) {
            const auto [owner, fresh] = claimed.try_emplace({place, cluster.industry}, cluster.key);
            if (!fresh)
                problems.add(document, path + ".places",
                             fmt::format("\"{}\" already belongs to cluster \"{}\" of the same industry \"{}\"", place,
                                         owner->second, cluster.industry));
        }
        shares[cluster.industry] += cluster.share;
        firm_shares[cluster.industry] += cluster.firm_share;
    }
    const auto check_sum = [&](const std::map<std::string, double>& sums, std::string_view what) {
        for (const auto& [industry, sum] : sums)
            if (sum > 1 + 1e-9)
                problems.add(
                    document, "clusters",
                    fmt::format("{} of the clusters of \"{}\" add up to {:.4g}; at most 1", what, industry, sum));
    };
    check_sum(shares, "the shares of sales");
    check_sum(firm_shares, "the shares of firms");
}

// Positions of fields within an industry are kept in a byte a firm.
constexpr std::size_t most_fields = 255;

void check_fields(const Config& c, const sim::Document& document, sim::Problems& problems) {
    for (const auto& industry : c.industries) {
        std::size_t count = 0;
        double shares = 0;
        for (const auto& field : c.fields)
            if (field.industry == industry.key) ++count, shares += field.share;
        if (c.fields.index_of(industry.key) < c.fields.size())
            problems.add(document, "fields." + industry.key,
                         fmt::format("\"{}\" is an industry; a field needs a key of its own", industry.key));
        if (count > most_fields)
            problems.add(document, "fields",
                         fmt::format("\"{}\" has {} fields; at most {}", industry.key, count, most_fields));
        if (count > 0 && std::abs(shares - 1) > 1e-6)
            problems.add(
                document, "fields",
                fmt::format("the shares of the fields of \"{}\" add up to {:.6g}, not to 1", industry.key, shares));
    }
    const auto check_owner = [&](const std::string& path, const std::string& field, const std::string& industry) {
        if (field.empty() || c.fields[c.fields.index_of(field)].industry == industry) return;
        problems.add(document, path + ".field",
                     fmt::format("field \"{}\" belongs to \"{}\", not to \"{}\"", field,
                                 c.fields[c.fields.index_of(field)].industry, industry));
    };
    for (const auto& firm : c.firms) check_owner("firms." + firm.key, firm.field, firm.industry);
    std::map<std::pair<std::string, std::string>, std::string> spoken;
    for (const auto& words : c.industry_paths) {
        check_owner("industry_paths." + words.key, words.field, words.industry);
        if (words.field.empty()) continue;
        const auto [first, fresh] = spoken.try_emplace({words.macro, words.field}, words.key);
        if (!fresh)
            problems.add(document, "industry_paths." + words.key,
                         fmt::format("\"{}\" already gives field \"{}\" on the path \"{}\"", first->second, words.field,
                                     words.macro));
    }
}

void check_inputs(const Config& c, const sim::Document& document, sim::Problems& problems) {
    std::map<std::pair<std::string, std::string>, std::string> links;
    std::map<std::string, double> sums;
    for (const auto& link : c.inputs) {
        const auto path = "inputs." + link.key;
        if (link.supplier == link.buyer)
            problems.add(document, path, fmt::format("field \"{}\" cannot be its own supplier", link.buyer));
        const auto [first, fresh] = links.try_emplace({link.supplier, link.buyer}, link.key);
        if (!fresh)
            problems.add(document, path,
                         fmt::format("the link from \"{}\" to \"{}\" is already given by \"{}\"", link.supplier,
                                     link.buyer, first->second));
        sums[link.buyer] += link.coefficient;
    }
    for (const auto& [buyer, sum] : sums) {
        const auto& industry = c.industries[c.industries.index_of(c.fields[c.fields.index_of(buyer)].industry)];
        if (sum > 1 - industry.value_added_ratio + 1e-9)
            problems.add(document, "inputs",
                         fmt::format("the inputs of field \"{}\" add up to {:.4g} of its output; with value added of "
                                     "{:.4g} at most {:.4g} is left for them",
                                     buyer, sum, industry.value_added_ratio, 1 - industry.value_added_ratio));
    }
}

// Where clusters claim every place, they must hold all of the industry: there is no rest to take the rest.
void check_shares(const Config& c, const sim::Document& document, sim::Problems& problems) {
    const auto cells = lay_out_cells(c);
    const auto shares = share_out(c, cells);
    for (std::size_t industry = 0; industry < c.industries.size(); ++industry) {
        double sales = 0, firms = 0;
        for (std::size_t i = 0; i < cells.size(); ++i)
            if (cells[i].industry == industry) sales += shares.sales[i], firms += shares.firms[i];
        if (std::abs(sales - 1) > 1e-6 || std::abs(firms - 1) > 1e-6)
            problems.add(
                document, "industries." + c.industries[industry].key,
                fmt::format("only {:.4g} of the sales and {:.4g} of the firms of \"{}\" have a place: raise the "
                            "shares of its clusters to 1, or give a place outside them a weight above 0",
                            sales, firms, c.industries[industry].key));
    }
}

void check_firms(const Config& c, const sim::Document& document, sim::Problems& problems) {
    const auto& population = c.parameters.population;
    if (population.size_cap < least_size_cap(population))
        problems.add(document, "parameters.population.size_cap",
                     fmt::format("no firm is drawn larger than {:.4g}, and none above scale smaller than {:.4g} (1e8 "
                                 "CNY): raise `size_cap` to {:.4g} at least, or lower `base_threshold`",
                                 population.size_cap, least_size(population), least_size_cap(population)));
    for (const auto& industry : c.industries) {
        double sales = 0, named = 0;
        for (const auto& firm : c.firms)
            if (firm.industry == industry.key) sales += firm.base_sales, named += 1;
        const double others = industry.above_scale_firms - named;
        const double least = least_size(c.parameters.population) * others;
        if (others < 0)
            problems.add(document, "industries." + industry.key + ".above_scale_firms",
                         fmt::format("{} named firms are more than the {} firms of \"{}\"", named,
                                     industry.above_scale_firms, industry.key));
        else if (sales + least > industry.base_sales)
            problems.add(document, "industries." + industry.key + ".base_sales",
                         fmt::format("the named firms of \"{}\" sell {:.4g} and {} others at least {:.4g} (1e8 CNY), "
                                     "more than the industry's {:.4g}",
                                     industry.key, sales, others, least, industry.base_sales));
    }
}

void check_targets(const Config& c, const sim::Document& document, sim::Problems& problems) {
    for (const auto& target : c.targets)
        if (target.indicator == Indicator::firms_above_revenue && target.threshold <= 0)
            problems.add(
                document, "targets." + target.key,
                fmt::format("target \"{}\" counts firms above a revenue and needs `threshold` above 0", target.key));
}

void check_purses(const Config& c, const sim::Document& document, sim::Problems& problems) {
    std::vector<std::string_view> keys;
    for (const auto& purse : c.purses) keys.push_back(purse.key);
    if (c.purses.index_of(own_purse) < c.purses.size())
        problems.add(document, "purses.own", "\"own\" stands for a lever's own money; a purse needs another key");
    for (const auto& lever : c.levers) {
        if (!draws_on_purse(lever) || lever.purse_index < c.purses.size()) continue;
        const auto path = sim::join(sim::join("levers", lever.key), "purse");
        problems.add(document, path,
                     fmt::format("{} = {} is not a key of [purses]{}", path, sim::in_quotes(lever.purse),
                                 sim::suggestion(lever.purse, keys, "valid keys")));
    }
}

// Draws are keyed by the name that a number had first: renaming its key moves no result.
struct Renamed {
    std::string_view table, key, first_table, first_key;  // a key of "" is any
};
constexpr std::array renamed{Renamed{"industries.", ".base_demand_growth", "industries.", ".demand_growth_2010"},
                             Renamed{"parameters.macro.", "", "parameters.world.", ""}};

std::string first_name_of(std::string_view path) {
    for (const auto& each : renamed) {
        if (!path.starts_with(each.table) || !path.ends_with(each.key)) continue;
        path.remove_prefix(each.table.size());
        path.remove_suffix(each.key.size());
        return fmt::format("{}{}{}", each.first_table, path, each.first_key);
    }
    return std::string(path);
}

// Lets every component find its lever, and every lever its purse.
void link_components(Config& c) {
    for (auto& lever : c.levers) lever.purse_index = c.purses.index_of(lever.purse);
    Components::visit(c.components, [&](auto, auto, auto& rows) {
        for (auto& row : rows) {
            row.lever_index = c.levers.index_of(row.lever);
            row.draw_key = hash_of(row.key);
        }
    });
}

// A channel says what may move it: by its median, and by the quantiles of a prior, whose tails are cut off there.
void check_effect(const Config& c, const Response& r, const sim::Document& document, sim::Problems& problems) {
    const auto& facts = facts_of(r.channel);
    const auto path = sim::join(sim::join("responses", r.key), "effect");
    const auto holds = [&](const std::string& place, double value) {
        if (facts.effect.hold(value)) return true;
        if (facts.kind == Kind::factor && value <= 0)
            problems.add(document, place,
                         fmt::format("\"{}\" is a factor: its effect must be above 0, 1 being none", facts.word));
        else
            problems.add(document, place,
                         fmt::format("{} = {} is {} {}, the {} for the channel \"{}\" ({}); allowed: {} to {}", place,
                                     value, value < facts.effect.least ? "below" : "above", facts.effect.keep(value),
                                     value < facts.effect.least ? "least" : "most", facts.word, facts.text,
                                     facts.effect.least, facts.effect.most));
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
                     fmt::format("\"funds\" fill the purse of the lever, and \"{}\" has none", r.lever));
    if (r.dose != Dose::sites) return;
    const auto builds = [&](const Site& site) { return site.lever == r.lever; };
    if (std::none_of(c.components.of<Site>().begin(), c.components.of<Site>().end(), builds))
        problems.add(document, path + ".dose",
                     fmt::format("\"sites\" are counted, but no row of [sites] belongs to \"{}\"", r.lever));
}

// Rows that share out one dose of a lever.
void check_shares_of(const Config& c, const sim::Document& document, sim::Problems& problems) {
    std::map<std::pair<Dose, std::string>, double> sums;
    for_each_share(c.components, [&](const auto& row, Dose dose, double share) { sums[{dose, row.lever}] += share; });
    for (const auto& [of, sum] : sums)
        if (sum > 1 + 1e-9)
            problems.add(document, "levers." + of.second,
                         fmt::format("the components of \"{}\" share {:.4g} of its {}; at most 1", of.second, sum,
                                     sim::word_of(of.first)));
}

void check_components(const Config& c, const sim::Document& document, sim::Problems& problems) {
    for (const auto& r : c.components.of<Response>()) check_response(c, r, "responses." + r.key, document, problems);
    for (const auto& t : c.components.of<Treatment>())
        if (t.dose != Dose::budget && t.dose != Dose::persons && t.dose != Dose::effort)
            problems.add(document, "treatments." + t.key + ".dose",
                         "firms are treated by \"budget\", \"persons\" or \"effort\"");
    const auto check_number = [&](std::string_view table, std::size_t rows, std::size_t most) {
        if (rows > most)
            problems.add(document, table, fmt::format("{} {} are too many; at most {}", rows, table, most));
    };
    check_number("treatments", c.components.of<Treatment>().size(), most_treatments);
    check_number("deals", c.components.of<Deal>().size(), most_deals);
    check_shares_of(c, document, problems);
    std::map<std::string, std::string> ids;
    for (const auto& lever : c.levers)
        if (const auto [first, fresh] = ids.try_emplace(lever.id, lever.key); !fresh)
            problems.add(document, "levers." + lever.key + ".id",
                         fmt::format("\"{}\" is already the id of \"{}\"", lever.id, first->second));
}

std::optional<sim::Time> start_of(const sim::Document& document) {
    const auto* node = document.find("scenario.start_year");
    if (node == nullptr) return static_cast<sim::Time>(General{}.start_year);
    if (!node->is(sim::Node::Kind::integer)) return std::nullopt;
    return static_cast<sim::Time>(node->integer());
}

}  // namespace

Config read_config(const sim::Document& document) {
    sim::Problems problems;
    auto [config, uncertain] = sim::read<Config>(document, problems, {.earliest = start_of, .timed = "levers."});
    problems.throw_if_any();
    config.uncertain = std::move(uncertain);
    link_components(config);
    check_extent(config, document, problems);
    check_clusters(config, document, problems);
    check_fields(config, document, problems);
    check_inputs(config, document, problems);
    check_firms(config, document, problems);
    check_targets(config, document, problems);
    check_purses(config, document, problems);
    check_components(config, document, problems);
    problems.throw_if_any();
    check_shares(config, document, problems);
    check_size(config, document, problems);
    problems.throw_if_any();
    return std::move(config);
}

namespace {

bool is_of_policy(std::string_view path) {
    const std::string_view table = path.substr(0, path.find('.'));
    bool found = table == "levers" || table == "purses";
    Components none;
    Components::visit(none, [&](std::string_view name, auto&&...) { found = found || name == table; });
    return found;
}

// What the burn-in does not see: levers act from the start on, targets are judged at the end.
std::string beginning(Config c) {
    c.purses.clear();
    c.levers.clear();
    c.components = {};
    c.targets.clear();
    c.target_groups.clear();
    c.record = {};
    const General any;
    for (auto* text : {&c.scenario.name, &c.scenario.name_zh, &c.scenario.city, &c.scenario.city_zh}) *text = any.name;
    c.scenario.replicates = any.replicates;
    c.scenario.target_basis = any.target_basis;
    std::erase_if(c.uncertain,
                  [](const auto& value) { return is_of_policy(value.path) || value.path.starts_with("targets."); });
    return sim::to_toml(c, c.uncertain);
}

}  // namespace

bool begin_alike(const Config& one, const Config& other) {
    return beginning(one) == beginning(other);
}

std::size_t draw_number(const Config& config, std::size_t replicate) {
    return replicate / static_cast<std::size_t>(config.scenario.replicates_per_draw);
}

Config draw_config(const Config& config, sim::Draws draws) {
    Config own = config;
    if (!config.scenario.parameter_uncertainty) return own;
    const auto draw = draw_number(config, draws.replicate);
    sim::draw_uncertain(own, config.uncertain,
                        [&](std::string_view path) { return standard_normal(draws.seed, draw, entity_of(path)); });
    reconcile(own);
    return own;
}

std::uint32_t entity_of(std::string_view path) {
    return hash_of(first_name_of(path));
}

double standard_normal(std::uint64_t seed, std::size_t draw, std::uint32_t entity) {
    return sim::Draws{seed, static_cast<std::uint32_t>(draw)}.at(streams::parameters, 0).normals(entity)[0];
}

}  // namespace growth
