// The table of targets as programs read it.
#include <cmath>

#include "apps/summary_tables.hpp"

namespace jiju {
namespace {

void add(nlohmann::ordered_json& json, const sim::Probability& probability) {
    const auto& [share, error, bound, interval] = probability;
    json["probability"] = share;
    json["standard_error"] = error;
    json["bound"] = bound ? nlohmann::ordered_json(*bound) : nullptr;
    json["interval"] = {{"level", 0.95}, {"low", interval.low}, {"high", interval.high}};
}

nlohmann::ordered_json json_of(const Range& range) {
    return {{"p5", range.low}, {"p50", range.median}, {"p95", range.high}};
}

nlohmann::ordered_json json_of(const Judged& judged) {
    auto json = json_of(judged.value);
    json["gap"] = judged.gap;
    add(json, judged.probability);
    return json;
}

nlohmann::ordered_json json_of(const std::optional<sim::VarianceComponents>& variance) {
    if (!variance) return nullptr;
    return {{"parameters", variance->share},
            {"low", variance->interval.low},
            {"high", variance->interval.high},
            {"of_parameters", variance->between},
            {"of_chance", variance->within}};
}

nlohmann::ordered_json json_of(const TargetSummary& row) {
    const auto& target = row.target;
    nlohmann::ordered_json json{{"key", target.key},         {"name", target.name},
                                {"name_zh", target.name_zh}, {"section", target.section},
                                {"unit", target.unit},       {"comparison", sim::word_of(target.comparison)},
                                {"value", target.value},     {"tolerance", target.tolerance}};
    json["upper"] = target.upper ? nlohmann::ordered_json(*target.upper) : nullptr;
    json["judged_in"] = row.judged_in;
    json.update(json_of(row.judged));
    json["expected_shortfall"] = row.expected_shortfall;
    json["conditional_shortfall"] = row.conditional_shortfall;
    json["year"] = json_of(row.year);
    json["year"]["never"] = row.share_never;
    const bool judges_group = target.revenue_scope == growth::RevenueScope::group;
    json["other_scope"] = row.other_scope ? json_of(*row.other_scope) : nlohmann::ordered_json(nullptr);
    if (row.other_scope) json["other_scope"]["revenue_scope"] = judges_group ? "local" : "group";
    json["variance"] = json_of(row.variance);
    return json;
}

nlohmann::ordered_json json_of(const GroupSummary& row) {
    nlohmann::ordered_json json{
        {"key", row.group.key}, {"name", row.group.name}, {"name_zh", row.group.name_zh}, {"targets", row.targets}};
    add(json, row.probability);
    return json;
}

nlohmann::ordered_json json_of(const Summary& summary) {
    const auto& general = summary.scenario;
    nlohmann::ordered_json json{{"key", summary.key},
                                {"name", general.name},
                                {"name_zh", general.name_zh},
                                {"city", general.city},
                                {"city_zh", general.city_zh},
                                {"first_year", general.start_year},
                                {"last_year", general.start_year + general.years - 1},
                                {"target_basis", sim::word_of(general.target_basis)},
                                {"sha256", summary.scenario_sha256}};
    if (!summary.factors.empty()) json["factors"] = nlohmann::ordered_json::array();
    for (const auto& [factor, name, name_zh, label, label_zh, value] : summary.factors)
        json["factors"].push_back(
            {{"key", factor},
             {"name", name},
             {"name_zh", name_zh},
             {"label", label},
             {"label_zh", label_zh},
             {"value", std::isnan(value) ? nlohmann::ordered_json() : nlohmann::ordered_json(value)}});
    // Errors are by clusters: the replicates that share a draw of the parameters are one.
    json["clusters"] = summary.draws;
    json["errors"] = lacks_draws(summary) ? nlohmann::ordered_json(text_of_lack(summary, sim::Language::en)) : nullptr;
    json["failures"] = nlohmann::ordered_json::array();
    for (const auto& failure : summary.failures)
        json["failures"].push_back(
            {{"replicate", failure.replicate}, {"step", failure.step}, {"cause", failure.message}});
    json["targets"] = nlohmann::ordered_json::array();
    for (const auto& row : summary.targets) json["targets"].push_back(json_of(row));
    json["groups"] = nlohmann::ordered_json::array();
    for (const auto& row : summary.groups) json["groups"].push_back(json_of(row));
    json["purses"] = json_of(summary.purses);
    json["warnings"] = nlohmann::ordered_json::array();
    for (const auto& [kind, targets, text, text_zh] : summary.warnings)
        json["warnings"].push_back({{"kind", kind}, {"targets", targets}, {"text", text}, {"text_zh", text_zh}});
    return json;
}

void add(nlohmann::ordered_json& json, const Allotment& money) {
    json["asked"] = money.asked;
    json["allotted"] = money.allotted;
    json["replicates_cut"] = money.cut;
}

}  // namespace

nlohmann::ordered_json json_of(const std::vector<ShortPurse>& purses) {
    auto list = nlohmann::ordered_json::array();
    for (const auto& purse : purses) {
        nlohmann::ordered_json json{{"key", purse.key}, {"name", purse.name}, {"name_zh", purse.name_zh}};
        add(json, purse.money);
        json["levers"] = nlohmann::ordered_json::array();
        for (const auto& row : purse.rows) {
            nlohmann::ordered_json lever{{"key", row.key}, {"name", row.name}, {"name_zh", row.name_zh}};
            add(lever, row.money);
            json["levers"].push_back(std::move(lever));
        }
        list.push_back(std::move(json));
    }
    return list;
}

nlohmann::ordered_json json_of(const std::vector<Summary>& summaries) {
    const auto& first = summaries.front();
    nlohmann::ordered_json json{{"format", "jiju summary"}, {"version", 4}};
    json["software"] = {{"version", first.maker.software_version}, {"git_sha1", first.maker.commit}};
    json["seed"] = first.scenario.seed;
    json["replicates"] = first.replicates;
    json["replicates_per_draw"] = first.scenario.replicates_per_draw;
    json["draws"] = first.draws;
    json["scenarios"] = nlohmann::ordered_json::array();
    for (const auto& summary : summaries) json["scenarios"].push_back(json_of(summary));
    return json;
}

std::string dump(const nlohmann::ordered_json& json) {
    return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
}

}  // namespace jiju
