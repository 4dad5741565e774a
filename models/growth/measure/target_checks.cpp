#include "models/growth/measure/target_checks.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "models/growth/firms.hpp"
#include "models/growth/measure/exports.hpp"
#include "models/growth/measure/figures.hpp"
#include "models/growth/measure/measure.hpp"
#include "models/growth/measure/targets.hpp"
#include "models/growth/measure/units.hpp"
#include "sim/describe/translated.hpp"
#include "sim/scenario/document.hpp"
#include "sim/scenario/names.hpp"

namespace growth {

namespace {

constexpr std::array firm_dims = {"industry", "field", "cluster", "place", "tier", "origin"};

// One target, and where to say what is wrong with it.
class Check {
public:
    Check(const Config& c, const std::vector<sim::Axis>& axes, const Target& target, const sim::Document& document,
          sim::Problems& problems)
        : c_(c), axes_(axes), target_(target), document_(document), problems_(problems) {}

    void all() {
        check_keys();
        if (target_.count == Counted::firms)
            check_firms();
        else
            check_output();
        check_value();
        check_year();
        if (!is_wrong_) check_unit();
    }

private:
    void refuse(const std::string& key, const std::string& why) {
        is_wrong_ = true;
        const auto path = sim::join("targets", target_.key);
        problems_.add(document_, key.empty() ? path : path + "." + key, fmt::format("{}.{} {}", path, key, why));
    }

    // Industries, places and levers are held against their tables where the file is read.
    void check_keys() {
        for (const auto& [dim, key] : target_.where.named()) {
            const auto& keys = sim::axis_of(axes_, dim).keys;
            if (std::find(keys.begin(), keys.end(), key) != keys.end()) continue;
            const std::vector<std::string_view> names(keys.begin(), keys.end());
            refuse("where." + std::string(dim),
                   sim::translated("= {} is no key of the dimension {}{}", sim::in_quotes(key), dim,
                                   sim::suggestion(key, names, sim::translated("it has"))));
        }
    }

    void check_firms() {
        std::vector<std::string_view> columns;
        const Firms firms;
        Firms::describe(firms, [&](const sim::Spec& spec, const auto&) { columns.push_back(spec.name); });
        if (target_.column.empty())
            refuse("column",
                   sim::translated("is missing: firms are counted by a column, such as \"year_sales\" or \"labour\" "
                                   "(jiju describe panel lists them, with firm_ before the name)"));
        else if (std::find(columns.begin(), columns.end(), target_.column) == columns.end())
            refuse("column", sim::translated("= {} is no column of firms{}", sim::in_quotes(target_.column),
                                             sim::suggestion(target_.column, columns, sim::translated("there are"))));
        if (!target_.bound) refuse("bound", sim::translated("is missing: what firms that are counted reach at least"));
        if (!target_.output.empty() && target_.output != "firms")
            refuse(
                "output",
                sim::translated("does not go with count = \"firms\", which holds a column of firms against the bound"));
        if (target_.measure != Measure::level)
            refuse("measure", sim::translated(
                                  "does not go with count = \"firms\": a firm's column is taken as it is in the year"));
        for (const auto& [dim, key] : target_.where.named())
            if (std::find(firm_dims.begin(), firm_dims.end(), dim) == firm_dims.end())
                refuse("where." + std::string(dim),
                       sim::translated("does not go with count = \"firms\": firms differ by {}",
                                       fmt::join(firm_dims, ", ")));
    }

    void check_output() {
        if (!target_.column.empty())
            refuse("column", sim::translated("goes with count = \"firms\" alone: a column is what single firms have"));
        if (target_.output.empty())
            return refuse("output", sim::translated("is missing: what is counted, such as \"employment\""));
        if (figure(target_.output) == nullptr) return refuse("output", unknown(target_.output));
        auto where = target_.where;
        if (const auto dim = dimension_of(target_.count); !dim.empty()) {
            if (!key_of(where, dim).empty())
                refuse("where." + std::string(dim),
                       sim::translated("does not go with count = \"{}\", which looks at each",
                                       sim::word_of(target_.count)));
            key_of(where, dim) = "each";
            if (!target_.bound)
                refuse("bound", sim::translated("is missing: what {} that are counted reach at least",
                                                sim::word_of(target_.count)));
        } else if (target_.bound || target_.as_share) {
            refuse(target_.bound ? "bound" : "as_share", sim::translated("goes with `count` alone"));
        }
        const Figure* counted = figure_of(target_.output, where);
        if (counted == nullptr) return refuse("where", dimensions_of(target_.output, where));
        check_sum(*counted, where, "output");
        check_exports(target_.output, target_.where, "output");
        check_measure(*counted, where);
    }

