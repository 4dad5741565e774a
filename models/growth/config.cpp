#include "models/growth/config.hpp"

#include <cmath>
#include <map>

#include <fmt/format.h>

#include "models/growth/cells.hpp"
#include "models/growth/streams.hpp"
#include "sim/scenario/read.hpp"
#include "sim/scenario/write.hpp"

namespace growth {

namespace {

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
    for (const auto& industry : c.industries) {
        double sales = 0, named = 0;
        for (const auto& firm : c.firms)
            if (firm.industry == industry.key) sales += firm.sales_2010, named += 1;
        const double others = industry.above_scale_firms - named;
        const double least = 1.05 * c.parameters.population.threshold_2010 * others;
        if (others < 0)
            problems.add(document, "industries." + industry.key + ".above_scale_firms",
                         fmt::format("{} named firms are more than the {} firms of \"{}\"", named,
                                     industry.above_scale_firms, industry.key));
        else if (sales + least > industry.sales_2010)
            problems.add(document, "industries." + industry.key + ".sales_2010",
                         fmt::format("the named firms of \"{}\" sell {:.4g} and {} others at least {:.4g} (1e8 CNY), "
                                     "more than the industry's {:.4g}",
                                     industry.key, sales, others, least, industry.sales_2010));
    }
}

void check_targets(const Config& c, const sim::Document& document, sim::Problems& problems) {
    for (const auto& target : c.targets)
        if (target.indicator == Indicator::firms_above_revenue && target.threshold <= 0)
            problems.add(
                document, "targets." + target.key,
                fmt::format("target \"{}\" counts firms above a revenue and needs `threshold` above 0", target.key));
}

std::optional<sim::Time> start_of(const sim::Document& document) {
    const auto* node = document.find("scenario.start_year");
    if (node == nullptr) return static_cast<sim::Time>(General{}.start_year);
    if (!node->is(sim::Node::Kind::integer)) return std::nullopt;
    return static_cast<sim::Time>(node->integer());
}

std::uint32_t entity_of(std::string_view path) {
    std::uint32_t hash = 2166136261;  // FNV-1a
    for (const char letter : path) hash = (hash ^ static_cast<unsigned char>(letter)) * 16777619;
    return hash;
}

}  // namespace

Config read_config(const sim::Document& document) {
    sim::Problems problems;
    auto [config, uncertain] = sim::read<Config>(document, problems, {.earliest = start_of, .timed = "levers."});
    problems.throw_if_any();
    config.uncertain = std::move(uncertain);
    check_extent(config, document, problems);
    check_clusters(config, document, problems);
    check_firms(config, document, problems);
    check_targets(config, document, problems);
    problems.throw_if_any();
    check_shares(config, document, problems);
    problems.throw_if_any();
    return std::move(config);
}

namespace {

// What the burn-in does not see: levers act from the start on, targets are judged at the end.
std::string beginning(Config c) {
    c.levers = {};
    c.targets.clear();
    c.target_groups.clear();
    c.record = {};
    const General any;
    for (auto* text : {&c.scenario.name, &c.scenario.name_zh, &c.scenario.city, &c.scenario.city_zh}) *text = any.name;
    c.scenario.replicates = any.replicates;
    c.scenario.target_basis = any.target_basis;
    std::erase_if(c.uncertain, [](const auto& value) {
        return value.path.starts_with("levers.") || value.path.starts_with("targets.");
    });
    return sim::to_toml(c, c.uncertain);
}

}  // namespace

bool begin_alike(const Config& one, const Config& other) {
    return beginning(one) == beginning(other);
}

std::size_t world_number(const Config& config, std::size_t replicate) {
    return replicate / static_cast<std::size_t>(config.scenario.replicates_per_world);
}

Config world_of(const Config& config, sim::Draws draws) {
    Config world = config;
    if (!config.scenario.parameter_uncertainty) return world;
    draws.replicate = static_cast<std::uint32_t>(world_number(config, draws.replicate));
    const auto stream = draws.at(streams::parameters, 0);
    sim::draw_uncertain(world, config.uncertain,
                        [&](std::string_view path) { return stream.normals(entity_of(path))[0]; });
    return world;
}

}  // namespace growth
