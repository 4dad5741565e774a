// An arm as a page names it, which has no command line: a scenario of the catalogue or a text dropped in, with changes.
#pragma once

#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "models/growth/firm_table.hpp"
#include "sim/scenario/document.hpp"
#include "study/scenario.hpp"

namespace jiju {

struct Arm {
    std::string scenario;             // as find_scenario takes it; of a text what messages call it
    std::optional<std::string> text;  // TOML; may extend scenarios of the catalogue
    std::vector<std::string> set;     // as `--set` takes them

    bool operator==(const Arm&) const = default;
};

// Opens arms again and again, as when somebody moves a number: the files of a scenario are read once.
class Arms {
public:
    // What reads the table of firms that a document names (firm_file_of). Without it such a scenario is refused.
    using Firms = std::shared_ptr<const growth::FirmFile> (*)(const sim::Document&);
    explicit Arms(Firms firms = nullptr) : firms_(firms) {}

    // ScenarioError with every problem. The last ones are remembered: most often one of several arms is moved.
    [[nodiscard]] Scenario open(const Arm& arm);
    // The arm as the text of a scenario file, which opens as the same: as short as it can be said.
    [[nodiscard]] std::string text_of(const Arm& arm);
    [[nodiscard]] const sim::Document& document_of(const Arm& arm);

private:
    [[nodiscard]] Scenario read(const Arm& arm);

    Firms firms_;
    std::map<std::pair<std::string, std::optional<std::string>>, sim::Document> documents_;
    std::list<std::pair<Arm, Scenario>> opened_;  // the last first
};

}  // namespace jiju
