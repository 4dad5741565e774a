// The rows a city brings: industries, places, clusters, named firms, targets and the macro economy.
//
// Another city is another folder of such rows. Nothing in the code knows an industry or a place by name.
#pragma once

#include <string>
#include <vector>

#include "sim/describe/schedule.hpp"
#include "sim/describe/spec.hpp"

namespace growth {

struct Industry {
    std::string key;
    std::string name, name_zh, role, source;
    double base_sales = 0, above_scale_firms = 0, fringe_firms = 0;
    double size_spread = 1.3, research_share = 0.4, research_intensity = 0.015;
    double value_added_ratio = 0.21, capital_output_ratio = 0.42, sales_per_worker = 0.008;
    double demand_growth = 0.1, base_demand_growth = 0.2, demand_volatility = 0.05, macro_exposure = 1.0;
    double price_growth = 0.0, price_volatility = 0.02;
    double frontier_growth = 0.02, land_intensity = 0.05;
    double traditional_relatedness = 0.5, attraction_share = 0.1667;
    double final_scope = 1.0;

    static constexpr void describe(auto& row, auto&& member) {  // NOLINT: a list
        using sim::Spec, sim::text_spec;
        member(text_spec("name", "English name").needed(), row.name);
        member(text_spec("name_zh", "Chinese name").needed(), row.name_zh);
        member(text_spec("role", "Role in the plan: pillar or leading"), row.role);
        member(text_spec("source", "Where the figures of this row come from"), row.source);
        member(Spec{"base_sales", "1e8 CNY/year", 0.1, 1e6, "Sales of the above-scale firms in the base year"}
                   .chinese("基年销售收入")
                   .needed(),
               row.base_sales);
        member(Spec{"above_scale_firms", "1", 1, 1e6,
                    "Number of above-scale firms in the base year, the named firms included"}
                   .chinese("规模以上企业数")
                   .needed(),
               row.above_scale_firms);
        member(
            Spec{.name = "fringe_firms", .lower = 0, .upper = 1e6, .text = "Number of firms below the base threshold"},
            row.fringe_firms);
        member(Spec{"size_spread", "1", 0.2, 3,
                    "Standard deviation of the logarithm of sales in the body of the size distribution"}
                   .chinese("企业规模对数标准差"),
               row.size_spread);
        member(Spec{"research_share", "1", 0, 1, "Share of above-scale firms that perform R&D"}.chinese(
                   "开展研发企业占比"),
               row.research_share);
        member(Spec{"research_intensity", "1", 0, 0.3, "Median R&D over sales of the firms that perform R&D"}.chinese(
                   "研发强度中位数"),
               row.research_intensity);
        member(Spec{"value_added_ratio", "1", 0.05, 0.6, "Value added over gross output"}.chinese("增加值率"),
               row.value_added_ratio);
        member(Spec{"capital_output_ratio", "year", 0.05, 3, "Median fixed capital over annual output"}.chinese(
                   "固定资产与产值之比"),
               row.capital_output_ratio);
        member(Spec{"sales_per_worker", "1e8 CNY/person/year", 0.0005, 0.2, "Median sales per worker"},
               row.sales_per_worker);
        member(Spec{"demand_growth", "1/year", -0.5, 1, "Trend growth of national real demand, before the macro path"}
                   .chinese("全国需求趋势增速"),
               row.demand_growth);
        member(Spec{"base_demand_growth", "1/year", -0.5, 1,
                    "Growth of the industry during the burn-in, the years up to the base year"}
                   .chinese("基期需求增速"),
               row.base_demand_growth);
        member(Spec{"demand_volatility", "1/year", 0, 1,
                    "Standard deviation of the industry's own deviation from trend growth"},
               row.demand_volatility);
        member(Spec{"macro_exposure", "1", -2, 5, "Response of demand growth to the macro shock"}, row.macro_exposure);
        member(Spec{"price_growth", "1/year", -1, 1, "Trend of the industry's price"}.chinese("价格趋势"),
               row.price_growth);
        member(Spec{"price_volatility", "1/year^0.5", 0, 1, "Standard deviation of price changes over a year"},
               row.price_volatility);
        member(Spec{"frontier_growth", "1/year", -0.1, 0.2, "Growth of the national efficiency frontier"},
               row.frontier_growth);
        member(Spec{"land_intensity", "1e8 CNY/mu", 0.005, 1, "Most fixed capital a mu of land carries"}.chinese(
                   "亩均固定资产上限"),
               row.land_intensity);
        member(
            Spec{"traditional_relatedness", "1", 0, 1, "How near the city's traditional industry stands, for grafting"},
            row.traditional_relatedness);
        member(Spec{"attraction_share", "1", 0, 1, "Share of attracted projects that go to this industry"},
               row.attraction_share);
        member(Spec{"final_scope", "1", 1, 3,
                    "Widening of the official list by the last year, in reported figures only (1 = none)"},
               row.final_scope);
    }
};

struct Place {
    std::string key;
    std::string name, name_zh, source;
    double weight = 1, land_price = 0.0012, land_supply = 500, governance = 0.8;
    bool development_zone = false;

