// The only translation unit that sees toml++. It compiles the parser into itself, without assertions: in 3.3.0 one of
// them is wrong and aborts on the two bytes 0x5B 0x0E, where the code after it reports a clean error.
#ifndef NDEBUG
#define NDEBUG
#endif
#undef TOML_SHARED_LIB
#undef TOML_HEADER_ONLY
#define TOML_HEADER_ONLY 1

#include "sim/scenario/toml.hpp"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>
#include <toml++/toml.h>

#include "sim/scenario/limits.hpp"

namespace sim {
namespace {

class Converter {
public:
    Converter(const std::string& file, Problems& problems) : file_(file), problems_(problems) {}

    Node table(const toml::table& table) {
        Node node(Node::Kind::table, source(table.source()));
        node.is_inline = table.is_inline();
        std::vector<std::pair<const toml::key*, const toml::node*>> entries;  // toml++ sorts by name; we do by position
        for (const auto& [key, value] : table) entries.emplace_back(&key, &value);
        const auto position = [](const auto& entry) {
            const auto& begin = entry.first->source().begin;
            return std::tuple(begin.line, begin.column);
        };
        std::stable_sort(entries.begin(), entries.end(),
                         [&](const auto& a, const auto& b) { return position(a) < position(b); });
        for (const auto& [key, value] : entries) {
            check_for_nul(key->str(), source(key->source()));
            auto child = convert(*value);
            child.key = std::string(key->str());
            child.key_source = source(key->source());
            node.insert(std::move(child));
        }
        return node;
    }

    bool found_nul = false;

private:
    // As an escape, for the scan before has seen all others.
    void check_for_nul(std::string_view text, const Source& at) {
        if (text.find('\0') == std::string_view::npos) return;
        found_nul = true;
        problems_.add(at, "the character U+0000 has no place in a scenario");
    }

    [[nodiscard]] Source source(const toml::source_region& region) const {
        return {file_, static_cast<int>(region.begin.line), static_cast<int>(region.begin.column)};
    }

    Node convert(const toml::node& value) {
        const auto at = source(value.source());
        if (const auto* inner = value.as_table()) return table(*inner);
        if (const auto* text = value.as_string()) {
            check_for_nul(text->get(), at);
            return {Node::Kind::string, at, text->get()};
        }
        if (const auto* integer = value.as_integer()) return {Node::Kind::integer, at, integer->get()};
        if (const auto* real = value.as_floating_point()) return {Node::Kind::real, at, real->get()};
        if (const auto* boolean = value.as_boolean()) return {Node::Kind::boolean, at, boolean->get()};
        if (const auto* list = value.as_array()) {
            Node node(Node::Kind::array, at);
            for (const auto& element : *list) node.append(convert(element));
            return node;
        }
        problems_.add(at, "dates and times of TOML are not used here; write a quarter as text, such as \"2012Q1\"");
        return {Node::Kind::string, at, std::string{}};
    }

    const std::string& file_;
    Problems& problems_;
};

std::string explain(std::string_view reason) {
    constexpr std::string_view prefix = "Error while parsing ";
    if (reason.starts_with(prefix)) reason.remove_prefix(prefix.size());
    auto text = fmt::format("not valid TOML, in {}", reason);
    if (reason.find("could not determine value type") != reason.npos) text += "; text must stand in double quotes";
    return text;
}

}  // namespace

std::optional<Node> parse_toml(std::string_view text, const std::string& file, Problems& problems) {
    if (!within_limits(text, file, problems)) return std::nullopt;
    try {
        Converter converter(file, problems);
        auto root = converter.table(toml::parse(text, file));
        if (converter.found_nul) return std::nullopt;
        root.source = root.key_source = {file, 0, 0};
        return root;
    } catch (const toml::parse_error& error) {
        const auto& begin = error.source().begin;
        problems.add(Source{file, static_cast<int>(begin.line), static_cast<int>(begin.column)},
                     explain(error.description()));
        return std::nullopt;
    }
}

std::optional<Node> parse_value(std::string_view text, const Source& source, Problems& problems) {
    if (!is_text(text)) {
        problems.add(source, "not UTF-8 text");
        return std::nullopt;
    }
    Node value(Node::Kind::string, source, std::string(text));
    Problems refused, not_toml;
    if (!within_limits(text, source.file, not_toml)) return value;
    try {
        const auto parsed = toml::parse("value = " + std::string(text));
        if (parsed.size() == 1) {  // a line break could smuggle in a second key
            value = *Converter(source.file, refused).table(parsed).find("value");
            value.key.clear();
        }
    } catch (const toml::parse_error&) {
        // Not TOML, so the words are the value.
    }
    value.relabel(source);
    if (refused.empty()) return value;
    problems.add(source, refused.sorted().front().message);
    return std::nullopt;
}

}  // namespace sim
