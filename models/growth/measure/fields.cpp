// What is seen of fields: above-scale firms by field, and the links between fields.
#include "models/growth/fields.hpp"

#include <vector>

#include "models/growth/config.hpp"
#include "models/growth/loops.hpp"
#include "models/growth/measure/measure.hpp"
#include "models/growth/state.hpp"

namespace growth {

namespace {

// Above-scale firms by the definition of the base year, of one block; `seen` holds one entry for each field of its
// industry.
void see_firms(const Config& c, const State& s, double elapsed, const Block& block, FieldOutputs* seen) {
    const auto& f = s.firms;
    const double h = s.clock.dt(), threshold = c.parameters.population.base_threshold;
    sim::for_each_lanes(block.rows, [&](sim::Lanes at) {
        const auto yearly = f.year_sales(at) / elapsed;
        // as for clusters: a plant opened in this step stands there and has made nothing yet
        const auto known = sim::select(f.opened(at) > 0.0, f.sales(at), yearly);
        for_each_named(known >= threshold, at, [&](sim::Index row) {
            auto& field = seen[static_cast<std::size_t>(f.field(row))];
            field.field_firms += 1;
            field.field_employment += f.labour(row);
            if (yearly[static_cast<std::size_t>(row - at.row)] < threshold) return;
            field.field_output += f.sales(row) * h / c.parameters.production.sales_ratio;
            field.field_sales += f.sales(row) * h;
            field.field_value_added += f.value_added(row);
        });
    });
}

}  // namespace

sim::Axis field_axis(const Config& c) {
    sim::Axis axis{.name = "field", .long_name = "Field", .long_name_zh = "领域"};
    const auto add = [&](const auto& row) {
        axis.keys.push_back(row.key);
        axis.labels.push_back(row.name);
        axis.labels_zh.push_back(row.name_zh);
    };
    for (const auto& place : lay_out_fields(c)) {
        if (place.row == no_row)
            add(c.industries[place.industry]);
        else
            add(c.fields[place.row]);
    }
    return axis;
}

void see_fields(const Config& c, int step, const State& s, Record& record) {
    const double elapsed = (s.clock.step_of_year(step + s.clock.first_step()) + 1) * s.clock.dt();
    const auto industry_of = [&](const Block& block) -> const IndustryState& {
        return s.industries[s.cells[block.cell].industry];
    };
    std::vector<std::size_t> first(s.blocks.size() + 1, 0);
    for (std::size_t k = 0; k < s.blocks.size(); ++k) first[k + 1] = first[k] + industry_of(s.blocks[k]).fields;
    std::vector<FieldOutputs> parts(first.back());
    for_each_block(s, [&](std::size_t k, const Block& block) { see_firms(c, s, elapsed, block, &parts[first[k]]); });

    std::vector<FieldOutputs> seen(s.fields.size());
    for (std::size_t k = 0; k < s.blocks.size(); ++k)
        for (std::size_t j = 0; j < industry_of(s.blocks[k]).fields; ++j) {
            auto& all = seen[industry_of(s.blocks[k]).first_field + j];
            const auto& part = parts[first[k] + j];
            all.field_output += part.field_output;
            all.field_sales += part.field_sales;
            all.field_value_added += part.field_value_added;
            all.field_firms += part.field_firms;
            all.field_employment += part.field_employment;
        }
    for (std::size_t k = 0; k < seen.size(); ++k) {
        const auto& field = s.fields[k];
        seen[k].field_price = field.price;
        seen[k].field_required = field.required * field.price * s.clock.dt();
        seen[k].field_inputs_met = field.inputs_met;
        record.fields.put(seen[k], static_cast<std::size_t>(step), k);
    }
}

}  // namespace growth
