// The described members as a table.
#include "sim/scenario/reference.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "sim/describe/translated.hpp"
#include "sim/scenario/checks.hpp"
#include "sim/scenario/names.hpp"
#include "sim/scenario/uncertainty.hpp"
#include "sim/scenario/write.hpp"

namespace sim {
namespace {

std::string type_of(const Member& member) {
    return std::visit(
        Match{[](const double*) { return std::string(to_translate("number")); },
              [](const std::optional<double>*) { return std::string(to_translate("number, may be left out")); },
              [](const std::int64_t*) { return std::string(to_translate("integer")); },
              [](const int*) { return std::string(to_translate("integer")); },
              [](const bool*) { return std::string(to_translate("true or false")); },
              [](const std::string*) { return std::string(to_translate("text")); },
              [](const std::vector<std::string>*) { return std::string(to_translate("list of texts")); },
              [](const std::vector<double>*) { return std::string(to_translate("list of numbers")); },
              [](const Schedule*) { return std::string(to_translate("schedule")); },
              [](const WordMember& word) { return fmt::format("{}", fmt::join(word.words, " or ")); },
              [](const WordsMember& list) { return fmt::format("list of {}", fmt::join(list.words, " or ")); },
              [](const TableMember&) { return std::string(to_translate("table")); },
              [](const RowsMember&) { return std::string(to_translate("rows")); }},
        member.of);
}

using Each = std::function<void(const Visitor&)>;

void flatten(const Each& each, const std::string& path, std::vector<Entry>& rows) {
    each([&](const Spec& spec, const Member& member) {
        const auto inner = path + std::string(spec.name);
        if (const auto* table = std::get_if<TableMember>(&member.of)) return flatten(table->each, inner + '.', rows);
        if (const auto* keyed = std::get_if<RowsMember>(&member.of))
            return flatten(keyed->each_default, inner + ".<key>.", rows);
        const auto value = json_of(member);
        rows.push_back({inner, type_of(member), std::string(spec.unit),
                        value.is_null() || spec.required ? std::string() : inline_toml(value), spec.lower, spec.upper,
                        spec.prior, std::string(spec.text), std::string(spec.zh), std::string(spec.source)});
    });
}

std::string range_text(const Entry& entry) {
    Spec spec;
    spec.lower = entry.lower;
    spec.upper = entry.upper;
    return bounds_text(spec);
}

// A cell may neither end its column nor its row.
std::string cell(std::string_view text) {
    std::string safe;
    for (const char c : text) {
        if (c == '|' || c == '<') safe += '\\';
        safe += c == '\n' ? ' ' : c;
    }
    return safe;
}

// Between backticks only the bar still has a meaning.
std::string code(std::string_view text) {
    std::string safe;
    for (const char c : text) safe += c == '|' ? std::string("\\|") : std::string(1, c);
    return safe.empty() ? safe : fmt::format("`{}`", safe);
}

}  // namespace

std::string type_text(const Entry& entry) {
    auto text = translated(entry.type);
    if (text != entry.type || language() == Language::en) return text;
    constexpr std::string_view list = "list of ", between = " or ";
    auto words = text.starts_with(list) ? text.substr(list.size()) : text;
    for (auto at = words.find(between); at != words.npos; at = words.find(between, at))
        words.replace(at, between.size(), translated(" or "));
    return text.starts_with(list) ? translated("list of {}", words) : words;
}

std::vector<Entry> entries(const TableMember& table) {
    std::vector<Entry> rows;
    flatten(table.each, {}, rows);
    return rows;
}

namespace {

// What Chinese has beside it is shown in its language alone; a page in English shows both.
bool is_zh() {
    return language() == Language::zh;
}

std::string meaning(const Entry& entry) {
    return is_zh() && !entry.zh.empty() ? entry.zh : translated(entry.text);
}

struct Column {
    const char* title;
    std::string (*text)(const Entry&);
};

constexpr Column columns[] = {
    {to_translate("Name"), [](const Entry& e) { return code(e.path); }},
    {to_translate("Meaning"), [](const Entry& e) { return cell(meaning(e)); }},
    {"中文", [](const Entry& e) { return is_zh() ? std::string() : cell(e.zh); }},
    {to_translate("Type"), [](const Entry& e) { return cell(type_text(e)); }},
    {to_translate("Unit"), [](const Entry& e) { return cell(e.unit); }},
    {to_translate("Default"), [](const Entry& e) { return code(e.standard); }},
    {to_translate("Allowed"), [](const Entry& e) { return range_text(e); }},
    {to_translate("5 to 95 %"), [](const Entry& e) { return prior_text(e); }},
    {to_translate("Source"), [](const Entry& e) { return cell(translated(e.source)); }},
};

}  // namespace

std::string prior_text(const Entry& entry) {
    const auto& [shape, low, high] = entry.prior;
    if (shape == Prior::Shape::none) return {};
    return translated("{}, {} to {}", word_of(shape), low, high);
}

std::string markdown(const std::vector<Entry>& entries) {
    std::string titles = "|", line = "|";
    std::vector<Column> shown;
    for (const auto& column : columns) {
        const auto is_empty = [&](const Entry& entry) { return column.text(entry).empty(); };
        if (std::all_of(entries.begin(), entries.end(), is_empty)) continue;
        shown.push_back(column);
        titles += fmt::format(" {} |", translated(column.title));
        line += "---|";
    }
    auto page = titles + '\n' + line + '\n';
    for (const auto& entry : entries) {
        page += '|';
        for (const auto& column : shown) page += fmt::format(" {} |", column.text(entry));
        page += '\n';
    }
    return page;
}

nlohmann::ordered_json to_json(const std::vector<Entry>& entries) {
    const auto finite = [](double bound) -> nlohmann::ordered_json {
        if (std::isfinite(bound)) return bound;
        return nullptr;
    };
    // Data are in English in either language of the program.
    const auto prior_of = [](const Prior& prior) {
        if (prior.shape == Prior::Shape::none) return std::string();
        return fmt::format("{}, {} to {}", word_of(prior.shape), prior.low, prior.high);
    };
    auto rows = nlohmann::ordered_json::array();
    for (const auto& entry : entries)
        rows.push_back({{"path", entry.path},
                        {"type", entry.type},
                        {"unit", entry.unit},
                        {"default", entry.standard},
                        {"lower", finite(entry.lower)},
                        {"upper", finite(entry.upper)},
                        {"prior", prior_of(entry.prior)},
                        {"text", entry.text},
                        {"zh", entry.zh},
                        {"source", entry.source}});
    return rows;
}

}  // namespace sim
