// What a target counts, told from its row.
#include <array>

#include "models/growth/measure/figures.hpp"
#include "models/growth/measure/targets.hpp"

namespace growth {

namespace {

// Sales of the year, of the year before, or at a yearly rate.
constexpr std::array revenue_columns = {"year_sales", "last_sales", "sales"};

FigureKind kind_of(std::string_view name) {
    for (const std::string_view prefix : {"place_", "field_"})
        if (name.starts_with(prefix)) name.remove_prefix(prefix.size());
    if (name == "sales") return FigureKind::sales;
    if (name == "output") return FigureKind::output;
    return name == "value_added" ? FigureKind::value_added : FigureKind::other;
}

}  // namespace

bool counts_revenue(const Target& target) {
    return target.count == Counted::firms &&
           std::find(revenue_columns.begin(), revenue_columns.end(), target.column) != revenue_columns.end();
}

// The base of output and value added is Industry::base_sales where they are not compared with their own past: data of
// the base year know the sales of these industries alone.
TargetFacts facts_of(const Target& target) {
    if (target.count == Counted::firms)
        return counts_revenue(target) ? TargetFacts{FigureKind::sales, FigureKind::sales} : TargetFacts{};
    const Figure* counted = figure_of(target.output, target.where);
    if (counted == nullptr) return {};
    const auto now = kind_of(counted->name);
    const bool has_past =
        target.measure == Measure::change || target.measure == Measure::ratio || target.measure == Measure::growth;
    const bool grows = target.measure != Measure::change && target.measure != Measure::growth;
    return {.now = now,
            .base = now == FigureKind::other || has_past ? now : FigureKind::sales,
            .above_scale = counted->above_scale,
            .grows_by_rate = target.count == Counted::nothing && grows && counted->is_money()};
}

bool may_be_missing(const Target& target) {
    if (target.count != Counted::nothing) return false;
    const auto may_be = [&](const std::string& output) {
        const Figure* counted = figure_of(output, part_of(target.where, output));
        return counted != nullptr && counted->may_be_missing;
    };
    return target.measure == Measure::ratio || target.measure == Measure::growth || may_be(target.output) ||
           (!target.of.empty() && may_be(target.of));
}

bool is_output_of(const Target& target, std::string_view industry) {
    Where alone;
    alone.industry = industry;
    return target.output == "output" && target.measure == Measure::level && target.count == Counted::nothing &&
           target.where == alone;
}

}  // namespace growth