    static constexpr void describe(auto& row, auto&& member) {
        using sim::Spec, sim::text_spec;
        member(text_spec("name", "English name").needed(), row.name);
        member(text_spec("name_zh", "Chinese name").needed(), row.name_zh);
        member(text_spec("source", "Where the figures of this row come from"), row.source);
        member(Spec{"weight", "1", 0, 1000, "Relative share of activity that belongs to no cluster"}, row.weight);
        member(Spec{"land_price", "1e8 CNY/mu", 0, 0.1, "Price of industrial land"}, row.land_price);
        member(Spec{"land_supply", "mu/year", 0, 1e5, "New industrial land a year, all industries"}.chinese(
                   "年新增工业用地"),
               row.land_supply);
        member(
            Spec{.name = "governance", .lower = 0.1, .upper = 1, .text = "Share of every policy dose that is delivered"}
                .chinese("政策执行率"),
            row.governance);
        member(
            Spec{.name = "development_zone", .unit = "", .text = "Has a development zone of provincial level or above"},
            row.development_zone);
    }
};

struct Cluster {
    std::string key;
    std::string name, name_zh, focus, source, industry;
    std::vector<std::string> places;
    double share = 0.3, firm_share = 0.3;

    static constexpr void describe(auto& row, auto&& member) {
        using sim::Spec, sim::text_spec;
        member(text_spec("name", "English name").needed(), row.name);
        member(text_spec("name_zh", "Chinese name").needed(), row.name_zh);
        member(text_spec("focus", "What the cluster makes"), row.focus);
        member(text_spec("source", "Where the figures of this row come from"), row.source);
        member(text_spec("industry", "The cluster's industry").key_of("industries").needed(), row.industry);
        member(
            Spec{
                .name = "places", .unit = "", .text = "The places it lies in", .refers_to = "places", .required = true},
            row.places);
        member(Spec{"share", "1", 0, 1, "Share of the industry's sales in the base year, named firms apart"},
               row.share);
        member(Spec{"firm_share", "1", 0, 1, "Share of the industry's above-scale firms, named firms apart"},
               row.firm_share);
    }
};

// A firm known by name: its size is set, everything else is drawn like any other's.
struct NamedFirm {
    std::string key;
    std::string name, name_zh, source, industry, field, place;
    double base_sales = 0, group_ratio = 1, research_intensity = 0.02;
    bool listed = false, high_tech = true;

    static constexpr void describe(auto& row, auto&& member) {
        using sim::Spec, sim::text_spec;
        member(text_spec("name", "English name").needed(), row.name);
        member(text_spec("name_zh", "Chinese name").needed(), row.name_zh);
        member(text_spec("source", "Where the size comes from, or that it is assumed").needed(), row.source);
        member(
            Spec{.name = "industry", .unit = "", .text = "Its industry", .refers_to = "industries", .required = true},
            row.industry);
        member(text_spec("field", "Its field of that industry; drawn where absent").key_of("fields"), row.field);
        member(text_spec("place", "Its place").key_of("places").needed(), row.place);
        member(Spec{"base_sales", "1e8 CNY/year", 0.05, 1e4, "Sales of the local unit in the base year"}.needed(),
               row.base_sales);
        member(
            Spec{"group_ratio", "1", 1, 100, "Revenue of the consolidated group over sales of the local unit"}.chinese(
                "集团收入与本地销售之比"),
            row.group_ratio);
        member(Spec{"research_intensity", "1", 0, 0.3, "R&D over sales"}, row.research_intensity);
        member(text_spec("listed", "Listed on an exchange in the base year"), row.listed);
        member(text_spec("high_tech", "Recognised as a high-tech enterprise in the base year"), row.high_tech);
    }
};

// What a target counts. Each is computed once, in indicators.cpp.
enum class Indicator : std::uint8_t {
    output,
    output_share,
    value_added_share,
    firms_above_revenue,
    new_national_centres,
    clusters_with_site,
    overseas_talents,
    innovation_teams,
    clusters_with_results,
    zones_with_functional_zone
};

enum class Basis : std::uint8_t { actual, reported };  // what happened, or what the statistics would say
enum class RevenueScope : std::uint8_t { local, group };
enum class Comparison : std::uint8_t { at_least, at_most };
enum class Detail : std::uint8_t { targets, yearly, quarterly, firms };

struct Target {
    std::string key;
    std::string name, name_zh, section, industry, lever, unit;
    Indicator indicator = Indicator::output;
    Comparison comparison = Comparison::at_least;
    RevenueScope revenue_scope = RevenueScope::local;
    double value = 0, tolerance = 0, threshold = 0;

