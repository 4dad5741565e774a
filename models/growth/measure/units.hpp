// Units of targets: that of what is counted, those that can be converted to it, and their words in Chinese.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "models/growth/tables.hpp"

namespace growth {

struct Unit {
    std::string_view kind;  // money, area, person, count, share
    double factor = 1;      // in the unit of its kind
    bool per_person = false, per_year = false;
};

// `1e8 CNY/year`, `mu`, `1e4 persons`, `%`, `firms`; nothing where a word is unknown.
std::optional<Unit> unit_of(std::string_view text);

// Of what a target counts: of an output over time that adds up, a year.
std::string natural_unit(const Target& target);

// How much of the natural unit one of the target's own is; nothing where the two are not of one kind.
std::optional<double> unit_factor(const Target& target);
// The same where the natural unit is known; takes no memory where the two are the same.
std::optional<double> unit_factor(const Target& target, std::string_view natural);

// Words that a unit may be made of, for messages.
std::string known_units();

std::string unit_in_chinese(std::string unit);

}  // namespace growth
