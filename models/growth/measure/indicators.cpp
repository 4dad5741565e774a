// What the targets count, each indicator once, at the end of a year; docs/model.md lists the operational definitions.
#include <limits>

#include "models/growth/cells.hpp"
#include "models/growth/config.hpp"
#include "models/growth/loops.hpp"
#include "models/growth/measure/measure.hpp"
#include "models/growth/measure/targets.hpp"
#include "models/growth/policy/mechanisms.hpp"
#include "models/growth/policy/sites.hpp"
#include "models/growth/state.hpp"

namespace growth {

namespace {

// The year that a step closes.
struct LastYear {
    std::vector<double> output, output_reported, value_added;  // by industry
    std::vector<double> cluster_output;
    double all_output = 0, all_value_added = 0;
};

LastYear last_year(const Config& c, int step, const Record& record) {
    const auto steps = static_cast<std::size_t>(step) + 1;
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

double firms_above(const Config& c, const State& s, const Target& target, RevenueScope scope) {
    double count = 0;
    for (const Cell& cell : s.cells) {
        if (!target.industry.empty() && c.industries[cell.industry].key != target.industry) continue;
        for_each_living(s, cell, [&](sim::Index row) {
            const double ratio = scope == RevenueScope::group ? s.firms.group_ratio(row) : 1.0;
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
    double count = 0, clusters = 0;
    for (const auto& cluster : c.clusters) clusters += !cluster.places.empty();
    for (std::size_t k = 0; k < c.clusters.size(); ++k)
        for (std::size_t row = 0; row < c.components->of<Site>().size(); ++row)
            if (c.components->of<Site>()[row].lever == target.lever &&
                s.policy.components->of<Site>()[row].working[k] > 0) {
                count += 1;
                break;
            }
    return clusters > 0 ? count / clusters : 0.0;
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

// Nothing of nothing is nothing.
double share_of(double part, double whole) {
    return whole > 0 ? part / whole : 0.0;
}

double value_of(const Config& c, const State& s, const LastYear& year, const Target& target) {
    const auto& output = c.scenario.target_basis == Basis::reported ? year.output_reported : year.output;
    switch (target.indicator) {
        case Indicator::output:
            return total(c, target, output);
        case Indicator::output_share:
            return share_of(total(c, target, output), year.all_output + sum(output) - sum(year.output));
        case Indicator::value_added_share:
            return share_of(total(c, target, year.value_added), year.all_value_added);
        case Indicator::firms_above_revenue:
            return firms_above(c, s, target, target.revenue_scope);
        case Indicator::new_national_centres:
            return national_centres(s) - s.city.base_national;
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

// What the other revenue scope would say; missing where the target judges no revenue.
double other_scope(const Config& c, const State& s, const Target& target) {
    if (target.indicator != Indicator::firms_above_revenue) return std::numeric_limits<double>::quiet_NaN();
    const bool judges_group = target.revenue_scope == RevenueScope::group;
    return firms_above(c, s, target, judges_group ? RevenueScope::local : RevenueScope::group);
}

std::vector<double> path_of(const Config& c, const Record& record, std::size_t target) {
    const auto steps_per_year = static_cast<std::size_t>(c.scenario.steps_per_year);
    std::vector<double> path;
    for (std::size_t year = 1; year <= static_cast<std::size_t>(c.scenario.years); ++year)
        path.push_back(record.target_paths.at(year * steps_per_year - 1, target).target_path);
    return path;
}

}  // namespace

void measure_targets(const Config& c, int step, const State& s, Record& record) {
    const auto year = last_year(c, step, record);
    for (std::size_t k = 0; k < c.targets.size(); ++k)
        record.target_paths.put({value_of(c, s, year, c.targets[k])}, static_cast<std::size_t>(step), k);
}

void judge_targets(const Config& c, const State& s, Record& record) {
    for (std::size_t k = 0; k < c.targets.size(); ++k) {
        const auto& target = c.targets[k];
        const auto path = path_of(c, record, k);
        const double year = static_cast<double>(c.scenario.start_year) + years_to_meet(target, path);
        record.targets.put({path.back(), is_met(target, path.back()) ? 1.0 : 0.0, year, other_scope(c, s, target)}, k);
    }
}

}  // namespace growth
