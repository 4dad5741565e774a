#include "sim/scenario/difference.hpp"

#include <algorithm>
#include <functional>
#include <utility>

#include "sim/describe/bit_cast.hpp"

namespace sim {
namespace {

using Value = Difference::Value;
using Words = Difference::Words;

// Calls back with every single value below a table, and with the key of every row before its values.
struct Leaves {
    std::function<void(const Member&)> value;
    std::function<void(const std::string&)> key = [](const std::string&) {};

    void of(const TableMember& table) const {
        table.each([&](const Spec&, const Member& member) {
            if (const auto* inner = std::get_if<TableMember>(&member.of))
                of(*inner);
            else if (const auto* rows = std::get_if<RowsMember>(&member.of))
                rows->each([&](const std::string& name, const TableMember& row) {
                    key(name);
                    of(row);
                });
            else
                value(member);
        });
    }
};

Value value_of(const Member& member) {
    return std::visit(Match{
                          [](const auto* plain) { return Value(*plain); },
                          [](const WordMember& word) { return Value(Words{{word.index()}}); },
                          [](const WordsMember& list) { return Value(Words{list.indices()}); },
                          [](const TableMember&) { return Value(); },
                          [](const RowsMember&) { return Value(); },
                      },
                      member.of);
}

void assign(const Member& member, const Value& value) {
    std::visit(Match{
                   [&]<class Plain>(Plain* plain) { *plain = std::get<Plain>(value); },
                   [&](const WordMember& word) { word.assign(std::get<Words>(value).positions.front()); },
                   [&](const WordsMember& list) { list.assign(std::get<Words>(value).positions); },
                   [](const TableMember&) {},
                   [](const RowsMember&) {},
               },
               member.of);
}

bool are_alike(const Value& a, const Value& b) {
    if (const auto* number = std::get_if<double>(&a)) return alike(*number, std::get<double>(b));
    if (const auto* number = std::get_if<std::optional<double>>(&a)) {
        const auto& other = std::get<std::optional<double>>(b);
        return number->has_value() == other.has_value() && (!*number || alike(**number, *other));
    }
    return a == b;
}

}  // namespace

bool alike(double a, double b) {
    return bit_cast<std::uint64_t>(a) == bit_cast<std::uint64_t>(b);
}

std::optional<Difference> Difference::between(const TableMember& from, const TableMember& to) {
    std::vector<Value> before;
    std::vector<std::pair<std::size_t, std::string>> keys;  // with the number of values before it
    Leaves{[&](const Member& member) { before.push_back(value_of(member)); },
           [&](const std::string& key) { keys.emplace_back(before.size(), key); }}
        .of(from);

    Difference found;
    std::size_t position = 0, row = 0;
    bool same_rows = true;
    Leaves{[&](const Member& member) {
               if (!same_rows || position >= before.size()) return void(same_rows = false);
               if (auto value = value_of(member); !are_alike(before[position], value))
                   found.edits_.push_back({position, std::move(value)});
               ++position;
           },
           [&](const std::string& key) {
               same_rows = same_rows && row < keys.size() && keys[row] == std::pair{position, key};
               ++row;
           }}
        .of(to);
    return same_rows && row == keys.size() ? std::optional(std::move(found)) : std::nullopt;
}

void Difference::apply(const TableMember& copy) const {
    std::size_t position = 0;
    auto edit = edits_.begin();
    Leaves{[&](const Member& member) {
        if (edit != edits_.end() && edit->position == position) assign(member, (edit++)->value);
        ++position;
    }}.of(copy);
}

}  // namespace sim
