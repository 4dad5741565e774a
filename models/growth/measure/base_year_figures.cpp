#include "models/growth/measure/base_year_figures.hpp"

#include "models/growth/cells.hpp"
#include "models/growth/config.hpp"
#include "models/growth/loops.hpp"
#include "models/growth/measure/adding.hpp"
#include "models/growth/measure/exports.hpp"
#include "models/growth/rest_of_industry.hpp"
#include "models/growth/standing.hpp"
#include "models/growth/state.hpp"

namespace growth {

namespace {

// Sales of the year are known of each firm. Its other flows are known of the last step: those of the year stood to its
// sales as these do.
double year_over_step(const State& s, sim::Index row) {
    const double step = s.firms.sales(row) * s.clock.dt();
    return step > 0 ? s.firms.year_sales(row) / step : 0.0;
}

CellOutputs see_firm(const Config& c, const State& s, const Cell& cell, sim::Index row) {
    const auto& f = s.firms;
    const double sales = f.year_sales(row), year = year_over_step(s, row), h = s.clock.dt();
    const double worn = c.parameters.investment.depreciation * s.city.capital_price * h * f.opening_capital(row);
    return {.output = sales / c.parameters.production.sales_ratio,
            .sales = sales,
            .value_added = f.value_added(row) * year,
            .investment = f.year_investment(row),
            .firms = 1,
            .firms_by_new_threshold = sales >= c.parameters.population.new_threshold ? 1.0 : 0.0,
            .employment = f.labour(row),
            .capital = f.capital(row) * s.city.capital_price,
            .land = f.land(row),
            .research = f.research(row) * h * year,
            .wages = f.wages(row) * year,
            .profits = (f.surplus(row) - f.interest(row) - worn) * year,
            .exports = known_exports(c, cell.industry, sales * f.exports_share(row))};
}

// Of every size.
void count_firm(const State& s, sim::Index row, CityOutputs& city) {
    const auto& f = s.firms;
    const double sales = f.year_sales(row), group = sales * f.group_ratio(row), year = year_over_step(s, row);
    city.national_centres += f.centre(row) == national_centre;
    city.provincial_centres += f.centre(row) == provincial_centre;
    city.high_tech_firms += f.high_tech(row);
    city.firms_above_10 += sales > 10;
    city.firms_above_50 += sales > 50;
    city.firms_above_100 += sales > 100;
    city.groups_above_50 += group > 50;
    city.groups_above_100 += group > 100;
    city.income_tax += f.tax(row) * year;
    city.land_payments += f.land_cost(row) * year;
}

void close_city(const Config& c, const State& s, const CellOutputs& all, CityOutputs& city) {
    const double sales = sim::max(c.scenario.base_all_industry_sales - all.sales, 0.0);
    city.rest_output = sales / c.parameters.production.sales_ratio;
    city.rest_value_added = city.rest_output * c.scenario.all_industry_value_added_ratio;
    city.all_industry_output = city.rest_output + all.output;
    city.all_industry_value_added = city.rest_value_added + all.value_added;
    for (const auto& place : s.places) city.rest_employment += rest_workers(s, place);
    city.talents_here = s.city.talents_here;
    city.wage = all.employment > 0 ? all.wages / all.employment : 0.0;
    city.production_tax = c.appraisal.production_taxes * all.value_added;
    city.net_output = all.output;
    city.net_value_added = all.value_added;
}

}  // namespace

void see_base_year(const Config& c, State& s) {
    auto& b = s.base_year;
    b.cells.assign(c.industries.size() * cluster_count(c), {});
    b.places.assign(c.places.size(), {});
    b.industry_places.assign(c.industries.size() * c.places.size(), {});
    b.fields.assign(s.fields.size(), {});
    b.city = {};
    CellOutputs all;
    for (const Cell& cell : s.cells)
        for_each_living(s, cell, [&](sim::Index row) {
            count_firm(s, row, b.city);
            if (s.firms.year_sales(row) < c.parameters.population.base_threshold) return;
            const auto seen = see_firm(c, s, cell, row);
            add(all, seen);
            add(b.cells[cell.industry * cluster_count(c) + cell.cluster], seen);
            add(b.places[cell.place], seen);
            add(b.industry_places[cell.industry * c.places.size() + cell.place], seen);
            const auto first = s.industries[cell.industry].first_field;
            auto& field = b.fields[first + static_cast<std::size_t>(s.firms.field(row))];
            field.field_output += seen.output;
            field.field_sales += seen.sales;
            field.field_value_added += seen.value_added;
            field.field_firms += 1;
            field.field_employment += seen.employment;
        });
    close_city(c, s, all, b.city);
}

}  // namespace growth
