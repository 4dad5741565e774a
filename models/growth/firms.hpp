// Firms in columns: everything that differs from firm to firm.
#pragma once

#include <limits>
#include <string_view>

#include "sim/describe/spec.hpp"
#include "sim/population/column.hpp"

namespace growth {

struct Firms {
    sim::Ids id;
    // who it is
    sim::Bytes alive, field, origin, tier, above_scale, founding;
    sim::Counts named;
    sim::Floats table_row;
    sim::Floats born, connection, group_ratio;
    sim::Column exports_share;
    // technique: efficiency and designed crew in logarithms, and the mean date from which its plant is
    sim::Column efficiency, transitory, efficiency_change, log_crew, vintage;
    // means
    sim::Column capital, under_way, progress, order, labour, land, land_request;
    // market: yearly rates, what waits to be delivered, and its price against its field's in logarithms
    sim::Column demand, output, sales, backlog, opened, price_wedge;
    sim::Floats large_order, order_shock, order_time, measurement_error;
    // knowledge
    sim::Column intensity, relabelled, research, research_fund, knowledge, patents, patents_reported;
    sim::Bytes centre, high_tech;
    sim::Counts talents, teams;
    // what policy did to it: gains in logarithms, and a bit for each treatment it had
    sim::Floats bought, search_gain, promised;
    sim::Counts treated;
    // money: stocks
    sim::Column cash, debt, guaranteed;
    // money: flows of the step
    sim::Column value_added, wages, surplus, interest, tax, grants, refunds, equity, borrowed, investment, land_cost,
        payout, completed;
    // books at the opening of the step
    sim::Column opening_cash, opening_debt, opening_capital;
    // memory
    sim::Column year_sales, last_sales, year_investment, support;
    sim::Floats mean_growth;
    sim::Bytes backed, listed;

