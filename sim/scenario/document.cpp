// How the files of a scenario are found and laid over each other.
#include "sim/scenario/document.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "sim/describe/translated.hpp"
#include "sim/scenario/limits.hpp"
#include "sim/scenario/names.hpp"
#include "sim/scenario/toml.hpp"

namespace sim {
namespace {

namespace fs = std::filesystem;

bool has_control_characters(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

class Loader {
public:
    Loader(const Search& search, Problems& problems) : search_(search), problems_(problems) {}

    Node main(const fs::path& path) {
        const auto read = read_text(path, {path.string(), 0, 0}, translated("the scenario file"), problems_);
        if (!read) return nothing(path);
        return main(path, *read);
    }

    Node main(const fs::path& path, std::string content) {
        std::error_code error;
        text = std::move(content);
        return scenario(path, text, {fs::weakly_canonical(path, error)});
    }

    std::string text;
    std::vector<fs::path> files;   // as they are read
    std::vector<fs::path> layers;  // as they are laid over one another

private:
    static Node nothing(const fs::path& path) { return {Node::Kind::table, {path.string(), 0, 0}}; }

    // `chain`: the files that led here, each extending the next.
    Node scenario(const fs::path& path, const std::string& content, std::vector<fs::path> chain) {
        files.push_back(path);
        auto own = parse_toml(content, path.string(), problems_);
        if (!own) return nothing(path);
        auto merged = nothing(path);
        if (const auto* node = own->find("extends")) lay(base(*node, path, std::move(chain)), merged);
        if (const auto* node = own->find("include")) include(*node, path, merged);
        own->erase("extends");
        own->erase("include");
        lay(std::move(*own), merged);
        layers.push_back(path);
        return merged;
    }

    // What is sealed can be said again, but not otherwise.
    void lay(Node over, Node& merged) {
        for (const auto& name : search_.sealed()) {
            const auto *own = over.find(name), *there = merged.find(name);
            if (own == nullptr || there == nullptr) continue;
            for (const auto& node : own->children())
                if (const auto* other = there->find(node.key); other != nullptr && !alike(node, *other))
                    problems_.add(node.source,
                                  translated("{}.{} is another than in {}; the files of one scenario must agree on it",
                                             name, node.key, other->source.text()));
        }
        merged.merge(std::move(over));
    }

    static bool alike(const Node& one, const Node& other) {
        if (one.is_number() && other.is_number()) return one.number() == other.number();
        return one.is(Node::Kind::string) && other.is(Node::Kind::string) && one.string() == other.string();
    }

    Node base(const Node& node, const fs::path& from, std::vector<fs::path> chain) {
        const auto path = resolve(node, from, "extends");
        if (!path) return nothing(from);
        std::error_code error;
        const auto canonical = fs::weakly_canonical(*path, error);
        const bool circle = std::find(chain.begin(), chain.end(), canonical) != chain.end();
        chain.push_back(canonical);
        if (circle) {
            std::vector<std::string> names;
            for (const auto& file : chain) names.push_back(file.filename().string());
            problems_.add(node.source, translated("extends forms a circle: {}", fmt::join(names, " -> ")));
            return nothing(from);
        }
        const auto content = read(node, *path, "extends");
        return content ? scenario(*path, *content, std::move(chain)) : nothing(from);
    }

    void include(const Node& list, const fs::path& from, Node& merged) {
        if (!list.is(Node::Kind::array))
            return problems_.add(list.source,
                                 translated("include: expected a list of file names, found {}", found(list)));
        for (const auto& node : list.children()) {
            const auto path = resolve(node, from, "include");
            if (!path) continue;
            const auto content = read(node, *path, "include");
            if (!content) continue;
            files.push_back(*path);
            auto data = parse_toml(*content, path->string(), problems_);
            if (!data) continue;
            for (const auto* word : {"extends", "include"})
                if (const auto* nested = data->find(word)) {
                    problems_.add(nested->key_source,
                                  translated("an included file holds only data and cannot use \"{}\" itself", word));
                    data->erase(word);
                }
            lay(std::move(*data), merged);
            layers.push_back(*path);
        }
    }

    std::optional<std::string> read(const Node& node, const fs::path& path, std::string_view word) {
        if (files.size() >= most_files) {
            problems_.add(node.source, translated("a scenario may consist of at most {} files", most_files));
            return std::nullopt;
        }
        return read_text(path, node.source, fmt::format("{}: {}", word, path.string()), problems_);
    }

    std::optional<fs::path> resolve(const Node& node, const fs::path& from, std::string_view word) {
        const auto refuse = [&](const std::string& reason) {
            problems_.add(node.source, fmt::format("{}: {}", word, reason));
            return std::nullopt;
        };
        if (!node.is(Node::Kind::string)) return refuse(translated("expected a file name, found ") + found(node));
        const auto& name = node.string();
        if (name.empty() || has_control_characters(name))
            return refuse(in_quotes(name) + translated(" is not a file name"));
        auto path = search_.find(name, from.parent_path());
        if (!path) return refuse(search_.missing(name, from.parent_path()));
        return path;
    }

    const Search& search_;
    Problems& problems_;
};

void apply(const Override& setting, Node& root, Problems& problems) {
    const Source source{setting.place.empty() ? "--set " + setting.key : setting.place, 0, 0};
    const auto parts = split_path(setting.key);
    if (!parts || parts->size() > most_key_parts)
        return problems.add(source, translated("expected a dotted key such as scenario.name before the \"=\""));
    if (parts->front() == "extends" || parts->front() == "include")
        return problems.add(source, translated("\"{}\" can only stand in a file", parts->front()));
    auto value = parse_value(setting.value, source, problems);
    if (!value) return;
    for (auto part = parts->rbegin(); part != parts->rend(); ++part) {
        value->key = *part;
        value->key_source = source;
        Node table(Node::Kind::table, source);
        table.insert(std::move(*value));
        value = std::move(table);
    }
    root.merge(std::move(*value));
}

void apply_all(std::span<const Override> overrides, Node& root, Problems& problems) {
    for (const auto& setting : overrides) apply(setting, root, problems);
    problems.throw_if_any();
}

}  // namespace

Override Override::parse(std::string_view assignment) {
    const auto equals = assignment.find('=');
    if (equals == 0 || equals == assignment.npos)
        throw ScenarioError(
            {{"--set " + std::string(assignment), translated("expected key=value, such as scenario.name=trial")}});
    return {std::string(assignment.substr(0, equals)), std::string(assignment.substr(equals + 1)), {}};
}

Document::Document(Node root, std::string text, std::vector<fs::path> files, std::vector<fs::path> layers)
    : root_(std::move(root)), text_(std::move(text)), files_(std::move(files)), layers_(std::move(layers)) {}

std::pair<const Node*, bool> Document::follow(std::string_view dotted_path) const {
    const Node* node = &root_;
    const auto parts = split_path(dotted_path);
    for (const auto& part : parts.value_or(std::vector<std::string>{})) {
        const auto* child = node->find(part);
        if (child == nullptr) return {node, false};
        node = child;
    }
    return {node, parts.has_value()};
}

const Node* Document::find(std::string_view dotted_path) const {
    const auto [node, whole] = follow(dotted_path);
    return whole ? node : nullptr;
}

Source Document::where(std::string_view dotted_path) const {
    return follow(dotted_path).first->source;
}

Document Document::with(std::span<const Override> overrides) const {
    Problems problems;
    auto root = root_;
    apply_all(overrides, root, problems);
    return {std::move(root), text_, files_, layers_};
}

namespace {

template <class... Content>
Document loaded(const fs::path& path, std::span<const Override> overrides, const Search& search, Content... content) {
    Problems problems;
    Loader loader(search, problems);
    auto root = loader.main(path, std::move(content)...);
    apply_all(overrides, root, problems);
    return {std::move(root), std::move(loader.text), std::move(loader.files), std::move(loader.layers)};
}

}  // namespace

Document load(const fs::path& path, std::span<const Override> overrides, const Search& search) {
    return loaded(path, overrides, search);
}

Document load_text(std::string text, const fs::path& path, std::span<const Override> overrides, const Search& search) {
    return loaded(path, overrides, search, std::move(text));
}

Document parse(std::string text, const std::string& name, std::span<const Override> overrides) {
    Problems problems;
    auto root = parse_toml(text, name, problems);
    problems.throw_if_any();
    for (const auto* word : {"extends", "include"})
        if (const auto* node = root->find(word))
            problems.add(node->key_source, translated("\"{}\" needs a scenario that is a file", word));
    apply_all(overrides, *root, problems);
    return {std::move(*root), std::move(text), {}, {}};
}

}  // namespace sim
