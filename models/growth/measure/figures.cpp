#include "models/growth/measure/figures.hpp"

#include <algorithm>
#include <array>
#include <concepts>
#include <limits>
#include <stdexcept>
#include <unordered_map>

#include "models/growth/measure/records.hpp"

namespace growth {

namespace {

// Of cubes whose year before the start is known, what is not: prices, what happens in a step, what levers forgo.
constexpr std::array without_base = {"field_price",  "field_required", "field_inputs_met", "unemployment",
                                     "wage_premium", "closures",       "bankruptcies",     "mergers",
                                     "refused",      "without_land",   "research_cost",    "tax_relief",
                                     "plants",       "plant_wear",     "price_level"};

template <class Outputs, class... Others>
constexpr bool is_any = (std::same_as<Outputs, Others> || ...);

std::vector<Figure> list() {
    std::vector<Figure> found;
    std::size_t position = 0;
    const Record record;
    Record::describe_cubes(record, [&]<class Outputs>(const sim::Cube<Outputs>& cube) {
        const auto at = position++;
        if (cube.dims().empty() || cube.dims().front() != "time" || is_any<Outputs, TargetPath>) return;
        const auto specs = cube.specs();
        for (std::size_t member = 0; member < specs.size(); ++member) {
            const auto& spec = specs[member];
            // Before the start no lever acts.
            const bool known = is_any<Outputs, CellOutputs, PlaceOutputs, IndustryPlaceOutputs, FieldOutputs,
                                      CityOutputs, LeverOutputs, AccountOutputs, CostOutputs, PlaceLeverOutputs>;
            found.push_back(
                {.name = spec.name,
                 .unit = spec.unit,
                 .text = spec.text,
                 .zh = spec.zh,
                 .over_time = spec.over_time,
                 .upper = spec.upper,
                 .may_be_missing = spec.may_be_missing,
                 .dims = {cube.dims().begin() + 1, cube.dims().end()},
                 .cube = at,
                 .member = member,
                 .above_scale = is_any<Outputs, CellOutputs, PlaceOutputs, IndustryPlaceOutputs, FieldOutputs>,
                 .has_base =
                     known && std::find(without_base.begin(), without_base.end(), spec.name) == without_base.end()});
        }
    });
    return found;
}

}  // namespace

bool Figure::has(std::string_view dim) const {
    return std::find(dims.begin(), dims.end(), dim) != dims.end();
}

bool Figure::is_number() const {
    return unit == "1" && adds_up() && upper == std::numeric_limits<double>::infinity();
}

const std::vector<Figure>& figures() {
    static const auto all = list();
    return all;
}

const Figure* figure(std::string_view name) {
    static const auto by_name = [] {
        std::unordered_map<std::string_view, const Figure*> map;
        for (const auto& each : figures()) map.emplace(each.name, &each);
        return map;
    }();
    const auto found = by_name.find(name);
    return found == by_name.end() ? nullptr : found->second;
}

const Figure* figure_of(std::string_view output, const Where& where) {
    if (figure(output) == nullptr) return nullptr;
    const auto keys = where.named();
    for (const std::string prefix : {"", "place_", "field_", "industry_place_"}) {
        const Figure* found = figure(prefix + std::string(output));
        if (found != nullptr &&
            std::all_of(keys.begin(), keys.end(), [&](const auto& key) { return found->has(key.first); }))
            return found;
    }
    return nullptr;
}

Where part_of(const Where& where, std::string_view output) {
    if (figure_of(output, where) != nullptr) return where;
    Where part;
    for (const auto& [dim, key] : where.named())
        if (figure(output)->has(dim)) key_of(part, dim) = key;
    return part;
}

std::string_view dimension_of(Counted count) {
    switch (count) {
        case Counted::industries:
            return "industry";
        case Counted::fields:
            return "field";
        case Counted::clusters:
            return "cluster";
        case Counted::places:
        case Counted::zones:
            return "place";
        case Counted::nothing:
        case Counted::firms:
            return {};
    }
    return {};
}

std::string& key_of(Where& where, std::string_view dim) {
    std::string* found = where.key_of(dim);
    if (found == nullptr) throw std::logic_error("no filter knows the dimension " + std::string(dim));
    return *found;
}

}  // namespace growth
