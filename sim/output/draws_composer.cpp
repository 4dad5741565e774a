// Rows are computed when they are due and handed on in chunks.
#include "sim/output/draws_composer.hpp"

#include <cstdint>
#include <span>
#include <string>

#include "sim/output/compose_axis.hpp"
#include "sim/output/composer.hpp"

namespace sim {
namespace {

Medium::About about(const Axis& axis, const char* text, const char* text_zh) {
    std::string coordinates;
    for (const auto& name : axis.auxiliaries()) coordinates += (coordinates.empty() ? "" : " ") + name;
    Medium::About description{axis.name + "_unit", text, text_zh};
    if (!coordinates.empty()) description.more.push_back({"coordinates", coordinates});
    return description;
}

}  // namespace

Extent draws_of(const Layout& layout, Extent replicates) {
    const auto each = layout.replicates_per_draw;
    const auto first = replicates.first / each;
    return {first, (replicates.end() + each - 1) / each - first, (replicates.planned + each - 1) / each};
}

DrawsComposer::DrawsComposer(const Layout& layout, Extent replicates, Medium& medium)
    : layout_(&layout), next_(replicates.first / layout.replicates_per_draw) {
    const auto& [shared, own, shared_row, own_row] = layout.drawn;
    if (shared.size() + own.size() == 0) return;
    const auto draws = draws_of(layout, replicates);
    std::vector<std::int64_t> numbers(draws.count);
    for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = static_cast<std::int64_t>(draws.first + i);
    medium.add_dimension(
        "draw", std::span<const std::int64_t>(numbers),
        {"1", "draw of the uncertain numbers: that of a replicate is its replicate_draw, or else its own number",
         "参数抽样序号"});
    if (shared.size() > 0) {
        compose_axis(shared, medium);
        const auto rows = rows_of_chunk(shared.size(), 1, draws.count);
        shared_.push_back({medium.create_rows("parameter_value", {"draw", shared.name}, rows,
                                              about(shared,
                                                    "uncertain number, as every scenario drew it, in the unit "
                                                    "that parameter_unit tells",
                                                    "不确定参数抽样值")),
                           rows * shared.size(), std::vector<std::vector<double>>(1)});
    }
    if (own.size() > 0) {
        compose_axis(own, medium);
        const auto scenarios = layout.scenarios.size();
        const auto rows = rows_of_chunk(own.size(), scenarios, draws.count);
        own_.push_back(
            {medium.create_column("scenario_parameter_value", {std::string(scenario_axis), "draw", own.name}, rows,
                                  about(own,
                                        "uncertain number in which scenarios differ, as each used it; missing where "
                                        "it has none",
                                        "各情景不同的不确定参数取值")),
             rows * own.size(), std::vector<std::vector<double>>(scenarios)});
    }
}

void DrawsComposer::reach(std::size_t replicate) {
    if (shared_.empty() && own_.empty()) return;
    const auto each = layout_->replicates_per_draw;
    for (const auto end = (replicate + each - 1) / each; next_ < end; ++next_) add(next_);
}

void DrawsComposer::add(std::size_t draw) {
    for (auto& collected : shared_) {
        layout_->drawn.shared_row(draw, collected.waiting[0]);
        hand_over(collected, false);
    }
    for (auto& collected : own_) {
        for (std::size_t i = 0; i < collected.waiting.size(); ++i)
            layout_->drawn.own_row(i, draw, collected.waiting[i]);
        hand_over(collected, false);
    }
}

void DrawsComposer::hand_over(Collected& collected, bool all) {
    for (std::size_t i = 0; i < collected.waiting.size(); ++i) {
        auto& waiting = collected.waiting[i];
        if (waiting.empty() || (waiting.size() < collected.full && !all)) continue;
        collected.column->write(i, waiting);
        waiting.clear();
    }
}

void DrawsComposer::finish() {
    for (auto* list : {&shared_, &own_})
        for (auto& collected : *list) {
            hand_over(collected, true);
            collected.column->close();
        }
}

}  // namespace sim