    void check_measure(const Figure& counted, const Where& where) {
        const bool has_past = target_.measure == Measure::change || target_.measure == Measure::ratio ||
                              target_.measure == Measure::growth;
        if (has_past && !counted.has_base)
            refuse("measure",
                   sim::translated("= \"{}\" needs the year before the start, which is not known of {}; possible "
                                   "are level, share and per_worker",
                                   sim::word_of(target_.measure), counted.name));
        if (target_.measure == Measure::per_worker && figure_of("employment", where) == nullptr)
            refuse("measure", sim::translated("= \"per_worker\": ") + dimensions_of("employment", where));
        if (target_.measure != Measure::share) {
            if (!target_.of.empty()) refuse("of", sim::translated("goes with measure = \"share\" alone"));
            return;
        }
        if (!target_.of.empty() && figure(target_.of) == nullptr) return refuse("of", unknown(target_.of));
        if (target_.of.empty() && where == Where())
            return refuse("of", sim::translated("is missing: a share of itself needs a filter in `where`"));
        const auto& of = target_.of.empty() ? target_.output : target_.of;
        const auto part = target_.of.empty() ? Where() : part_of(where, of);
        check_sum(*figure_of(of, part), part, target_.of.empty() ? "output" : "of");
        check_exports(of, part, target_.of.empty() ? "output" : "of");
        if (figure(of)->unit != counted.unit)
            refuse("of", sim::translated("= \"{}\" is in {}, and {} in {}: a share is of one unit", of,
                                         figure(of)->unit, counted.name, counted.unit));
    }

    // Prices and shares are means: of several keys there is none.
    void check_sum(const Figure& f, const Where& where, const std::string& key) {
        if (f.adds_up() && f.upper > 1) return;
        for (const auto& dim : f.dims) {
            auto copy = where;
            if (key_of(copy, dim).empty())
                refuse(key, sim::translated("= \"{}\" does not add up over {}: name one in `where`", f.name, dim));
        }
    }

    // A sum is known where all of its parts are.
    void check_exports(const std::string& output, const Where& where, const std::string& key) {
        if (!is_exports(output)) return;
        if (const auto missing = without_exports(c_, where); missing < c_.industries.size())
            refuse(key,
                   sim::translated("= \"{}\" is not known of \"{}\": industries.{}.exports_share says what share of "
                                   "its sales it exports, or a column of the table of firms",
                                   output, c_.industries[missing].key, c_.industries[missing].key));
    }

    void check_value() {
        const bool is_between = target_.comparison == Comparison::between;
        if (is_between && !target_.upper)
            refuse("upper", sim::translated("is missing: comparison = \"between\" is from `value` to `upper`"));
        if (is_between && target_.upper && *target_.upper < target_.value)
            refuse("upper", sim::translated("= {} is below `value` = {}", *target_.upper, target_.value));
        if (!is_between && target_.upper) refuse("upper", sim::translated("goes with comparison = \"between\" alone"));
        if (target_.comparison == Comparison::about && !(target_.tolerance > 0))
            refuse("tolerance", sim::translated("is missing: comparison = \"about\" needs one above 0, such as 0.05"));
        if (target_.revenue_scope == RevenueScope::group && !counts_revenue(target_))
            refuse(
                "revenue_scope",
                sim::translated("= \"group\" goes with count = \"firms\" by a revenue alone, column = \"year_sales\""));
    }

    void check_year() {
        if (!target_.year) return;
        const auto first = c_.scenario.start_year, last = first + c_.scenario.years - 1;
        if (*target_.year != std::floor(*target_.year) || *target_.year < static_cast<double>(first) ||
            *target_.year > static_cast<double>(last))
            refuse("year",
                   sim::translated("= {} is none of the years simulated, {} to {}", *target_.year, first, last));
    }

    void check_unit() {
        if (unit_factor(c_.units, target_)) return;
        refuse("unit",
               sim::translated("= {} cannot be converted: what is counted is in \"{}\"; words of units are {}, with a "
                               "number before and /person or /year behind",
                               sim::in_quotes(target_.unit), natural_unit(c_.units, target_), known_units(c_.units)));
    }

    static std::string unknown(const std::string& output) {
        std::vector<std::string_view> names;
        for (const auto& each : figures()) names.push_back(each.name);
        const auto near = sim::suggestion(output, names, "");
        return sim::translated("= {} is no output over time{}", sim::in_quotes(output),
                               near.empty() ? sim::translated("; jiju describe outputs lists them") : near);
    }

    // What the filter would need, and what there is.
    static std::string dimensions_of(const std::string& output, const Where& where) {
        std::vector<std::string_view> asked;
        for (const auto& [dim, key] : where.named()) asked.push_back(dim);
        std::vector<std::string> there;
        for (const std::string prefix : {"", "place_", "field_", "industry_place_"})
            if (const Figure* f = figure(prefix + output))
                there.push_back(f->dims.empty()
                                    ? sim::translated("{} of the whole city", f->name)
                                    : fmt::format("{} by {}", f->name, fmt::join(f->dims, sim::translated(" and "))));
        return sim::translated("asks for \"{}\" by {}; there is {}", output, fmt::join(asked, sim::translated(" and ")),
                               fmt::join(there, ", "));
    }

    const Config& c_;
    const std::vector<sim::Axis>& axes_;
    const Target& target_;
    const sim::Document& document_;
    sim::Problems& problems_;
    bool is_wrong_ = false;
};

}  // namespace

void check_targets(const Config& c, const sim::Document& document, sim::Problems& problems) {
    const auto axes = axes_of(c);
    for (const auto& target : c.targets) Check(c, axes, target, document, problems).all();
}

void fill_units(Config& c) {
    for (auto& target : c.targets)
        if (target.unit.empty()) target.unit = natural_unit(c.units, target);
}

}  // namespace growth
