// The table of all commands, in whichever language they are written, and the way from words to one of them.
#include "apps/command_line.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "apps/commands.hpp"
#include "apps/console.hpp"
#include "apps/grammar.hpp"
#include "apps/refusals.hpp"
#include "apps/values.hpp"
#include "models/growth/kernel.hpp"
#include "sim/describe/translated.hpp"
#include "sim/output/provenance.hpp"

namespace jiju {
namespace {

constexpr std::string_view examples = sim::to_translate(R"(
Examples:
  jiju run shaoxing-2011/plan --replicates 100 -o plan.h5
  jiju run shaoxing-2011/plan --set levers.special_fund.budget=5
  jiju run shaoxing-2011/status-quo shaoxing-2011/plan --replicates 10000 -o both.h5 --resume
  jiju compare both.h5
  jiju validate my-city.toml
  jiju verify plan.h5
  jiju describe levers
  jiju show plan.h5 --lang zh
  jiju run --help

Exit codes: 0 ok, 1 a replicate failed, 2 usage or scenario, 3 file or disk, 4 verification failed, 75 stopped by a
signal and can be resumed with --resume, 128 and its number (130, 143 …) stopped by a signal with nothing kept, 141 nobody
read the output to its end. Signals that stop in good order: INT, TERM, HUP, XCPU, USR1, USR2.
)");

std::string version_text() {
    const auto build = sim::build();
    return fmt::format("jiju {}\ncommit {}{}\ncompiler {}\nflags {}\ninstruction sets {}\n", build.version,
                       build.commit, build.dirty ? " (with changes)" : "", build.compiler, build.flags,
                       fmt::join(growth::instruction_sets(), " "));
}

struct Command {
    const char* name;
    const char* text;
    void (*add)(CLI::App& command, Action& action);  // none: written in Python, which has its grammar
};

constexpr auto in_python = nullptr;

// In the order of the help. One that is written in Python is `main` of the module jiju.commands.NAME.
constexpr Command table[] = {
    {"run", sim::to_translate("Simulate scenarios and print the table of their targets"), add_run},
    {"show", sim::to_translate("Print the table of targets from a results file"), add_show},
    {"compare", sim::to_translate("Compare results files replicate by replicate"), in_python},
    {"estimate", sim::to_translate("Estimate a target of a plan until it is precise, with a kept base as control"),
     in_python},
    {"bases", sim::to_translate("List the scenarios that are kept as controls; keep or delete some"), in_python},
    {"sweep", sim::to_translate("Simulate a scenario at every point of a design"), add_sweep},
    {"ablate", sim::to_translate("Simulate each lever alone on a base, and each removed from a plan"), in_python},
    {"optimise", sim::to_translate("Find the doses of a plan that bring most within limits"), in_python},
    {"reach", sim::to_translate("Find the cheapest plan that reaches an aim, or how near one comes"), in_python},
    {"frontier", sim::to_translate("Find the best plan for each of several budgets, and what more buys"), in_python},
    {"equal", sim::to_translate("Make plans equally costly, and compare them"), in_python},
    {"robust", sim::to_translate("Hold plans against each other across parameter draws and futures"), in_python},
    {"timing", sim::to_translate("Spend the same money at other times, and begin each lever in other years"),
     in_python},
    {"screen", sim::to_translate("Find which levers and dates matter for an outcome, from few runs"), in_python},
    {"list", sim::to_translate("List the scenarios and designs there are, with their names"), add_list},
    {"new", sim::to_translate("Start a scenario file of one's own, with comments on what can be changed"), in_python},
    {"import", sim::to_translate("Make the scenario of a city from a table of its firms"), in_python},
    {"describe",
     sim::to_translate("Explain scenarios, levers, parameters, targets, outputs, or one of them by its name"),
     add_describe},
    {"diff", sim::to_translate("Say in words what distinguishes two scenarios"), in_python},
    {"validate", sim::to_translate("Check a scenario; every mistake at once, by line"), add_validate},
    {"schema", sim::to_translate("Print the JSON Schema of scenarios, for editors"), add_schema},
    {"verify", sim::to_translate("Check a results file, and replay some of its replicates"), add_verify},
    {"replay", sim::to_translate("Simulate one replicate of a results file again, firm by firm"), add_replay},
    {"merge", sim::to_translate("Make one results file of all shards of a run"), add_merge},
    {"submit", sim::to_translate("Share out a run or a sweep as an array of Slurm or by rules of Snakemake"),
     in_python},
    {"facts", sim::to_translate("Hold the firms of a results file against published facts"), in_python},
    {"hindcast", sim::to_translate("Hold observed series against what was simulated of them"), in_python},
    {"trial", sim::to_translate("Repeat published experiments inside the model"), in_python},
    {"calibrate", sim::to_translate("Fit parameters to moments and to facts about firms"), in_python},
    {"export", sim::to_translate("Write results as tables: CSV, Parquet, Stata or Excel, with labels"), in_python},
    {"table", sim::to_translate("Print targets as a table for a paper: LaTeX, Markdown, Word or CSV"), in_python},
    {"report", sim::to_translate("Write results as one page: targets, money, doubts and the proof"), in_python},
    {"methods", sim::to_translate("Describe for a paper how results files were made"), in_python},
    {"bundle", sim::to_translate("Pack results so that a referee can simulate them again, or verify such a package"),
     in_python},
    {"explore", sim::to_translate("Move a plan's levers in the browser and see what they bring"), in_python},
    {"cite", sim::to_translate("Print how to cite Jiju: BibTeX, APA or CITATION.cff"), in_python},
};

bool is_in_python(std::string_view name) {
    return std::any_of(std::begin(table), std::end(table),
                       [&](const Command& each) { return each.name == name && each.add == in_python; });
}

std::unique_ptr<CLI::App> grammar(Action& action) {
    auto app = std::make_unique<CLI::App>(sim::translated("Jiju: an industrial plan simulated, firm by firm"), "jiju");
    name_parts(*app);
    app->set_version_flag("--version", version_text(), sim::translated("Display program version information and exit"));
    app->require_subcommand(0, 1);
    for (const auto& [name, text, add] : table) {
        auto& command = *app->add_subcommand(name, sim::translated(text));
        command.group(sim::translated("Subcommands"));
        command.get_help_ptr()->group(sim::translated("Options"));
        if (add != in_python) add(command, action);
    }
    app->footer(sim::translated(examples));  // last: commands would take it over
    return app;
}

}  // namespace

std::string grammar_text() {
    Action action;
    const auto app = grammar(action);
    auto commands = nlohmann::ordered_json::object();
    for (const auto* command : app->get_subcommands({})) {
        auto& row = commands[command->get_name()];
        row["text"] = command->get_description();
        const bool handed_on = is_in_python(command->get_name());
        row["in_python"] = handed_on;
        if (handed_on) continue;
        row["options"] = row["positional"] = nlohmann::ordered_json::array();
        for (const auto* option : command->get_options()) {
            for (const auto& name : option->get_lnames()) row["options"].push_back(name);
            if (option->get_positional()) row["positional"].push_back(option->get_name(true));
        }
    }
    return commands.dump();
}

std::optional<std::vector<std::string>> words_for_python(std::vector<std::string> words) {
    if (words.size() == 2 && (words[0] == "-h" || words[0] == "--help")) std::swap(words[0], words[1]);
    if (words.empty() || !is_in_python(words.front())) return {};
    return words;
}

Action parse(int argc, const char* const* argv) {
    Action action;
    const auto app = grammar(action);
    const std::vector<std::string> words(argv + 1, argv + argc);
    check_words(*app, words);
    try {
        app->parse(argc, argv);
    } catch (const CLI::CallForVersion&) {
        return [] { return print(version_text()), exit_code::ok; };
    } catch (const CLI::Success&) {
        const auto chosen = app->get_subcommands();
        return [text = chosen.empty() ? app->help() : chosen.front()->help(app->get_name())] {
            return print(text), exit_code::ok;
        };
    } catch (const CLI::ParseError& error) {
        throw UsageError(refusal(error.what()));
    }
    if (!action) return [text = app->help()] { return print(text), exit_code::ok; };
    return action;
}

}  // namespace jiju
