// What a run records, by the dimensions it is recorded over. The results file walks these descriptions.
//
// Money is at current prices unless said otherwise; flows are those of one step. What a scenario decides, as in {10}, a
// number of money, stands in braces (units.hpp).
#pragma once

#include "models/growth/measure/cell_records.hpp"
#include "models/growth/measure/city_records.hpp"
#include "models/growth/measure/lever_records.hpp"
#include "sim/record/cube.hpp"

namespace growth {

struct IndustryBaseline {
    double base_sales = 0;

    static constexpr void describe(auto& r, auto&& member) {
        member(sim::Spec{"base_sales", "money", 0, unbounded, "Sales of above-scale firms in the year before the start"}
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
        member(Spec{"base_investment", "money", 0, unbounded,
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
                         "Value of what the target counts at the end of a year, in the target's unit; missing in the "
                         "steps before"}
                   .chinese("目标指标历年值")
                   .over(sim::OverTime::last),
               r.target_path);
    }
};

struct TargetOutputs {
    double target_value = 0, target_met = 0, target_year = 0, target_other_scope = 0, target_base = 0;

    static constexpr void describe(auto& r, auto&& member) {
        using sim::Spec, sim::OverTime;
        member(Spec{"target_value", "target_unit", -unbounded, unbounded,
                    "Value of what the target counts in the target's year, in the target's unit"}
                   .chinese("目标指标值"),
               r.target_value);
        member(Spec{"target_met", "1", 0, 1, "1 where the target is met, 0 where not"}.chinese("目标是否实现"),
               r.target_met);
        member(Spec{"target_year", "1", 0, unbounded,
                    "Calendar year from which the target is met, where need be at the growth of the target's year; "
                    "infinite where never"}
                   .chinese("目标实现年份"),
               r.target_year);
        member(Spec{"target_other_scope", "target_unit", 0, unbounded,
                    "The same by the revenue of the local unit where the group's is judged, or the other way "
                    "round; missing where no revenue is judged"}
                   .chinese("另一口径的目标指标值"),
               r.target_other_scope);
        member(Spec{"target_base", "target_unit", -unbounded, unbounded,
                    "What the target counts, in the year before the start; missing where that year is not asked for"}
                   .chinese("基年指标值"),
               r.target_base);
    }
};

struct Record {
    sim::Cube<CellOutputs> cells{{"time", "industry", "cluster"}};
    sim::Cube<IndustryOutputs> industries{{"time", "industry"}};
    sim::Cube<PlaceOutputs> places{{"time", "place"}};
    sim::Cube<IndustryPlaceOutputs> industry_places{{"time", "industry", "place"}};
    sim::Cube<FieldOutputs> fields{{"time", "field"}};
    sim::Cube<TierOutputs> tiers{{"time", "tier"}};
    sim::Cube<OriginOutputs> origins{{"time", "origin"}};
    sim::Cube<LeverOutputs> levers{{"time", "lever", "recipient"}};
    sim::Cube<AccountOutputs> accounts{{"time", "lever"}};
    sim::Cube<CostOutputs> costs{{"time", "lever"}};
    sim::Cube<PlaceLeverOutputs> place_levers{{"time", "lever", "place"}};
    sim::Cube<PurseOutputs> purses{{"lever"}};
    sim::Cube<LocalOutputs> local{{"time", "place"}};
    sim::Cube<CityOutputs> city{{"time"}};
    sim::Cube<IndustryBaseline> industry_baseline{{"industry"}};
    sim::Cube<CityBaseline> city_baseline{std::vector<std::string>{}};
    sim::Cube<TargetPath> target_paths{{"time", "target"}};
    sim::Cube<TargetOutputs> targets{{"target"}};

    static constexpr void describe_cubes(auto& r, auto&& cube) {
        cube(r.cells);
        cube(r.industries);
        cube(r.places);
        cube(r.industry_places);
        cube(r.fields);
        cube(r.tiers);
        cube(r.origins);
        cube(r.levers);
        cube(r.accounts);
        cube(r.costs);
        cube(r.place_levers);
        cube(r.purses);
        cube(r.local);
        cube(r.city);
        cube(r.industry_baseline);
        cube(r.city_baseline);
        cube(r.target_paths);
        cube(r.targets);
    }
};

}  // namespace growth
