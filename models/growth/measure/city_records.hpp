// What a run records of industries, tiers and entries, of places, and of the city as a whole.
#pragma once

#include "models/growth/measure/lever_records.hpp"

namespace growth {

struct IndustryOutputs {
    double price = 0, national_demand = 0, output_reported = 0, research_reported = 0, patents = 0,
           patents_reported = 0, debt = 0, concentration = 0, sales_per_worker = 0, value_added_per_worker = 0,
           total_factor_productivity = 0;

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
        member(
            Spec{"output_reported", "money", 0, unbounded, "Gross output as statistics report it"}.chinese("上报产值"),
            r.output_reported);
        member(
            Spec{"research_reported", "money", 0, unbounded, "R&D spending as firms report it"}.chinese("上报研发经费"),
            r.research_reported);
        member(Spec{"patents", "1", 0, unbounded, "Patents of real quality since the burn-in began"}
                   .chinese("专利(质量口径)")
                   .over(OverTime::last),
               r.patents);
        member(Spec{"patents_reported", "1", 0, unbounded, "Patents reported since the burn-in began"}
                   .chinese("上报专利")
                   .over(OverTime::last),
               r.patents_reported);
        member(Spec{"debt", "money", 0, unbounded, "Debt of firms"}.chinese("负债").over(OverTime::last), r.debt);
        member(Spec{"concentration", "1", 0, 1, "Share of the four largest firms in sales"}
                   .chinese("前四位集中度")
                   .over(OverTime::mean),
               r.concentration);
        member(Spec{"sales_per_worker", "money/person/year", 0, unbounded, "Sales a year per worker"}
                   .chinese("人均销售收入")
                   .over(OverTime::mean),
               r.sales_per_worker);
        member(Spec{"value_added_per_worker", "money/person/year", -unbounded, unbounded,
                    "Labour productivity: value added a year per worker; 0 where there is none"}
                   .chinese("全员劳动生产率")
                   .over(OverTime::mean),
               r.value_added_per_worker);
        member(Spec{"total_factor_productivity", "1", 0, unbounded,
                    "The factor of the Cobb-Douglas function, permanent efficiency: geometric mean by output of firms "
                    "of every size"}
                   .chinese("全要素生产率")
                   .over(OverTime::mean),
               r.total_factor_productivity);
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
        member(Spec{"tier_sales", "money", 0, unbounded, "Sales of the tier"}.chinese("梯队销售收入"), r.tier_sales);
    }
};

struct OriginOutputs {
    double entries = 0;

    static constexpr void describe(auto& r, auto&& member) {
        member(sim::Spec{"entries", "1", 0, unbounded, "Entries over the step"}.chinese("新增企业"), r.entries);
    }
};

// A place as firms and government find it.
struct LocalOutputs {
    double place_wage = 0, place_income_tax = 0, place_land_payments = 0, place_land_reserve = 0, place_land_taken = 0,
           place_rest_employment = 0, place_labour_force = 0, place_invested = 0, place_production_tax = 0,
           place_tax_relief = 0, place_rest_output = 0, place_rest_lost = 0, place_net_output = 0,
           place_net_value_added = 0, place_sales_per_worker = 0, place_value_added_per_worker = 0,
           place_total_factor_productivity = 0;

