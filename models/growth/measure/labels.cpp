#include "models/growth/measure/labels.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "models/growth/firms.hpp"
#include "models/growth/measure/figures.hpp"
#include "models/growth/measure/measure.hpp"
#include "models/growth/measure/targets.hpp"
#include "models/growth/measure/units.hpp"

namespace growth {

namespace {

struct ColumnWord {
    std::string_view column, zh;
};

// Of the columns of firms that targets ask for; labels are in both languages, whatever the one that is spoken.
constexpr std::array columns_zh{ColumnWord{"year_sales", "销售收入"},
                                ColumnWord{"last_sales", "上年销售收入"},
                                ColumnWord{"sales", "销售收入"},
                                ColumnWord{"output", "产值"},
                                ColumnWord{"demand", "订单"},
                                ColumnWord{"labour", "从业人员"},
                                ColumnWord{"capital", "固定资产"},
                                ColumnWord{"year_investment", "完成投资"},
                                ColumnWord{"investment", "投资"},
                                ColumnWord{"land", "工业用地"},
                                ColumnWord{"research", "研发经费"},
                                ColumnWord{"knowledge", "知识存量"},
                                ColumnWord{"patents", "专利"},
                                ColumnWord{"intensity", "研发强度"},
                                ColumnWord{"value_added", "增加值"},
                                ColumnWord{"wages", "工资总额"},
                                ColumnWord{"surplus", "营业盈余"},
                                ColumnWord{"tax", "所得税"},
                                ColumnWord{"grants", "补助"},
                                ColumnWord{"debt", "债务"},
                                ColumnWord{"cash", "现金"},
                                ColumnWord{"efficiency", "效率(对数)"},
                                ColumnWord{"high_tech", "高新技术企业"},
                                ColumnWord{"listed", "上市"},
                                ColumnWord{"mean_growth", "平均增速"},
                                ColumnWord{"talents", "海外高层次人才"},
                                ColumnWord{"centre", "技术中心"},
                                ColumnWord{"group_ratio", "集团收入倍数"}};

// One language's words. Places in braces are filled in order.
struct Words {
    bool is_chinese;
    std::string_view comma, filter, change, ratio, growth, share, share_of, per_worker, reach, groups, number,
        share_of_all, year;
    std::array<std::string_view, 7> counted;
};

constexpr Words english{.is_chinese = false,
                        .comma = ", ",
                        .filter = " ({})",
                        .change = ", change since {}",
                        .ratio = ", over that of {}",
                        .growth = ", growth a year since {}",
                        .share = ", share of the whole",
                        .share_of = ", over {}",
                        .per_worker = " per worker",
                        .reach = "{} with {} ≥ {}",
                        .groups = "group's {}",
                        .number = ", number",
                        .share_of_all = ", share",
                        .year = " in {}",
                        .counted = {"", "Industries", "Fields", "Clusters", "Places", "Development zones", "Firms"}};

constexpr Words chinese{.is_chinese = true,
                        .comma = "、",
                        .filter = "（{}）",
                        .change = "，较{}年变化",
                        .ratio = "，与{}年之比",
                        .growth = "，{}年以来年均增速",
                        .share = "，占总量比重",
                        .share_of = "，与{}之比",
                        .per_worker = "（人均）",
                        .reach = "{1} ≥ {2}的{0}",
                        .groups = "集团{}",
                        .number = "数",
                        .share_of_all = "占比",
                        .year = "（{}年）",
                        .counted = {"", "产业", "领域", "集聚区", "地区", "开发区", "企业"}};

template <class... Parts>
std::string filled(std::string_view form, const Parts&... parts) {
    return fmt::format(fmt::runtime(form), parts...);
}

// The first clause of an output's description.
std::string name_of(const Config& c, const Figure& f, const Words& words) {
    if (words.is_chinese) return text_in(c, f.zh, true);
    const auto end = std::min(f.text.find(';'), f.text.find(':'));
    return text_in(c, f.text.substr(0, end), false);
}

std::string filter_of(const std::vector<sim::Axis>& axes, const Where& where, const Words& words) {
    std::vector<std::string> names;
    for (const auto& [dim, key] : where.named()) {
        const auto& axis = sim::axis_of(axes, dim);
        const auto at =
            static_cast<std::size_t>(std::find(axis.keys.begin(), axis.keys.end(), key) - axis.keys.begin());
        const auto& labels = words.is_chinese ? axis.labels_zh : axis.labels;
        names.push_back(at < labels.size() ? labels[at] : key);
    }
    return names.empty() ? std::string() : filled(words.filter, fmt::join(names, words.comma));
}

std::string what_of(const Config& c, const std::vector<sim::Axis>& axes, const Target& target, const Words& words) {
    const Figure* counted = figure_of(target.output, target.where);
    if (counted == nullptr) return target.output;
    const auto base_year = c.scenario.start_year - 1;
    auto text = name_of(c, *counted, words) + filter_of(axes, target.where, words);
    switch (target.measure) {
        case Measure::level:
            break;
        case Measure::change:
            return text + filled(words.change, base_year);
        case Measure::ratio:
            return text + filled(words.ratio, base_year);
        case Measure::growth:
            return text + filled(words.growth, base_year);
        case Measure::share:
            if (const Figure* whole = figure(target.of))
                return text + filled(words.share_of, name_of(c, *whole, words));
            return text + std::string(words.share);
        case Measure::per_worker:
            return text + std::string(words.per_worker);
    }
    return text;
}

// A column of firms has no Chinese name but where it is a revenue.
std::string column_of(const Target& target, const Words& words) {
    std::string text = target.column;
    const Firms firms;
    Firms::describe(firms, [&](const sim::Spec& spec, const auto&) {
        if (spec.name == target.column) text = std::string(spec.text.substr(0, spec.text.find(':')));
    });
    if (words.is_chinese)
        for (const auto& [column, zh] : columns_zh)
            if (column == target.column) text = zh;
    if (!words.is_chinese && !text.empty()) text[0] = static_cast<char>(std::tolower(text[0]));
    const bool by_group = counts_revenue(target) && target.revenue_scope == RevenueScope::group;
    return by_group ? filled(words.groups, text) : text;
}

// Of what is held against the bound where it is money or land; other bounds are understood without.
std::string bound_unit(const Config& c, const Target& target, const Words& words) {
    std::string unit;
    if (target.count == Counted::firms) {
        const Firms firms;
        Firms::describe(firms, [&](const sim::Spec& spec, const auto&) {
            if (spec.name == target.column) unit = unit_in(c.units, spec.unit);
        });
    } else {
        Target level = target;
        level.count = Counted::nothing;
        unit = natural_unit(c.units, level);
    }
    const auto kind = unit_of(unit);
    if (!kind || (kind->kind != "money" && kind->kind != "area")) return {};
    return " " + (words.is_chinese ? unit_in_chinese(unit) : unit);
}

std::string counted_of(const Config& c, const std::vector<sim::Axis>& axes, const Target& target, const Words& words) {
    const auto bound = target.bound.value_or(0);
    auto kind = std::string(words.counted[static_cast<std::size_t>(target.count)]);
    const bool of_firms = target.count == Counted::firms;
    if (of_firms) kind += filter_of(axes, target.where, words);
    auto what = of_firms ? column_of(target, words) : what_of(c, axes, target, words);
    if (!of_firms && !words.is_chinese && !what.empty()) what[0] = static_cast<char>(std::tolower(what[0]));
    return filled(words.reach, kind, what, fmt::format("{}{}", bound, bound_unit(c, target, words))) +
           std::string(target.as_share ? words.share_of_all : words.number);
}

std::string demand_of(const Config& c, const Target& target, const Words& words) {
    auto unit = target.unit.empty() ? natural_unit(c.units, target) : target.unit;
    if (words.is_chinese && unit != "1/year") unit = unit_in_chinese(unit);
    unit = unit == "1" ? "" : unit == "1/year" ? (words.is_chinese ? "/年" : "/year") : " " + unit;
    switch (target.comparison) {
        case Comparison::at_least:
            return fmt::format(" ≥ {}{}", target.value, unit);
        case Comparison::at_most:
            return fmt::format(" ≤ {}{}", target.value, unit);
        case Comparison::about:
            return fmt::format(" ≈ {}{} (±{:g} %)", target.value, unit, 100 * target.tolerance);
        case Comparison::between:
            return fmt::format(" {}–{}{}", target.value, target.upper.value_or(target.value), unit);
    }
    return {};
}

std::string made(const Config& c, const std::vector<sim::Axis>& axes, const Target& target, const Words& words) {
    const auto last = c.scenario.start_year + c.scenario.years - 1;
    return (target.count == Counted::nothing ? what_of(c, axes, target, words) : counted_of(c, axes, target, words)) +
           demand_of(c, target, words) + filled(words.year, year_of(target, last));
}

}  // namespace

std::string label_of(const Config& c, const std::vector<sim::Axis>& axes, const Target& target) {
    return target.name.empty() ? made(c, axes, target, english) : target.name;
}

std::string label_zh_of(const Config& c, const std::vector<sim::Axis>& axes, const Target& target) {
    return target.name_zh.empty() ? made(c, axes, target, chinese) : target.name_zh;
}

sim::Rows<Target> named_targets(const Config& c) {
    const auto axes = axes_of(c);
    auto targets = c.targets;
    for (auto& target : targets) {
        target.name_zh = label_zh_of(c, axes, target);
        target.name = label_of(c, axes, target);
    }
    return targets;
}

}  // namespace growth
