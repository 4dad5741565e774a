// The command line within Python, and what it can tell without running anything.
#include "apps/commands.hpp"

#include <string>
#include <utility>
#include <vector>

#include <nanobind/stl/optional.h>
#include <nanobind/stl/pair.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include "analysis/binding/binding.hpp"
#include "apps/command_line.hpp"
#include "apps/console.hpp"
#include "apps/language.hpp"
#include "apps/program.hpp"
#include "sim/output/new_file.hpp"
#include "sim/output/provenance.hpp"
#include "sim/output/reader.hpp"
#include "sim/parallel/processors.hpp"

namespace nb = nanobind;
using namespace nb::literals;

namespace jiju::binding {
namespace {

int main_of(const std::vector<std::string>& words) {
    std::vector<const char*> arguments{"jiju"};
    for (const auto& word : words) arguments.push_back(word.c_str());
    arguments.push_back(nullptr);
    const auto before = sim::language();
    const int code = run_program(static_cast<int>(words.size() + 1), arguments.data());
    sim::set_language(before);
    return code;
}

// The language of messages, by its word. English where JIJU_LANG is wrong, which a command then says.
void bind_language(nb::module_& module) {
    const auto word_of = [](sim::Language each) { return std::string(each == sim::Language::zh ? "zh" : "en"); };
    module.def("catalogue", [] { return nb::bytes(chinese_catalogue().data(), chinese_catalogue().size()); });
    module.def("language", [=] { return word_of(sim::language()); });
    module.def(
        "language_of", [=](const std::vector<std::string>& words) { return word_of(language_of(words)); }, "words"_a);
    module.def(
        "set_language",
        [](const std::string& word) { sim::set_language(word == "zh" ? sim::Language::zh : sim::Language::en); },
        "word"_a);
    try {
        choose_language({});
    } catch (const UsageError&) {
        sim::set_language(sim::Language::en);
    }
}

// Tables and pages that commands written in Python leave are as safe as results files.
void bind_files(nb::module_& module) {
    module.def("usable_processors", [] { return sim::usable_processors(); });
    module.def(
        "check_output", [](const std::string& path, bool replace) { sim::NewFile::check(path, 0, replace); }, "path"_a,
        "replace"_a);
    module.def(
        "write_file",
        [](const std::string& path, const std::string& text, bool replace) { sim::write_file(path, text, replace); },
        "path"_a, "text"_a, "replace"_a);
    module.def(
        "with_visible_controls", [](const std::string& text) { return with_visible_controls(text); }, "text"_a);
}

// A command that prints what it found: its exit code, and that. What goes wrong is raised.
std::pair<int, std::string> answer(const std::vector<std::string>& words) {
    std::vector<const char*> arguments{"jiju"};
    for (const auto& word : words) arguments.push_back(word.c_str());
    arguments.push_back(nullptr);
    int code = 0;
    auto text = captured([&] { code = parse(static_cast<int>(words.size() + 1), arguments.data())(); });
    return {code, std::move(text)};
}

}  // namespace

void bind_commands(nb::module_& module) {
    module.attr("version") = std::string(sim::build().version);
    module.def("main", &main_of, "words"_a, nb::call_guard<nb::gil_scoped_release>());
    module.def("answer", &answer, "words"_a, nb::call_guard<nb::gil_scoped_release>());
    module.def("grammar", &grammar_text);
    module.def("words_for_python", &words_for_python, "words"_a);
    module.def(
        "describe",
        [](const std::string& topic, const std::string& scenario) {
            std::vector<std::string> words;
            if (!scenario.empty()) words.push_back(scenario);
            return description({.topic = topic, .words = std::move(words), .format = Format::json});
        },
        "topic"_a, "scenario"_a = "");
    // Whatever is no results file, was damaged or altered, or could harm its reader, is a FileError. Without
    // `verify` the values are believed.
    module.def(
        "check_results",
        [](const std::string& path, bool verify) {
            const sim::ResultsReader reader(path, sim::FileKind::results,
                                            verify ? sim::Trust::nobody : sim::Trust::author);
        },
        "path"_a, "verify"_a, nb::call_guard<nb::gil_scoped_release>());
    bind_language(module);
    bind_files(module);
}

}  // namespace jiju::binding
