// What a run records, by the dimensions it is recorded over. The results file walks these descriptions.
//
// Money is in 1e8 CNY (亿元) at current prices unless said otherwise; flows are those of one step.
#pragma once

#include "models/growth/measure/lever_records.hpp"
#include "sim/record/cube.hpp"

namespace growth {

// What happened in an industry within a cluster in a step. Above-scale firms are those of the base year's definition.
struct CellOutputs {
    double output = 0, sales = 0, value_added = 0, investment = 0, firms = 0, firms_above_20m = 0, employment = 0,
           capital = 0, land = 0, research = 0;

    static constexpr void describe(auto& r, auto&& member) {
        using sim::Spec, sim::OverTime;
        member(Spec{"output", "1e8 CNY", 0, unbounded, "Gross output at current prices"}.chinese("产值"), r.output);
        member(Spec{"sales", "1e8 CNY", 0, unbounded, "Sales revenue at current prices"}.chinese("销售收入"), r.sales);
        member(Spec{"value_added", "1e8 CNY", -unbounded, unbounded,
                    "Value added at current prices; below zero where inputs cost more than output"}
                   .chinese("增加值"),
               r.value_added);
        member(Spec{"investment", "1e8 CNY", 0, unbounded, "Investment completed"}.chinese("完成投资"), r.investment);
        member(Spec{"firms", "1", 0, unbounded, "Firms with sales of at least 5 million yuan a year"}
                   .chinese("规模以上企业数(500万元口径)")
                   .over(OverTime::last),
               r.firms);
        member(Spec{"firms_above_20m", "1", 0, unbounded, "Firms with sales of at least 20 million yuan a year"}
                   .chinese("规模以上企业数(2000万元口径)")
                   .over(OverTime::last),
               r.firms_above_20m);
        member(Spec{"employment", "person", 0, unbounded, "Workers"}.chinese("从业人员").over(OverTime::last),
               r.employment);
        member(
            Spec{"capital", "1e8 CNY", 0, unbounded, "Fixed capital in use"}.chinese("固定资产").over(OverTime::last),
            r.capital);
        member(Spec{"land", "mu", 0, unbounded, "Industrial land held"}.chinese("工业用地").over(OverTime::last),
               r.land);
        member(Spec{"research", "1e8 CNY", 0, unbounded, "R&D spending"}.chinese("研发经费"), r.research);
    }
};

struct IndustryOutputs {
    double price = 0, national_demand = 0, output_reported = 0, research_reported = 0, patents = 0,
           patents_reported = 0, debt = 0, concentration = 0;

    static constexpr void describe(auto& r, auto&& member) {
        using sim::Spec, sim::OverTime;
        member(Spec{"price", "1", 0, unbounded, "Price against the year before the start"}
                   .chinese("价格指数")
                   .over(OverTime::mean),
               r.price);
        member(Spec{"national_demand", "1", 0, unbounded, "National real demand against the start of the burn-in"}
                   .chinese("全国需求指数")
                   .over(OverTime::mean),
               r.national_demand);
        member(Spec{"output_reported", "1e8 CNY", 0, unbounded, "Gross output as statistics report it"}.chinese(
                   "上报产值"),
               r.output_reported);
        member(Spec{"research_reported", "1e8 CNY", 0, unbounded, "R&D spending as firms report it"}.chinese(
                   "上报研发经费"),
               r.research_reported);
        member(Spec{"patents", "1", 0, unbounded, "Patents of real quality since the burn-in began"}
                   .chinese("专利(质量口径)")
                   .over(OverTime::last),
               r.patents);
        member(Spec{"patents_reported", "1", 0, unbounded, "Patents reported since the burn-in began"}
                   .chinese("上报专利")
                   .over(OverTime::last),
               r.patents_reported);
        member(Spec{"debt", "1e8 CNY", 0, unbounded, "Debt of firms"}.chinese("负债").over(OverTime::last), r.debt);
        member(Spec{"concentration", "1", 0, 1, "Share of the four largest firms in sales"}
                   .chinese("前四位集中度")
                   .over(OverTime::mean),
               r.concentration);
    }
};

// A field, of above-scale firms as in CellOutputs: the fields of an industry add up to it.
struct FieldOutputs {
    double field_output = 0, field_sales = 0, field_value_added = 0, field_firms = 0, field_price = 0,
           field_required = 0, field_inputs_met = 0;

