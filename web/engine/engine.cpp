// The functions that a web worker calls (web/app/src/engine/wasm_module.ts): requests and answers are JSON, numbers
// stay in memory. An answer is {"ok": …} or {"error": "…"}, the text being that of the program on a command line.
#include <cstddef>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <fstream>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <emscripten.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "models/growth/measure/measure.hpp"
#include "models/growth/measure/panel.hpp"
#include "sim/describe/translated.hpp"
#include "study/arm.hpp"
#include "study/description.hpp"
#include "study/scenario.hpp"
#include "study/simulator.hpp"
#include "web/engine/embedded.hpp"

namespace {

using Json = nlohmann::ordered_json;

// Scenarios lie where the program would have them; texts that are dropped in, where it would run.
constexpr const char* shelf = "/scenarios";
constexpr const char* working_folder = "/given";
constexpr std::size_t bytes_at_first = std::size_t{128} << 20;

struct Engine {
    jiju::Arms arms;
    std::optional<jiju::Simulator> simulator;
    std::string answer;
    sim::Panel panel;
};

Engine& engine() {
    static Engine one;
    return one;
}

// A name from a page stays a name in the working folder.
jiju::Arm arm_of(const Json& json) {
    jiju::Arm arm{json.at("scenario"), std::nullopt, json.at("set")};
    if (const auto text = json.find("text"); text != json.end() && text->is_string())
        arm.text = text->get<std::string>();
    if (arm.text) arm.scenario = std::filesystem::path(arm.scenario).filename().string();
    return arm;
}

std::vector<jiju::Scenario> arms_of(const Json& json) {
    std::vector<jiju::Scenario> arms;
    for (const auto& arm : json) arms.push_back(engine().arms.open(arm_of(arm)));
    return arms;
}

std::size_t column_of(std::string_view name) {
    const auto columns = growth::panel_columns();
    for (std::size_t i = 0; i < columns.size(); ++i)
        if (columns[i].name == name) return i;
    throw std::logic_error(fmt::format("panels have no column {}", name));
}

sim::Panel at_ends_of_years(const sim::Panel& panel, double parts) {
    const auto& part = panel[column_of("panel_part")];
    sim::Panel shown;
    for (const auto name : jiju::page_columns) {
        const auto whole = fmt::format("{}_{}", name == "year" ? "panel" : "firm", name);
        const auto& column = panel[column_of(whole)];
        auto& kept = shown.emplace_back();
        for (std::size_t row = 0; row < column.size(); ++row)
            if (part[row] == parts) kept.push_back(column[row]);
    }
    return shown;
}

// What the numbers of some columns stand for. Firms with a name count from one.
Json words_of(const growth::Config& config) {
    auto named = Json::array({""});
    for (const auto& firm : config.firms) named.push_back(firm.key);
    return {{"industry", growth::keys_along(config, "industry")},
            {"place", growth::keys_along(config, "place")},
            {"named", std::move(named)}};
}

const char* answered(const std::function<Json()>& question) {
    auto& answer = engine().answer;
    try {
        answer = Json{{"ok", question()}}.dump(-1, ' ', false, Json::error_handler_t::replace);
    } catch (const std::exception& error) {
        answer = Json{{"error", error.what()}}.dump(-1, ' ', false, Json::error_handler_t::replace);
    }
    return answer.c_str();
}

}  // namespace

extern "C" {

// Before anything else. `most_bytes`: how much may be kept to answer sooner.
EMSCRIPTEN_KEEPALIVE void jiju_begin(double most_bytes) {
    namespace fs = std::filesystem;
    for (const auto& [path, text] : jiju::web::embedded_scenarios()) {
        const auto file = fs::path(shelf) / path;
        fs::create_directories(file.parent_path());
        std::ofstream(file, std::ios::binary) << text;
    }
    fs::create_directories(working_folder);
    fs::current_path(working_folder);
    jiju::add_shelf(shelf);
    sim::use_catalogue(jiju::web::embedded_catalogue());
    engine().simulator.emplace(most_bytes > 0 ? static_cast<std::size_t>(most_bytes) : bytes_at_first);
}

EMSCRIPTEN_KEEPALIVE void jiju_speak_chinese(int yes) {
    sim::set_language(yes != 0 ? sim::Language::zh : sim::Language::en);
}

EMSCRIPTEN_KEEPALIVE const char* jiju_catalogue() {
    return answered([] { return jiju::described_catalogue(); });
}

// What a page shows of results, in its order.
EMSCRIPTEN_KEEPALIVE const char* jiju_shown() {
    return answered([] { return Json(jiju::page_outputs); });
}

EMSCRIPTEN_KEEPALIVE const char* jiju_describe(const char* arm) {
    return answered([&] { return jiju::described(engine().arms.open(arm_of(Json::parse(arm)))); });
}

EMSCRIPTEN_KEEPALIVE const char* jiju_together(const char* arms) {
    return answered([&] { return jiju::described_together(jiju::side_by_side(arms_of(Json::parse(arms)))); });
}

EMSCRIPTEN_KEEPALIVE const char* jiju_save(const char* arm) {
    return answered([&] { return engine().arms.text_of(arm_of(Json::parse(arm))); });
}

// Lays arms side by side for what is simulated from now on. Answers the outputs, each with how many numbers of a
// replicate of an arm are its own.
EMSCRIPTEN_KEEPALIVE const char* jiju_open(const char* arms, double seed) {
    return answered([&] {
        engine().simulator->open(arms_of(Json::parse(arms)), static_cast<std::uint64_t>(seed));
        auto outputs = Json::array();
        const auto& view = engine().simulator->view();
        for (const auto& variable : view.kept())
            outputs.push_back({{"name", variable.name}, {"length", sim::row_length(view.axes(), variable)}});
        return outputs;
    });
}

// The row of an arm of a replicate, which lies there until the next call.
EMSCRIPTEN_KEEPALIVE const double* jiju_row(int arm, double replicate) {
    return engine().simulator->row(static_cast<std::size_t>(arm), static_cast<std::uint32_t>(replicate)).data();
}

// The firms of an arm of a replicate at the end of every year. Answers how many rows there are, the columns, whose
// numbers are those of jiju_panel_column until the next call, and the keys that some of these number.
EMSCRIPTEN_KEEPALIVE const char* jiju_panel(int arm, double replicate) {
    return answered([&] {
        auto& simulator = *engine().simulator;
        const auto all = simulator.panel(static_cast<std::size_t>(arm), static_cast<std::uint32_t>(replicate));
        const auto& config = simulator.study().first();
        engine().panel = at_ends_of_years(all, static_cast<double>(config.scenario.steps_per_year));
        const auto rows = engine().panel.front().size();
        return Json{{"rows", rows}, {"columns", jiju::page_columns}, {"words", words_of(config)}};
    });
}

EMSCRIPTEN_KEEPALIVE const double* jiju_panel_column(int column) {
    return engine().panel.at(static_cast<std::size_t>(column)).data();
}
}
