#include "models/growth/known_firms.hpp"

#include <concepts>
#include <initializer_list>

#include "models/growth/config.hpp"
#include "models/growth/limits.hpp"
#include "models/growth/streams.hpp"
#include "sim/population/table.hpp"

namespace growth {

namespace {

const FirmRow& row_of(const Config& c, const Firms& f, sim::Index row) {
    return c.population.rows->rows[static_cast<std::size_t>(f.table_row(row)) - 1];
}

void scale(Firms& f, sim::Index row, std::initializer_list<sim::Column Firms::*> columns, double factor) {
    for (const auto column : columns) (f.*column)[row] *= factor;
}

}  // namespace

Newborn as_known(const Config& c, sim::Draws draws, const Cell& cell, const FirmRow& row, Newborn n) {
    const auto& industry = c.industries[cell.industry];
    const auto births = draws.at(streams::birth, 0);
    if (row.research >= 0) {
        n.intensity = row.research / row.sales;
    } else if (row.patents > 0 && n.intensity == 0) {  // who holds patents performs R&D
        const double spread = c.parameters.population.intensity_spread;
        n.intensity = sim::min(
            industry.research_intensity * sim::exp(spread * births.normals(n.id, streams::traits)[2]), most_intensity);
    }
    if (row.capital > 0) {
        const double output = row.sales / (c.parameters.production.sales_ratio * sim::exp(n.price_wedge));
        n.capital_output = sim::clamp(row.capital * served(c, n) / (n.built * output), limits::least_capital_output,
                                      limits::most_capital_output);
    }
    if (row.group_sales > 0) n.group_ratio = row.group_sales / row.sales;
    if (row.exports_share >= 0) n.exports_share = row.exports_share;
    if (row.founded > 0) n.born = row.founded + births.uniforms(n.id, streams::titles)[2];
    return n;
}

void keep_known(const Config& c, Firms& f, sim::Index row) {
    const auto& known = row_of(c, f, row);
    if (known.research >= 0) {
        f.intensity[row] = known.research / known.sales;
        f.relabelled[row] = 0;
        f.research[row] = f.intensity(row) * f.sales(row);
    }
    if (known.listed >= 0) f.listed[row] = known.listed;
    if (known.high_tech >= 0) f.high_tech[row] = known.high_tech;
    f.group_ratio[row] = known.group_sales > 0 ? known.group_sales / known.sales : 1.0;
    f.exports_share[row] =
        known.exports_share >= 0 ? known.exports_share : c.industries[known.industry].exports_share.value_or(0);
}

void resize(Firms& f, sim::Index row, double was, double is) {
    sim::for_each_extensive(f, [&]<class Column>(Column& column) {
        if constexpr (std::same_as<Column, sim::Column>) column[row] *= is / sim::max(was, 1e-9);
    });
    f.year_sales[row] = is;  // also of a firm that was not there for the whole year
}

void bring_to_row(const Config& c, Firms& f, sim::Index row) {
    const auto& known = row_of(c, f, row);
    resize(f, row, f.year_sales(row), known.sales);
    f.above_scale[row] = known.sales >= c.parameters.population.base_threshold ? 1.0 : 0.0;
    const double more_capital = known.capital > 0 ? known.capital / sim::max(f.capital(row), 1e-12) : 1.0;
    const double more_workers = known.employees > 0 ? known.employees / sim::max(f.labour(row), 1e-12) : 1.0;
    const auto technique = refitted({f.efficiency(row), f.log_crew(row)}, more_capital, more_workers,
                                    c.parameters.production.capital_share);
    f.efficiency[row] = technique.efficiency;
    f.log_crew[row] = limits::log_crew(technique.log_crew);
    // what is built, and the land below it, goes with capital; pay goes with workers
    scale(f, row,
          {&Firms::capital, &Firms::under_way, &Firms::order, &Firms::land, &Firms::land_request, &Firms::completed,
           &Firms::investment, &Firms::year_investment, &Firms::opening_capital},
          more_capital);
    f.surplus[row] -= (more_workers - 1) * f.wages(row);
    scale(f, row, {&Firms::labour, &Firms::wages}, more_workers);
    keep_known(c, f, row);
    if (known.patents >= 0) f.patents[row] = f.patents_reported[row] = known.patents;
}

}  // namespace growth
