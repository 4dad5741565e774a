// A scenario as its files say it: bases, included data, its own keys and the command line, merged into one tree of
// values that remembers where each was written last.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario/node.hpp"
#include "sim/scenario/problems.hpp"
#include "sim/scenario/search.hpp"

namespace sim {

// `--set key=value`
struct Override {
    std::string key;
    std::string value;
    std::string place = {};  // what messages call it; `--set key` where empty

    static Override parse(std::string_view assignment);  // ScenarioError without key or "="
};

class Document {
public:
    Document(Node root, std::string text, std::vector<std::filesystem::path> files,
             std::vector<std::filesystem::path> layers);

    [[nodiscard]] const Node& root() const { return root_; }
    [[nodiscard]] const Node* find(std::string_view dotted_path) const;  // nullptr if it is not written
    [[nodiscard]] Source where(std::string_view dotted_path) const;      // of the nearest existing ancestor

    // The same files under other settings. ScenarioError where a setting is none.
    [[nodiscard]] Document with(std::span<const Override> overrides) const;

    // All files merged into one text, which gives the same document again except for positions.
    [[nodiscard]] std::string toml() const;

    [[nodiscard]] const std::string& text() const { return text_; }  // of the main file, byte for byte
    [[nodiscard]] const std::vector<std::filesystem::path>& files() const { return files_; }  // in reading order
    [[nodiscard]] const std::vector<std::filesystem::path>& layers() const {
        return layers_;
    }  // each over those before

private:
    [[nodiscard]] std::pair<const Node*, bool> follow(std::string_view dotted_path) const;

    Node root_;
    std::string text_;
    std::vector<std::filesystem::path> files_, layers_;
};

// Merged in this order: the file that `extends` names, the files that `include` lists, the file's own keys, overrides.
// Other files are found by `search`. Throws ScenarioError with every problem of the files; what the values mean is for
// `read`.
[[nodiscard]] Document load(const std::filesystem::path& path, std::span<const Override> overrides = {},
                            const Search& search = {});

// The same for a text that was handed over, as if it stood in the file `path`, which need not exist.
[[nodiscard]] Document load_text(std::string text, const std::filesystem::path& path,
                                 std::span<const Override> overrides = {}, const Search& search = {});

// The same for text that is in no file, such as the scenario kept in a results file; it can neither extend nor include.
[[nodiscard]] Document parse(std::string text, const std::string& name, std::span<const Override> overrides = {});

}  // namespace sim
