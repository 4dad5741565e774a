#include "models/growth/fields.hpp"

#include <algorithm>
#include <numeric>

#include "models/growth/cells.hpp"
#include "models/growth/config.hpp"
#include "models/growth/demand.hpp"
#include "models/growth/investment.hpp"
#include "models/growth/limits.hpp"
#include "models/growth/loops.hpp"
#include "models/growth/macro.hpp"
#include "models/growth/production.hpp"
#include "models/growth/state.hpp"
#include "models/growth/streams.hpp"
#include "models/growth/supply_chain.hpp"

namespace growth {

namespace {

const IndustryField& row_of(const Config& c, const FieldState& field) {
    static const IndustryField whole_industry;
    return field.row == no_row ? whole_industry : c.fields[field.row];
}

std::span<const FieldState> specs_of(const State& s, std::size_t industry) {
    return {s.fields.data() + s.industries[industry].first_field, s.industries[industry].fields};
}

// The position at which the weights so far pass a uniform number's share of their sum.
template <class Weight>
std::size_t choice(std::size_t count, double uniform, Weight&& weight) {
    double sum = 0;
    for (std::size_t k = 0; k < count; ++k) sum += weight(k);
    double passed = 0;
    std::size_t last = 0;
    for (std::size_t k = 0; k < count; ++k) {
        if (weight(k) <= 0) continue;
        last = k;
        passed += weight(k);
        if (uniform * sum < passed) return k;
    }
    return last;
}

// Of the row of [industry_paths] that speaks of this field on the macro path in force.
std::size_t path_of(const Config& c, const FieldPlace& place) {
    if (place.row == no_row) return no_row;
    for (std::size_t k = 0; k < c.industry_paths.size(); ++k)
        if (c.industry_paths[k].macro == c.scenario.macro && c.industry_paths[k].field == c.fields[place.row].key)
            return k;
    return no_row;
}

}  // namespace

std::vector<FieldPlace> lay_out_fields(const Config& c) {
    std::vector<FieldPlace> places;
    for (std::size_t industry = 0; industry < c.industries.size(); ++industry) {
        const auto before = places.size();
        for (std::size_t row = 0; row < c.fields.size(); ++row)
            if (c.fields[row].industry == c.industries[industry].key) places.push_back({industry, row});
        if (places.size() == before) places.push_back({industry, no_row});
    }
    return places;
}

void open_fields(const Config& c, State& s) {
    const auto places = lay_out_fields(c);
    s.fields.assign(places.size(), {});
    for (auto& industry : s.industries) industry.fields = 0;
    for (std::size_t k = 0; k < places.size(); ++k) {
        auto& field = s.fields[k];
        auto& industry = s.industries[places[k].industry];
        field.industry = places[k].industry;
        field.row = places[k].row;
        field.path = path_of(c, places[k]);
        field.expected_growth = c.industries[field.industry].burn_in_demand_growth;
        field.value_added_ratio = c.industries[field.industry].value_added_ratio;
        if (industry.fields++ == 0) industry.first_field = k;
    }
    std::size_t most = 0;
    for (const auto& industry : s.industries) most = std::max(most, industry.fields);
    s.field_sums.assign(s.blocks.size() * most, {});
    s.chain = lay_out_chain(c, s);
}

namespace {

// What the field's demand and price do on their own: its industry's, its own deviations, or the path's words for it.
void move_field(const Config& c, std::size_t k, int step, double noise, State& s) {
    const double h = s.clock.dt();
    auto& field = s.fields[k];
    const auto& industry = s.industries[field.industry];
    const auto& row = row_of(c, field);
    const IndustryPath* words = field.path == no_row ? nullptr : &c.industry_paths[field.path];
    const double own_noise = industry.price_shock + price_change(0, row.price_volatility, noise, h);
    if (words != nullptr && !words->price_growth.is_zero())
        field.price_change =
            h * from_middle_to_middle(step, [&](int t) { return words->price_growth.at(s.clock.time(t)); }) + own_noise;
    else
        field.price_change = h * (industry.price_trend + row.price_growth) + own_noise + field.price_link;
    const double deviation = from_middle_to_middle(step, [&](int t) {
        if (s.clock.in_burn_in(t)) return 0.0;
        return row.demand_growth + (words != nullptr ? words->demand_growth.at(s.clock.time(t)) : 0.0);
    });
    // prices that common factors move follow demand, and do not move it
    const double beyond_trend = field.price_change - h * (industry.usual_price_growth + row.price_growth) -
                                s.common.prices[static_cast<Eigen::Index>(field.industry)];
    const double national =
        industry.demand_change + h * deviation + demand_of_price(beyond_trend, c.parameters.demand.price_elasticity);
    field.demand_change = linked_demand(national, field.local_part, field.required_change);
}

}  // namespace

void open_prices(const Config& c, State& s) {
    const double h = s.clock.dt();
    const sim::Time time = s.clock.time(s.clock.first_step()) - h;
    for (auto& field : s.fields) {
        const IndustryPath* words = field.path == no_row ? nullptr : &c.industry_paths[field.path];
        const double growth = words != nullptr && !words->price_growth.is_zero()
                                  ? words->price_growth.at(time)
                                  : s.industries[field.industry].price_trend + row_of(c, field).price_growth;
        field.price = sim::clamp(price_at_start(growth, h), limits::least_index, limits::most_index);
    }
    const auto& path = c.macro[c.macro.index_of(c.scenario.macro)];
    s.city.rest_price = s.city.capital_price =
        sim::clamp(price_at_start(path.price_growth.at(time), h), limits::least_index, limits::most_index);
}

void move_fields(const Config& c, sim::Draws draws, int step, State& s) {
    const double h = s.clock.dt();
    const bool before_start = s.clock.in_burn_in(step);
    const auto noise = draws.at(streams::field_price, static_cast<sim::Step>(step));
    const auto& p = c.parameters;
    for (std::size_t k = 0, entity = 0; k < s.fields.size(); ++k) {
        if (before_start)
            s.fields[k].demand_change = s.industries[s.fields[k].industry].demand_change;
        else
            move_field(c, k, step, noise.normals(entity)[0], s);
        entity += c.industries[s.fields[k].industry].present;
    }
    for (auto& field : s.fields) {
        const auto& industry = s.industries[field.industry];
        if (!before_start)
            field.price =
                sim::clamp(field.price * sim::exp(field.price_change), limits::least_index, limits::most_index);
        field.expected_growth =
            adjusted(field.expected_growth, field.demand_change / h, 1 / p.investment.expectation_memory, h);
        field.expected_rise = expected_rise(field.expected_growth, p.investment.horizon_years);
        field.entry_weight = entry_weight(row_of(c, field).share, 1.0, p.entry.demand_response,
                                          field.expected_growth - industry.expected_growth);
    }
    for (std::size_t k = 0; k < s.fields.size(); ++k) s.fields[k].value_added_ratio = value_added_ratio(c, s, k);
    for (std::size_t i = 0; i < s.industries.size(); ++i) {
        const auto fields = specs_of(s, i);
        double output = 0, value = 0;
        for (const auto& field : fields) output += field.output, value += field.output * field.price;
        s.industries[i].price = fields.size() > 1 && output > 0 ? value / output : fields.front().price;
    }
}

void add_up_fields(State& s) {
    if (s.blocks.empty()) return;
    const std::size_t most = s.field_sums.size() / s.blocks.size();
    for_each_block(s, [&](Block& block) {
        const std::size_t count = s.industries[s.cells[block.cell].industry].fields;
        auto* const sums = s.field_sums.data() + static_cast<std::size_t>(&block - s.blocks.data()) * most;
        if (count == 1) {
            sums[0] = {block.sums.output, block.sums.demand, block.sums.backlog, block.sums.opened};
            return;
        }
        std::fill_n(sums, count, std::array<double, 4>{});
        sim::for_each_row(block.rows, [&](sim::Index row) {
            auto& [output, demand, backlog, opened] = sums[static_cast<std::size_t>(s.firms.field(row))];
            output += s.firms.output(row);
            demand += s.firms.demand(row);
            backlog += s.firms.backlog(row);
            opened += s.firms.opened(row);
        });
    });
    for (auto& field : s.fields) {
        field.output_before = field.output;
        field.output = field.demand = field.backlog = 0;
    }
    for (std::size_t b = 0; b < s.blocks.size(); ++b) {
        const auto& industry = s.industries[s.cells[s.blocks[b].cell].industry];
        for (std::size_t k = 0; k < industry.fields; ++k) {
            auto& field = s.fields[industry.first_field + k];
            const auto& [output, demand, backlog, opened] = s.field_sums[b * most + k];
            field.output += output;
            field.demand += demand;
            field.backlog += backlog;
            field.taken += opened;
        }
    }
}

void share_out_churn(const Config& c, int step, State& s) {
    const auto& p = c.parameters.demand;
    const double h = s.clock.dt(), cancelled = 1 - sim::exp(-p.cancellation * h);
    const bool before_start = s.clock.in_burn_in(step);
    double demand = 0, lost = 0, taken = 0;
    for (auto& field : s.fields) {
        field.lost += customers_lost(field.backlog, field.demand, cancelled);
        demand += field.demand, lost += field.lost, taken += field.taken;
    }
    // What is normal is that of all firms in the base year, as a mean over its steps: a field has too few to tell.
    if (before_start && step + s.clock.steps_per_year >= s.clock.first_step() && demand > 0) {
        s.city.lost_normally += h * lost / demand;
        s.city.taken_normally += h * taken / demand;
    }
    for (auto& field : s.fields) {
        const double normally = before_start ? 0.0 : field.demand;
        const Churn churn{.lost = field.lost,
                          .taken = field.taken,
                          .lost_normally = s.city.lost_normally * normally,
                          .taken_normally = s.city.taken_normally * normally,
                          .demand = field.demand - customers_lost(field.backlog, field.demand, cancelled)};
        field.churn = growth_by_churn(churn, before_start ? 1.0 : p.local_stealing);
        field.lost = field.taken = 0;
    }
}

std::size_t field_of_entrant(const Config& c, sim::Draws draws, const State& s, const Cell& cell, Origin origin,
                             std::uint64_t id) {
    const auto fields = specs_of(s, cell.industry);
    if (fields.size() == 1) return 0;
    const auto& p = c.parameters.fields;
    const auto favour = [&](const FieldState& field) {
        if (origin != Origin::attracted) return 1.0;
        const Priority priority = row_of(c, field).priority;
        return priority == Priority::focus ? p.focus_weight : priority == Priority::expand ? p.expand_weight : 1.0;
    };
    return choice(fields.size(), draws.at(streams::field_choice, 0).uniforms(id)[0],
                  [&](std::size_t k) { return favour(fields[k]) * fields[k].entry_weight; });
}

std::size_t field_by_share(const Config& c, sim::Draws draws, const State& s, std::size_t industry, std::uint64_t id) {
    const auto fields = specs_of(s, industry);
    return choice(fields.size(), draws.at(streams::field_choice, 0).uniforms(id)[0],
                  [&](std::size_t k) { return row_of(c, fields[k]).share; });
}

std::vector<std::size_t> deal_fields(const Config& c, sim::Draws draws, const State& s, std::size_t industry,
                                     const std::vector<std::uint64_t>& ids) {
    const auto fields = specs_of(s, industry);
    std::vector<double> room;
    for (const auto& field : fields) {
        double sales = row_of(c, field).share * c.industries[industry].base_sales;
        for (const auto& firm : c.firms)
            if (field.row != no_row && firm.field == c.fields[field.row].key) sales -= firm.base_sales;
        room.push_back(std::max(sales, 0.0));
    }
    const auto numbers = whole_numbers(room, static_cast<int>(ids.size()));

    const auto stream = draws.at(streams::field_choice, 0);
    std::vector<std::size_t> order(ids.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t one, std::size_t other) {
        return stream.uniforms(ids[one])[0] < stream.uniforms(ids[other])[0];
    });
    std::vector<std::size_t> dealt(ids.size(), 0);
    std::size_t next = 0;
    for (std::size_t k = 0; k < numbers.size(); ++k)
        for (int n = 0; n < numbers[k]; ++n) dealt[order[next++]] = k;
    return dealt;
}

}  // namespace growth
