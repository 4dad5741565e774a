// What the targets count, each indicator once; docs/model.md lists the operational definitions.
#include "models/growth/config.hpp"
#include "models/growth/measure.hpp"
#include "models/growth/state.hpp"

namespace growth {

namespace {

struct LastYear {
    std::vector<double> output, output_reported, value_added;  // by industry
    std::vector<double> cluster_output;
    double all_output = 0, all_value_added = 0;
};

LastYear last_year(const Config& c, const Record& record) {
    const auto steps = static_cast<std::size_t>(c.scenario.years * c.scenario.steps_per_year);
    const auto first = steps - static_cast<std::size_t>(c.scenario.steps_per_year);
    LastYear year;
    for (auto* each : {&year.output, &year.output_reported, &year.value_added}) each->assign(c.industries.size(), 0.0);
    year.cluster_output.assign(cluster_count(c), 0.0);
    for (std::size_t t = first; t < steps; ++t) {
        for (std::size_t i = 0; i < c.industries.size(); ++i) {
            for (std::size_t k = 0; k < cluster_count(c); ++k) {
                const auto cell = record.cells.at(t, i, k);
                year.output[i] += cell.output;
                year.value_added[i] += cell.value_added;
                year.cluster_output[k] += cell.output;
            }
            year.output_reported[i] += record.industries.at(t, i).output_reported;
        }
        const auto city = record.city.at(t);
        year.all_output += city.all_industry_output;
        year.all_value_added += city.all_industry_value_added;
    }
    return year;
}

double sum(const std::vector<double>& values) {
    double total = 0;
    for (const double value : values) total += value;
    return total;
}

// Over one industry, or all where the target names none.
double total(const Config& c, const Target& target, const std::vector<double>& by_industry) {
    if (!target.industry.empty()) return by_industry[c.industries.index_of(target.industry)];
    return sum(by_industry);
}

double firms_above(const Config& c, const State& s, const Target& target) {
    double count = 0;
    for (const Cell& cell : s.cells) {
        if (!target.industry.empty() && c.industries[cell.industry].key != target.industry) continue;
        for_each_living(s, cell, [&](sim::Index row) {
            const double ratio = target.revenue_scope == RevenueScope::group ? s.firms.group_ratio(row) : 1.0;
            count += s.firms.year_sales(row) * ratio > target.threshold;
        });
    }
    return count;
}

double national_centres(const State& s) {
    double count = 0;
    for (const Cell& cell : s.cells)
        for_each_living(s, cell, [&](sim::Index row) { count += s.firms.centre(row) == national_centre; });
    return count;
}

// Working sites of the target's lever.
double share_of_clusters_with_site(const Config& c, const State& s, const Target& target) {
    double count = 0;
    for (std::size_t k = 0; k < c.clusters.size(); ++k)
        for (std::size_t row = 0; row < c.components.sites.size(); ++row)
            if (c.components.sites[row].lever == target.lever && s.policy.sites[row].working[k] > 0) {
                count += 1;
                break;
            }
    return c.clusters.empty() ? 0.0 : count / static_cast<double>(c.clusters.size());
}

double clusters_with_results(const State& s, const LastYear& year, double multiple) {
    double count = 0;
    for (std::size_t k = 0; k < s.baseline.cluster_output.size(); ++k)
        count += s.baseline.cluster_output[k] > 0 && year.cluster_output[k] >= multiple * s.baseline.cluster_output[k];
    return count;
}

double share_of_zones_with_investment(const Config& c, const State& s, double least) {
    double zones = 0, active = 0;
    for (std::size_t k = 0; k < c.places.size(); ++k) {
        if (!c.places[k].development_zone) continue;
        zones += 1;
        active += s.place_investment[k] >= least;
    }
    return zones > 0 ? active / zones : 0.0;
}

double value_of(const Config& c, const State& s, const LastYear& year, const Target& target) {
    const auto& output = c.scenario.target_basis == Basis::reported ? year.output_reported : year.output;
    switch (target.indicator) {
        case Indicator::output:
            return total(c, target, output);
        case Indicator::output_share:
            return total(c, target, output) / (year.all_output + sum(output) - sum(year.output));
        case Indicator::value_added_share:
            return total(c, target, year.value_added) / year.all_value_added;
        case Indicator::firms_above_revenue:
            return firms_above(c, s, target);
        case Indicator::new_national_centres:
            return national_centres(s) - s.city.national_2010;
        case Indicator::clusters_with_site:
            return share_of_clusters_with_site(c, s, target);
        case Indicator::overseas_talents:
            return s.city.talents_arrived;
        case Indicator::innovation_teams:
            return s.city.teams;
        case Indicator::clusters_with_results:
            return clusters_with_results(s, year, target.threshold);
        case Indicator::zones_with_functional_zone:
            return share_of_zones_with_investment(c, s, target.threshold);
    }
    return 0;
}

}  // namespace

void measure_targets(const Config& c, const State& s, Record& record) {
    const auto year = last_year(c, record);
    for (std::size_t k = 0; k < c.targets.size(); ++k) {
        const auto& target = c.targets[k];
        const double value = value_of(c, s, year, target);
        record.targets.put({value, value >= target.value * (1 - target.tolerance) ? 1.0 : 0.0}, k);
    }
}

}  // namespace growth
