// The layout as dimensions and variables, and replicates as rows of chunks.
#include "sim/output/composer.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "sim/output/compose_axis.hpp"
#include "sim/output/digest.hpp"
#include "sim/output/statistics_table.hpp"

namespace sim {
namespace {

std::vector<std::string> with_both_axes(const std::vector<std::string>& dims) {
    std::vector<std::string> all{std::string(scenario_axis), std::string(replicate_axis)};
    all.insert(all.end(), dims.begin(), dims.end());
    return all;
}

// Which further variables place the points of these dimensions, as netCDF's `coordinates` attribute lists them.
std::string coordinates_of(const std::vector<Axis>& axes, const std::vector<std::string>& dims, bool shares_draws) {
    std::string text = "scenario_name scenario_name_zh";
    if (shares_draws) text += " replicate_draw";
    for (const auto& dim : dims)
        for (const auto& name : axis_of(axes, dim).auxiliaries()) text += " " + name;
    return text;
}

Medium::About about(const Variable& variable, const std::vector<Axis>& axes, bool shares_draws) {
    constexpr std::array methods{"sum", "point", "mean"};
    Medium::About description{variable.units, variable.long_name, variable.long_name_zh};
    description.more.push_back({"coordinates", coordinates_of(axes, variable.dims, shares_draws)});
    if (!variable.dims.empty() && (variable.dims.front() == time_axis || variable.dims.front() == year_axis))
        description.more.push_back(
            {"cell_methods",
             fmt::format("{}: {}", variable.dims.front(), methods[static_cast<std::size_t>(variable.over_time)])});
    if (!variable.source.empty()) description.more.push_back({"source", variable.source});
    description.more.insert(description.more.end(), variable.extra.begin(), variable.extra.end());
    return description;
}

}  // namespace

std::size_t rows_of_chunk(std::size_t row, std::size_t columns, std::size_t replicates) {
    constexpr std::size_t most_bytes = 256 << 10, least_bytes = 4 << 10, bytes_of_all = 128 << 20;
    const auto bytes = std::clamp(bytes_of_all / columns, least_bytes, most_bytes);
    return std::clamp<std::size_t>(bytes / (row * sizeof(double)), 1, replicates);
}

ResultsComposer::ResultsComposer(const Outline& outline, Extent extent, FileKind kind, Medium& medium)
    : outline_(outline),
      extent_(checked(outline, extent)),
      kind_(kind),
      medium_(medium),
      statuses_(outline.layout.scenarios.size() * extent.count, 0) {
    const auto scenarios = outline.layout.scenarios.size();
    rest_.panel.resize(outline.layout.panel.size());
    rest_.statistics.assign(scenarios, Statistics(outline.view.yearly_length(), extent.first));
    add_attributes();
    add_scenarios();
    std::vector<std::int64_t> numbers(extent_.count);
    for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = static_cast<std::int64_t>(extent_.first + i);
    medium_.add_dimension(std::string(replicate_axis), std::span<const std::int64_t>(numbers),
                          {"1", "replicate: one draw of chance and of uncertain parameters", "重复试验序号"});
    if (shares_draws()) add_draw_of_replicates();
    compose_axes(outline.view.axes(), medium_);
    if (kind_ == FileKind::results)
        medium_.add_named_dimension(
            "statistic", {statistic_names.begin(), statistic_names.end()},
            {"", "statistic over replicates: number of values, mean, standard deviation, quantiles", "统计量"});
    for (const auto& variable : outline.view.kept()) add_variable(variable);
    if (kind_ == FileKind::results) draws_ = DrawsComposer(outline.layout, extent_, medium_);
}

void ResultsComposer::write(const Block& block) {
    if (block.first != extent_.first + written_ || block.end() > extent_.end())
        throw std::logic_error(fmt::format("replicates {} to {} are written out of order", block.first, block.end()));
    const auto length = outline_.view.kept_length();
    for (std::size_t i = 0; i < block.count; ++i) {
        for (std::size_t scenario = 0; scenario < block.rows.size(); ++scenario) {
            const double* from = block.rows[scenario].data() + i * length;
            for (auto& [column, row, full, waiting] : variables_) {
                auto& collected = waiting[scenario];
                collected.insert(collected.end(), from, from + row);
                from += row;
                if (collected.size() < full) continue;
                column->write(scenario, collected);
                collected.clear();
            }
        }
        // Now and not after the block: where chunks lie in the file must not tell how replicates came.
        draws_.reach(block.first + i + 1);
    }
    for (std::size_t scenario = 0; scenario < block.statistics.size(); ++scenario)
        rest_.statistics[scenario].append(block.statistics[scenario]);
    for (const auto& failure : block.failures)
        statuses_[failure.scenario * extent_.count + failure.replicate - extent_.first] = 1;
    const auto append = [](auto& to, const auto& from) { to.insert(to.end(), from.begin(), from.end()); };
    append(rest_.failures, block.failures);
    append(rest_.panel_scenario, block.panel_scenario);
    append(rest_.panel_replicate, block.panel_replicate);
    for (std::size_t i = 0; i < block.panel.size(); ++i) append(rest_.panel[i], block.panel[i]);
    written_ += block.count;
}

std::string ResultsComposer::finish(const std::string& status) {
    if (written_ != extent_.count) throw std::logic_error("results are finished before their replicates");
    for (auto& variable : variables_) {
        for (std::size_t scenario = 0; scenario < variable.waiting.size(); ++scenario)
            if (!variable.waiting[scenario].empty()) variable.column->write(scenario, variable.waiting[scenario]);
        variable.column->close();
    }
    draws_.finish();
    add_outcomes();
    add_failures();
    kind_ == FileKind::results ? add_statistics() : add_statistics_state();
    add_panel();
    medium_.write_attribute({"status", status});
    medium_.write_attribute({"data_digest", medium_.digest().data()});
    auto digest = medium_.digest().all();
    medium_.write_attribute({"content_digest", digest});
    return digest;
}

void ResultsComposer::add_attributes() {
    medium_.write_attribute({"Conventions", std::string(conventions)});
    medium_.write_attribute({"filetype", std::string(kind_ == FileKind::results ? filetype : shard_filetype)});
    medium_.write_attribute({"schema_version", std::vector(schema_version.begin(), schema_version.end())});
    for (const auto& attribute : outline_.layout.attributes) medium_.write_attribute(attribute);
    medium_.write_attribute({"run_sha256", outline_.run_sha256});
    if (kind_ == FileKind::shard) {
        medium_.write_attribute({"first_replicate", static_cast<std::int64_t>(extent_.first)});
        medium_.write_attribute({"planned_replicates", static_cast<std::int64_t>(extent_.planned)});
    }
    medium_.write_attribute({"replicates", static_cast<std::int64_t>(extent_.count)});
}

void ResultsComposer::add_scenarios() {
    const auto& scenarios = outline_.layout.scenarios;
    const auto& factors = outline_.layout.factors;
    const auto texts = [](const auto& rows, auto member) {
        std::vector<std::string> found;
        for (const auto& row : rows) found.push_back(row.*member);
        return found;
    };
    const std::string along(scenario_axis);
    medium_.add_named_dimension(along, texts(scenarios, &Arm::key), {"", "scenario", "情景"});
    const auto add = [&](const std::string& name, const Medium::TextSource& values, const char* text,
                         const char* text_zh) {
        medium_.add_texts(name, {along}, values, {"", text, text_zh});
    };
    add("scenario_name", texts(scenarios, &Arm::name), "scenario: English name", "情景：英文名称");
    add("scenario_name_zh", texts(scenarios, &Arm::name_zh), "scenario: Chinese name", "情景：中文名称");
    const auto toml = [&](std::size_t i) {
        return kind_ == FileKind::shard ? outline_.texts.packed(i) : outline_.texts[i];
    };
    const auto digest = [&](std::size_t i) { return sha256(outline_.texts[i]); };
    add("scenario_toml", {scenarios.size(), toml}, "the effective scenario, every value written out", "完整情景");
    add("scenario_sha256", {scenarios.size(), digest}, "SHA-256 of the effective scenario", "情景摘要");
    if (factors.empty()) return;

    medium_.add_named_dimension("factor", texts(factors, &RecordedFactor::key),
                                {"", "factor of the design", "试验因素"});
    const auto add_of_factor = [&](const std::string& name, std::string RecordedFactor::*member, const char* text,
                                   const char* text_zh) {
        medium_.add_texts(name, {"factor"}, texts(factors, member), {"", text, text_zh});
    };
    add_of_factor("factor_name", &RecordedFactor::name, "factor: English name", "试验因素：英文名称");
    add_of_factor("factor_name_zh", &RecordedFactor::name_zh, "factor: Chinese name", "试验因素：中文名称");
    add_of_factor("factor_setting", &RecordedFactor::setting, "the value of the scenario that the factor sets",
                  "对应参数");
    const auto add_levels = [&](const std::string& name, auto member, const char* text, const char* text_zh) {
        std::vector<std::string> lists;
        for (const auto& factor : factors) lists.push_back(nlohmann::json(factor.*member).dump());
        medium_.add_texts(name, {"factor"}, lists, {"", text, text_zh});
    };
    add_levels("factor_levels", &RecordedFactor::levels,
               "what the values 0, 1, … of the factor stand for, as a JSON list; empty where they are numbers",
               "因素取值0、1、……的含义（JSON列表；数值因素为空）");
    add_levels("factor_levels_zh", &RecordedFactor::levels_zh, "the same in Chinese", "因素取值含义：中文");
    const auto add_labels = [&](const std::string& name, bool zh, const char* text, const char* text_zh) {
        std::vector<std::string> labels;
        for (const auto& arm : scenarios)
            for (std::size_t i = 0; i < factors.size(); ++i) labels.push_back(factors[i].label(arm.design[i], zh));
        medium_.add_texts(name, {along, "factor"}, labels, {"", text, text_zh});
    };
    add_labels("design_label", false, "value of the factor as it reads; empty where it is left as it was",
               "因素取值的文字");
    add_labels("design_label_zh", true, "the same in Chinese", "因素取值的中文文字");
    std::vector<double> design;
    for (const auto& arm : scenarios) design.insert(design.end(), arm.design.begin(), arm.design.end());
    medium_.add_variable("design", {along, "factor"}, std::span<const double>(design),
                         {"1", "value of the factor; missing where it is left as it was", "因素取值"});
}

// With one replicate each, a draw is its replicate and needs no telling.
bool ResultsComposer::shares_draws() const {
    return outline_.layout.replicates_per_draw > 1;
}

void ResultsComposer::add_draw_of_replicates() {
    std::vector<std::int64_t> draws(extent_.count);
    for (std::size_t i = 0; i < draws.size(); ++i)
        draws[i] = static_cast<std::int64_t>((extent_.first + i) / outline_.layout.replicates_per_draw);
    medium_.add_variable(
        "replicate_draw", {std::string(replicate_axis)}, std::span<const std::int64_t>(draws),
        {"1", "number of the draw of the uncertain parameters that the replicate has", "参数抽样序号"});
}

void ResultsComposer::add_variable(const Variable& variable) {
    const auto& axes = outline_.view.axes();
    const auto scenarios = outline_.layout.scenarios.size();
    const auto row = row_length(axes, variable);
    const auto rows = rows_of_chunk(row, scenarios * outline_.view.kept().size(), extent_.count);
    variables_.push_back({medium_.create_column(variable.name, with_both_axes(variable.dims), rows,
                                                about(variable, axes, shares_draws())),
                          row, row * rows, std::vector<std::vector<double>>(scenarios)});
}

void ResultsComposer::add_outcomes() {
    const std::vector<std::int8_t> flags{0, 1};
    medium_.add_variable("replicate_status", with_both_axes({}), std::span<const std::int8_t>(statuses_),
                         {"",
                          "whether the replicate ran to its end",
                          "重复试验状态",
                          {{"flag_values", flags}, {"flag_meanings", "ok failed"}}});
}

// Rare, so stored as a list and not for every replicate.
void ResultsComposer::add_failures() {
    const auto& failures = rest_.failures;
    if (failures.empty()) return;
    std::vector<std::string> scenarios, causes;
    std::vector<std::int64_t> replicates;
    std::vector<std::int32_t> steps;
    for (const auto& failure : failures) {
        scenarios.push_back(outline_.layout.scenarios[failure.scenario].key);
        replicates.push_back(static_cast<std::int64_t>(failure.replicate));
        steps.push_back(failure.step);
        causes.push_back(failure.message);
    }
    const std::string along = "failure";
    medium_.add_bare_dimension(along, failures.size(), {"", "replicates that did not run to their end", "失败的试验"});
    medium_.add_texts("failure_scenario", {along}, scenarios, {"", "scenario that failed", "失败情景"});
    medium_.add_variable("failure_replicate", {along}, std::span<const std::int64_t>(replicates),
                         {"1", "replicate that failed", "失败的试验序号"});
    medium_.add_variable("failure_step", {along}, std::span<const std::int32_t>(steps),
                         {"1", "step at which it failed; below zero before the first", "失败时段"});
    medium_.add_texts("failure_cause", {along}, causes, {"", "why it failed", "失败原因"});
}

void ResultsComposer::add_statistics() {
    std::vector<std::vector<double>> tables;  // by scenario: statistic by statistic, a number a series
    for (const auto& statistics : rest_.statistics) tables.push_back(table_of(statistics));
    const auto series = outline_.view.yearly_length();
    std::size_t first = 0;
    for (const auto& variable : outline_.view.yearly()) {
        const auto row = row_length(outline_.view.axes(), variable);
        std::vector<double> values;
        for (const auto& table : tables)
            for (std::size_t i = 0; i < statistic_names.size(); ++i) {
                const auto from = table.begin() + static_cast<std::ptrdiff_t>(i * series + first);
                values.insert(values.end(), from, from + static_cast<std::ptrdiff_t>(row));
            }
        std::vector<std::string> dims{std::string(scenario_axis), "statistic"};
        dims.insert(dims.end(), variable.dims.begin(), variable.dims.end());
        auto description = about(variable, outline_.view.axes(), false);
        description.long_name += ": statistics over replicates";
        description.long_name_zh += "：统计量";
        medium_.add_variable(variable.name + "_statistics", dims, std::span<const double>(values), description);
        first += row;
    }
}

void ResultsComposer::add_statistics_state() {
    const auto [counts, integers, buckets, numbers] = encode(rest_.statistics);
    const auto add = [&](const std::string& name, const auto& values, const char* text) {
        medium_.add_bare_dimension(name + "_place", values.size(), {"", text, "统计状态"});
        medium_.add_variable(name, {name + "_place"}, std::span(values), {"1", text, "统计状态"});
    };
    add("statistics_counts", counts, "mergeable statistics: lengths of their lists");
    add("statistics_integers", integers, "mergeable statistics: whole numbers");
    add("statistics_buckets", buckets, "mergeable statistics: buckets of quantiles");
    add("statistics_numbers", numbers, "mergeable statistics: numbers");
}

void ResultsComposer::add_panel() {
    if (rest_.panel_replicate.empty()) return;
    const std::string along = "observation";
    medium_.add_bare_dimension(along, rest_.panel_replicate.size(), {"", "one agent in one step", "观测"});
    Variable scenario{"panel_scenario", "1", "scenario, by its position from 0", "情景序号"};
    scenario.stored = Stored::int32;
    for (const auto& arm : outline_.layout.scenarios) scenario.codes.words.push_back(arm.key);
    Variable replicate{"panel_replicate", "1", "replicate", "试验序号"};
    replicate.stored = Stored::int64;
    compose_column(scenario, along, rest_.panel_scenario, medium_);
    compose_column(replicate, along, rest_.panel_replicate, medium_);
    for (std::size_t i = 0; i < rest_.panel.size(); ++i)
        compose_column(outline_.layout.panel[i], along, rest_.panel[i], medium_);
}

}  // namespace sim
