// Where the files are looked for that scenarios and designs name: one rule for commands, `extends`, `include` and
// bases.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sim {

// A name is tried as a path, relative to the folder of the file that names it; then on the shelves, which are folders
// that hold folders of scenarios, in their order. The ending ".toml" may be left out. What a scenario names by "../"
// stands beside its own folder; where nothing does, as when that folder was copied elsewhere, the shelves are beside it
// too.
class Search {
public:
    Search() = default;
    // `sealed`: tables that the files of one scenario may say again, but not otherwise.
    explicit Search(std::vector<std::filesystem::path> shelves, std::vector<std::string> sealed = {})
        : shelves_(std::move(shelves)), sealed_(std::move(sealed)) {}

    [[nodiscard]] const std::vector<std::filesystem::path>& shelves() const { return shelves_; }
    [[nodiscard]] const std::vector<std::string>& sealed() const { return sealed_; }

    // Whatever is there, were it no ordinary file: reading it says so.
    [[nodiscard]] std::optional<std::filesystem::path> find(const std::string& name,
                                                            const std::filesystem::path& folder) const;

    // `"x" does not exist; looked in a, b; did you mean "y"?`
    [[nodiscard]] std::string missing(const std::string& name, const std::filesystem::path& folder) const;

private:
    [[nodiscard]] std::vector<std::string> names_near(const std::filesystem::path& folder) const;

    std::vector<std::filesystem::path> shelves_;
    std::vector<std::string> sealed_;
};

// Without the ending ".toml".
[[nodiscard]] std::string bare_name(std::string name);

}  // namespace sim
