#include "sim/scenario/every.hpp"

#include <algorithm>
#include <utility>
#include <variant>
#include <vector>

#include <fmt/format.h>

#include "sim/describe/translated.hpp"
#include "sim/scenario/checks.hpp"
#include "sim/scenario/names.hpp"

namespace sim {
namespace {

// The own value of a row lies over that of every row, also key by key where both are sections.
void complete(Node& row, const Node& values) {
    for (const auto& value : values.children()) {
        const auto* own = row.find(value.key);
        if (own == nullptr) {
            row.insert(value);
        } else if (own->is_table() && value.is_table() && !own->is_inline && !value.is_inline) {
            Node whole = *own;
            complete(whole, value);
            row.insert(std::move(whole));
        }
    }
}

}  // namespace

std::optional<Document> with_every(const Document& document, const TableMember& table, Problems& problems) {
    const auto* all = document.find(every);
    if (all == nullptr) return std::nullopt;
    Node root = document.root();
    root.erase(every);
    std::vector<std::string_view> names;
    table.each([&](const Spec& spec, const Member& member) {
        if (std::holds_alternative<RowsMember>(member.of)) names.push_back(spec.name);
    });
    if (!all->is_table()) {
        wrong_type(*all, every, translated("a section, such as [every.TABLE]"), problems);
        return Document(std::move(root), document.text(), document.files(), document.layers());
    }
    check_keys(*all, every, names, problems);
    for (const auto& values : all->children()) {
        const auto* found = root.find(values.key);
        if (found == nullptr || !found->is_table()) continue;
        if (!values.is_table()) {
            wrong_type(values, join(every, values.key), translated("a section of keys and values"), problems);
            continue;
        }
        Node rows = *found;
        for (const auto& row : found->children()) {
            if (!row.is_table()) continue;
            Node whole = row;
            complete(whole, values);
            rows.insert(std::move(whole));
        }
        root.insert(std::move(rows));
    }
    return Document(std::move(root), document.text(), document.files(), document.layers());
}

}  // namespace sim
