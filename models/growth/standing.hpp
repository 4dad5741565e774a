// What a firm is called: its tier, its high-tech status, its technology centre, its team. Reviewed at the end of a
// year.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "sim/describe/spec.hpp"
#include "sim/math/elementary.hpp"
#include "sim/math/pack.hpp"
#include "sim/random/draws.hpp"

namespace growth {

enum class Tier : std::uint8_t { other, start_up, growing, leading, grafted };
inline constexpr std::size_t tiers = 5;
inline constexpr std::array<std::string_view, tiers> tier_names = {"Other", "Start-up", "Growing", "Leading",
                                                                   "Grafted"};
inline constexpr std::array<std::string_view, tiers> tier_names_zh = {"其他", "初创型", "成长型", "领军型", "嫁接型"};

struct StandingParameters {
    double leading_sales = 10, growing_growth = 0.15, growing_min_sales = 0.4, start_up_years = 5, grafted_years = 3;
    double high_tech_rate = 0.10, high_tech_notch = 0.03, centre_rate = 0.05, centre_research = 0.03,
           national_rate = 0.02;
    double national_research = 0.5, national_quota = 2, large_sales = 4;

    static constexpr void describe(auto& p, auto&& member) {
        using sim::Spec;
        using enum sim::Prior::Shape;
        member(
            Spec{"leading_sales", "1e8 CNY/year", 0.1, 1000, "Sales from which a firm is leading"}.from("model B.12"),
            p.leading_sales);
        member(Spec{"growing_growth", "1/year", -1, 3, "Mean growth from which a firm is growing"}.from("model B.12"),
               p.growing_growth);
        member(Spec{"growing_min_sales", "1e8 CNY/year", 0, 100, "Sales from which a firm can be growing"}.from(
                   "model B.12"),
               p.growing_min_sales);
        member(
            Spec{"start_up_years", "year", 0, 30, "Age below which a firm with R&D is a start-up"}.from("model B.12"),
            p.start_up_years);
        member(
            Spec{"grafted_years", "year", 0, 30, "Age below which a grafted line counts as grafted"}.from("model B.12"),
            p.grafted_years);
        member(Spec{"high_tech_rate", "1/year", 0, 5, "Rate at which a firm with enough R&D is recognised as high-tech"}
                   .from("assumption"),
               p.high_tech_rate);
        member(Spec{"high_tech_notch", "1", 0, 0.5, "R&D over sales that recognition asks for"}.from(
                   "rules of 2008: 3 % above 2e8 CNY"),
               p.high_tech_notch);
        member(Spec{"centre_rate", "1/year", 0, 5, "Rate at which a technology centre rises one level, to provincial"}
                   .from("assumption"),
               p.centre_rate);
        member(
            Spec{"centre_research", "1e8 CNY/year", 0, 100, "R&D from which a firm can have a technology centre"}.from(
                "assumption"),
            p.centre_research);
        member(Spec{"national_rate", "1/year", 0, 5, "Rate at which a provincial centre becomes national"}
                   .chinese("国家级中心晋级率")
                   .from("assumption")
                   .uncertain(lognormal, 0.005, 0.06),
               p.national_rate);
        member(Spec{"national_research", "1e8 CNY/year", 0, 100, "R&D from which a centre can be national"}.from(
                   "assumption"),
               p.national_research);
        member(Spec{"national_quota", "1/year", 0, 100, "Most new national centres a year"}.from(
                   "assumption: national slots are scarce"),
               p.national_quota);
        member(Spec{"large_sales", "1e8 CNY/year", 0, 1000, "Sales from which a firm is large for grants and subsidies"}
                   .from("statistical definition of large and medium firms"),
               p.large_sales);
    }
};

// Levels of a technology centre.
inline constexpr double city_centre = 1, provincial_centre = 2, national_centre = 3;

struct Config;
struct State;
void review_standing(const Config&, sim::Draws, int step, State&);

}  // namespace growth

namespace sim {
template <>
struct Words<growth::Tier> {
    static constexpr std::array<std::string_view, growth::tiers> words = {"other", "start_up", "growing", "leading",
                                                                          "grafted"};
};
}  // namespace sim
