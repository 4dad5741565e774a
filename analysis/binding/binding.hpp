// The pieces of the module jiju._engine, which the package alone uses; its public face is written in Python.
#pragma once

#include <span>
#include <string>
#include <vector>

#include <nanobind/nanobind.h>

#include "apps/scenario.hpp"
#include "sim/scenario/document.hpp"

namespace jiju::binding {

// A scenario with the values that were set on top of its file or text. Setting one reads all of it anew, so that what
// is wrong is said at once and by the rules of every other scenario.
class EditedScenario {
public:
    static EditedScenario load(const std::string& name);
    static EditedScenario parse(std::string text, const std::string& name);

    // ScenarioError leaves it as it was.
    void set(const sim::Override& setting);
    void rename(std::string key) { opened_.key = std::move(key); }
    [[nodiscard]] Scenario with(std::span<const sim::Override> more) const;
    [[nodiscard]] const Scenario& opened() const { return opened_; }
    [[nodiscard]] const std::vector<sim::Override>& settings() const { return settings_; }

private:
    explicit EditedScenario(std::string source, bool is_text);
    [[nodiscard]] Scenario open(std::span<const sim::Override> settings) const;

    std::string source_;  // the name of a file, or the text itself
    bool is_text_;
    std::string name_;
    std::vector<sim::Override> settings_;
    Scenario opened_;
};

void bind_errors();
void bind_scenario(nanobind::module_& module);
void bind_campaign(nanobind::module_& module);
void bind_commands(nanobind::module_& module);

}  // namespace jiju::binding
