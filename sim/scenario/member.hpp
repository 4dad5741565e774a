// The one place that knows which types a described member may have. Reading, writing, drawing, the schema and the
// reference visit the variant below, so a type added to it is refused by the compiler wherever it is not yet handled.
#pragma once

#include <concepts>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "sim/describe/schedule.hpp"
#include "sim/describe/spec.hpp"

namespace sim {

struct Member;
using Visitor = std::function<void(const Spec&, const Member&)>;

// An enumeration: its words, and which of them it is.
struct WordMember {
    std::vector<std::string_view> words;
    std::function<std::size_t()> index;
    std::function<void(std::size_t)> assign;
};

// A list of words of one enumeration.
struct WordsMember {
    std::vector<std::string_view> words;
    std::function<std::vector<std::size_t>()> indices;
    std::function<void(const std::vector<std::size_t>&)> assign;
};

// A described struct.
struct TableMember {
    std::function<void(const Visitor&)> each;
};

// Described structs by key. What `append` and `each` hand out holds until the next `append`.
struct RowsMember {
    std::function<void()> clear;
    std::function<TableMember(std::string key)> append;
    std::function<void(const std::function<void(const std::string& key, const TableMember&)>&)> each;
    std::function<void(const Visitor&)> each_default;  // the members of a row nobody has changed
};

struct Member {
    std::variant<double*, std::optional<double>*, std::int64_t*, int*, bool*, std::string*, std::vector<std::string>*,
                 std::vector<double>*, Schedule*, WordMember, WordsMember, TableMember, RowsMember>
        of;
};

template <class T, class Variant>
inline constexpr bool is_alternative = false;
template <class T, class... Alternatives>
inline constexpr bool is_alternative<T, std::variant<Alternatives...>> = (std::same_as<T, Alternatives> || ...);

template <class T>
inline constexpr bool is_words = false;
template <Worded Enum>
inline constexpr bool is_words<std::vector<Enum>> = true;

template <Worded Enum>
[[nodiscard]] std::vector<std::string_view> words_of() {
    return {Words<Enum>::words.begin(), Words<Enum>::words.end()};
}

template <class T>
[[nodiscard]] Member member_of(T& member);

template <Described T>
[[nodiscard]] TableMember table_of(T& object) {
    return {[&object](const Visitor& visit) {
        T::describe(object, [&](const Spec& spec, auto& member) { visit(spec, member_of(member)); });
    }};
}

template <class Row>
[[nodiscard]] RowsMember rows_of(Rows<Row>& rows) {
    return {.clear = [&rows] { rows.clear(); },
            .append =
                [&rows](std::string key) {
                    rows.emplace_back().key = std::move(key);
                    return table_of(rows.back());
                },
            .each =
                [&rows](const auto& visit) {
                    for (auto& row : rows) visit(row.key, table_of(row));
                },
            .each_default =
                [](const Visitor& visit) {
                    Row row;
                    table_of(row).each(visit);
                }};
}

template <class T>
[[nodiscard]] Member member_of(T& member) {
    using Enum = T;
    if constexpr (is_alternative<T*, decltype(Member::of)>) {
        return {&member};
    } else if constexpr (Worded<T>) {
        return {WordMember{words_of<Enum>(), [&member] { return static_cast<std::size_t>(member); },
                           [&member](std::size_t index) { member = static_cast<Enum>(index); }}};
    } else if constexpr (is_words<T>) {
        using Element = typename T::value_type;
        return {WordsMember{words_of<Element>(),
                            [&member] {
                                std::vector<std::size_t> indices;
                                for (const auto word : member) indices.push_back(static_cast<std::size_t>(word));
                                return indices;
                            },
                            [&member](const std::vector<std::size_t>& indices) {
                                member.clear();
                                for (const auto index : indices) member.push_back(static_cast<Element>(index));
                            }}};
    } else if constexpr (is_rows<T>) {
        return {rows_of(member)};
    } else {
        static_assert(Described<T>, "a member of a described struct must be of a type that Member lists");
        return {table_of(member)};
    }
}

// A visitor made of one lambda a type.
template <class... Cases>
struct Match : Cases... {
    using Cases::operator()...;
};
template <class... Cases>
Match(Cases...) -> Match<Cases...>;

}  // namespace sim
