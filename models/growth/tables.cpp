#include "models/growth/tables.hpp"

#include <array>

#include "models/growth/presets.hpp"
#include "sim/scenario/member.hpp"

namespace growth {

Industry::Industry() {
    describe(sim::Members::defaults());
}

void Industry::describe(const sim::Members& member) {  // NOLINT: a list
    using sim::Spec, sim::text_spec;
    member(text_spec("name", "English name").needed(), name);
    member(text_spec("name_zh", "Chinese name; the English one where absent"), name_zh);
    member(text_spec("role", "Role in the plan: pillar or leading"), role);
    member(text_spec("source", "Where the figures of this row come from"), source);
    member(Spec{"base_sales", "money/year", 0.1, 1e8, "Sales of the above-scale firms in the base year"}
               .chinese("基年销售收入")
               .needed(),
           base_sales);
    member(
        Spec{"above_scale_firms", "1", 1, 1e6, "Number of above-scale firms in the base year, the named firms included"}
            .chinese("规模以上企业数")
            .needed(),
        above_scale_firms);
    member(Spec{.name = "fringe_firms", .lower = 0, .upper = 1e6, .text = "Number of firms below the base threshold"},
           fringe_firms, 0);
    member(Spec{"size_spread", "1", 0.2, 3,
                "Standard deviation of the logarithm of sales in the body of the size distribution"}
               .chinese("企业规模对数标准差"),
           size_spread, 1.3);
    member(Spec{"research_share", "1", 0, 1, "Share of above-scale firms that perform R&D"}
               .chinese("开展研发企业占比")
               .needed(china_has_it),
           research_share);
    member(Spec{"research_intensity", "1", 0, 0.3, "Median R&D over sales of the firms that perform R&D"}
               .chinese("研发强度中位数")
               .needed(china_has_it),
           research_intensity);
    member(Spec{"value_added_ratio", "1", 0.05, 0.6, "Value added over gross output"}
               .chinese("增加值率")
               .needed(china_has_it),
           value_added_ratio);
    member(Spec{"capital_output_ratio", "year", 0.05, 3,
                "Median fixed capital over annual output; the level of all follows from base_investment"}
               .chinese("固定资产与产值之比")
               .needed(china_has_it),
           capital_output_ratio);
    member(Spec{"sales_per_worker", "money/person/year", 0.0005, 20, "Median sales per worker"}.needed(china_has_it),
           sales_per_worker);
    member(Spec{"demand_growth", "1/year", -0.5, 1, "Trend growth of national real demand, before the macro path"}
               .chinese("全国需求趋势增速")
               .needed(china_has_it),
           demand_growth);
    member(Spec{"burn_in_demand_growth", "1/year", -0.5, 1,
                "Growth of the industry during the burn-in, the years up to the base year"}
               .chinese("基期需求增速")
               .needed(china_has_it),
           burn_in_demand_growth);
    member(Spec{"demand_volatility", "1/year", 0, 1,
                "Standard deviation of the industry's own deviation from trend growth"},
           demand_volatility, 0.05);
    member(Spec{"macro_exposure", "1", -2, 5, "Response of demand growth to national industrial growth"},
           macro_exposure, 1.0);
    member(Spec{"price_growth", "1/year", -1, 1, "Trend of the industry's price"}.chinese("价格趋势"), price_growth,
           0.0);
    member(Spec{"price_volatility", "1/year^0.5", 0, 1, "Standard deviation of price changes over a year"},
           price_volatility, 0.02);
    member(Spec{"frontier_growth", "1/year", -0.1, 0.2,
                "Growth of the national frontier, as productivity of gross output"},
           frontier_growth, 0.02);
    member(Spec{"land_intensity", "money/area", 0.005, 2000, "Most fixed capital that a unit of land carries"}
               .chinese("单位用地固定资产上限")
               .needed(china_has_it),
           land_intensity);
    member(Spec{"traditional_relatedness", "1", 0, 1, "How near the city's traditional industry stands, for grafting"},
           traditional_relatedness, 0.5);
    member(Spec{"attraction_share", "1", 0, 1, "Share of attracted projects that go to this industry"},
           attraction_share, 0.1667);
    member(Spec{"final_scope", "1", 1, 3,
                "Widening of the official list by the last year, in reported figures only (1 = none)"},
           final_scope, 1.0);
    member(Spec{"exports_share", "1", 0, 1,
                "Share of sales that is exported, of firms that say none of their own; where absent the mean of the "
                "rows of [population] that say one, or else not known"}
               .chinese("出口占销售收入比重"),
           exports_share);
    member(Spec{.name = "present",
                .unit = "",
                .text = "Is there; where false, the row is one that other scenarios of the run have"},
           present, true);
}

IndustryField::IndustryField() {
    describe(sim::Members::defaults());
}

void IndustryField::describe(const sim::Members& member) {
    using sim::Spec, sim::text_spec;
    member(text_spec("name", "English name").needed(), name);
    member(text_spec("name_zh", "Chinese name; the English one where absent"), name_zh);
    member(text_spec("industry", "The industry it is a part of").key_of("industries").needed(), industry);
    member(text_spec("source", "Where the figures of this row come from"), source);
    member(text_spec("priority", "Rank in the plan, which guides attracted plants"), priority, Priority::cultivate);
    member(Spec{"share", "1", 0, 1,
                "Share of the industry's sales in the base year; the shares of an industry add up to 1"}
               .chinese("占产业销售收入比重")
               .needed(),
           share, 1);
    member(Spec{"demand_growth", "1/year", -0.5, 0.5, "Growth of national demand, added to the industry's"},
           demand_growth, 0);
    member(Spec{"price_growth", "1/year", -0.5, 0.5, "Trend of the price, added to the industry's"}.chinese("价格趋势"),
           price_growth, 0);
    member(Spec{"price_volatility", "1/year^0.5", 0, 1,
                "Standard deviation over a year of price changes that the industry does not share"},
           price_volatility, 0);
}

InputLink::InputLink() {
    describe(sim::Members::defaults());
}

void InputLink::describe(const sim::Members& member) {
    using sim::Spec, sim::text_spec;
    member(text_spec("supplier", "The field that makes the input").key_of("fields").needed(), supplier);
    member(text_spec("buyer", "The field that uses it").key_of("fields").needed(), buyer);
    member(text_spec("source", "Where the figures of this row come from"), source);
    member(Spec{"coefficient", "1", 0, 1, "Input over the buyer's output, both at prices of the base year"}.needed(),
           coefficient);
    member(Spec{"price_response", "1", 0, 1,
                "How far the input's price follows the price of what is made of it: 1 for a stage of one chain, 0 "
                "for goods with a market of their own"},
           price_response, 0);
}

Place::Place() {
    describe(sim::Members::defaults());
}

void Place::describe(const sim::Members& member) {
    using sim::Spec, sim::text_spec;
    member(text_spec("name", "English name").needed(), name);
    member(text_spec("name_zh", "Chinese name; the English one where absent"), name_zh);
    member(text_spec("source", "Where the figures of this row come from"), source);
    member(Spec{"weight", "1", 0, 1000, "Relative share of activity that belongs to no cluster"}, weight, 1);
    member(Spec{"land_price", "money/area", 0, 200, "Price of industrial land"}.needed(china_has_it), land_price);
    member(Spec{"land_supply", "area/year", 0, 1e5, "New industrial land a year, all industries"}
               .chinese("年新增工业用地")
               .needed(),
           land_supply);
    member(Spec{.name = "governance", .lower = 0.1, .upper = 1, .text = "Share of every policy dose that is delivered"}
               .chinese("政策执行率"),
           governance, 0.8);
    member(Spec{.name = "development_zone", .unit = "", .text = "Has a development zone of provincial level or above"},
           development_zone, false);
    member(Spec{.name = "present",
                .unit = "",
                .text = "Is there; where false, the row is one that other scenarios of the run have"},
           present, true);
}

Cluster::Cluster() {
    describe(sim::Members::defaults());
}

void Cluster::describe(const sim::Members& member) {
    using sim::Spec, sim::text_spec;
    member(text_spec("name", "English name").needed(), name);
    member(text_spec("name_zh", "Chinese name; the English one where absent"), name_zh);
    member(text_spec("focus", "What the cluster makes"), focus);
    member(text_spec("source", "Where the figures of this row come from"), source);
    member(text_spec("industry", "The cluster's industry").key_of("industries").needed(), industry);
    member(Spec{.name = "places", .unit = "", .text = "The places it lies in", .refers_to = "places", .required = true},
           places);
    member(Spec{"share", "1", 0, 1, "Share of the industry's sales in the base year, named firms apart"}, share, 0.3);
    member(Spec{"firm_share", "1", 0, 1, "Share of the industry's above-scale firms, named firms apart"}, firm_share,
           0.3);
}

NamedFirm::NamedFirm() {
    describe(sim::Members::defaults());
}

void NamedFirm::describe(const sim::Members& member) {
    using sim::Spec, sim::text_spec;
    member(text_spec("name", "English name").needed(), name);
    member(text_spec("name_zh", "Chinese name; the English one where absent"), name_zh);
    member(text_spec("source", "Where the size comes from, or that it is assumed").needed(), source);
    member(Spec{.name = "industry", .unit = "", .text = "Its industry", .refers_to = "industries", .required = true},
           industry);
    member(text_spec("field", "Its field of that industry; drawn where absent").key_of("fields"), field);
    member(text_spec("place", "Its place").key_of("places").needed(), place);
    member(Spec{"base_sales", "money/year", 0.05, 1e6, "Sales of the local unit in the base year"}.needed(),
           base_sales);
    member(Spec{"group_ratio", "1", 1, 100, "Revenue of the consolidated group over sales of the local unit"}.chinese(
               "集团收入与本地销售之比"),
           group_ratio, 1);
    member(Spec{"research_intensity", "1", 0, 0.3, "R&D over sales"}, research_intensity, 0.02);
    member(Spec{"exports_share", "1", 0, 1, "Share of sales that is exported; the industry's where absent"}.chinese(
               "出口占销售收入比重"),
           exports_share);
    member(text_spec("listed", "Listed on an exchange in the base year"), listed, false);
    member(text_spec("high_tech", "Recognised as a high-tech enterprise in the base year"), high_tech, true);
}

namespace {

struct FilterDimension {
    sim::Spec spec;
    std::string Where::*key;
};

const std::array<FilterDimension, 8>& filter_dimensions() {
    using sim::text_spec;
    static const std::array<FilterDimension, 8> all{
        {{text_spec("industry", "An industry").key_of("industries"), &Where::industry},
         {text_spec("field", "A field, or an industry that has none"), &Where::field},
         {text_spec("cluster", "A cluster, or the rest of a place as rest_PLACE"), &Where::cluster},
         {text_spec("place", "A place").key_of("places"), &Where::place},
         {text_spec("tier", "A tier of firms"), &Where::tier},
         {text_spec("origin", "Where firms come from"), &Where::origin},
         {text_spec("lever", "A lever").key_of("levers"), &Where::lever},
         {text_spec("recipient", "Who received it: firms of a tier, or public"), &Where::recipient}}};
    return all;
}

}  // namespace

Where::Where() = default;

void Where::describe(const sim::Members& member) {
    for (const auto& [spec, key] : filter_dimensions()) member(spec, this->*key);
}

std::vector<std::pair<std::string_view, std::string>> Where::named() const {
    std::vector<std::pair<std::string_view, std::string>> found;
    for (const auto& [spec, key] : filter_dimensions())
        if (!(this->*key).empty()) found.emplace_back(spec.name, this->*key);
    return found;
}

std::string* Where::key_of(std::string_view dim) {
    for (const auto& [spec, key] : filter_dimensions())
        if (spec.name == dim) return &(this->*key);
    return nullptr;
}

Target::Target() {
    describe(sim::Members::defaults());
}

void Target::describe(const sim::Members& member) {  // NOLINT: a list
    using sim::Spec, sim::text_spec;
    member(text_spec("name", "English name; made of what follows where absent"), name);
    member(text_spec("name_zh", "Chinese name; the English one, or made as that where absent"), name_zh);
    member(text_spec("section", "Section of the plan"), section);
    member(text_spec("output", "The output that is counted, as jiju describe outputs names it"), output);
    member(text_spec("where", "What of it is counted"), where);
    member(text_spec("measure", "What is made of it in a year"), measure, Measure::level);
    member(text_spec("of", "The output it is a share of; itself, unfiltered, where absent"), of);
    member(text_spec("count", "Whose number is the value, of those that reach the bound"), count, Counted::nothing);
    member(text_spec("column", "The column of firms that is held against the bound"), column);
    member(Spec{"bound", "as what it bounds", -1e12, 1e12, "What those that are counted reach at least"}, bound);
    member(text_spec("as_share", "Their share among all of their kind in place of their number"), as_share, false);
    member(text_spec("unit", "Unit of the value; that of what is counted where absent"), unit);
    member(
        Spec{"value", "as in unit", -1e12, 1e12, "Value to reach, or not to exceed, or lower end of a range"}.needed(),
        value);
    member(Spec{"upper", "as in unit", -1e12, 1e12, "Upper end of a range"}, upper);
    member(text_spec("comparison", "Met when the value is reached, not exceeded, about met, or the range is"),
           comparison, Comparison::at_least);
    member(Spec{"tolerance", "1", 0, 1, "Share of the value that it may be off, where the plan says about"}, tolerance,
           0);
    member(Spec{"year", "year", 1990, 2100, "Year in which it is judged; the last where absent"}, year);
    member(Spec{.name = "revenue_scope", .unit = "", .text = "Whose revenue counts: the local unit's or the group's"},
           revenue_scope, RevenueScope::local);
}

void TargetGroup::describe(const sim::Members& member) {
    using sim::Spec, sim::text_spec;
    member(text_spec("name", "English name").needed(), name);
    member(text_spec("name_zh", "Chinese name; the English one where absent"), name_zh);
    member(Spec{.name = "targets", .unit = "", .text = "Its targets; all where absent", .refers_to = "targets"},
           targets);
}

MacroPath::MacroPath() {
    describe(sim::Members::defaults());
}

void MacroPath::describe(const sim::Members& member) {
    using sim::Spec, sim::text_spec;
    member(text_spec("name", "English name").needed(), name);
    member(text_spec("name_zh", "Chinese name; the English one where absent"), name_zh);
    member(text_spec("source", "Where the path comes from").needed(), source);
    member(Spec{"industrial_growth", "1/year", -0.5, 0.5,
                "Real growth of national industry; industries grow by their trend plus the deviation from the "
                "normal rate"}
               .needed(china_has_it),
           industrial_growth);
    member(Spec{"price_growth", "1/year", -0.5, 0.5,
                "Growth of producer prices, of every industry, added to its own trend"},
           price_growth, 0.0);
    member(Spec{.name = "lending_rate", .unit = "1/year", .lower = 0, .upper = 0.5, .text = "One-year lending rate"}
               .needed(china_has_it),
           lending_rate);
    member(Spec{.name = "listing", .lower = 0, .upper = 1, .text = "Share of the period in which shares can be listed"},
           listing, 1.0);
    member(Spec{"wage_growth", "1/year", -0.5, 0.5, "Growth of nominal wages"}.needed(china_has_it), wage_growth);
}

Factor::Factor() {
    describe(sim::Members::defaults());
}

void Factor::describe(const sim::Members& member) {
    using sim::Spec, sim::text_spec;
    member(text_spec("name", "English name").needed(), name);
    member(text_spec("name_zh", "Chinese name; the English one where absent"), name_zh);
    member(text_spec("source", "Where the figures of this row come from"), source);
    member(text_spec("national", "It moves national demand; false: only the city's part of it"), national, true);
    member(Spec{"persistence", "1", 0, 0.99, "Share of a deviation left after a year"}, persistence, 0.3);
    member(Spec{"volatility", "1/year", 0, 0.5, "Standard deviation of growth that the factor brings"}.chinese(
               "共同冲击波动"),
           volatility, 0.0);
    member(Spec{"jump_rate", "1/year", 0, 4, "Rate of sudden changes"}, jump_rate, 0.0);
    member(Spec{"jump_mean", "1", -2, 2, "Mean of such a change, in logarithms"}, jump_mean, 0.0);
    member(Spec{"jump_spread", "1", 0, 2, "Standard deviation of such a change"}, jump_spread, 0.0);
}

Loading::Loading() {
    describe(sim::Members::defaults());
}

void Loading::describe(const sim::Members& member) {
    using sim::Spec, sim::text_spec;
    member(text_spec("factor", "The factor").key_of("factors").needed(), factor);
    member(text_spec("industry", "The industry; the rest of the city's where absent").key_of("industries"), industry);
    member(text_spec("source", "Where the figure comes from"), source);
    member(Spec{"loading", "1", -10, 10, "Growth of the industry's demand for growth of the factor"}.needed(), loading);
    member(Spec{"price_loading", "1", -10, 10, "Growth of the industry's price for growth of the factor"},
           price_loading, 0.0);
}

FactorPath::FactorPath() {
    describe(sim::Members::defaults());
}

void FactorPath::describe(const sim::Members& member) {
    using sim::Spec, sim::text_spec;
    member(text_spec("macro", "The macro path it belongs to").key_of("macro").needed(), macro);
    member(text_spec("factor", "The factor").key_of("factors").needed(), factor);
    member(text_spec("source", "Where the path comes from").needed(), source);
    member(Spec{"growth", "1/year", -1, 1, "Growth of the factor against what is normal"}, growth, 0.0);
}

IndustryPath::IndustryPath() {
    describe(sim::Members::defaults());
}

void IndustryPath::describe(const sim::Members& member) {
    using sim::Spec, sim::text_spec;
    member(text_spec("macro", "The macro path it belongs to").key_of("macro").needed(), macro);
    member(Spec{.name = "industry", .unit = "", .text = "The industry", .refers_to = "industries", .required = true},
           industry);
    member(text_spec("field", "The field of that industry it is confined to; all where absent").key_of("fields"),
           field);
    member(text_spec("source", "Where the path comes from").needed(), source);
    member(Spec{"price_growth", "1/year", -1.5, 1,
                "Growth of the price, in place of its trend, the path's common price growth and, for a field, what "
                "the chain would do"},
           price_growth, 0.0);
    member(Spec{"demand_growth", "1/year", -1, 1, "Growth of national demand, added to the trend"}, demand_growth, 0.0);
}

}  // namespace growth
