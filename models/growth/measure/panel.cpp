#include "models/growth/measure/panel.hpp"

#include <array>
#include <limits>
#include <map>
#include <string>
#include <type_traits>

#include "models/growth/config.hpp"
#include "models/growth/fields.hpp"
#include "models/growth/knowledge.hpp"
#include "models/growth/loops.hpp"
#include "models/growth/policy/deals.hpp"
#include "models/growth/policy/mechanisms.hpp"
#include "models/growth/policy/selection.hpp"
#include "models/growth/policy/treatments.hpp"
#include "models/growth/tables.hpp"
#include "models/growth/tier.hpp"

namespace growth {

namespace {

constexpr double none = std::numeric_limits<double>::infinity();
constexpr std::size_t most_lots = 31;

// Names that outlive the columns which view them. Prefixed, since clusters have output and sales as well.
const std::vector<std::string>& firm_names() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> all;
        const Firms firms;
        Firms::describe(firms,
                        [&](const sim::Spec& spec, const auto&) { all.push_back("firm_" + std::string(spec.name)); });
        return all;
    }();
    return names;
}

// What a panel tells beside the columns of the state.
// Support over sales from which a firm is shown as supported.
constexpr double supported_from = 1e-3;

std::vector<sim::Spec> own_columns() {
    using sim::Spec;
    return {Spec{"panel_year", "1", 0, none, "Calendar year"}.chinese("年份"),
            Spec{"panel_part", "1", 1, none, "Part of the year, from 1"}.chinese("年内时段"),
            Spec{"firm_industry", "1", 0, none, "Industry"}.chinese("产业"),
            Spec{"firm_place", "1", 0, none, "Place"}.chinese("地区"),
            Spec{"firm_cluster", "1", 0, none, "Cluster, or the rest of its place"}.chinese("集聚区"),
            Spec{"firm_supported", "1", 0, 1,
                 "1 where money from levers, over about the last year, exceeds a thousandth of its sales"}
                .chinese("是否获得扶持"),
            Spec{"firm_drawn", "1", 0, none,
                 "Components that may reach it by lot, one bit each, in the order of those with a lot below 1"}
                .chinese("抽签结果")};
}

template <class Rows>
std::vector<std::string> keys_of(const Rows& rows) {
    std::vector<std::string> keys;
    for (const auto& row : rows) keys.push_back(row.key);
    return keys;
}

// Rows counted from 1, and a word for having none of them.
PanelNumbers or_none(std::vector<std::string> keys) {
    keys.insert(keys.begin(), "none");
    return {32, std::move(keys)};
}

std::vector<std::string> words_of_clusters(const Config& c) {
    auto words = keys_of(c.clusters);
    for (const auto& place : c.places) words.push_back("rest_" + place.key);
    return words;
}

std::vector<std::string> words_of_fields(const Config& c) {
    std::vector<std::string> words;
    for (const auto& place : lay_out_fields(c))
        words.push_back(place.row == no_row ? c.industries[place.industry].key : c.fields[place.row].key);
    return words;
}

template <class Enum>
std::vector<std::string> words_of_codes() {
    return {sim::Words<Enum>::words.begin(), sim::Words<Enum>::words.end()};
}

// What the codes of the state's columns stand for.
std::map<std::string_view, PanelNumbers> codes_of(const Config& c) {
    return {{"field", {32, words_of_fields(c)}},
            {"origin", {8, {origin_keys.begin(), origin_keys.end()}}},
            {"tier", {8, words_of_codes<Tier>()}},
            {"centre", {8, {"none", "city", "province", "nation"}}},
            {"named", or_none(keys_of(c.firms))},
            {"backed", or_none(keys_of(c.components->of<Deal>()))},
            {"treated", {32, keys_of(c.components->of<Treatment>()), 0, true}}};
}

// Components of whose firms a share is drawn by lot, as many as a column of bits can tell apart.
std::vector<const FirmComponent*> lots_of(const Config& c) {
    std::vector<const FirmComponent*> found;
    Components::visit(*c.components, [&]<class Row>(auto, auto, const sim::Rows<Row>& rows) {
        if constexpr (std::is_base_of_v<FirmComponent, Row>)
            for (const Row& row : rows)
                if (row.lot < 1 && found.size() < most_lots) found.push_back(&row);
    });
    return found;
}

std::vector<std::string> words_of_lots(const Config& c) {
    std::vector<std::string> words;
    for (const auto* component : lots_of(c)) words.push_back(component->key);
    return words;
}

double lots_won(const std::vector<const FirmComponent*>& lots, const State& s, sim::Index row) {
    const sim::WordPack id(static_cast<std::uint64_t>(s.firms.id(row)));
    std::uint32_t bits = 0;
    for (std::size_t k = 0; k < lots.size(); ++k)
        if (sim::any_of(is_drawn(*lots[k], s.policy.draws, id))) bits |= std::uint32_t{1} << k;
    return bits;
}

template <class Column>
int bits_of() {
    if constexpr (std::is_same_v<Column, sim::Ids>) return 64;
    if constexpr (std::is_same_v<Column, sim::Counts>) return 32;
    if constexpr (std::is_same_v<Column, sim::Bytes>) return 8;
    return 0;
}

}  // namespace

std::vector<sim::Spec> panel_columns() {
    auto found = own_columns();
    const auto before = found.size();
    const Firms firms;
    Firms::describe(firms, [&](const sim::Spec& spec, const auto&) {
        found.push_back(spec);
        found.back().name = firm_names()[found.size() - 1 - before];
    });
    return found;
}

std::vector<PanelNumbers> panel_numbers(const Config& c) {
    std::vector<PanelNumbers> all = {{32},
                                     {32},
                                     {32, keys_of(c.industries)},
                                     {32, keys_of(c.places)},
                                     {32, words_of_clusters(c)},
                                     {8},
                                     {32, words_of_lots(c), 0, true}};
    const auto codes = codes_of(c);
    const Firms firms;
    Firms::describe(firms, [&]<class Column>(const sim::Spec& spec, const Column&) {
        const auto known = codes.find(spec.name);
        all.push_back(known == codes.end() || known->second.words.empty() ? PanelNumbers{bits_of<Column>()}
                                                                          : known->second);
    });
    return all;
}

void observe(const Config& c, int step, const State& s, std::vector<std::vector<double>>& panel) {
    const auto steps = static_cast<int>(c.scenario.steps_per_year);
    const auto year = c.scenario.start_year + step / steps;
    const auto& f = s.firms;
    const auto lots = lots_of(c);
    for (const Cell& cell : s.cells)
        for_each_living(s, cell, [&](sim::Index row) {
            std::size_t column = 0;
            const auto append = [&](double value) { panel[column++].push_back(value); };
            append(static_cast<double>(year));
            append(step % steps + 1);
            append(static_cast<double>(cell.industry));
            append(static_cast<double>(cell.place));
            append(static_cast<double>(cell.cluster));
            append(f.support(row) > supported_from * f.sales(row) ? 1 : 0);
            append(lots_won(lots, s, row));
            Firms::describe(f, [&](const sim::Spec&, const auto& values) {
                double value = static_cast<double>(values(row));
                if constexpr (std::is_same_v<std::decay_t<decltype(values)>, sim::Bytes>)
                    if (&values == &f.field) value += static_cast<double>(s.industries[cell.industry].first_field);
                append(value);
            });
        });
}

}  // namespace growth
