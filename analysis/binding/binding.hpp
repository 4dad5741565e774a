// The pieces of the module jiju._engine, which the package alone uses; its public face is written in Python.
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include <nanobind/nanobind.h>

#include "sim/scenario/document.hpp"
#include "study/firm_file.hpp"
#include "study/scenario.hpp"

namespace jiju::binding {

// A scenario with the values that were set on top of its file or text, which is read once: what happens to the file
// later changes nothing. Setting a value checks the whole by the rules of every other scenario.
class EditedScenario {
public:
    static EditedScenario load(const std::string& name);
    static EditedScenario parse(const std::string& text, const std::string& name);
    // What was taken apart for another process: the document, what was set on top, and the table of firms it had.
    static EditedScenario restore(const std::string& text, const std::string& name,
                                  const std::vector<sim::Override>& settings, FirmFile firms);

    // ScenarioError leaves it as it was.
    void set(const std::vector<sim::Override>& more);
    void rename(std::string key) { opened_.key = std::move(key); }
    [[nodiscard]] Scenario with(std::span<const sim::Override> more) const;
    // The file and all it is made of as one text, without settings.
    [[nodiscard]] std::string document() const { return document_->toml(); }
    [[nodiscard]] const Scenario& opened() const { return opened_; }
    [[nodiscard]] const std::vector<sim::Override>& settings() const { return settings_; }
    [[nodiscard]] const FirmFile& firms() const { return firms_; }

private:
    EditedScenario(std::filesystem::path path, sim::Document document);
    EditedScenario(std::filesystem::path path, sim::Document document, std::vector<sim::Override> settings,
                   FirmFile firms);
    // The table of what has these settings: the one that was read, unless they name another.
    [[nodiscard]] FirmFile firms_with(const sim::Document& changed) const;
    [[nodiscard]] sim::Document changed() const { return document_->with(settings_); }

    std::shared_ptr<const sim::Document> document_;
    std::vector<sim::Override> settings_;
    FirmFile firms_;
    Scenario opened_;
};

void bind_errors();
void bind_scenario(nanobind::module_& module);
void bind_campaign(nanobind::module_& module);
void bind_commands(nanobind::module_& module);
void bind_statistics(nanobind::module_& module);

}  // namespace jiju::binding