    static constexpr void describe(auto& r, auto&& member) {  // NOLINT: a list
        using sim::Spec, sim::OverTime;
        member(Spec{"place_wage", "money/person/year", 0, unbounded, "Wage that firms of these industries pay there"}
                   .chinese("平均工资")
                   .over(OverTime::mean),
               r.place_wage);
        member(Spec{"place_income_tax", "money", 0, unbounded, "Income tax of firms of these industries"}.chinese(
                   "企业所得税"),
               r.place_income_tax);
        member(Spec{"place_land_payments", "money", -unbounded, unbounded,
                    "What firms pay for land; below zero where idle land is given back"}
                   .chinese("土地出让收入"),
               r.place_land_payments);
        member(Spec{"place_land_reserve", "area", 0, unbounded, "Industrial land that the place can give now"}
                   .chinese("可供工业用地")
                   .over(OverTime::last),
               r.place_land_reserve);
        member(Spec{"place_land_taken", "area", 0, unbounded,
                    "Land of the rest of industry that levers brought to firms since the start"}
                   .chinese("累计占用其余工业用地")
                   .over(OverTime::last),
               r.place_land_taken);
        member(Spec{"place_rest_employment", "person", 0, unbounded, "Workers of the rest of above-scale industry"}
                   .chinese("其余工业从业人员")
                   .over(OverTime::last),
               r.place_rest_employment);
        member(Spec{"place_labour_force", "person", 0, unbounded, "Labour force of industry"}
                   .chinese("工业劳动力")
                   .over(OverTime::last),
               r.place_labour_force);
        member(Spec{"place_invested", "money", 0, unbounded,
                    "Investment of firms of every size, entrants included, since the start"}
                   .chinese("累计完成投资")
                   .over(OverTime::last),
               r.place_invested);
        member(Spec{"place_production_tax", "money", -unbounded, unbounded,
                    "Taxes on production of above-scale firms, at appraisal.production_taxes of value added"}
                   .chinese("生产税净额"),
               r.place_production_tax);
        member(Spec{"place_tax_relief", "money", 0, unbounded, "Income tax forgone by the rate for high-tech firms"}
                   .chinese("高新技术企业所得税减免"),
               r.place_tax_relief);
        member(Spec{"place_rest_output", "money", 0, unbounded, "Gross output of the rest of above-scale industry"}
                   .chinese("其余工业产值"),
               r.place_rest_output);
        member(Spec{"place_rest_lost", "money", -unbounded, unbounded,
                    "Output that the rest of industry lacks for land, workers, credit and lines that went to these "
                    "industries"}
                   .chinese("其余工业减少的产值"),
               r.place_rest_lost);
        member(Spec{"place_net_output", "money", -unbounded, unbounded,
                    "Gross output of above-scale firms less what the rest of industry lacks for it"}
                   .chinese("净产值(扣除其余工业减少部分)"),
               r.place_net_output);
        member(Spec{"place_net_value_added", "money", -unbounded, unbounded,
                    "Value added of above-scale firms less what the rest of industry lacks for it"}
                   .chinese("净增加值(扣除其余工业减少部分)"),
               r.place_net_value_added);
        member(Spec{"place_sales_per_worker", "money/person/year", 0, unbounded,
                    "Sales a year per worker; missing where there is none"}
                   .chinese("人均销售收入")
                   .over(OverTime::mean)
                   .or_missing(),
               r.place_sales_per_worker);
        member(Spec{"place_value_added_per_worker", "money/person/year", -unbounded, unbounded,
                    "Labour productivity: value added a year per worker; missing where there is none"}
                   .chinese("全员劳动生产率")
                   .over(OverTime::mean)
                   .or_missing(),
               r.place_value_added_per_worker);
        member(Spec{"place_total_factor_productivity", "1", 0, unbounded,
                    "The factor of the Cobb-Douglas function, permanent efficiency: geometric mean by output of firms "
                    "of every size; missing where there is none"}
                   .chinese("全要素生产率")
                   .over(OverTime::mean)
                   .or_missing(),
               r.place_total_factor_productivity);
    }
};

struct CityOutputs {
    double all_industry_output = 0, all_industry_value_added = 0, rest_output = 0, rest_value_added = 0,
           rest_employment = 0, unemployment = 0, wage_premium = 0, closures = 0, bankruptcies = 0, mergers = 0,
           refused = 0, without_land = 0, research_cost = 0, talents_arrived = 0, talents_here = 0, teams = 0,
           national_centres = 0, provincial_centres = 0, high_tech_firms = 0, firms_above_10 = 0, firms_above_50 = 0,
           firms_above_100 = 0, groups_above_50 = 0, groups_above_100 = 0, income_tax = 0, tax_relief = 0, plants = 0,
           plant_wear = 0, price_level = 0, wage = 0, production_tax = 0, land_payments = 0, rest_lost = 0,
           net_output = 0, net_value_added = 0;

