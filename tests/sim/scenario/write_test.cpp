// The effective scenario: reading it back gives the same, whatever was in it.
#include "sim/scenario/write.hpp"

#include <rapidcheck.h>

#include "sim/scenario/names.hpp"
#include "tests/sim/scenario/garden.hpp"

namespace garden {
namespace {

using Form = sim::Schedule::Form;

template <class T>
T pick(const std::vector<T>& options) {
    return rc::gen::elementOf(options).operator*();
}

double real(double low, double high) {
    const auto share = *rc::gen::inRange<std::int64_t>(0, (std::int64_t{1} << 53) + 1);
    return std::min(high, low + (high - low) * (static_cast<double>(share) / 9007199254740992.0));
}

std::string words() {
    const std::vector<std::string> pieces = {"a",    "Z",    "7",    " ", "\"", "\\", "'", "\n",    "\t",
                                             "\x01", "\x7F", "集聚", "🌱", ".",  "=",  "#", "\"\"\""};
    std::string text;
    for (auto left = *rc::gen::inRange(0, 8); left > 0; --left) text += pick(pieces);
    return text;
}

sim::Schedule schedule(double high) {
    std::vector<sim::Schedule::Knot> knots;
    double time = 2011;
    const bool quarters = *rc::gen::arbitrary<bool>();
    for (auto left = *rc::gen::inRange(2, 6); left > 0; --left) {
        knots.push_back({time, real(0, high)});
        time += quarters ? *rc::gen::inRange(1, 9) / 4.0 : real(0.001, 3);
    }
    const auto ends = std::vector(knots.begin(), knots.begin() + 2);
    auto years = knots;
    for (std::size_t i = 0; i < years.size(); ++i) years[i].time = 2011 + static_cast<double>(i * i);
    return pick<sim::Schedule>({sim::Schedule(knots[0].value), sim::Schedule(Form::step, {knots[0]}),
                                sim::Schedule(Form::ramp, ends), sim::Schedule(Form::table, knots),
                                sim::Schedule(Form::by_year, years)});
}

sim::Reading<Garden> any_garden() {
    sim::Reading<Garden> reading;
    auto& garden = reading.value;
    garden.name = words();
    garden.start = pick<std::string>({"2011Q1", "2010Q3", "2009"});
    garden.fenced = *rc::gen::arbitrary<bool>();
    garden.seed = *rc::gen::inRange<std::int64_t>(0, std::numeric_limits<std::int64_t>::max());
    garden.growth = pick<double>({0.0, 1e22, 1e-300, 5e-324, 0.1, real(0, 100)});
    if (*rc::gen::arbitrary<bool>()) garden.frost = real(-50, 0);
    garden.sun = schedule(24);
    garden.levers.watering.daily = schedule(50);
    garden.levers.watering.loss = real(0.1, 0.4);
    garden.soils = *rc::gen::container<std::vector<Soil>>(rc::gen::element(Soil::clay, Soil::loam, Soil::sand));
    for (auto left = *rc::gen::inRange(0, 5); left > 0; --left) {
        Bed bed;
        bed.key = words() + std::to_string(left);
        bed.area = real(0, 100);
        bed.soil = pick<Soil>({Soil::clay, Soil::sand});
        bed.plants = *rc::gen::inRange(1, 10);
        for (auto furrows = *rc::gen::inRange(0, 4); furrows > 0; --furrows) bed.furrows.push_back(real(0, 9));
        if (!garden.beds.empty()) bed.neighbour = garden.beds.front().key;
        garden.favourites.push_back(bed.key);
        if (*rc::gen::arbitrary<bool>())
            reading.uncertain.push_back({sim::join(sim::join("beds", bed.key), "area"),
                                         {sim::Prior::Shape::normal, real(0, bed.area), real(bed.area, 100)}});
        garden.beds.push_back(bed);
    }
    if (*rc::gen::arbitrary<bool>())
        reading.uncertain.insert(reading.uncertain.begin(),
                                 {"levers.watering.loss", {sim::Prior::Shape::logitnormal, 0.1, 0.4}});
    return reading;
}

std::string text_of(const std::vector<sim::UncertainValue>& uncertain) {
    std::string text;
    for (const auto& value : uncertain) {
        text += value.path + ' ' + std::string(sim::word_of(value.prior.shape)) + ' ' +
                std::to_string(value.prior.low) + ' ' + std::to_string(value.prior.high) + '\n';
        for (const auto& knot : value.quantiles)
            text += std::to_string(knot.share) + ' ' + std::to_string(knot.value) + '\n';
    }
    return text;
}

TEST(Write, ReadingBackGivesTheSame) {
    EXPECT_TRUE(rc::check([] {
        const auto reading = any_garden();
        const auto text = sim::to_toml(reading.value, reading.uncertain);
        sim::Problems problems;
        const auto again = sim::read<Garden>(sim::parse(text, "effective.toml"), problems, options());
        for (const auto& line : lines(problems.sorted())) RC_LOG() << line << '\n';
        RC_LOG() << text;
        RC_ASSERT(problems.empty());
        RC_ASSERT(again.value == reading.value);
        RC_ASSERT(text_of(again.uncertain) == text_of(reading.uncertain));
        RC_ASSERT(sim::to_toml(again.value, again.uncertain) == text);
    }));
}

TEST(Write, EveryDefaultIsWrittenOut) {
    const auto reading =
        read("[levers.watering]\ndaily = { ramp = [0, 3], from = \"2011Q3\", to = \"2013\" }\n[beds.\"a.b\"]\n");
    EXPECT_EQ(sim::to_toml(reading.value, reading.uncertain), R"(name = "rose garden"
start = "2011Q1"
fenced = false
seed = 1
growth = 1.5  # cm/day
sun = 4.0  # h/day
favourites = []
soils = ["clay"]

[levers.watering]
daily = { ramp = [0.0, 3.0], from = "2011Q3", to = "2013Q1" }  # l/day
loss = { median = 0.2, low = 0.1, high = 0.4, distribution = "logitnormal" }

[beds."a.b"]
area = 2.0  # m2
neighbour = ""
soil = "loam"
furrows = []  # cm
plants = 4
)");
}

TEST(Write, Json) {
    const auto reading = read("sun = { by_year = { 2011 = 1, 2012 = 2 } }\n[beds.rose]\nsoil = \"sand\"\n");
    const auto json = sim::to_json(reading.value, reading.uncertain);
    EXPECT_EQ(json["name"], "rose garden");
    EXPECT_EQ(json["frost"], nullptr);
    EXPECT_EQ(json["sun"]["by_year"]["2012"], 2.0);
    EXPECT_EQ(json["beds"]["rose"]["soil"], "sand");
    EXPECT_EQ(json["levers"]["watering"]["loss"]["median"], 0.2);
    EXPECT_EQ(json["levers"]["watering"]["loss"]["distribution"], "logitnormal");
    EXPECT_EQ(json.begin().key(), "name") << "in the order of the description";
    EXPECT_EQ(sim::to_json(Garden{}, {})["beds"], nlohmann::ordered_json::object());
}

}  // namespace
}  // namespace garden
