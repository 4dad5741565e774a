// What a run records of above-scale firms: by industry and cluster, by place, and by field.
//
// Above-scale firms are those of the base year's definition, which the baseline of a plan counts by.
#pragma once

#include <cstddef>
#include <string_view>

#include "models/growth/measure/lever_records.hpp"

namespace growth {

struct CellOutputs {
    double output = 0, sales = 0, value_added = 0, investment = 0, firms = 0, firms_by_new_threshold = 0,
           employment = 0, capital = 0, land = 0, research = 0, wages = 0, profits = 0, exports = 0;

    static constexpr void describe(auto& r, auto&& member) {
        describe_from(std::string_view("industry_place_").size(), r, member);
    }

    // Each name is written as by industry and place; from its character `first` on it is the one that is meant.
    static constexpr void describe_from(std::size_t first, auto& r, auto&& member) {
        using sim::Spec, sim::OverTime;
        const auto named = [first](std::string_view name) { return name.substr(first); };
        member(Spec{named("industry_place_output"), "money", 0, unbounded, "Gross output at current prices"}.chinese(
                   "产值"),
               r.output);
        member(Spec{named("industry_place_sales"), "money", 0, unbounded, "Sales revenue at current prices"}.chinese(
                   "销售收入"),
               r.sales);
        member(Spec{named("industry_place_value_added"), "money", -unbounded, unbounded,
                    "Value added at current prices; below zero where inputs cost more than output"}
                   .chinese("增加值"),
               r.value_added);
        member(
            Spec{named("industry_place_investment"), "money", 0, unbounded, "Investment completed"}.chinese("完成投资"),
            r.investment);
        member(Spec{named("industry_place_firms"), "1", 0, unbounded,
                    "Firms with sales of at least {base_threshold} a year"}
                   .chinese("规模以上企业数({base_threshold}口径)")
                   .over(OverTime::last),
               r.firms);
        member(Spec{named("industry_place_firms_by_new_threshold"), "1", 0, unbounded,
                    "Firms with sales of at least {new_threshold} a year"}
                   .chinese("规模以上企业数({new_threshold}口径)")
                   .over(OverTime::last),
               r.firms_by_new_threshold);
        member(Spec{named("industry_place_employment"), "person", 0, unbounded, "Workers"}
                   .chinese("从业人员")
                   .over(OverTime::last),
               r.employment);
        member(Spec{named("industry_place_capital"), "money", 0, unbounded, "Fixed capital in use"}
                   .chinese("固定资产")
                   .over(OverTime::last),
               r.capital);
        member(Spec{named("industry_place_land"), "area", 0, unbounded, "Industrial land held"}
                   .chinese("工业用地")
                   .over(OverTime::last),
               r.land);
        member(Spec{named("industry_place_research"), "money", 0, unbounded, "R&D spending"}.chinese("研发经费"),
               r.research);
        member(Spec{named("industry_place_wages"), "money", 0, unbounded, "Wage bill"}.chinese("工资总额"), r.wages);
        member(Spec{named("industry_place_profits"), "money", -unbounded, unbounded,
                    "Profit before tax: operating surplus less interest and depreciation"}
                   .chinese("利润总额"),
               r.profits);
        member(Spec{named("industry_place_exports"), "money", 0, unbounded,
                    "Exports: of sales, the share that the scenario says; missing where it says none"}
                   .chinese("出口额")
                   .or_missing(),
               r.exports);
    }
};

// A cluster may lie in several places, so this cannot be added up from clusters; both add up to the city.
struct PlaceOutputs : CellOutputs {
    static constexpr void describe(auto& r, auto&& member) {
        describe_from(std::string_view("industry_").size(), r, member);
    }
};

struct IndustryPlaceOutputs : CellOutputs {
    static constexpr void describe(auto& r, auto&& member) { describe_from(0, r, member); }
};

// The fields of an industry add up to it.
struct FieldOutputs {
    double field_output = 0, field_sales = 0, field_value_added = 0, field_firms = 0, field_employment = 0,
           field_price = 0, field_required = 0, field_inputs_met = 0;

    static constexpr void describe(auto& r, auto&& member) {
        using sim::Spec, sim::OverTime;
        member(Spec{"field_output", "money", 0, unbounded, "Gross output of the field at current prices"}.chinese(
                   "领域产值"),
               r.field_output);
        member(Spec{"field_sales", "money", 0, unbounded, "Sales revenue of the field at current prices"}.chinese(
                   "领域销售收入"),
               r.field_sales);
        member(Spec{"field_value_added", "money", -unbounded, unbounded,
                    "Value added of the field at current prices; below zero where inputs cost more than output"}
                   .chinese("领域增加值"),
               r.field_value_added);
        member(
            Spec{"field_firms", "1", 0, unbounded, "Firms of the field with sales of at least {base_threshold} a year"}
                .chinese("领域规模以上企业数({base_threshold}口径)")
                .over(OverTime::last),
            r.field_firms);
        member(Spec{"field_employment", "person", 0, unbounded, "Workers of the field"}
                   .chinese("领域从业人员")
                   .over(OverTime::last),
               r.field_employment);
        member(Spec{"field_price", "1", 0, unbounded, "Price against the year before the start"}
                   .chinese("领域价格指数")
                   .over(OverTime::mean),
               r.field_price);
        member(Spec{"field_required", "money", 0, unbounded,
                    "What local buyers need of the field's product, at current prices"}
                   .chinese("本地下游需求"),
               r.field_required);
        member(Spec{"field_inputs_met", "1", 0, 1,
                    "Share of the field's inputs that local suppliers could make; 1 where it has none"}
                   .chinese("投入品本地可供率")
                   .over(OverTime::mean),
               r.field_inputs_met);
    }
};

}  // namespace growth
