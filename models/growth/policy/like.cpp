#include "models/growth/policy/like.hpp"

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "models/growth/config.hpp"
#include "models/growth/policy/mechanisms.hpp"
#include "sim/describe/translated.hpp"
#include "sim/scenario/names.hpp"

namespace growth {

namespace {

using sim::Node;

std::string text_of(const Node& row, std::string_view key) {
    const auto* node = row.is_table() ? row.find(key) : nullptr;
    return node != nullptr && node->is(Node::Kind::string) ? node->string() : std::string();
}

Node text_node(std::string_view key, std::string text, const Node& row) {
    Node node(Node::Kind::string, row.source, std::move(text));
    node.key = key;
    node.key_source = row.source;
    return node;
}

// research_grants of special_fund is special_fund_small_research_grants of special_fund_small.
std::string key_of_copy(std::string_view component, std::string_view lever, std::string_view copy) {
    if (component.starts_with(lever)) component.remove_prefix(lever.size());
    if (component.starts_with('_')) component.remove_prefix(1);
    return component.empty() ? std::string(copy) : fmt::format("{}_{}", copy, component);
}

class Copier {
public:
    Copier(const sim::Document& document, sim::Problems& problems)
        : problems_(problems), root_(document.root()), levers_(*root_.find("levers")) {}

    Node run() {
        std::vector<std::string> keys;
        for (const auto& lever : levers_.children()) keys.push_back(lever.key);
        for (const auto& key : keys) make(key);
        root_.insert(levers_);
        return std::move(root_);
    }

private:
    enum class Progress : std::uint8_t { none, begun, done };

    void make(const std::string& key) {
        const auto original = text_of(*levers_.find(key), "like");
        auto& progress = progress_[key];
        if (original.empty() || progress == Progress::done) return;
        const auto* node = levers_.find(key)->find("like");
        if (progress == Progress::begun)
            return problems_.add(node->source, sim::translated("levers.{}.like leads back to \"{}\" itself", key, key));
        progress = Progress::begun;
        const bool is_there = levers_.find(original) != nullptr && levers_.find(original)->is_table();
        if (is_there) make(original);
        copy_lever(key, is_there ? original : key);
        if (is_there) copy_components(key, original);
        progress_[key] = Progress::done;
    }

    // Where the other does not exist, which is reported when the row is read, its name is all that the copy lacks.
    void copy_lever(const std::string& key, const std::string& original) {
        const Node own = *levers_.find(key);
        const Node from = *levers_.find(original);
        Node made = from;
        made.key = own.key;
        made.key_source = own.key_source;
        made.source = own.source;
        for (const auto dose : sim::Words<Dose>::words) made.erase(dose);
        const auto plus = [&](std::string_view what, const std::string& text) {
            if (own.find(what) == nullptr) made.insert(text_node(what, text, own));
        };
        plus("id", free_id(text_of(from, "id"), key));
        plus("name", fmt::format("{} ({})", text_of(from, "name"), key));
        plus("name_zh", fmt::format("{}（{}）", text_of(from, "name_zh"), key));
        made.merge(own);
        levers_.insert(std::move(made));
    }

    // 6a, 6a+, 6a++, …
    [[nodiscard]] std::string free_id(std::string id, const std::string& key) const {
        if (id.empty()) return key;
        const auto is_taken = [&](const std::string& wanted) {
            for (const auto& lever : levers_.children())
                if (text_of(lever, "id") == wanted) return true;
            return false;
        };
        while (is_taken(id)) id += '+';
        return id;
    }

    void copy_components(const std::string& key, const std::string& original) {
        const Components none;
        Components::visit(none, [&](std::string_view name, auto&&...) {
            const auto* found = root_.find(name);
            if (found == nullptr || !found->is_table()) return;
            Node table = *found;
            for (const auto& row : found->children()) {
                if (text_of(row, "lever") != original) continue;
                Node made = row;
                made.key = key_of_copy(row.key, original, key);
                const auto root = text_of(row, "like");
                made.insert(text_node("lever", key, row));
                made.insert(text_node("like", root.empty() ? row.key : root, row));
                if (const auto* own = table.find(made.key)) made.merge(*own);
                table.insert(std::move(made));
            }
            root_.insert(std::move(table));
        });
    }

    sim::Problems& problems_;
    Node root_, levers_;
    std::map<std::string, Progress> progress_;
};

// By the path of a row, the path of the row it is made like in the end.
std::map<std::string, std::string> originals_of(const Config& c) {
    std::map<std::string, std::string> originals;
    for (const auto& lever : c.levers) {
        auto like = lever.like;
        for (std::size_t at = c.levers.index_of(like); at < c.levers.size() && !c.levers[at].like.empty();
             at = c.levers.index_of(like))
            like = c.levers[at].like;
        if (!like.empty()) originals[sim::join("levers", lever.key)] = sim::join("levers", like);
    }
    Components::visit(*c.components, [&](std::string_view name, auto, const auto& rows) {
        for (const auto& row : rows)
            if (!row.like.empty()) originals[sim::join(name, row.key)] = sim::join(name, row.like);
    });
    return originals;
}

}  // namespace

std::optional<sim::Document> with_copies(const sim::Document& document, sim::Problems& problems) {
    const auto* levers = document.find("levers");
    if (levers == nullptr || !levers->is_table()) return std::nullopt;
    for (const auto& lever : levers->children())
        if (!text_of(lever, "like").empty())
            return sim::Document(Copier(document, problems).run(), document.text(), document.files(),
                                 document.layers());
    return std::nullopt;
}

void share_draws(Config& c) {
    const auto originals = originals_of(c);
    if (originals.empty()) return;
    std::map<std::string, std::vector<sim::NormalPart>> parts;
    for (const auto& value : c.uncertain) parts[value.path] = value.parts;
    for (auto& value : c.uncertain) {
        const auto row_end = value.path.find('.', value.path.find('.') + 1);
        const auto original = originals.find(value.path.substr(0, row_end));
        if (original == originals.end()) continue;
        const auto path = original->second + value.path.substr(row_end);
        const auto shared = parts.find(path);
        value.parts =
            shared != parts.end() && !shared->second.empty() ? shared->second : std::vector<sim::NormalPart>{{path, 1}};
    }
}

}  // namespace growth
