// What is kept of a record: which variables, how finely in time, and the year's values that statistics are made of.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/record/layout.hpp"

namespace sim {

inline constexpr std::string_view time_axis = "time";
inline constexpr std::string_view year_axis = "year";

// How much of every replicate the file keeps; each kind holds what the one before it does, in its own resolution.
// Statistics are of what is kept and no more, so that they can be computed again from the rows.
enum class Detail : std::uint8_t { outcomes, years, steps, panels };

struct Recording {
    Detail detail = Detail::years;
    std::vector<std::string> variables = {};  // over time, by name; all where empty. What has no time is always kept
    std::size_t panels = 0;                   // replicates whose single agents are kept, the first so many
};

// Turns a record's columns into the row a file keeps and the row statistics are made of. Every variable over the time
// axis has it as its first dimension; the year's value of a step variable is its sum, its last value or its mean.
class View {
public:
    // Takes the model's axes and variables. std::invalid_argument names a variable that is not among them. An axis
    // along which nothing lies is left out, with what is recorded along it.
    View(const std::vector<Axis>& axes, const std::vector<Variable>& variables, const Recording& recording);

    // As the file holds them: the axes in use, with `year` where a variable is yearly.
    [[nodiscard]] const std::vector<Axis>& axes() const { return axes_; }
    [[nodiscard]] const std::vector<Variable>& kept() const { return kept_; }
    [[nodiscard]] const std::vector<Variable>& yearly() const { return yearly_; }
    [[nodiscard]] std::size_t kept_length() const { return kept_length_; }
    [[nodiscard]] std::size_t yearly_length() const { return yearly_length_; }
    [[nodiscard]] bool keeps_what_is_yearly() const { return keeps_what_is_yearly_; }  // the two rows are one

    // Both append one row, the variables one after another. One column a variable of the model.
    void append_kept(const std::vector<std::span<const double>>& columns, std::vector<double>& rows) const;
    void append_yearly(const std::vector<std::span<const double>>& columns, std::vector<double>& rows) const;
    // The second from the first.
    void append_yearly_of_kept(std::span<const double> kept, std::vector<double>& rows) const;

private:
    struct Place {
        std::size_t first, length;
    };
    struct Source {
        std::size_t column;  // of the record
        OverTime rule;
        std::size_t width;  // values a step; 0 where there is no time
        bool by_year;       // in the kept row
    };
    void append(const std::vector<Source>& sources, const std::vector<std::span<const double>>& columns,
                std::vector<double>& rows) const;
    void append_years(std::span<const double> column, const Source& source, std::vector<double>& rows) const;

    std::vector<Axis> axes_;
    std::vector<Variable> kept_, yearly_;
    std::vector<Source> kept_sources_, yearly_sources_;
    std::vector<Place> offsets_;  // of each kept variable in the kept row
    std::size_t kept_length_ = 0, yearly_length_ = 0;
    bool keeps_what_is_yearly_;
    std::vector<std::size_t> year_ends_;  // the step after each year's last
};

}  // namespace sim