    static constexpr void describe(auto& r, auto&& member) {  // NOLINT: a list
        using sim::Spec, sim::OverTime;
        member(
            Spec{"all_industry_output", "money", 0, unbounded, "Gross output of all above-scale industry of the city"}
                .chinese("全部规模以上工业产值"),
            r.all_industry_output);
        member(Spec{"all_industry_value_added", "money", -unbounded, unbounded,
                    "Value added of all above-scale industry of the city; below zero where inputs cost more than "
                    "output"}
                   .chinese("全部规模以上工业增加值"),
               r.all_industry_value_added);
        member(Spec{"rest_output", "money", 0, unbounded, "Gross output of the rest of above-scale industry"}.chinese(
                   "其余工业产值"),
               r.rest_output);
        member(
            Spec{"rest_value_added", "money", 0, unbounded, "Value added of the rest of above-scale industry"}.chinese(
                "其余工业增加值"),
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
        member(Spec{"firms_above_10", "1", 0, unbounded, "Firms with sales above {10} this year, at yearly rate"}
                   .chinese("销售超{10}企业")
                   .over(OverTime::last),
               r.firms_above_10);
        member(Spec{"firms_above_50", "1", 0, unbounded, "Firms with local sales above {50} this year, at yearly rate"}
                   .chinese("销售超{50}企业(本地)")
                   .over(OverTime::last),
               r.firms_above_50);
        member(
            Spec{"firms_above_100", "1", 0, unbounded, "Firms with local sales above {100} this year, at yearly rate"}
                .chinese("销售超{100}企业(本地)")
                .over(OverTime::last),
            r.firms_above_100);
        member(Spec{"groups_above_50", "1", 0, unbounded,
                    "Firms whose group's revenue is above {50} this year, at yearly rate"}
                   .chinese("销售超{50}企业(集团)")
                   .over(OverTime::last),
               r.groups_above_50);
        member(Spec{"groups_above_100", "1", 0, unbounded,
                    "Firms whose group's revenue is above {100} this year, at yearly rate"}
                   .chinese("销售超{100}企业(集团)")
                   .over(OverTime::last),
               r.groups_above_100);
        member(
            Spec{"income_tax", "money", 0, unbounded, "Income tax of firms of these industries"}.chinese("企业所得税"),
            r.income_tax);
        member(Spec{"tax_relief", "money", 0, unbounded, "Income tax forgone by the rate for high-tech firms"}.chinese(
                   "高新技术企业所得税减免"),
               r.tax_relief);
        member(Spec{"plants", "money", -unbounded, unbounded,
                    "Fixed capital of above-scale firms, less what the rest of industry lacks for it"}
                   .chinese("固定资产占用")
                   .over(OverTime::mean),
               r.plants);
        member(Spec{"plant_wear", "money", -unbounded, unbounded, "Depreciation of that capital"}.chinese("折旧"),
               r.plant_wear);
        member(Spec{"price_level", "1", 0, unbounded, "Price of industry's products against the year before the start"}
                   .chinese("工业品价格水平")
                   .over(OverTime::mean),
               r.price_level);
        member(Spec{"wage", "money/person/year", 0, unbounded, "Wage of firms of these industries, mean by workers"}
                   .chinese("平均工资")
                   .over(OverTime::mean),
               r.wage);
        member(Spec{"production_tax", "money", -unbounded, unbounded,
                    "Taxes on production of above-scale firms, at appraisal.production_taxes of value added"}
                   .chinese("生产税净额"),
               r.production_tax);
        member(Spec{"land_payments", "money", -unbounded, unbounded,
                    "What firms pay for land; below zero where idle land is given back"}
                   .chinese("土地出让收入"),
               r.land_payments);
        member(Spec{"rest_lost", "money", -unbounded, unbounded,
                    "Output that the rest of industry lacks for land, workers, credit and lines that went to these "
                    "industries"}
                   .chinese("其余工业减少的产值"),
               r.rest_lost);
        member(Spec{"net_output", "money", -unbounded, unbounded,
                    "Gross output of above-scale firms less what the rest of industry lacks for it"}
                   .chinese("净产值(扣除其余工业减少部分)"),
               r.net_output);
        member(Spec{"net_value_added", "money", -unbounded, unbounded,
                    "Value added of above-scale firms less what the rest of industry lacks for it"}
                   .chinese("净增加值(扣除其余工业减少部分)"),
               r.net_value_added);
    }
};

}  // namespace growth
