// What a scenario says of the run as a whole: what is simulated, and what of it is kept.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "models/growth/tables.hpp"
#include "sim/describe/spec.hpp"

namespace growth {

enum class Area : std::uint8_t { mu, hectare, acre, km2, m2 };

// [units]: what money and land are counted in, throughout a scenario and in all that is made of it. Descriptions say
// "money" and "area" for them (measure/units.hpp).
struct Units {
    std::string currency;  // ISO 4217
    double money;          // of the currency
    Area area;

    Units();
    void describe(const sim::Members& member);
};

// [scenario]: what is simulated, from when to when, how often.
struct General {
    std::string name, name_zh, city, city_zh, country, country_zh, macro;
    std::int64_t start_year, years, burn_in_years, steps_per_year;
    std::int64_t replicates, replicates_per_draw, seed;
    double base_all_industry_sales, base_investment, all_industry_value_added_ratio;
    bool parameter_uncertainty;
    Basis target_basis;

    General();
    void describe(const sim::Members& member);
};

// [appraisal]: how costs and gains are valued. Nothing that is simulated depends on it.
struct Appraisal {
    double discount_rate, excess_burden, production_taxes;
    std::int64_t years;

    Appraisal();
    void describe(const sim::Members& member);
};

// [record]: what a results file keeps of every replicate, and makes statistics of.
struct Recording {
    Detail detail;
    std::vector<std::string> outputs;
    bool industry_places, place_levers;
    std::int64_t panels;

    Recording();
    void describe(const sim::Members& member);
};

}  // namespace growth

template <>
struct sim::Words<growth::Area> {
    static constexpr std::array<std::string_view, 5> words = {"mu", "hectare", "acre", "km2", "m2"};
};
