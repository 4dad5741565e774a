// From values back to text.
#include "sim/scenario/write.hpp"

#include <unordered_map>

#include <fmt/format.h>

#include "sim/scenario/checks.hpp"
#include "sim/scenario/document.hpp"
#include "sim/scenario/names.hpp"
#include "sim/scenario/schedule_text.hpp"

namespace sim {
namespace {

using Json = nlohmann::ordered_json;

bool is_section(const Member& member) {
    return std::holds_alternative<TableMember>(member.of) || std::holds_alternative<RowsMember>(member.of);
}

// Calls visit(path, table) for the tables inside a section: itself, or each of its rows.
template <class Visit>
void each_table(const Member& section, const std::string& path, Visit visit) {
    if (const auto* table = std::get_if<TableMember>(&section.of)) visit(path, std::string(), *table);
    if (const auto* rows = std::get_if<RowsMember>(&section.of))
        rows->each([&](const std::string& key, const TableMember& row) { visit(join(path, key), key, row); });
}

class Writer {
public:
    explicit Writer(const std::vector<UncertainValue>& uncertain) {
        for (const auto& value : uncertain) uncertain_[value.path] = &value;
    }

    Json json(const TableMember& table, const std::string& path) const {
        auto json = Json::object();
        table.each([&](const Spec& spec, const Member& member) {
            const auto inner = join(path, spec.name);
            auto& place = json[std::string(spec.name)];
            if (!is_section(member)) {
                place = value(member, inner);
                return;
            }
            place = Json::object();
            each_table(member, inner, [&](const std::string& at, const std::string& row, const TableMember& nested) {
                (row.empty() ? place : place[row]) = this->json(nested, at);
            });
        });
        return json;
    }

    // In TOML a table's own values must stand before the sections below it.
    void toml(const TableMember& table, const std::string& path, bool is_row) {
        std::string own;
        table.each([&](const Spec& spec, const Member& member) {
            if (is_section(member)) return;
            const auto json = value(member, join(path, spec.name));
            if (json.is_null()) return;  // an optional number left out
            const auto unit = spec.unit.empty() || spec.unit == "1" ? "" : fmt::format("  # {}", spec.unit);
            own += fmt::format("{} = {}{}\n", key_text(spec.name), inline_toml(json), unit);
        });
        if (!path.empty() && (is_row || !own.empty())) text += fmt::format("{}[{}]\n", text.empty() ? "" : "\n", path);
        text += own;
        table.each([&](const Spec& spec, const Member& member) {
            each_table(member, join(path, spec.name),
                       [&](const auto& at, const auto& row, const auto& nested) { toml(nested, at, !row.empty()); });
        });
    }

    std::string text;

private:
    Json value(const Member& member, const std::string& path) const {
        auto json = json_of(member);
        const auto found = uncertain_.find(path);
        if (found == uncertain_.end()) return json;
        const auto& [shape, low, high] = found->second->prior;
        if (shape != Prior::Shape::quantiles)
            return {{"median", json}, {"low", low}, {"high", high}, {"distribution", word_of(shape)}};
        auto quantiles = Json::array();
        for (const auto& [share, value] : found->second->quantiles) quantiles.push_back(Json::array({share, value}));
        return {{"quantiles", std::move(quantiles)}};
    }

    std::unordered_map<std::string, const UncertainValue*> uncertain_;
};

std::string real_text(double value) {
    auto text = fmt::format("{}", value);
    if (text.find_first_of(".en") == text.npos) text += ".0";  // 1e+22, inf and nan are reals as they are
    return text;
}

// JSON escapes as TOML does, except for one control character that TOML does not allow bare.
std::string string_text(const Json& value) {
    std::string text;
    for (const char c : value.dump(-1, ' ', false, Json::error_handler_t::replace))
        text += c == '\x7F' ? std::string("\\u007F") : std::string(1, c);
    return text;
}

Json json_of(const Node& node) {
    switch (node.kind()) {
        case Node::Kind::string:
            return node.string();
        case Node::Kind::integer:
            return node.integer();
        case Node::Kind::real:
            return node.number();
        case Node::Kind::boolean:
            return node.boolean();
        case Node::Kind::array: {
            auto json = Json::array();
            for (const auto& child : node.children()) json.push_back(json_of(child));
            return json;
        }
        case Node::Kind::table:
            break;
    }
    auto json = Json::object();
    for (const auto& child : node.children()) json[child.key] = json_of(child);
    return json;
}

// Sections stay sections and inline tables inline, as they are laid over each other by different rules.
void write_section(const Node& table, const std::string& path, std::string& text) {
    const auto is_section = [](const Node& node) { return node.is_table() && !node.is_inline; };
    if (!path.empty()) text += fmt::format("[{}]\n", path);
    for (const auto& child : table.children())
        if (!is_section(child)) text += fmt::format("{} = {}\n", key_text(child.key), inline_toml(json_of(child)));
    for (const auto& child : table.children())
        if (is_section(child)) write_section(child, join(path, child.key), text);
}

}  // namespace

std::string Document::toml() const {
    std::string text;
    write_section(root_, {}, text);
    return text;
}

Json json_of(const Member& member) {
    const auto plain = [](const auto* value) -> Json { return *value; };
    return std::visit(
        Match{[](const std::optional<double>* value) -> Json { return *value ? Json(**value) : Json(); },
              [](const Schedule* schedule) { return json_of(*schedule); },
              [](const WordMember& word) -> Json { return word.words[word.index()]; },
              [](const WordsMember& list) {
                  auto json = Json::array();
                  for (const auto index : list.indices()) json.push_back(list.words[index]);
                  return json;
              },
              [](const TableMember& table) { return Writer({}).json(table, {}); },
              [](const RowsMember&) { return Json::object(); }, [&](const double* value) { return plain(value); },
              [&](const std::int64_t* value) { return plain(value); }, [&](const int* value) { return plain(value); },
              [&](const bool* value) { return plain(value); }, [&](const std::string* value) { return plain(value); },
              [&](const std::vector<std::string>* value) { return plain(value); },
              [&](const std::vector<double>* value) { return plain(value); }},
        member.of);
}

std::string inline_toml(const Json& value) {
    if (value.is_number_float()) return real_text(value.get<double>());
    if (value.is_string()) return string_text(value);
    if (!value.is_structured()) return value.dump();
    std::string text;
    for (const auto& [key, element] : value.items()) {
        if (!text.empty()) text += ", ";
        if (value.is_object()) text += key_text(key) + " = ";
        text += inline_toml(element);
    }
    if (value.is_array()) return fmt::format("[{}]", text);
    return text.empty() ? "{}" : fmt::format("{{ {} }}", text);
}

std::string to_toml(const TableMember& table, const std::vector<UncertainValue>& uncertain) {
    Writer writer(uncertain);
    writer.toml(table, {}, false);
    return std::move(writer.text);
}

Json to_json(const TableMember& table, const std::vector<UncertainValue>& uncertain) {
    return Writer(uncertain).json(table, {});
}

}  // namespace sim
