#include "models/growth/checks.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "models/growth/cells.hpp"
#include "models/growth/config.hpp"
#include "models/growth/measure/target_checks.hpp"
#include "models/growth/measure/units.hpp"
#include "models/growth/population.hpp"
#include "sim/describe/translated.hpp"
#include "sim/scenario/names.hpp"
#include "sim/scenario/problems.hpp"

namespace growth {

namespace {

// Ids of entrants pack the cell into 10 bits and the step into 11.
constexpr std::size_t most_cells = 1024;
constexpr std::int64_t most_steps = 2048;

void check_units(const Config& c, const sim::Document& document, sim::Problems& problems) {
    const auto& [currency, money, area] = c.units;
    const auto is_letter = [](char letter) { return letter >= 'A' && letter <= 'Z'; };
    if (currency.size() != 3 || !std::all_of(currency.begin(), currency.end(), is_letter))
        problems.add(document, "units.currency",
                     sim::translated("= {} is no currency: three capital letters of ISO 4217 are wanted, such as EUR",
                                     sim::in_quotes(currency)));
    if (const double power = std::log10(money); power != std::round(power))
        problems.add(document, "units.money", sim::translated("= {:g} is no power of ten, such as 1e6", money));
}

void check_extent(const Config& c, const sim::Document& document, sim::Problems& problems) {
    const auto is_there = [](const auto& row) { return row.present; };
    if (std::none_of(c.industries.begin(), c.industries.end(), is_there))
        problems.add(document, "industries", sim::translated("a scenario needs at least one industry"));
    if (std::none_of(c.places.begin(), c.places.end(), is_there))
        problems.add(document, "places", sim::translated("a scenario needs at least one place"));
    if (c.macro.empty()) problems.add(document, "macro", sim::translated("a scenario needs at least one macro path"));
    const auto steps = (c.scenario.years + c.scenario.burn_in_years) * c.scenario.steps_per_year;
    if (steps > most_steps)
        problems.add(document, "scenario.steps_per_year",
                     sim::translated("{} steps in all are too many; at most {}", steps, most_steps));
    if (c.places.size() * c.industries.size() > most_cells)
        problems.add(document, "places",
                     sim::translated("{} places by {} industries are too many; at most {} cells", c.places.size(),
                                     c.industries.size(), most_cells));
}

void check_clusters(const Config& c, const sim::Document& document, sim::Problems& problems) {
    std::map<std::pair<std::string, std::string>, std::string> claimed;
    std::map<std::string, double> shares, firm_shares;
    for (const auto& cluster : c.clusters) {
        const auto path = "clusters." + cluster.key;
        // a cluster without a share is one that another scenario of the run has
        if (cluster.places.empty() && (cluster.share > 0 || cluster.firm_share > 0))
            problems.add(document, path + ".places", sim::translated("cluster \"{}\" lies in no place", cluster.key));
        for (const auto& place : cluster.places) {
            const auto [owner, fresh] = claimed.try_emplace({place, cluster.industry}, cluster.key);
            if (!fresh)
                problems.add(document, path + ".places",
                             sim::translated("\"{}\" already belongs to cluster \"{}\" of the same industry \"{}\"",
                                             place, owner->second, cluster.industry));
        }
        shares[cluster.industry] += cluster.share;
        firm_shares[cluster.industry] += cluster.firm_share;
    }
    const auto check_sum = [&](const std::map<std::string, double>& sums, std::string_view what) {
        for (const auto& [industry, sum] : sums)
            if (sum > 1 + 1e-9)
                problems.add(
                    document, "clusters",
                    sim::translated("{} of the clusters of \"{}\" add up to {:.4g}; at most 1", what, industry, sum));
    };
    check_sum(shares, sim::translated("the shares of sales"));
    check_sum(firm_shares, sim::translated("the shares of firms"));
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
                         sim::translated("\"{}\" is an industry; a field needs a key of its own", industry.key));
        if (count > most_fields)
            problems.add(document, "fields",
                         sim::translated("\"{}\" has {} fields; at most {}", industry.key, count, most_fields));
        if (count > 0 && std::abs(shares - 1) > 1e-6)
            problems.add(
                document, "fields",
                sim::translated("the shares of the fields of \"{}\" add up to {:.6g}, not to 1", industry.key, shares));
    }
    const auto check_owner = [&](const std::string& path, const std::string& field, const std::string& industry) {
        if (field.empty() || c.fields[c.fields.index_of(field)].industry == industry) return;
        problems.add(document, path + ".field",
                     sim::translated("field \"{}\" belongs to \"{}\", not to \"{}\"", field,
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
                         sim::translated("\"{}\" already gives field \"{}\" on the path \"{}\"", first->second,
                                         words.field, words.macro));
    }
}

void check_loadings(const Config& c, const sim::Document& document, sim::Problems& problems) {
    std::map<std::pair<std::string, std::string>, std::string> given;
    for (const auto& each : c.loadings) {
        const auto [first, fresh] = given.try_emplace({each.factor, each.industry}, each.key);
        if (!fresh)
            problems.add(document, "loadings." + each.key,
                         sim::translated("the loading of {} on \"{}\" is already given by \"{}\"",
                                         each.industry.empty() ? sim::translated("the rest of industry")
                                                               : '"' + each.industry + '"',
                                         each.factor, first->second));
    }
    std::map<std::pair<std::string, std::string>, std::string> spoken;
    for (const auto& words : c.factor_paths) {
        const auto [first, fresh] = spoken.try_emplace({words.macro, words.factor}, words.key);
        if (!fresh)
            problems.add(document, "factor_paths." + words.key,
                         sim::translated("\"{}\" already gives factor \"{}\" on the path \"{}\"", first->second,
                                         words.factor, words.macro));
    }
}

void check_inputs(const Config& c, const sim::Document& document, sim::Problems& problems) {
    std::map<std::pair<std::string, std::string>, std::string> links;
    std::map<std::string, double> sums;
    for (const auto& link : c.inputs) {
        const auto path = "inputs." + link.key;
        if (link.supplier == link.buyer)
            problems.add(document, path, sim::translated("field \"{}\" cannot be its own supplier", link.buyer));
        const auto [first, fresh] = links.try_emplace({link.supplier, link.buyer}, link.key);
        if (!fresh)
            problems.add(document, path,
                         sim::translated("the link from \"{}\" to \"{}\" is already given by \"{}\"", link.supplier,
                                         link.buyer, first->second));
        sums[link.buyer] += link.coefficient;
    }
    for (const auto& [buyer, sum] : sums) {
        const auto& industry = c.industries[c.industries.index_of(c.fields[c.fields.index_of(buyer)].industry)];
        if (sum > 1 - industry.value_added_ratio + 1e-9)
            problems.add(
                document, "inputs",
                sim::translated("the inputs of field \"{}\" add up to {:.4g} of its output; with value added of "
                                "{:.4g} at most {:.4g} is left for them",
                                buyer, sum, industry.value_added_ratio, 1 - industry.value_added_ratio));
    }
}

void check_firms(const Config& c, const sim::Document& document, sim::Problems& problems) {
    for (const auto& firm : c.firms)
        if (c.industries[c.industries.index_of(firm.industry)].present &&
            !c.places[c.places.index_of(firm.place)].present)
            problems.add(document, "firms." + firm.key + ".place",
                         sim::translated("\"{}\" lies in \"{}\", which is not present", firm.key, firm.place));
    const auto& population = c.parameters.population;
    if (population.size_cap < least_size_cap(population))
        problems.add(
            document, "parameters.population.size_cap",
            sim::translated("no firm is drawn larger than {:.4g}, and none above scale smaller than {:.4g} ({}): raise "
                            "`size_cap` to {:.4g} at least, or lower `base_threshold`",
                            population.size_cap, least_size(population), unit_in(c.units, "money"),
                            least_size_cap(population)));
    for (std::size_t i = 0; i < c.industries.size(); ++i) {
        if (!c.industries[i].present || lacks_firms(c) || c.population.has(i))
            continue;  // whose rows add up to what they add up to
        const auto& industry = c.industries[i];
        double sales = 0, named = 0;
        for (const auto& firm : c.firms)
            if (firm.industry == industry.key) sales += firm.base_sales, named += 1;
        const double others = industry.above_scale_firms - named;
        const double least = least_size(c.parameters.population) * others;
        if (others < 0)
            problems.add(document, "industries." + industry.key + ".above_scale_firms",
                         sim::translated("{} named firms are more than the {} firms of \"{}\"", named,
                                         industry.above_scale_firms, industry.key));
        else if (sales + least > industry.base_sales)
            problems.add(
                document, "industries." + industry.key + ".base_sales",
                sim::translated("the named firms of \"{}\" sell {:.4g} and {} others at least {:.4g} ({}), more than "
                                "the industry's {:.4g}",
                                industry.key, sales, others, least, unit_in(c.units, "money"), industry.base_sales));
    }
}

}  // namespace

