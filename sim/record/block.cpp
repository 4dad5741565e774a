#include "sim/record/block.hpp"

#include <limits>
#include <utility>

namespace sim {

void Statistics::add(std::span<const double> row) {
    moments.add(row);
    quantiles.add(row);
}

void Statistics::append(const Statistics& next) {
    moments.append(next.moments);
    quantiles.merge(next.quantiles);
}

Collector::Collector(const View& view, std::size_t scenarios, std::size_t panel_columns, std::size_t first)
    : view_(&view), scenarios_(scenarios), panel_columns_(panel_columns) {
    block_.first = first;
    block_.rows.resize(scenarios_);
    block_.panel.resize(panel_columns_);
    begin_statistics();
}

void Collector::begin_statistics() {
    block_.statistics.assign(scenarios_, Statistics(view_->yearly_length(), block_.end()));
}

Block Collector::take_rows() {
    Block next;
    next.first = block_.end();
    next.rows.resize(scenarios_);
    for (std::size_t i = 0; i < scenarios_; ++i) next.rows[i].reserve(block_.rows[i].size());
    next.panel.resize(panel_columns_);
    next.statistics.swap(block_.statistics);
    panel_rows_ = 0;
    return std::exchange(block_, std::move(next));
}

Block Collector::take() {
    auto taken = take_rows();
    taken.statistics.swap(block_.statistics);
    for (auto& statistics : taken.statistics) statistics.quantiles.settle();
    begin_statistics();
    return taken;
}

void Collector::fail(const Failure& failure) {
    auto& rows = block_.rows[failure.scenario];
    rows.resize(rows.size() + view_->kept_length(), std::numeric_limits<double>::quiet_NaN());
    block_.failures.push_back(failure);
    failed_.push_back(1);
    count(failure.scenario);
}

void Collector::add(std::size_t scenario, std::size_t replicate, const std::vector<std::span<const double>>& columns,
                    const Panel& panel) {
    view_->append_kept(columns, block_.rows[scenario]);
    if (!view_->keeps_what_is_yearly()) view_->append_yearly(columns, yearly_);
    const auto observations = panel.empty() ? 0 : panel.front().size();
    block_.panel_scenario.insert(block_.panel_scenario.end(), observations, static_cast<double>(scenario));
    block_.panel_replicate.insert(block_.panel_replicate.end(), observations, static_cast<double>(replicate));
    for (std::size_t i = 0; i < panel.size(); ++i)
        block_.panel[i].insert(block_.panel[i].end(), panel[i].begin(), panel[i].end());
    failed_.push_back(0);
    count(scenario);
}

void Collector::count(std::size_t scenario) {
    if (scenario + 1 < scenarios_) return;
    add_to_statistics();
    failed_.clear();
    yearly_.clear();
    panel_rows_ = block_.panel_scenario.size();
    ++block_.count;
}

void Collector::add_to_statistics() {
    std::span<const double> waiting = yearly_;
    for (std::size_t i = 0; i < scenarios_; ++i) {
        auto& statistics = block_.statistics[i];
        if (failed_[i] != 0) {
            statistics.add_missing();
        } else if (view_->keeps_what_is_yearly()) {
            statistics.add(std::span(block_.rows[i]).last(view_->kept_length()));
        } else {
            statistics.add(waiting.first(view_->yearly_length()));
            waiting = waiting.subspan(view_->yearly_length());
        }
    }
}

void Collector::withdraw() {
    for (auto& rows : block_.rows) rows.resize(block_.count * view_->kept_length());
    std::erase_if(block_.failures, [&](const Failure& failure) { return failure.replicate >= block_.end(); });
    for (auto* column : {&block_.panel_scenario, &block_.panel_replicate}) column->resize(panel_rows_);
    for (auto& column : block_.panel) column.resize(panel_rows_);
    failed_.clear();
    yearly_.clear();
}

std::size_t Collector::bytes() const {
    std::size_t values = 0;
    for (const auto* list : {&block_.rows, &block_.panel})
        for (const auto& each : *list) values += each.size();
    return values * sizeof(double);
}

}  // namespace sim
