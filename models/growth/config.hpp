// Everything a run of the growth model is reported: the scenario as typed, validated values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "models/growth/parameters.hpp"
#include "models/growth/policy/levers.hpp"
#include "models/growth/policy/mechanisms.hpp"
#include "models/growth/tables.hpp"
#include "sim/scenario/document.hpp"
#include "sim/scenario/uncertainty.hpp"

namespace growth {

// [scenario]: what is simulated, from when to when, how often.
struct General {
    std::string name = "Scenario", name_zh = "情景", city = "City", city_zh = "城市", macro = "ex_ante";
    std::int64_t start_year = 2011, years = 5, burn_in_years = 2, steps_per_year = 4;
    std::int64_t replicates = 500, replicates_per_draw = 1, seed = 20110328;
    double base_all_industry_sales = 6676, base_investment = 174.9, all_industry_value_added_ratio = 0.2;
    bool parameter_uncertainty = true;
    Basis target_basis = Basis::actual;

    static constexpr void describe(auto& row, auto&& member) {
        using sim::Spec, sim::text_spec;
        member(text_spec("name", "English name of the scenario").needed(), row.name);
        member(text_spec("name_zh", "Chinese name of the scenario"), row.name_zh);
        member(text_spec("city", "English name of the city"), row.city);
        member(text_spec("city_zh", "Chinese name of the city"), row.city_zh);
        member(text_spec("macro", "The path of the macro economy").key_of("macro").needed(), row.macro);
        member(Spec{"start_year", "year", 1990, 2050, "First year simulated"}, row.start_year);
        member(Spec{"years", "year", 1, 30, "Years simulated"}, row.years);
        member(Spec{"burn_in_years", "year", 1, 10,
                    "Years before the start in which debts, ages and orders settle; the population is fixed"},
               row.burn_in_years);
        member(Spec{"steps_per_year", "1", 1, 52, "Steps a year; 4 are quarters"}, row.steps_per_year);
        member(
            Spec{
                .name = "replicates", .lower = 1, .upper = 1e7, .text = "Replicates where the command line names none"},
            row.replicates);
        member(Spec{"replicates_per_draw", "1", 1, 1e6,
                    "Consecutive replicates that share one draw of the uncertain values and differ by chance alone; "
                    "with several, results say how much of the spread comes from the parameters"},
               row.replicates_per_draw);
        member(Spec{"seed", "1", 0, 9e15, "Seed of all draws where the command line names none"}, row.seed);
        member(Spec{"base_all_industry_sales", "1e8 CNY/year", 1, 1e7,
                    "Sales of all above-scale industry in the year before the start"}
                   .chinese("全部规模以上工业销售收入"),
               row.base_all_industry_sales);
        member(Spec{"base_investment", "1e8 CNY/year", 0.1, 1e6, "Investment completed in the year before the start"}
                   .chinese("上年完成投资"),
               row.base_investment);
        member(Spec{"all_industry_value_added_ratio", "1", 0.05, 0.6,
                    "Value added over gross output in the rest of industry"},
               row.all_industry_value_added_ratio);
        member(text_spec("parameter_uncertainty",
                         "Every replicate draws the uncertain values from their priors; false keeps the medians"),
               row.parameter_uncertainty);
        member(
            text_spec("target_basis", "Targets are judged by what happened (actual) or by what is reported (reported)"),
            row.target_basis);
    }
};

// [record]: what a results file keeps of every replicate, and makes statistics of.
struct Recording {
    Detail detail = Detail::yearly;
    std::vector<std::string> outputs;
    std::int64_t panels = 10;

    static constexpr void describe(auto& row, auto&& member) {
        using sim::Spec, sim::text_spec;
        member(text_spec("detail",
                         "targets: what has no time; yearly: also the outputs of years; quarterly: of every step "
                         "instead; firms: also firms one by one, of some replicates"),
               row.detail);
        member(text_spec("outputs", "Outputs over time that are kept, by name; all where none is named"), row.outputs);
        member(Spec{"panels", "1", 1, 1e6, "Replicates whose firms are kept one by one, the first so many"},
               row.panels);
    }
};

struct Config {
    General scenario;
    Recording record;
    sim::Rows<Industry> industries;
    sim::Rows<IndustryField> fields;
    sim::Rows<InputLink> inputs;
    sim::Rows<Place> places;
    sim::Rows<Cluster> clusters;
    sim::Rows<NamedFirm> firms;
    sim::Rows<Target> targets;
    sim::Rows<TargetGroup> target_groups;
    sim::Rows<MacroPath> macro;
    sim::Rows<IndustryPath> industry_paths;
    Parameters parameters;
    sim::Rows<Purse> purses;
    sim::Rows<Lever> levers;
    Components components;
    std::vector<sim::UncertainValue> uncertain;  // which of these numbers every replicate draws

    static constexpr void describe(auto& config, auto&& member) {
        using sim::text_spec;
        member(text_spec("scenario", "What is simulated"), config.scenario);
        member(text_spec("record", "What a results file keeps"), config.record);
        member(text_spec("industries", "The industries"), config.industries);
        member(text_spec("fields", "Fields of the industries, each a market of its own"), config.fields);
        member(text_spec("inputs", "Which field buys what of which"), config.inputs);
        member(text_spec("places", "The places"), config.places);
        member(text_spec("clusters", "The clusters"), config.clusters);
        member(text_spec("firms", "Firms known by name"), config.firms);
        member(text_spec("targets", "The plan's targets"), config.targets);
        member(text_spec("target_groups", "Targets of which it is reported how likely all are met"),
               config.target_groups);
        member(text_spec("macro", "Paths of the macro economy"), config.macro);
        member(text_spec("industry_paths", "What those paths say of one industry, or of one field"),
               config.industry_paths);
        member(text_spec("parameters", "Parameters of the model, by subject"), config.parameters);
        member(text_spec("purses", "Money that levers share"), config.purses);
        member(text_spec("levers", "The instruments of policy"), config.levers);
        Components::visit(config.components, [&](std::string_view name, std::string_view text, auto& rows) {
            member(text_spec(name, text), rows);
        });
    }
};

// Reads a document and checks what no single field can say. Throws sim::ScenarioError with every problem.
Config read_config(const sim::Document&);

// Whether the populations of two configurations are the same at the first simulated step, wherever seed and replicate
// are: all that acts until then is equal.
bool begin_alike(const Config&, const Config&);

// The draw of the uncertain values that a replicate has, counted from 0.
std::size_t draw_number(const Config&, std::size_t replicate);

// The standard normal number that a draw has for the uncertain value of an entity, which stands for its path.
std::uint32_t entity_of(std::string_view path);
double standard_normal(std::uint64_t seed, std::size_t draw, std::uint32_t entity);

// A replicate's own configuration: the uncertain values of its draw, the same for every arm that shares the seed.
Config draw_config(const Config&, sim::Draws);

}  // namespace growth
