#include "models/growth/panel.hpp"

#include <limits>
#include <string>

namespace growth {

namespace {

// Names that outlive the fields which view them. Prefixed, since clusters have output and sales as well.
const std::vector<std::string>& firm_names() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> all;
        const Firms firms;
        Firms::describe(
            firms, [&](const sim::Field& field, const auto&) { all.push_back("firm_" + std::string(field.name)); });
        return all;
    }();
    return names;
}

}  // namespace

std::vector<sim::Field> panel_fields() {
    using sim::Field;
    constexpr double none = std::numeric_limits<double>::infinity();
    std::vector<Field> fields = {
        Field{"firm_step", "1", 0, none, "Step, from 0"}.chinese("时段"),
        Field{"firm_industry", "1", 0, none, "Position of the industry, from 0"}.chinese("产业序号"),
        Field{"firm_place", "1", 0, none, "Position of the place, from 0"}.chinese("地区序号"),
        Field{"firm_cluster", "1", 0, none, "Position of the cluster, from 0"}.chinese("集聚区序号")};
    const Firms firms;
    Firms::describe(firms, [&](const Field& field, const auto&) {
        fields.push_back(field);
        fields.back().name = firm_names()[fields.size() - 5];
    });
    return fields;
}

void observe(int step, const State& s, std::vector<std::vector<double>>& panel) {
    for (const Cell& cell : s.cells)
        for_each_living(s, cell, [&](sim::Index row) {
            std::size_t column = 0;
            const auto append = [&](double value) { panel[column++].push_back(value); };
            append(step);
            append(static_cast<double>(cell.industry));
            append(static_cast<double>(cell.place));
            append(static_cast<double>(cell.cluster));
            Firms::describe(s.firms,
                            [&](const sim::Field&, const auto& values) { append(static_cast<double>(values(row))); });
        });
}

}  // namespace growth
