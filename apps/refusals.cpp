#include "apps/refusals.hpp"

#include <algorithm>
#include <regex>
#include <string_view>

#include <fmt/format.h>

#include "apps/commands.hpp"
#include "sim/scenario/names.hpp"

namespace jiju {
namespace {

[[noreturn]] void refuse(std::string_view what, std::string_view word, const std::vector<std::string>& known) {
    const std::vector<std::string_view> options(known.begin(), known.end());
    throw UsageError(sim::translated("unknown {} {}{}", what, sim::in_quotes(word),
                                     sim::suggestion(word, options, sim::translated("there are"))));
}

}  // namespace

void name_parts(CLI::App& app) {
    app.option_defaults()->group(sim::translated("Options"));
    app.set_help_flag("-h,--help", sim::translated("Print this help message and exit"));
    app.get_formatter()->label("Usage", sim::translated("Usage"));
    app.get_formatter()->label("Positionals", sim::translated("Positionals"));
    app.get_formatter()->label("OPTIONS", sim::translated("OPTIONS"));
    app.get_formatter()->label("SUBCOMMAND", sim::translated("SUBCOMMAND"));
    app.get_formatter()->label("REQUIRED", sim::translated("REQUIRED"));
    app.get_formatter()->label("Excludes", sim::translated("Excludes"));
}

std::string refusal(const std::string& said) {
    struct Form {
        const char *pattern, *text;
    };
    static const Form forms[] = {
        {"(.*) is required", sim::to_translate("{} is required")},
        {"(.*) excludes (.*)", sim::to_translate("{} excludes {}")},
        {"(.*): At least (.*) required but received (.*)",
         sim::to_translate("{}: At least {} required but received {}")},
        {"(.*): At Most (.*) required but received (.*)", sim::to_translate("{}: At Most {} required but received {}")},
        {"(.*): (.*) required (.*) missing", sim::to_translate("{}: {} required {} missing")},
        {"(.*): (.*) not in (.*)", sim::to_translate("{}: {} not in {}")},
        {"The following arguments? (?:was|were) not expected: (.*)",
         sim::to_translate("The following argument was not expected: {}")},
    };
    if (sim::language() == sim::Language::en) return said;
    std::smatch found;
    for (const auto& [pattern, text] : forms)
        if (std::regex_match(said, found, std::regex(pattern)))
            return fmt::format(fmt::runtime(sim::translated(text)), found[1].str(), found[2].str(), found[3].str());
    return said;
}

void check_words(CLI::App& app, const std::vector<std::string>& words) {
    auto* command = &app;
    std::string before;
    for (const auto& word : words) {
        const bool lacks = word.empty() || (word.starts_with("--") && word.ends_with('=') && word.size() > 3 &&
                                            std::count(word.begin(), word.end(), '=') == 1);
        if (lacks)
            throw UsageError(sim::translated("an empty value{}; leave out what is not to be given",
                                             word.empty()
                                                 ? before.empty() ? "" : sim::translated(" after ") + before
                                                 : sim::translated(" for ") + word.substr(0, word.size() - 1)));
        before = word;
    }
    std::vector<std::string> commands;
    for (auto* each : app.get_subcommands({})) commands.push_back(each->get_name());
    for (const auto& word : words) {
        if (word == "--") return;
        if (word.starts_with("--")) {
            std::vector<std::string> options;
            for (auto* option : command->get_options())
                for (const auto& name : option->get_lnames()) options.push_back("--" + name);
            const auto name = word.substr(0, word.find('='));
            if (std::find(options.begin(), options.end(), name) == options.end())
                refuse(sim::translated("option"), name, options);
        } else if (command == &app && !word.starts_with('-')) {
            if (std::find(commands.begin(), commands.end(), word) == commands.end())
                refuse(sim::translated("command"), word, commands);
            command = app.get_subcommand(word);
        }
    }
}

}  // namespace jiju
