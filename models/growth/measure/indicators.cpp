// What targets count, at the end of a year: an output of the record with its filter and its measure, or firms by one of
// their columns. docs/model.md, 10.1, defines all of it.
#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "models/growth/cells.hpp"
#include "models/growth/config.hpp"
#include "models/growth/loops.hpp"
#include "models/growth/measure/figures.hpp"
#include "models/growth/measure/measure.hpp"
#include "models/growth/measure/targets.hpp"
#include "models/growth/measure/units.hpp"
#include "models/growth/state.hpp"

namespace growth {

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

// Where keys lie along their dimensions; those of a dimension are listed once, when one is asked for.
class Keys {
public:
    explicit Keys(const Config& c) : c_(c) {}
    const std::vector<std::string>& along(std::string_view dim) {
        auto [at, is_new] = known_.try_emplace(dim);
        if (is_new) at->second = keys_along(c_, dim);
        return at->second;
    }
    std::size_t position(std::string_view dim, const std::string& key) {
        const auto& keys = along(dim);
        return static_cast<std::size_t>(std::find(keys.begin(), keys.end(), key) - keys.begin());
    }

private:
    const Config& c_;
    std::map<std::string_view, std::vector<std::string>> known_;
};

// A year of a record, from one step to another.
struct Year {
    const Config& c;
    Keys& keys;
    const Record& record;
    std::size_t first, end;
};

struct Column {
    std::span<const double> values;
    std::array<std::size_t, 2> lengths{1, 1};  // of at most two dimensions after time
};

Column column_of(const Record& record, const Figure& f) {
    Column found;
    std::size_t position = 0;
    Record::describe_cubes(record, [&](const auto& cube) {
        if (position++ != f.cube) return;
        found.values = cube.values_of(f.member);
        for (std::size_t i = 1; i < cube.lengths().size(); ++i) found.lengths[i - 1] = cube.lengths()[i];
    });
    return found;
}

// Positions along a dimension: that of a key, or all.
struct Positions {
    std::size_t begin = 0, end = 1;
};

// The year's value of an output where the filter holds. Steps are added up key by key of the first dimension, so that a
// total is the sum of its parts to the last bit.
double value_in(const Year& year, const Figure& f, Where where) {
    const auto [values, lengths] = column_of(year.record, f);
    std::array<Positions, 2> at{Positions{0, lengths[0]}, Positions{0, lengths[1]}};
    for (std::size_t d = 0; d < f.dims.size(); ++d)
        if (const auto& key = key_of(where, f.dims[d]); !key.empty()) {
            const auto position = year.keys.position(f.dims[d], key);
            at[d] = {position, position + 1};
        }
    const std::size_t first = f.over_time == sim::OverTime::last ? year.end - 1 : year.first;
    double total = 0;
    for (std::size_t i = at[0].begin; i < at[0].end; ++i) {
        double part = 0;
        for (std::size_t t = first; t < year.end; ++t)
            for (std::size_t k = at[1].begin; k < at[1].end; ++k) part += values[(t * lengths[0] + i) * lengths[1] + k];
        total += part;
    }
    return f.adds_up() ? total : total / static_cast<double>(year.end - first);
}

double actual_value(const Year& year, const std::string& output, const Where& where) {
    return value_in(year, *figure_of(output, where), where);
}

// What is judged of an output: what is reported of it where the scenario asks for that and statistics report it. These
// industries are a part of all industry, and are judged there as they are alone.
double judged_value(const Year& year, const std::string& output, const Where& where) {
    const double actual = actual_value(year, output, where);
    if (output == "all_industry_output")
        return actual + judged_value(year, "output", {}) - actual_value(year, "output", {});
    if (year.c.scenario.target_basis == Basis::actual) return actual;
    const Figure* reported = figure_of(output + "_reported", where);
    return reported == nullptr ? actual : value_in(year, *reported, where);
}

// Nothing of nothing is nothing.
double share_of(double part, double whole) {
    return whole > 0 ? part / whole : 0.0;
}

// The year before the start as a record of one step, of the lengths of another.
Record past_of(const Config& c, const State& s, const Record& now) {
    std::vector<std::vector<std::size_t>> lengths;
    Record::describe_cubes(now, [&](const auto& cube) {
        auto own = cube.lengths();
        if (!cube.dims().empty() && cube.dims().front() == "time") own.front() = 1;
        lengths.push_back(std::move(own));
    });
    Record past;
    std::size_t position = 0;
    Record::describe_cubes(past, [&](auto& cube) { cube.shape(std::move(lengths[position++])); });
    past.levers.fill(0);  // before the start no lever acts
    past.accounts.fill(0);
    past.costs.fill(0);
    past.place_levers.fill(0);
    const auto& b = s.base_year;
    for (std::size_t i = 0; i < b.cells.size(); ++i)
        past.cells.put(b.cells[i], 0, i / cluster_count(c), i % cluster_count(c));
    for (std::size_t i = 0; i < b.places.size(); ++i) past.places.put(PlaceOutputs{b.places[i]}, 0, i);
    for (std::size_t i = 0; i < b.industry_places.size(); ++i)
        past.industry_places.put(IndustryPlaceOutputs{b.industry_places[i]}, 0, i / c.places.size(),
                                 i % c.places.size());
    for (std::size_t i = 0; i < b.fields.size(); ++i) past.fields.put(b.fields[i], 0, i);
    past.city.put(b.city, 0);
    return past;
}

int whole_years(const Config& c, int steps) {
    return steps / static_cast<int>(c.scenario.steps_per_year);
}

class Judge {
public:
    Judge(const Config& c, int step, const State& s, const Record& record)
        : c_(c),
          s_(s),
          keys_(c),
          now_{c, keys_, record, static_cast<std::size_t>(step + 1 - c.scenario.steps_per_year),
               static_cast<std::size_t>(step) + 1},
          years_(whole_years(c, step + 1)) {}

