// Units: what a scenario counts money and land in, as descriptions and labels say it; those that a target can be in.
//
// Descriptions are of any scenario: their units say money and area, "money/area", and their texts have in braces what a
// scenario decides, {base_threshold}, or {10} for that many units of money. Here they become those of one scenario.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "models/growth/tables.hpp"

namespace growth {

struct Config;
struct Units;

// Whether a description's unit has money in it.
bool has_money(std::string_view unit);
// `1e8 CNY/mu` for `money/area`; what has neither is as it was.
std::string unit_in(const Units& units, std::string_view unit);
// `5 million CNY` or `500万元`, of a number of money.
std::string amount(const Units& units, double money, bool in_chinese);
// A description's text of a scenario, and of none.
std::string text_in(const Config& config, std::string_view text, bool in_chinese);
std::string text_of_any(std::string_view text, bool in_chinese);

struct Unit {
    std::string_view kind;  // money, area, person, count, share
    double factor = 1;      // in the unit of its kind
    std::string_view currency = {};
    bool per_person = false, per_year = false;
};

// `1e8 CNY/year`, `mu`, `1e4 persons`, `%`, `firms`; nothing where a word is unknown. What it says lives as the text.
std::optional<Unit> unit_of(std::string_view text);

// Of what a target counts: of an output over time that adds up, a year.
std::string natural_unit(const Units& units, const Target& target);

// How much of the natural unit one of the target's own is; nothing where the two are not of one kind, or not of one
// currency.
std::optional<double> unit_factor(const Units& units, const Target& target);
// The same where the natural unit is known; takes no memory where the two are the same.
std::optional<double> unit_factor(const Target& target, std::string_view natural);

// Words that a unit may be made of, for messages.
std::string known_units(const Units& units);

std::string unit_in_chinese(std::string_view unit);

}  // namespace growth
