// What distinguishes one described value from another of its kind, so that a thousand that are nearly alike take little
// more memory than one.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

#include "sim/describe/bit_cast.hpp"
#include "sim/describe/spec.hpp"

namespace sim {

// Member by member, numbers bit by bit; of rows their keys as well.
template <class T>
[[nodiscard]] bool alike(const T& a, const T& b) {
    if constexpr (is_rows<T>) {
        if (a.size() != b.size()) return false;
        for (std::size_t i = 0; i < a.size(); ++i)
            if (a[i].key != b[i].key || !alike(a[i], b[i])) return false;
        return true;
    } else if constexpr (Described<T>) {
        std::vector<const void*> members;
        T::describe(a, [&](const Spec&, const auto& member) { members.push_back(&member); });
        std::size_t next = 0;
        bool same = true;
        T::describe(b, [&]<class Member>(const Spec&, const Member& member) {
            same = alike(*static_cast<const Member*>(members[next++]), member) && same;
        });
        return same;
    } else if constexpr (std::same_as<T, double>) {
        return bit_cast<std::uint64_t>(a) == bit_cast<std::uint64_t>(b);
    } else {
        return a == b;
    }
}

// Whole members, but of rows only those that differ.
template <Described T>
class Difference {
public:
    // Nothing where rows of the two have different keys: what refers to rows by position would not hold for both.
    [[nodiscard]] static std::optional<Difference> between(const T& from, const T& to) {
        std::vector<const void*> members;
        T::describe(from, [&](const Spec&, const auto& member) { members.push_back(&member); });
        Difference found;
        std::size_t at = 0;
        bool comparable = true;
        T::describe(to, [&]<class Member>(const Spec&, const Member& member) {
            const auto& before = *static_cast<const Member*>(members[at]);
            if (!alike(before, member)) comparable = found.add(at, before, member) && comparable;
            ++at;
        });
        return comparable ? std::optional(std::move(found)) : std::nullopt;
    }

    // Turns a copy of `from` into what `to` was.
    void apply(T& value) const {
        std::size_t at = 0, next = 0;
        T::describe(value, [&](const Spec&, auto& member) {
            if (next < edits_.size() && edits_[next].member == at) edits_[next++].apply(&member);
            ++at;
        });
    }

private:
    struct Edit {
        std::size_t member;
        std::function<void(void*)> apply;
    };

    template <class Member>
    bool add(std::size_t at, const Member& before, const Member& after) {
        if constexpr (is_rows<Member>) {
            if (before.size() != after.size()) return false;
            std::vector<std::pair<std::size_t, typename Member::value_type>> rows;
            for (std::size_t i = 0; i < after.size(); ++i) {
                if (before[i].key != after[i].key) return false;
                if (!alike(before[i], after[i])) rows.emplace_back(i, after[i]);
            }
            edits_.push_back({at, [rows = std::move(rows)](void* member) {
                                  for (const auto& [i, row] : rows) (*static_cast<Member*>(member))[i] = row;
                              }});
        } else {
            edits_.push_back({at, [after](void* member) { *static_cast<Member*>(member) = after; }});
        }
        return true;
    }

    std::vector<Edit> edits_;
};

}  // namespace sim