    // In the target's unit.
    double value(const Target& target, RevenueScope scope) {
        return in_its_unit(target, target.count == Counted::nothing ? measured(target, target.where)
                                   : target.count == Counted::firms ? firms(target, scope)
                                                                    : keys(target));
    }

    // A change's in the target's unit; missing where the year before the start is not asked for.
    double base(const Target& target) {
        const bool is_change = target.measure == Measure::change;
        const bool asked = is_change || target.measure == Measure::ratio || target.measure == Measure::growth;
        if (target.count != Counted::nothing || !asked) return unknown;
        const double value = base_value(target.output, target.where);
        return is_change ? in_its_unit(target, value) : value;
    }

private:
    double in_its_unit(const Target& target, double value) const {
        const double factor = unit_factor(c_.units, target).value_or(1);
        return factor == 1 ? value : value / factor;
    }

    double base_value(const std::string& output, const Where& where) {
        if (!past_) past_ = past_of(c_, s_, now_.record);
        return actual_value({c_, keys_, *past_, 0, 1}, output, where);
    }

    double measured(const Target& target, const Where& where) {
        const double value = judged_value(now_, target.output, where);
        switch (target.measure) {
            case Measure::level:
                return value;
            case Measure::change:
                return value - base_value(target.output, where);
            case Measure::ratio: {
                const double base = base_value(target.output, where);
                return base > 0 ? value / base : unknown;
            }
            case Measure::growth: {
                const double base = base_value(target.output, where);
                return base > 0 ? growth_a_year(base, value, years_) : unknown;
            }
            case Measure::share:
                return share_of(value, target.of.empty() ? judged_value(now_, target.output, {})
                                                         : judged_value(now_, target.of, part_of(where, target.of)));
            case Measure::per_worker:
                return share_of(value, judged_value(now_, "employment", where));
        }
        return unknown;
    }

    // Keys of a dimension that reach the bound: of clusters the plan's, of places those that are meant.
    double keys(const Target& target) {
        const auto dim = dimension_of(target.count);
        double all = 0, reached = 0;
        const auto& keys = keys_.along(dim);
        const auto count = target.count == Counted::clusters ? c_.clusters.size() : keys.size();
        for (std::size_t k = 0; k < count; ++k) {
            if (target.count == Counted::zones && !c_.places[k].development_zone) continue;
            if (!is_there(dim, k)) continue;
            auto where = target.where;
            key_of(where, dim) = keys[k];
            all += 1;
            reached += measured(target, where) >= target.bound.value_or(0);
        }
        return target.as_share ? share_of(reached, all) : reached;
    }

