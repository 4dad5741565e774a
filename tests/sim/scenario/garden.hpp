// A toy to read scenarios into, with one member of every type, and the helpers of these tests.
#pragma once

#include <array>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>
#include <unistd.h>

#include "sim/scenario/member.hpp"
#include "sim/scenario/read.hpp"
#include "sim/scenario/schedule_text.hpp"

namespace garden {

enum class Soil : std::uint8_t { clay, loam, sand };

}  // namespace garden

template <>
struct sim::Words<garden::Soil> {
    static constexpr std::array<std::string_view, 3> words = {"clay", "loam", "sand"};
};

namespace garden {

struct Bed {
    std::string key;
    double area = 2.0;
    std::string neighbour;
    Soil soil = Soil::loam;
    std::vector<double> furrows;
    int plants = 4;
    bool operator==(const Bed&) const = default;

    void describe(const sim::Members& member) {
        member(sim::Spec{.name = "area", .unit = "m2", .lower = 0, .upper = 100, .text = "Area", .zh = "面积"}, area);
        member(sim::Spec{.name = "neighbour", .unit = "", .text = "Bed beside it", .refers_to = "beds"}, neighbour);
        member(sim::Spec{.name = "soil", .unit = "", .text = "Soil"}, soil);
        member(sim::Spec{.name = "furrows", .unit = "cm", .lower = 0, .text = "Depths | of <furrows>"}, furrows);
        member(sim::Spec{.name = "plants", .lower = 1, .upper = 9, .text = "Plants"}, plants);
    }
};

struct Watering {
    sim::Schedule daily = 1.0;
    double loss = 0.2;
    bool operator==(const Watering&) const = default;

    void describe(const sim::Members& member) {
        member(sim::Spec{.name = "daily", .unit = "l/day", .lower = 0, .upper = 50, .text = "Water"}, daily);
        member(sim::Spec{.name = "loss",
                         .lower = 0,
                         .upper = 1,
                         .text = "Share that evaporates",
                         .source = "assumption",
                         .prior = {sim::Prior::Shape::logitnormal, 0.1, 0.4}},
               loss);
    }
};

struct Levers {
    Watering watering;
    bool operator==(const Levers&) const = default;

    void describe(const sim::Members& member) {
        member(sim::Spec{.name = "watering", .text = "What the gardener does"}, watering);
    }
};

struct Garden {
    std::string name;
    std::string start = "2011Q1";
    bool fenced = false;
    std::int64_t seed = 1;
    double growth = 1.5;
    std::optional<double> frost;
    sim::Schedule sun = 4.0;
    std::vector<std::string> favourites;
    std::vector<Soil> soils = {Soil::clay};
    Levers levers;
    sim::Rows<Bed> beds;
    bool operator==(const Garden&) const = default;

    void describe(const sim::Members& member) {
        member(sim::Spec{.name = "name", .unit = "", .text = "Name of the garden", .required = true}, name);
        member(sim::Spec{.name = "start", .unit = "", .text = "First quarter"}, start);
        member(sim::Spec{.name = "fenced", .unit = "", .text = "With a fence"}, fenced);
        member(sim::Spec{.name = "seed", .lower = 0, .text = "Seed"}, seed);
        member(sim::Spec{.name = "growth", .unit = "cm/day", .lower = 0, .text = "Growth"}, growth);
        member(sim::Spec{.name = "frost", .unit = "degC", .upper = 0, .text = "Deepest frost"}, frost);
        member(sim::Spec{.name = "sun", .unit = "h/day", .lower = 0, .upper = 24, .text = "Sunshine"}, sun);
        member(sim::Spec{.name = "favourites", .unit = "", .text = "Best beds", .refers_to = "beds"}, favourites);
        member(sim::Spec{.name = "soils", .unit = "", .text = "Soils at hand"}, soils);
        member(sim::Spec{.name = "levers", .text = "Levers"}, levers);
        member(sim::Spec{.name = "beds", .text = "Beds", .zh = "花坛"}, beds);
    }
};

inline sim::ReadOptions options() {
    return {.earliest = [](const sim::Document& document) { return sim::time_at(document, "start").value_or(2011.0); },
            .timed = "levers."};
}

using Lines = std::vector<std::string>;

// `place: message` of each problem, in order.
inline Lines lines(const std::vector<sim::Problem>& problems) {
    Lines lines;
    for (const auto& [place, message] : problems) lines.push_back(place + ": " + message);
    return lines;
}

inline Lines problems_in(const sim::Document& document) {
    sim::Problems problems;
    (void)sim::read<Garden>(document, problems, options());
    return lines(problems.sorted());
}

template <class Work>
Lines refused(Work work) {
    try {
        work();
    } catch (const sim::ScenarioError& error) {
        return lines(error.problems);
    }
    return {"accepted"};
}

// Problems of a text, with the required name before it on a line of its own, so that the text begins in line 2.
inline Lines problems_in(const std::string& text, const std::vector<sim::Override>& overrides = {}) {
    Lines found;
    const auto failed =
        refused([&] { found = problems_in(sim::parse("name = \"rose garden\"\n" + text, "g.toml", overrides)); });
    return failed == Lines{"accepted"} ? found : failed;
}

inline sim::Reading<Garden> read(const std::string& text, const std::vector<sim::Override>& overrides = {}) {
    sim::Problems problems;
    auto reading =
        sim::read<Garden>(sim::parse("name = \"rose garden\"\n" + text, "g.toml", overrides), problems, options());
    EXPECT_EQ(lines(problems.sorted()), Lines{});
    return reading;
}

// A folder of files that is gone after the test; the scenario's own folder is `scenario` inside it.
class Folder : public testing::Test {
protected:
    Folder() {
        const auto* test = testing::UnitTest::GetInstance()->current_test_info();
        root_ = std::filesystem::canonical(std::filesystem::temp_directory_path()) /
                ("scenario_tests_" + std::to_string(::getpid()) + test->name());
        std::filesystem::create_directories(root_ / "scenario");
    }
    ~Folder() override { std::filesystem::remove_all(root_); }

    [[nodiscard]] std::filesystem::path at(const std::string& name) const { return root_ / "scenario" / name; }

    std::filesystem::path write(const std::string& name, const std::string& text) const {
        std::filesystem::create_directories(at(name).parent_path());
        std::ofstream(at(name), std::ios::binary) << text;
        return at(name);
    }

    // Problems of loading, with the folder's own name left out.
    [[nodiscard]] Lines refusal(const std::string& name, const std::vector<sim::Override>& overrides = {}) const {
        auto found = refused([&] { (void)sim::load(at(name), overrides); });
        const auto folder = root_.string();
        for (auto& line : found)
            for (auto i = line.find(folder); i != line.npos; i = line.find(folder))
                line.replace(i, folder.size(), 1, '~');
        return found;
    }

private:
    std::filesystem::path root_;
};

}  // namespace garden