void check_tables(const Config& config, const sim::Document& document, sim::Problems& problems) {
    check_units(config, document, problems);
    check_extent(config, document, problems);
    check_clusters(config, document, problems);
    check_fields(config, document, problems);
    check_inputs(config, document, problems);
    check_loadings(config, document, problems);
    check_firms(config, document, problems);
    check_targets(config, document, problems);
}

// Where clusters claim every place, they must hold all of the industry: there is no rest to take the rest.
void check_shares(const Config& c, const sim::Document& document, sim::Problems& problems) {
    const auto cells = lay_out_cells(c);
    const auto shares = share_out(c, cells);
    for (std::size_t industry = 0; industry < c.industries.size(); ++industry) {
        if (!c.industries[industry].present) continue;
        double sales = 0, firms = 0;
        for (std::size_t i = 0; i < cells.size(); ++i)
            if (cells[i].industry == industry) sales += shares.sales[i], firms += shares.firms[i];
        if (std::abs(sales - 1) > 1e-6 || std::abs(firms - 1) > 1e-6)
            problems.add(
                document, "industries." + c.industries[industry].key,
                sim::translated("only {:.4g} of the sales and {:.4g} of the firms of \"{}\" have a place: raise the "
                                "shares of its clusters to 1, or give a place outside them a weight above 0",
                                sales, firms, c.industries[industry].key));
    }
}

}  // namespace growth
