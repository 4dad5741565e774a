// Steps to years, and all variables to those that were asked for.
#include "sim/record/view.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

#include "sim/math/canonical.hpp"

namespace sim {
namespace {

bool is_over_time(const Variable& variable) {
    return !variable.dims.empty() && variable.dims.front() == time_axis;
}

const std::vector<std::int32_t>& calendar_years(const Axis& time) {
    for (const auto& companion : time.companions)
        if (companion.name == "calendar_year") return std::get<std::vector<std::int32_t>>(companion.values);
    throw std::invalid_argument("the time axis does not tell the year of its steps");
}

Axis years_of(const std::vector<std::int32_t>& steps) {
    Axis axis{.name = std::string(year_axis), .long_name = "calendar year", .long_name_zh = "年份"};
    for (const auto year : steps)
        if (axis.numbers.empty() || axis.numbers.back() != year) axis.numbers.push_back(year);
    return axis;
}

void check_names(const std::vector<std::string>& wanted, const std::vector<Variable>& variables) {
    for (const auto& name : wanted) {
        const auto is_it = [&](const Variable& variable) { return variable.name == name; };
        if (std::none_of(variables.begin(), variables.end(), is_it))
            throw std::invalid_argument(fmt::format("there is no output '{}' to record", name));
    }
}

Variable by_year(Variable variable) {
    variable.dims.front() = year_axis;
    return variable;
}

}  // namespace

View::View(const std::vector<Axis>& axes, const std::vector<Variable>& variables, const Recording& recording)
    : keeps_what_is_yearly_(recording.detail <= Detail::years) {
    check_names(recording.variables, variables);
    const auto& steps = calendar_years(axis_of(axes, time_axis));
    for (std::size_t step = 0; step < steps.size(); ++step)
        if (step + 1 == steps.size() || steps[step + 1] != steps[step]) year_ends_.push_back(step + 1);
    const auto with_year = [&] {
        auto all = axes;
        all.push_back(years_of(steps));
        return all;
    }();

    const auto& names = recording.variables;
    for (std::size_t column = 0; column < variables.size(); ++column) {
        const auto& variable = variables[column];
        const bool timed = is_over_time(variable);
        if (timed && recording.detail == Detail::outcomes) continue;
        if (timed && !names.empty() && std::find(names.begin(), names.end(), variable.name) == names.end()) continue;
        if (variable.is_extra && names.empty()) continue;
        if (row_length(with_year, variable) == 0) continue;
        const bool in_steps = timed && recording.detail >= Detail::steps;
        const auto width = timed ? row_length(with_year, variable) / steps.size() : 0;
        yearly_.push_back(timed ? by_year(variable) : variable);
        yearly_sources_.push_back({column, variable.over_time, width, timed});
        yearly_length_ += row_length(with_year, yearly_.back());
        kept_.push_back(in_steps || !timed ? variable : by_year(variable));
        kept_sources_.push_back({column, variable.over_time, width, timed && !in_steps});
        offsets_.push_back({kept_length_, row_length(with_year, kept_.back())});
        kept_length_ += row_length(with_year, kept_.back());
    }

    std::set<std::string> used;
    for (const auto* list : {&kept_, &yearly_})
        for (const auto& variable : *list) used.insert(variable.dims.begin(), variable.dims.end());
    for (const auto& axis : with_year)
        if (used.contains(axis.name)) axes_.push_back(axis);
}

void View::append_kept(const std::vector<std::span<const double>>& columns, std::vector<double>& rows) const {
    append(kept_sources_, columns, rows);
}

void View::append_yearly(const std::vector<std::span<const double>>& columns, std::vector<double>& rows) const {
    append(yearly_sources_, columns, rows);
}

// Whatever a model leaves in a record where a value is missing, files and statistics are given one NaN.
void View::append(const std::vector<Source>& sources, const std::vector<std::span<const double>>& columns,
                  std::vector<double>& rows) const {
    const auto first = rows.size();
    for (const auto& source : sources) {
        const auto column = columns[source.column];
        if (source.by_year)
            append_years(column, source, rows);
        else
            rows.insert(rows.end(), column.begin(), column.end());
    }
    make_canonical(std::span(rows).subspan(first));
}

void View::append_yearly_of_kept(std::span<const double> kept, std::vector<double>& rows) const {
    if (keeps_what_is_yearly_) {
        rows.insert(rows.end(), kept.begin(), kept.end());
        return;
    }
    // In the order of the variables, as both rows are: what is kept in steps becomes years, the rest is the same.
    for (std::size_t i = 0; i < yearly_sources_.size(); ++i) {
        const auto column = kept.subspan(offsets_[i].first, offsets_[i].length);
        if (yearly_sources_[i].by_year)
            append_years(column, yearly_sources_[i], rows);
        else
            rows.insert(rows.end(), column.begin(), column.end());
    }
}

void View::append_years(std::span<const double> column, const Source& source, std::vector<double>& rows) const {
    const auto width = source.width;
    std::size_t first = 0;
    for (const auto end : year_ends_) {
        const auto at = rows.size();
        const auto last = column.subspan((end - 1) * width, width);
        if (source.rule == OverTime::last) {
            rows.insert(rows.end(), last.begin(), last.end());
        } else {
            rows.resize(at + width, 0.0);
            for (std::size_t step = first; step < end; ++step)
                for (std::size_t i = 0; i < width; ++i) rows[at + i] += column[step * width + i];
            if (source.rule == OverTime::mean)
                for (std::size_t i = 0; i < width; ++i) rows[at + i] /= static_cast<double>(end - first);
        }
        first = end;
    }
}

}  // namespace sim
