// The tree of values and how one tree is laid over another.
#include "sim/scenario/node.hpp"

#include <fmt/format.h>

#include "sim/describe/translated.hpp"
#include "sim/scenario/change.hpp"
#include "sim/scenario/names.hpp"

namespace sim {

const Node* Node::find(std::string_view wanted) const {
    const auto at = positions_.find(wanted);
    return at == positions_.end() ? nullptr : &children_[at->second];
}

void Node::append(Node child) {
    children_.push_back(std::move(child));
}

void Node::insert(Node child) {
    const auto [at, is_new] = positions_.try_emplace(child.key, children_.size());
    if (is_new)
        children_.push_back(std::move(child));
    else
        children_[at->second] = std::move(child);
}

void Node::erase(std::string_view unwanted) {
    const auto at = positions_.find(unwanted);
    if (at == positions_.end()) return;
    const auto gap = at->second;
    children_.erase(children_.begin() + static_cast<std::ptrdiff_t>(gap));
    positions_.erase(at);
    for (auto& [name, position] : positions_)
        if (position > gap) --position;
}

// An inline table replaces an inline table: `{ ramp = … }` laid over `{ step = … }` is a new value, not a mixture. A
// change stays on top of what it changes.
void Node::merge(Node over) {
    for (auto& child : over.children_) {
        const auto at = positions_.find(child.key);
        if (at == positions_.end()) {
            insert(std::move(child));
            continue;
        }
        auto& mine = children_[at->second];
        if (is_only_changes(child)) {
            mine = on_top_of(mine, child);
            continue;
        }
        if (!mine.is_table() || !child.is_table() || (mine.is_inline && child.is_inline)) {
            mine = std::move(child);
            continue;
        }
        mine.is_inline = false;
        if (child.source.line > 0) {  // the last file that has the section; a `--set` below it does not move it
            mine.source = child.source;
            mine.key_source = child.key_source;
        }
        mine.merge(std::move(child));
    }
}

void Node::relabel(const Source& everywhere) {
    source = key_source = everywhere;
    for (auto& child : children_) child.relabel(everywhere);
}

std::string found(const Node& node) {
    switch (node.kind()) {
        case Node::Kind::table:
            return translated("a table");
        case Node::Kind::array:
            return translated("a list");
        case Node::Kind::string:
            return translated("the text ") + in_quotes(node.string());
        case Node::Kind::integer:
            return translated("the integer {}", node.integer());
        case Node::Kind::real:
            return translated("the number {}", node.number());
        case Node::Kind::boolean:
            return node.boolean() ? "true" : "false";
    }
    return {};
}

}  // namespace sim
