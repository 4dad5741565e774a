// The one place that knows which types a described member may have. Reading, writing, drawing, the schema and the
// reference visit the variant below, so a type added to it is refused by the compiler wherever it is not yet handled.
#pragma once

#include <concepts>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
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
    std::span<const std::string_view> words;
    void* member;
    std::size_t (*get)(const void*);
    void (*set)(void*, std::size_t);

    [[nodiscard]] std::size_t index() const { return get(member); }
    void assign(std::size_t index) const { set(member, index); }
};

// A list of words of one enumeration.
struct WordsMember {
    std::span<const std::string_view> words;
    void* member;
    std::vector<std::size_t> (*get)(const void*);
    void (*set)(void*, const std::vector<std::size_t>&);

    [[nodiscard]] std::vector<std::size_t> indices() const { return get(member); }
    void assign(const std::vector<std::size_t>& indices) const { set(member, indices); }
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

template <class T>
[[nodiscard]] Member member_of(T& member);

// How a struct describes its members, in its own source:
//   void Bed::describe(const sim::Members& member) {
//       member(sim::Spec{"area", "m2", 0, 100, "Area"}, area, 2.0);
//   }
// with the default at the end of the line, or none where it is nothing, zero or false, or where there is none. A struct
// whose members have their defaults from there is set to them by its constructor:
//   Bed::Bed() { describe(sim::Members::defaults()); }
class Members {
public:
    explicit Members(const Visitor& visit) : visit_(&visit) {}
    // Gives every member its default.
    [[nodiscard]] static Members defaults() { return Members(); }

    template <class T>
    void operator()(const Spec& spec, T& member, std::type_identity_t<T> standard) const {
        if (visit_ != nullptr)
            (*visit_)(spec, member_of(member));
        else
            member = std::move(standard);
    }
    template <class T>
    void operator()(const Spec& spec, T& member) const {
        if (visit_ != nullptr)
            (*visit_)(spec, member_of(member));
        else
            member = T{};
    }

private:
    Members() = default;
    const Visitor* visit_ = nullptr;
};

template <Described T>
[[nodiscard]] TableMember table_of(T& object) {
    return {[&object](const Visitor& visit) { object.describe(Members(visit)); }};
}

template <class Row>
[[nodiscard]] RowsMember rows_of(Rows<Row>& rows) {
    return {.clear = [&rows] { rows.clear(); },
            .append =
                [&rows](const std::string& key) {
                    rows.emplace_back().key = key;
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

template <Worded Enum>
[[nodiscard]] WordMember word_member(Enum& member) {
    return {Words<Enum>::words, &member,
            [](const void* word) { return static_cast<std::size_t>(*static_cast<const Enum*>(word)); },
            [](void* word, std::size_t index) { *static_cast<Enum*>(word) = static_cast<Enum>(index); }};
}

template <Worded Enum>
[[nodiscard]] WordsMember words_member(std::vector<Enum>& member) {
    return {Words<Enum>::words, &member,
            [](const void* list) {
                std::vector<std::size_t> indices;
                for (const auto word : *static_cast<const std::vector<Enum>*>(list))
                    indices.push_back(static_cast<std::size_t>(word));
                return indices;
            },
            [](void* list, const std::vector<std::size_t>& indices) {
                auto& words = *static_cast<std::vector<Enum>*>(list);
                words.clear();
                for (const auto index : indices) words.push_back(static_cast<Enum>(index));
            }};
}

template <class T>
[[nodiscard]] Member member_of(T& member) {
    if constexpr (is_alternative<T*, decltype(Member::of)>) {
        return {&member};
    } else if constexpr (Worded<T>) {
        return {word_member(member)};
    } else if constexpr (is_words<T>) {
        return {words_member(member)};
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