    // What only other scenarios of the run have is counted in no share.
    bool is_there(std::string_view dim, std::size_t k) const {
        if (dim == "industry") return c_.industries[k].present;
        if (dim == "field") return c_.industries[s_.fields[k].industry].present;
        return dim == "place" ? c_.places[k].present : lies_somewhere(c_, c_.clusters[k]);
    }

    double firms(const Target& target, RevenueScope scope) {
        const bool by_group = scope == RevenueScope::group && counts_revenue(target);
        const double bound = target.bound.value_or(0);
        const auto at = [&](std::string_view dim, const std::string& key) {
            return key.empty() ? no_row : keys_.position(dim, key);
        };
        const auto& where = target.where;
        const auto industry = at("industry", where.industry), place = at("place", where.place),
                   cluster = at("cluster", where.cluster), field = at("field", where.field),
                   tier = at("tier", where.tier), origin = at("origin", where.origin);
        const auto is = [](std::size_t wanted, std::size_t seen) { return wanted == no_row || wanted == seen; };
        const auto code = [](auto number) { return static_cast<std::size_t>(number); };
        double all = 0, reached = 0;
        Firms::describe(s_.firms, [&](const sim::Spec& spec, const auto& column) {
            if (spec.name != target.column) return;
            for (const Cell& cell : s_.cells) {
                if (!is(industry, cell.industry) || !is(place, cell.place) || !is(cluster, cell.cluster)) continue;
                const auto first = s_.industries[cell.industry].first_field;
                for_each_living(s_, cell, [&](sim::Index row) {
                    const auto& f = s_.firms;
                    if (!is(field, first + code(f.field(row))) || !is(tier, code(f.tier(row))) ||
                        !is(origin, code(f.origin(row))))
                        return;
                    const double seen = static_cast<double>(column(row)) * (by_group ? f.group_ratio(row) : 1.0);
                    all += 1;
                    reached += seen >= bound;
                });
            }
        });
        return target.as_share ? share_of(reached, all) : reached;
    }

    const Config& c_;
    const State& s_;
    Keys keys_;
    Year now_;
    double years_;
    std::optional<Record> past_;
};

// What the other revenue scope would say; missing where the target judges no revenue.
double other_scope(Judge& judge, const Target& target) {
    if (!counts_revenue(target)) return unknown;
    const bool judges_group = target.revenue_scope == RevenueScope::group;
    return judge.value(target, judges_group ? RevenueScope::local : RevenueScope::group);
}

// Up to the year in which the target is judged.
std::vector<double> path_of(const Config& c, const Record& record, std::size_t target) {
    const auto steps_per_year = static_cast<std::size_t>(c.scenario.steps_per_year);
    const auto last = c.scenario.start_year + c.scenario.years - 1;
    const auto years = year_of(c.targets[target], last) - c.scenario.start_year + 1;
    std::vector<double> path;
    for (std::size_t year = 1; year <= static_cast<std::size_t>(years); ++year)
        path.push_back(record.target_paths.at(year * steps_per_year - 1, target).target_path);
    return path;
}

}  // namespace

void measure_targets(const Config& c, int step, const State& s, Record& record) {
    if (c.targets.empty()) return;
    Judge judge(c, step, s, record);
    const auto last = c.scenario.start_year + c.scenario.years - 1;
    const auto year = c.scenario.start_year + step / static_cast<int>(c.scenario.steps_per_year);
    for (std::size_t k = 0; k < c.targets.size(); ++k) {
        const auto& target = c.targets[k];
        record.target_paths.put({judge.value(target, target.revenue_scope)}, static_cast<std::size_t>(step), k);
        if (year == year_of(target, last))
            record.targets.put({.target_other_scope = other_scope(judge, target), .target_base = judge.base(target)},
                               k);
    }
}

void judge_targets(const Config& c, Record& record) {
    for (std::size_t k = 0; k < c.targets.size(); ++k) {
        const auto& target = c.targets[k];
        const auto path = path_of(c, record, k);
        auto row = record.targets.at(k);
        row.target_value = path.back();
        row.target_met = is_met(target, path.back()) ? 1.0 : 0.0;
        row.target_year =
            static_cast<double>(c.scenario.start_year) + years_to_meet(target, path, facts_of(target).grows_by_rate);
        record.targets.put(row, k);
    }
}

}  // namespace growth
