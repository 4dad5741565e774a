// What replicates draw of the uncertain numbers; of each, what it is called, and its value as a function of the
// draw's number alone.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "models/growth/config.hpp"

namespace growth {

struct DrawnNumber {
    std::string path;  // such as parameters.rest.growth
    std::string name, name_zh, unit;
};

// Of the scenarios of a run. A number is shared where every scenario draws it from the same prior: then all have the
// same value. Where a scenario has another prior, a plain value, or no such number, each has its own.
class DrawnNumbers {
public:
    // The configurations are looked at and let go.
    explicit DrawnNumbers(const std::vector<const Config*>& scenarios);

    [[nodiscard]] const std::vector<DrawnNumber>& shared() const { return shared_; }
    [[nodiscard]] const std::vector<DrawnNumber>& own() const { return own_; }

    // Values of one draw, behind what `row` holds; missing where a scenario has no such number.
    void append_shared(std::size_t draw, std::vector<double>& row) const;
    void append_own(std::size_t scenario, std::size_t draw, std::vector<double>& row) const;

private:
    // What one scenario knows of one number.
    struct Source {
        sim::UncertainValue uncertain = {};  // of no shape where the value is certain
        double value = 0;                    // the median
        double lower = 0, upper = 0;
        bool is_there = false;
        bool operator==(const Source& other) const;
    };

    [[nodiscard]] double value_of(const Source& source, std::size_t draw) const;
    std::vector<std::vector<Source>> sources_of(const std::vector<const Config*>& scenarios,
                                                std::vector<DrawnNumber>& numbers) const;

    std::uint64_t seed_;
    std::vector<DrawnNumber> shared_, own_;
    std::vector<Source> shared_sources_;
    std::vector<std::vector<Source>> own_sources_;  // by scenario
};

}  // namespace growth