    static constexpr void describe(auto& f, auto&& member) {  // NOLINT: a list
        using sim::Spec;
        constexpr double none = std::numeric_limits<double>::infinity();
        const auto money = [&](std::string_view name, std::string_view text, auto& column) {
            member(Spec{name, "money", -none, none, text}.extensive(), column);
        };
        const auto rate = [&](std::string_view name, std::string_view text, auto& column) {
            member(Spec{name, "money/year", 0, none, text}.extensive(), column);
        };
        const auto pure = [&](std::string_view name, std::string_view text, auto& column) {
            member(Spec{name, "1", -none, none, text}, column);
        };
        const auto count = [&](std::string_view name, std::string_view text, auto& column) {
            member(Spec{name, "1", -none, none, text}.extensive(), column);
        };
        pure("id", "Identity, which keys the firm's draws", f.id);
        pure("alive", "1 for a living firm", f.alive);
        pure("field", "Its field", f.field);
        pure("founding", "1 while the plant it is founded with is being built", f.founding);
        member(Spec{"born", "year", 0, none, "Time of opening; of founding, until it opens"}, f.born);
        pure("origin", "Incumbent, start-up, spin-off, attracted, grafted", f.origin);
        pure("tier", "Other, start-up, growing, leading, grafted", f.tier);
        pure("connection", "Connection to those who choose", f.connection);
        pure("group_ratio", "Revenue of the group over sales of the local unit", f.group_ratio);
        pure("exports_share", "Share of its sales that is exported; 0 where its industry says none", f.exports_share);
        pure("named", "1 + row of the named firm, 0 for others", f.named);
        pure("table_row", "Row of the table of firms, counted from 1; 0 for others", f.table_row);
        pure("above_scale", "1 for a firm above the base threshold at the start", f.above_scale);
        pure("efficiency", "Logarithm of permanent efficiency", f.efficiency);
        pure("transitory", "Logarithm of transitory efficiency", f.transitory);
        pure("efficiency_change", "Change of both over the last step", f.efficiency_change);
        pure("log_crew", "Logarithm of workers per unit of money of capital by design", f.log_crew);
        money("capital", "Fixed capital in use", f.capital);
        money("under_way", "Capital ordered and not yet in use", f.under_way);
        pure("progress", "Share of its time to build that capital under way has behind it", f.progress);
        money("order", "Expansion that waits for land", f.order);
        member(Spec{"labour", "person", 0, none, "Workers"}.extensive(), f.labour);
        member(Spec{"land", "area", 0, none, "Industrial land"}.extensive(), f.land);
        member(Spec{"land_request", "area", 0, none, "Land asked for"}.extensive(), f.land_request);
        member(Spec{"vintage", "year", -none, none, "Mean date of the technique of its plant"}, f.vintage);
        rate("demand", "Orders that come in, at prices of the base year", f.demand);
        rate("output", "Output at prices of the base year", f.output);
        rate("sales", "Sales at current prices", f.sales);
        money("backlog", "Orders that wait to be delivered, at prices of the base year", f.backlog);
        rate("opened", "Demand with which it opened in this step", f.opened);
        pure("price_wedge", "Logarithm of its price over that of its field, at normal utilisation", f.price_wedge);
        pure("large_order", "The year's large order, in logarithms", f.large_order);
        pure("order_shock", "Change of demand by the large orders of this year and the last", f.order_shock);
        pure("order_time", "When in the year it comes", f.order_time);
        pure("measurement_error", "Logarithm of value added of the year as statistics see it, over true",
             f.measurement_error);
        pure("intensity", "R&D over sales that the firm aims at", f.intensity);
        pure("relabelled", "Other cost over sales that it reports as R&D", f.relabelled);
        rate("research", "R&D", f.research);
        money("research_fund", "R&D grants not yet spent", f.research_fund);
        money("knowledge", "Stock of R&D", f.knowledge);
        count("patents", "Patents of real quality since the burn-in began", f.patents);
        count("patents_reported", "Patents reported since the burn-in began", f.patents_reported);
        pure("centre", "Level of its technology centre: 0 none, 1 city, 2 province, 3 nation", f.centre);
        count("talents", "Overseas talents", f.talents);
        count("teams", "Recognised innovation teams", f.teams);
        pure("high_tech", "1 with high-tech status", f.high_tech);
        pure("bought", "Efficiency that policy brought and that fades, in logarithms", f.bought);
        pure("search_gain", "Search efficiency that policy brought and that fades, in logarithms", f.search_gain);
        pure("promised", "Demand that policy brought and that has not come yet, in logarithms", f.promised);
        pure("treated", "Treatments it had, one bit each in the order of [treatments]", f.treated);
        money("cash", "Cash", f.cash);
        money("debt", "Debt", f.debt);
        money("guaranteed", "Guaranteed loans that are new credit", f.guaranteed);
        money("value_added", "Value added over the step", f.value_added);
        money("wages", "Wages paid", f.wages);
        money("surplus", "Operating surplus over the step", f.surplus);
        money("interest", "Interest paid", f.interest);
        money("tax", "Income tax paid", f.tax);
        money("grants", "Cash from policy over the step: grants and awards it was chosen for, and refunds", f.grants);
        money("refunds", "Of that cash, refunds of costs and taxes, which a firm that qualifies gets", f.refunds);
        money("equity", "Equity received", f.equity);
        money("borrowed", "New debt less repayment", f.borrowed);
        money("investment", "Investment paid", f.investment);
        money("land_cost", "Land paid", f.land_cost);
        money("payout", "Paid to owners", f.payout);
        money("completed", "Capital taken into use", f.completed);
        money("opening_cash", "Cash at the opening of the step", f.opening_cash);
        money("opening_debt", "Debt at the opening of the step", f.opening_debt);
        money("opening_capital", "Capital at the opening of the step", f.opening_capital);
        money("year_sales", "Sales since the year began", f.year_sales);
        money("last_sales", "Sales of the year before", f.last_sales);
        money("year_investment", "Investment since the year began, at prices of the base year", f.year_investment);
        member(Spec{"mean_growth", "1/year", -none, none, "Mean growth of sales, recent years first"}, f.mean_growth);
        money("support", "Support received over about the last year", f.support);
        pure("backed", "1 + row of [deals] of the investor it has, 0 for others", f.backed);
        pure("listed", "1 for a firm listed on an exchange", f.listed);
    }
};

}  // namespace growth