    static constexpr void describe(auto& r, auto&& member) {
        using sim::Spec, sim::OverTime;
        member(Spec{"field_output", "1e8 CNY", 0, unbounded, "Gross output of the field at current prices"}.chinese(
                   "领域产值"),
               r.field_output);
        member(Spec{"field_sales", "1e8 CNY", 0, unbounded, "Sales revenue of the field at current prices"}.chinese(
                   "领域销售收入"),
               r.field_sales);
        member(Spec{"field_value_added", "1e8 CNY", -unbounded, unbounded,
                    "Value added of the field at current prices; below zero where inputs cost more than output"}
                   .chinese("领域增加值"),
               r.field_value_added);
        member(Spec{"field_firms", "1", 0, unbounded, "Firms of the field with sales of at least 5 million yuan a year"}
                   .chinese("领域规模以上企业数(500万元口径)")
                   .over(OverTime::last),
               r.field_firms);
        member(Spec{"field_price", "1", 0, unbounded, "Price against the year before the start"}
                   .chinese("领域价格指数")
                   .over(OverTime::mean),
               r.field_price);
        member(Spec{"field_required", "1e8 CNY", 0, unbounded,
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

struct TierOutputs {
    double tier_firms = 0, tier_sales = 0;

    static constexpr void describe(auto& r, auto&& member) {
        using sim::Spec, sim::OverTime;
        member(Spec{"tier_firms", "1", 0, unbounded, "Firms of the tier, of every size"}
                   .chinese("梯队企业数")
                   .over(OverTime::last),
               r.tier_firms);
        member(Spec{"tier_sales", "1e8 CNY", 0, unbounded, "Sales of the tier"}.chinese("梯队销售收入"), r.tier_sales);
    }
};

struct OriginOutputs {
    double entries = 0;

    static constexpr void describe(auto& r, auto&& member) {
        member(sim::Spec{"entries", "1", 0, unbounded, "Entries over the step"}.chinese("新增企业"), r.entries);
    }
};

struct CityOutputs {
    double all_industry_output = 0, all_industry_value_added = 0, rest_output = 0, rest_value_added = 0,
           rest_employment = 0, unemployment = 0, wage_premium = 0, closures = 0, bankruptcies = 0, mergers = 0,
           refused = 0, without_land = 0, research_cost = 0, talents_arrived = 0, talents_here = 0, teams = 0,
           national_centres = 0, provincial_centres = 0, high_tech_firms = 0, firms_above_10 = 0, firms_above_50 = 0,
           firms_above_100 = 0, groups_above_50 = 0, groups_above_100 = 0, income_tax = 0, tax_relief = 0, plants = 0,
           plant_wear = 0, price_level = 0;

    static constexpr void describe(auto& r, auto&& member) {  // NOLINT: a list
        using sim::Spec, sim::OverTime;
        member(
            Spec{"all_industry_output", "1e8 CNY", 0, unbounded, "Gross output of all above-scale industry of the city"}
                .chinese("全部规模以上工业产值"),
            r.all_industry_output);
        member(Spec{"all_industry_value_added", "1e8 CNY", -unbounded, unbounded,
                    "Value added of all above-scale industry of the city; below zero where inputs cost more than "
                    "output"}
                   .chinese("全部规模以上工业增加值"),
               r.all_industry_value_added);
        member(Spec{"rest_output", "1e8 CNY", 0, unbounded, "Gross output of the rest of above-scale industry"}.chinese(
                   "其余工业产值"),
               r.rest_output);
        member(Spec{"rest_value_added", "1e8 CNY", 0, unbounded, "Value added of the rest of above-scale industry"}
                   .chinese("其余工业增加值"),
               r.rest_value_added);
        member(Spec{"rest_employment", "person", 0, unbounded, "Workers of the rest of above-scale industry"}
                   .chinese("其余工业从业人员")
                   .over(OverTime::last),
               r.rest_employment);
        member(Spec{"unemployment", "1", 0, 1, "Unemployment in industry's labour force"}.chinese("失业率").over(
                   OverTime::mean),
               r.unemployment);
        member(Spec{"wage_premium", "1", 0, unbounded, "Wage over the national path, mean by workers of firms"}
                   .chinese("工资溢价")
                   .over(OverTime::mean),
               r.wage_premium);
        member(Spec{"closures", "1", 0, unbounded, "Firms closed over the step"}.chinese("关闭企业"), r.closures);
        member(Spec{"bankruptcies", "1", 0, unbounded, "Firms bankrupt over the step"}.chinese("破产企业"),
               r.bankruptcies);
        member(Spec{"mergers", "1", 0, unbounded, "Firms taken over during the step"}.chinese("被并购企业"), r.mergers);
        member(
            Spec{"refused", "1", 0, unbounded,
                 "Entrants for whom a cell had no row left; not zero means the scenario is outside the model's range"}
                .chinese("未容纳的新企业"),
            r.refused);
        member(Spec{"without_land", "1", 0, unbounded, "Entrants turned away for want of land over the step"}.chinese(
                   "因缺地未落户企业"),
               r.without_land);
        member(Spec{"research_cost", "1", 0, unbounded, "Cost of R&D staff against the start"}
                   .chinese("研发人员成本指数")
                   .over(OverTime::mean),
               r.research_cost);
        member(Spec{"talents_arrived", "1", 0, unbounded, "Overseas talents arrived since the start"}
                   .chinese("累计引进海外高层次人才")
                   .over(OverTime::last),
               r.talents_arrived);
        member(Spec{"talents_here", "1", 0, unbounded, "Overseas talents still here"}
                   .chinese("在岗海外高层次人才")
                   .over(OverTime::last),
               r.talents_here);
        member(Spec{"teams", "1", 0, unbounded, "Recognised innovation teams since the start"}
                   .chinese("创新团队")
                   .over(OverTime::last),
               r.teams);
        member(Spec{"national_centres", "1", 0, unbounded, "National technology centres"}
                   .chinese("国家级企业技术中心")
                   .over(OverTime::last),
               r.national_centres);
        member(Spec{"provincial_centres", "1", 0, unbounded, "Provincial technology centres"}
                   .chinese("省级企业技术中心")
                   .over(OverTime::last),
               r.provincial_centres);
        member(Spec{"high_tech_firms", "1", 0, unbounded, "Recognised high-tech firms"}
                   .chinese("高新技术企业")
                   .over(OverTime::last),
               r.high_tech_firms);
        member(
            Spec{"firms_above_10", "1", 0, unbounded, "Firms with sales above 1 billion yuan this year, at yearly rate"}
                .chinese("销售超10亿元企业")
                .over(OverTime::last),
            r.firms_above_10);
        member(Spec{"firms_above_50", "1", 0, unbounded,
                    "Firms with local sales above 5 billion yuan this year, at yearly rate"}
                   .chinese("销售超50亿元企业(本地)")
                   .over(OverTime::last),
               r.firms_above_50);
        member(Spec{"firms_above_100", "1", 0, unbounded,
                    "Firms with local sales above 10 billion yuan this year, at yearly rate"}
                   .chinese("销售超100亿元企业(本地)")
                   .over(OverTime::last),
               r.firms_above_100);
        member(Spec{"groups_above_50", "1", 0, unbounded,
                    "Firms whose group's revenue is above 5 billion yuan this year, at yearly rate"}
                   .chinese("销售超50亿元企业(集团)")
                   .over(OverTime::last),
               r.groups_above_50);
        member(Spec{"groups_above_100", "1", 0, unbounded,
                    "Firms whose group's revenue is above 10 billion yuan this year, at yearly rate"}
                   .chinese("销售超100亿元企业(集团)")
                   .over(OverTime::last),
               r.groups_above_100);
        member(Spec{"income_tax", "1e8 CNY", 0, unbounded, "Income tax of firms of these industries"}.chinese(
                   "企业所得税"),
               r.income_tax);
        member(
            Spec{"tax_relief", "1e8 CNY", 0, unbounded, "Income tax forgone by the rate for high-tech firms"}.chinese(
                "高新技术企业所得税减免"),
            r.tax_relief);
        member(Spec{"plants", "1e8 CNY", -unbounded, unbounded,
                    "Fixed capital of above-scale firms, less what the rest of industry lacks for it"}
                   .chinese("固定资产占用")
                   .over(OverTime::mean),
               r.plants);
        member(Spec{"plant_wear", "1e8 CNY", -unbounded, unbounded, "Depreciation of that capital"}.chinese("折旧"),
               r.plant_wear);
        member(Spec{"price_level", "1", 0, unbounded, "Price of industry's products against the year before the start"}
                   .chinese("工业品价格水平")
                   .over(OverTime::mean),
               r.price_level);
    }
};

struct IndustryBaseline {
    double base_sales = 0;

    static constexpr void describe(auto& r, auto&& member) {
        member(
            sim::Spec{"base_sales", "1e8 CNY", 0, unbounded, "Sales of above-scale firms in the year before the start"}
                .chinese("上年销售收入"),
            r.base_sales);
    }
};

struct CityBaseline {
    double base_firms = 0, base_investment = 0, base_share = 0, investment_adjustment = 0;

    static constexpr void describe(auto& r, auto&& member) {
        using sim::Spec, sim::OverTime;
        member(Spec{"base_firms", "1", 0, unbounded, "Above-scale firms in the year before the start"}.chinese(
                   "上年规模以上企业数"),
               r.base_firms);
        member(Spec{"base_investment", "1e8 CNY", 0, unbounded,
                    "Investment of above-scale firms in the year before the start"}
                   .chinese("上年完成投资"),
               r.base_investment);
        member(
            Spec{"base_share", "1", 0, 1, "Share in the sales of all above-scale industry in the year before the start"}
                .chinese("上年占规模以上工业比重"),
            r.base_share);
        member(Spec{"investment_adjustment", "1", 0, unbounded,
                    "Investment known of the year before the start over that of the burn-in's last year"}
                   .chinese("投资校准系数"),
               r.investment_adjustment);
    }
};

struct TargetPath {
    double target_path = 0;

    static constexpr void describe(auto& r, auto&& member) {
        member(sim::Spec{"target_path", "target_unit", -unbounded, unbounded,
                         "Value of the target's indicator at the end of a year, in the target's unit; missing in the "
                         "steps before"}
                   .chinese("目标指标历年值")
                   .over(sim::OverTime::last),
               r.target_path);
    }
};

struct TargetOutputs {
    double target_value = 0, target_met = 0, target_year = 0, target_other_scope = 0;

    static constexpr void describe(auto& r, auto&& member) {
        using sim::Spec, sim::OverTime;
        member(Spec{"target_value", "target_unit", -unbounded, unbounded,
                    "Value the target's indicator reached in the last year, in the target's unit"}
                   .chinese("目标指标值"),
               r.target_value);
        member(Spec{"target_met", "1", 0, 1, "1 where the target is met, 0 where not"}.chinese("目标是否实现"),
               r.target_met);
        member(Spec{"target_year", "1", 0, unbounded,
                    "Calendar year from which the target is met, where need be at the growth of the last year; "
                    "infinite where never"}
                   .chinese("目标实现年份"),
               r.target_year);
        member(Spec{"target_other_scope", "target_unit", 0, unbounded,
                    "The indicator by the revenue of the local unit where the group's is judged, or the other way "
                    "round; missing where no revenue is judged"}
                   .chinese("另一口径的目标指标值"),
               r.target_other_scope);
    }
};

struct Record {
    sim::Cube<CellOutputs> cells{{"time", "industry", "cluster"}};
    sim::Cube<IndustryOutputs> industries{{"time", "industry"}};
    sim::Cube<FieldOutputs> fields{{"time", "field"}};
    sim::Cube<TierOutputs> tiers{{"time", "tier"}};
    sim::Cube<OriginOutputs> origins{{"time", "origin"}};
    sim::Cube<LeverOutputs> levers{{"time", "lever", "recipient"}};
    sim::Cube<AccountOutputs> accounts{{"time", "lever"}};
    sim::Cube<CostOutputs> costs{{"time", "lever"}};
    sim::Cube<PurseOutputs> purses{{"lever"}};
    sim::Cube<CityOutputs> city{{"time"}};
    sim::Cube<IndustryBaseline> industry_baseline{{"industry"}};
    sim::Cube<CityBaseline> city_baseline{std::vector<std::string>{}};
    sim::Cube<TargetPath> target_paths{{"time", "target"}};
    sim::Cube<TargetOutputs> targets{{"target"}};

    static constexpr void describe_cubes(auto& r, auto&& cube) {
        cube(r.cells);
        cube(r.industries);
        cube(r.fields);
        cube(r.tiers);
        cube(r.origins);
        cube(r.levers);
        cube(r.accounts);
        cube(r.costs);
        cube(r.purses);
        cube(r.city);
        cube(r.industry_baseline);
        cube(r.city_baseline);
        cube(r.target_paths);
        cube(r.targets);
    }
};

}  // namespace growth