    static constexpr void describe(auto& row, auto&& member) {
        using sim::Spec, sim::text_spec;
        member(text_spec("name", "English name").needed(), row.name);
        member(text_spec("name_zh", "Chinese name").needed(), row.name_zh);
        member(text_spec("section", "Section of the plan").needed(), row.section);
        member(text_spec("indicator", "What is measured").needed(), row.indicator);
        member(text_spec("industry", "The industry it is measured in; all where absent").key_of("industries"),
               row.industry);
        member(
            text_spec("lever", "The lever whose sites are counted, where the indicator counts sites").key_of("levers"),
            row.lever);
        member(text_spec("unit", "Unit of the value").needed(), row.unit);
        member(Spec{"value", "as in unit", 1e-6, 1e6, "Value to reach, or not to exceed"}.needed(), row.value);
        member(text_spec("comparison", "Met when the indicator is at least, or at most, the value"), row.comparison);
        member(Spec{"tolerance", "1", 0, 0.2, "Share of the value that may be missing, where the plan says about"},
               row.tolerance);
        member(Spec{"threshold", "as the indicator needs", 0, 1e6,
                    "Revenue to exceed, growth to reach or investment to make, as the indicator needs"},
               row.threshold);
        member(
            Spec{.name = "revenue_scope", .unit = "", .text = "Whose revenue counts: the local unit's or the group's"},
            row.revenue_scope);
    }
};

// Targets that are asked for together: how likely is it that all of them are met?
struct TargetGroup {
    std::string key;
    std::string name, name_zh;
    std::vector<std::string> targets;

    static constexpr void describe(auto& row, auto&& member) {
        using sim::Spec, sim::text_spec;
        member(text_spec("name", "English name").needed(), row.name);
        member(text_spec("name_zh", "Chinese name").needed(), row.name_zh);
        member(Spec{.name = "targets", .unit = "", .text = "Its targets; all where absent", .refers_to = "targets"},
               row.targets);
    }
};

// One path of the macro economy, by year.
struct MacroPath {
    std::string key;
    std::string name, name_zh, source;
    sim::Schedule industrial_growth = 0.10, price_growth = 0.0, lending_rate = 0.06, listing = 1.0, wage_growth = 0.10;

    static constexpr void describe(auto& row, auto&& member) {
        using sim::Spec, sim::text_spec;
        member(text_spec("name", "English name").needed(), row.name);
        member(text_spec("name_zh", "Chinese name").needed(), row.name_zh);
        member(text_spec("source", "Where the path comes from").needed(), row.source);
        member(Spec{"industrial_growth", "1/year", -0.5, 0.5,
                    "Real growth of national industry; industries grow by their trend plus the deviation from the "
                    "normal rate"},
               row.industrial_growth);
        member(Spec{"price_growth", "1/year", -0.5, 0.5,
                    "Growth of producer prices, of every industry, added to its own trend"},
               row.price_growth);
        member(
            Spec{.name = "lending_rate", .unit = "1/year", .lower = 0, .upper = 0.5, .text = "One-year lending rate"},
            row.lending_rate);
        member(
            Spec{
                .name = "listing", .lower = 0, .upper = 1, .text = "Share of the period in which shares can be listed"},
            row.listing);
        member(Spec{"wage_growth", "1/year", -0.5, 0.5, "Growth of nominal wages"}, row.wage_growth);
    }
};

// What a path of the macro economy says of one industry, or of one field, on top of its own trend.
struct IndustryPath {
    std::string key;
    std::string macro, industry, field, source;
    sim::Schedule price_growth = 0.0, demand_growth = 0.0;

    static constexpr void describe(auto& row, auto&& member) {
        using sim::Spec, sim::text_spec;
        member(text_spec("macro", "The macro path it belongs to").key_of("macro").needed(), row.macro);
        member(
            Spec{.name = "industry", .unit = "", .text = "The industry", .refers_to = "industries", .required = true},
            row.industry);
        member(text_spec("field", "The field of that industry it is confined to; all where absent").key_of("fields"),
               row.field);
        member(text_spec("source", "Where the path comes from").needed(), row.source);
        member(Spec{"price_growth", "1/year", -1.5, 1,
                    "Growth of the price, in place of its trend, the path's common price growth and, for a field, what "
                    "the chain would do"},
               row.price_growth);
        member(Spec{"demand_growth", "1/year", -1, 1, "Growth of national demand, added to the trend"},
               row.demand_growth);
    }
};

}  // namespace growth

namespace sim {

template <>
struct Words<growth::Indicator> {
    static constexpr std::array<std::string_view, 10> words = {"output",
                                                               "output_share",
                                                               "value_added_share",
                                                               "firms_above_revenue",
                                                               "new_national_centres",
                                                               "clusters_with_site",
                                                               "overseas_talents",
                                                               "innovation_teams",
                                                               "clusters_with_results",
                                                               "zones_with_functional_zone"};
};
template <>
struct Words<growth::Basis> {
    static constexpr std::array<std::string_view, 2> words = {"actual", "reported"};
};
template <>
struct Words<growth::Detail> {
    static constexpr std::array<std::string_view, 4> words = {"targets", "yearly", "quarterly", "firms"};
};
template <>
struct Words<growth::Comparison> {
    static constexpr std::array<std::string_view, 2> words = {"at_least", "at_most"};
};
template <>
struct Words<growth::RevenueScope> {
    static constexpr std::array<std::string_view, 2> words = {"local", "group"};
};

}  // namespace sim
