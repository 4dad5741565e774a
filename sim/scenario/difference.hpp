// What distinguishes one described value from another of its kind, so that a thousand that are nearly alike take little
// more memory than one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "sim/describe/schedule.hpp"
#include "sim/scenario/member.hpp"

namespace sim {

// Bit by bit, so that a negative zero differs from zero and what is not a number equals itself.
[[nodiscard]] bool alike(double a, double b);

// Single values only; a table and its rows are the values in them.
class Difference {
public:
    // Nothing where rows of the two have different keys: what refers to rows by position would not hold for both.
    [[nodiscard]] static std::optional<Difference> between(const TableMember& from, const TableMember& to);

    template <Described T>
    [[nodiscard]] static std::optional<Difference> between(T from, T to) {
        return between(table_of(from), table_of(to));
    }

    // Turns a copy of `from` into what `to` was.
    void apply(const TableMember& copy) const;

    [[nodiscard]] bool empty() const { return edits_.empty(); }

    // Of a member that is neither a table nor rows: of words their positions.
    struct Words {
        std::vector<std::size_t> positions;
        bool operator==(const Words&) const = default;
    };
    using Value = std::variant<double, std::optional<double>, std::int64_t, int, bool, std::string,
                               std::vector<std::string>, std::vector<double>, Schedule, Words>;

private:
    struct Edit {
        std::size_t position;  // among all single values, in the order of description
        Value value;
    };

    std::vector<Edit> edits_;
};

}  // namespace sim
