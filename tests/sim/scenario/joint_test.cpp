// Draws that are shared and correlated: what a scenario says of them, and what each value is drawn by.
#include "sim/scenario/joint.hpp"

#include <cmath>
#include <map>
#include <random>

#include <Eigen/Dense>

#include "sim/scenario/write.hpp"
#include "tests/sim/scenario/garden.hpp"

namespace garden {
namespace {

struct Orchard {
    std::string name;
    double sun = 2, rain = 3;
    sim::Rows<Bed> beds;
    sim::Rows<sim::JointDraw> joint;

    void describe(const sim::Members& member) {
        member(sim::text_spec("name", "Name"), name);
        member(sim::Spec{"sun", "1", 0, 100, "Sun"}, sun);
        member(sim::Spec{"rain", "1", 0, 100, "Rain"}, rain);
        member(sim::text_spec("beds", "Beds"), beds);
        member(sim::text_spec("joint", "Draws"), joint);
    }
};

struct Joined {
    Orchard value;
    std::vector<sim::UncertainValue> uncertain;
    Lines problems;

    [[nodiscard]] const sim::UncertainValue& at(const std::string& path) const {
        for (const auto& each : uncertain)
            if (each.path == path) return each;
        throw std::out_of_range(path);
    }
};

Joined join(const sim::Document& document) {
    sim::Problems problems;
    auto [value, uncertain] = sim::read<Orchard>(document, problems);
    if (problems.empty()) sim::join_draws(value.joint, sim::table_of(value), document, problems, uncertain);
    return {value, uncertain, lines(problems.sorted())};
}

Joined join(const std::string& text, const std::vector<sim::Override>& overrides = {}) {
    return join(sim::parse(text, "o.toml", overrides));
}

const std::string values =
    "sun = { median = 4, low = 2, high = 8, distribution = \"lognormal\" }\n"
    "rain = { median = 3, low = 1, high = 5, distribution = \"normal\" }\n"
    "[beds.a]\narea = { median = 3, low = 2, high = 4, distribution = \"normal\" }\n"
    "[beds.b]\narea = { median = 30, low = 20, high = 40, distribution = \"normal\" }\n";
const std::string rows =
    "[joint.weather]\nkeys = [\"sun\"]\n"
    "[joint.size]\nkeys = [\"beds.*.area\"]\ncorrelation = [0.6]\n";

using Parts = std::vector<sim::NormalPart>;

// (E111) and (E112) by hand: a correlation of 0.6 leaves sqrt(1 - 0.36) = 0.8 of a draw to itself.
TEST(Joint, TwoCorrelatedDraws) {
    const auto joined = join(values + rows);
    EXPECT_EQ(joined.problems, Lines{});
    EXPECT_EQ(joined.at("sun").parts, (Parts{{"joint.weather", 1}}));
    EXPECT_EQ(joined.at("beds.a.area").parts, (Parts{{"joint.weather", 0.6}, {"joint.size", 0.8}}));
    EXPECT_EQ(joined.at("beds.b.area").parts, joined.at("beds.a.area").parts) << "one draw for both";
    EXPECT_EQ(joined.at("rain").parts, Parts{}) << "drawn by its own path as ever";

    auto drawn = joined.value;
    std::map<std::string, double> normals = {{"joint.weather", 1}, {"joint.size", 0.5}, {"rain", 0}};
    sim::draw_uncertain(drawn, joined.uncertain, [&](std::string_view name) { return normals.at(std::string(name)); });
    const double z = 0.6 * 1 + 0.8 * 0.5, z_95 = 1.6448536269514722;
    EXPECT_NEAR(drawn.sun, 4 * std::exp(std::log(4) / (2 * z_95)), 1e-12);
    EXPECT_NEAR(drawn.beds[0].area, 3 + z / z_95, 1e-12) << "its own distribution at the common number";
    EXPECT_NEAR(drawn.beds[1].area, 30 + 10 * z / z_95, 1e-12);
    EXPECT_EQ(drawn.rain, 3);
}

TEST(Joint, RowsNamedOrAll) {
    const auto parts = [](const std::string& last) {
        const auto joined = join(values +
                                 "[joint.a]\nkeys = [\"sun\"]\n[joint.b]\nkeys = [\"rain\"]\n"
                                 "[joint.c]\nkeys = [\"beds.a.area\"]\n" +
                                 last);
        EXPECT_EQ(joined.problems, Lines{});
        return joined.at("beds.a.area").parts;
    };
    const Parts with_b = {{"joint.b", 0.6}, {"joint.c", 0.8}};
    EXPECT_EQ(parts("with = [\"b\"]\ncorrelation = [0.6]\n"), with_b);
    EXPECT_EQ(parts("correlation = [0, 0.6]\n"), with_b);
    EXPECT_EQ(parts("with = [\"b\", \"a\"]\ncorrelation = [0.6, 0]\n"), with_b);
    EXPECT_EQ(parts(""), (Parts{{"joint.c", 1}})) << "independent";
}

TEST(Joint, FactorByHandAndByEigen) {
    const auto three = sim::cholesky({{}, {0.5}, {0.5, 0.5}});
    ASSERT_FALSE(three.flaw);
    const sim::Triangle expected = {{1}, {0.5, std::sqrt(0.75)}, {0.5, std::sqrt(1 / 12.0), std::sqrt(2 / 3.0)}};
    for (std::size_t i = 0; i < 3; ++i)
        for (std::size_t j = 0; j <= i; ++j) EXPECT_NEAR(three.factor[i][j], expected[i][j], 1e-15);

    std::mt19937_64 generator(1);
    std::normal_distribution<double> normal;
    for (const int n : {1, 2, 5, 12, 40}) {
        Eigen::MatrixXd samples = Eigen::MatrixXd::NullaryExpr(n, 3 * n, [&] { return normal(generator); });
        Eigen::MatrixXd correlation = samples * samples.transpose();
        const Eigen::VectorXd scale = correlation.diagonal().cwiseSqrt().cwiseInverse();
        correlation = (scale.asDiagonal() * correlation * scale.asDiagonal()).eval();
        sim::Triangle below;
        for (int i = 0; i < n; ++i) {
            below.emplace_back();
            for (int j = 0; j < i; ++j) below.back().push_back(correlation(i, j));
        }
        correlation.diagonal().setOnes();
        const Eigen::MatrixXd factor = correlation.llt().matrixL();
        const auto own = sim::cholesky(below);
        ASSERT_FALSE(own.flaw);
        for (int i = 0; i < n; ++i)
            for (int j = 0; j <= i; ++j) EXPECT_NEAR(own.factor[i][j], factor(i, j), 1e-13) << n;
    }
    EXPECT_EQ(sim::cholesky({{}, {0.9}, {0.9, -0.9}}).flaw, 2U);
    EXPECT_EQ(sim::cholesky({{}, {1}}).flaw, 1U) << "a draw that is another one belongs to the other's row";
}

TEST(Joint, Problems) {
    const auto problems = [](const std::string& text) { return join(values + text).problems; };
    EXPECT_EQ(problems("[joint.a]\nkeys = [\"snu\"]\n"),
              Lines{"o.toml:7:1: [joint.a]: \"snu\" is no number of the scenario; did you mean \"sun\"?"});
    EXPECT_EQ(problems("[joint.a]\nkeys = [\"trees.*.area\"]\n"),
              Lines{"o.toml:7:1: [joint.a]: \"trees.*.area\": there is no row of [trees]"});
    EXPECT_EQ(problems("[joint.a]\nkeys = [\"sun\"]\n[joint.b]\nkeys = [\"sun\"]\ncorrelation = [0]\n"),
              Lines{"o.toml:9:1: [joint.b]: \"sun\" stands in [joint.a] already; an uncertain value has one draw"});
    EXPECT_EQ(problems("[joint.a]\n[joint.b]\n[joint.c]\ncorrelation = [0.5]\n"),
              Lines{"o.toml:9:1: [joint.c]: correlation has 1 numbers and needs 2: one with each row above, a, b"});
    EXPECT_EQ(problems("[joint.a]\n[joint.b]\nwith = [\"c\"]\ncorrelation = [0.5]\n"),
              Lines{"o.toml:8:1: [joint.b]: with: \"c\" is no row above; rows above: a"});
    EXPECT_EQ(problems("[joint.a]\n[joint.b]\nwith = [\"a\"]\n"),
              Lines{"o.toml:8:1: [joint.b]: correlation has 0 numbers and needs 1: one with each row named, a"});
    EXPECT_EQ(problems("[joint.a]\nkeys = [\"sun\"]\ncorrelation = [0.1]\n"),
              Lines{"o.toml:7:1: [joint.a]: correlation has 1 numbers and needs 0: one with each row above"});
    EXPECT_EQ(problems("[joint.a]\n[joint.b]\ncorrelation = [0.9]\n[joint.c]\ncorrelation = [0.9, -0.9]\n"),
              Lines{"o.toml:10:1: [joint.c]: correlation = [0.9, -0.9] cannot hold together with the correlations of "
                    "the rows above: the matrix is not positive definite; take numbers nearer to 0"});
    EXPECT_EQ(problems("[joint.a]\n[joint.b]\ncorrelation = [1.5]\n"),
              Lines{"o.toml:9:16: joint.b.correlation[0] = 1.5 is above 1; allowed: -1 to 1"});
    EXPECT_EQ(join("rain = 2\n[joint.a]\nkeys = [\"rain\", \"sun\"]\n").problems,
              (Lines{"o.toml:2:1: [joint.a]: rain is not uncertain: give it { median, low, high, distribution } or "
                     "{ quantiles }, or take it out of the row",
                     "o.toml:2:1: [joint.a]: sun is not uncertain: give it { median, low, high, distribution } or "
                     "{ quantiles }, or take it out of the row"}))
        << "neither written nor by default";
}

// Who fixes a value draws all others as before: the row keeps its place.
TEST(Joint, FixedBySetting) {
    const auto joined = join(values + rows, {{"sun", "5"}, {"beds.a.area", "7"}});
    EXPECT_EQ(joined.problems, Lines{});
    EXPECT_EQ(joined.value.joint[0].keys, Lines{});
    EXPECT_EQ(joined.value.joint[1].keys, Lines{"beds.b.area"});
    EXPECT_EQ(joined.at("beds.b.area").parts, join(values + rows).at("beds.b.area").parts);

    const auto text = sim::to_toml(joined.value, joined.uncertain);
    const auto again = join(text);
    EXPECT_EQ(again.problems, Lines{}) << "the effective scenario says the same";
    EXPECT_EQ(again.at("beds.b.area").parts, joined.at("beds.b.area").parts);
    EXPECT_EQ(sim::to_toml(again.value, again.uncertain), text);
}

class JointFiles : public Folder {};

TEST_F(JointFiles, AFileReadLaterMayFixAValueAndOneBeforeMayNot) {
    write("base.toml", values + rows);
    write("later.toml", "extends = \"base.toml\"\nsun = 5\n");
    EXPECT_EQ(join(sim::load(at("later.toml"))).problems, Lines{});

    write("certain.toml", "sun = 5\nrain = 2\n");
    write("rows.toml", "[joint.a]\nkeys = [\"sun\"]\n");
    write("both.toml", "include = [\"certain.toml\", \"rows.toml\"]\n");
    const auto problems = join(sim::load(at("both.toml"))).problems;
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_NE(problems[0].find("rows.toml:1:1: [joint.a]: sun is not uncertain"), std::string::npos) << problems[0];
    write("other.toml", "include = [\"rows.toml\", \"certain.toml\"]\n");
    EXPECT_EQ(join(sim::load(at("other.toml"))).problems, Lines{});
}

}  // namespace
}  // namespace garden
