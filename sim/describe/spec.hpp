// The one mechanism for facts: a struct that describes its own members.
//
// Parameters, rows of tables, columns and outputs each list their members once, with name, unit, bounds and text.
// Reading TOML, `--set`, defaults, JSON Schema, the reference pages and the attributes of results files are visitors
// over that list (sim/scenario, sim/output); nothing is written a second time.
//
// What a scenario says is Described, in the struct's own source, with the defaults. Tables of columns and records of
// outputs are Tabular: code walks them in every step, so their list is a template and stands in the header.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace sim {

// How an uncertain number is distributed over replicates: its median and its 5 and 95 % quantiles.
struct Prior {
    // `quantiles` is no law: a scenario gives as many quantiles as it likes (sim/scenario/uncertainty.hpp).
    enum class Shape : std::uint8_t { none, normal, lognormal, logitnormal, quantiles };
    Shape shape = Shape::none;
    double low = 0;   // 5 %
    double high = 0;  // 95 %
    // The median is the member's value; keeping it out of here leaves one place for it.
};

// How the values of a year's steps make the value of the year: flows add up, of stocks the last counts, levels and
// shares are averaged.
enum class OverTime : std::uint8_t { sum, last, mean };

// What a reader may know about one member.
struct Spec {
    std::string_view name;
    std::string_view unit = "1";  // "" for text and switches
    double lower = -std::numeric_limits<double>::infinity();
    double upper = std::numeric_limits<double>::infinity();
    std::string_view text;            // English, one sentence: long_name in results files
    std::string_view zh = {};         // Chinese, where the name reaches a reader
    std::string_view source = {};     // literature, data page, or "judged"
    std::string_view refers_to = {};  // the value is a key of this top-level table, e.g. "places"
    Prior prior = {};
    std::string_view drawn_as = {};      // whole path that keys its draws, where it had another name; else its own
    bool required = false;               // no default: a file that leaves it out is refused
    std::string_view remedy = {};        // what then helps, for the message
    OverTime over_time = OverTime::sum;  // of outputs
    bool is_extensive = false;           // of columns: when two agents become one, theirs add up
    bool may_be_missing = false;         // of outputs: where it is not defined, there is no number

    // For one-line descriptions: Spec{"rate", "1/year", 0, 1, "Rate of …"}.from("source").uncertain(normal, 0.1, 0.3)
    [[nodiscard]] constexpr Spec from(std::string_view where) const {
        Spec copy = *this;
        copy.source = where;
        return copy;
    }
    [[nodiscard]] constexpr Spec chinese(std::string_view words) const {
        Spec copy = *this;
        copy.zh = words;
        return copy;
    }
    [[nodiscard]] constexpr Spec uncertain(Prior::Shape shape, double low, double high) const {
        Spec copy = *this;
        copy.prior = {shape, low, high};
        return copy;
    }
    [[nodiscard]] constexpr Spec draws_of(std::string_view path) const {
        Spec copy = *this;
        copy.drawn_as = path;
        return copy;
    }
    [[nodiscard]] constexpr Spec key_of(std::string_view table) const {
        Spec copy = *this;
        copy.refers_to = table;
        return copy;
    }
    [[nodiscard]] constexpr Spec over(OverTime rule) const {
        Spec copy = *this;
        copy.over_time = rule;
        return copy;
    }
    [[nodiscard]] constexpr Spec or_missing() const {
        Spec copy = *this;
        copy.may_be_missing = true;
        return copy;
    }
    [[nodiscard]] constexpr Spec extensive() const {
        Spec copy = *this;
        copy.is_extensive = true;
        return copy;
    }
    [[nodiscard]] constexpr Spec needed(std::string_view what_helps = {}) const {
        Spec copy = *this;
        copy.required = true;
        copy.remedy = what_helps;
        return copy;
    }
};

// A member that is text or a switch.
[[nodiscard]] constexpr Spec text_spec(std::string_view name, std::string_view text) {
    return {.name = name, .unit = "", .text = text};
}

// Receives the members of a described struct, one call each (sim/scenario/member.hpp).
class Members;

template <class T>
concept Described = requires(T& object, const Members& member) {
    object.describe(member);
};

// Accepts any member, so that a concept can ask whether a type lists its members.
struct AnyVisitor {
    constexpr void operator()(const Spec&, auto&) const {}
};

template <class T>
concept Tabular = requires(T& object) {
    T::describe(object, AnyVisitor{});
};

// Rows of a keyed table, [places.north] and so on, in the order of the files.
template <Described Row>
struct Rows : std::vector<Row> {
    using std::vector<Row>::vector;

    // The position of a key, or size() where it is absent.
    [[nodiscard]] std::size_t index_of(std::string_view key) const {
        for (std::size_t i = 0; i < this->size(); ++i)
            if ((*this)[i].key == key) return i;
        return this->size();
    }
};

template <class T>
inline constexpr bool is_rows = false;
template <class Row>
inline constexpr bool is_rows<Rows<Row>> = true;

// The words of an enumeration, in the order of its values: specialise with a `static constexpr std::array` of
// string_views, `words`.
template <class Enum>
struct Words;

template <class T>
concept Worded = std::is_enum_v<T> && requires {
    Words<T>::words;
};

template <Worded Enum>
[[nodiscard]] constexpr std::string_view word_of(Enum value) {
    return Words<Enum>::words[static_cast<std::size_t>(value)];
}

}  // namespace sim
