// Everything a run can be determined says what it is: text, unit, bounds that hold, and priors that make sense.
#include <set>

#include "models/growth/measure/records.hpp"
#include "sim/population/table.hpp"
#include "tests/models/growth/support.hpp"

namespace {

using namespace growth;

// Calls back with every member at every depth; rows are walked as a row nobody has changed.
template <class T, class Leaf>
void walk(const std::string& path, T& object, const Leaf& leaf) {
    T::describe(object, [&](const sim::Spec& spec, auto& member) {
        using Member = std::remove_cvref_t<decltype(member)>;
        const auto inner = path + std::string(spec.name);
        leaf(inner, spec, member);
        if constexpr (sim::is_rows<Member>) {
            typename Member::value_type row;
            walk(inner + ".*.", row, leaf);
        } else if constexpr (sim::Described<Member>) {
            walk(inner + ".", member, leaf);
        }
    });
}

template <class Member>
constexpr bool is_quantity = std::same_as<Member, double> || std::same_as<Member, std::optional<double>> ||
                             std::same_as<Member, std::int64_t> || std::same_as<Member, sim::Schedule>;

TEST(Described, EveryMemberHasTextAndUnit) {
    Config config;
    std::set<std::string> paths;
    walk("", config, [&](const std::string& path, const sim::Spec& spec, const auto& member) {
        using Member = std::remove_cvref_t<decltype(member)>;
        EXPECT_FALSE(spec.name.empty()) << path;
        EXPECT_FALSE(spec.text.empty()) << path;
        EXPECT_TRUE(paths.insert(path).second) << path << " is described twice";
        if constexpr (is_quantity<Member>)
            EXPECT_FALSE(spec.unit.empty()) << path;
        else
            EXPECT_TRUE(spec.unit.empty()) << path << " is no quantity";
    });
    EXPECT_GT(paths.size(), 150);
    EXPECT_TRUE(paths.contains("levers.*.budget"));
    EXPECT_TRUE(paths.contains("industries.*.base_sales"));
}

TEST(Described, DefaultsLieWithinBounds) {
    Config config;
    walk("", config, [](const std::string& path, const sim::Spec& spec, const auto& member) {
        using Member = std::remove_cvref_t<decltype(member)>;
        EXPECT_LT(spec.lower, spec.upper) << path;
        if constexpr (std::same_as<Member, double> || std::same_as<Member, std::int64_t>) {
            if (spec.required) return;
            EXPECT_GE(static_cast<double>(member), spec.lower) << path;
            EXPECT_LE(static_cast<double>(member), spec.upper) << path;
        }
    });
}

TEST(Described, PriorsLieAroundTheirDefaults) {
    Config config;
    int priors = 0;
    walk("", config, [&](const std::string& path, const sim::Spec& spec, const auto& member) {
        if constexpr (std::same_as<std::remove_cvref_t<decltype(member)>, double>) {
            if (spec.prior.shape == sim::Prior::Shape::none) return;
            ++priors;
            EXPECT_LT(spec.prior.low, member) << path;
            EXPECT_GT(spec.prior.high, member) << path;
            EXPECT_GE(spec.prior.low, spec.lower) << path;
            EXPECT_LE(spec.prior.high, spec.upper) << path;
            EXPECT_EQ(sim::flaw_of(spec.prior, member), "") << path;
            EXPECT_FALSE(spec.source.empty()) << path << " has a prior and no source";
        } else {
            EXPECT_EQ(spec.prior.shape, sim::Prior::Shape::none) << path << " is no number";
        }
    });
    EXPECT_GT(priors, 35);
}

// Parameters of a subject all say where they come from.
TEST(Described, ParametersHaveSources) {
    Parameters parameters;
    walk("", parameters, [](const std::string& path, const sim::Spec& spec, const auto& member) {
        if constexpr (std::same_as<std::remove_cvref_t<decltype(member)>, double>) {
            EXPECT_FALSE(spec.source.empty()) << path;
        }
    });
}

TEST(Described, EveryColumnOfFirms) {
    EXPECT_TRUE(sim::all_columns_described<Firms>());
    Firms firms;
    std::set<std::string> names;
    Firms::describe(firms, [&](const sim::Spec& spec, const auto&) {
        EXPECT_FALSE(spec.text.empty()) << spec.name;
        EXPECT_TRUE(names.insert(std::string(spec.name)).second) << spec.name << " twice";
    });
}

TEST(Described, FirmsAreSmall) {
    std::size_t bytes = 0;
    const Firms firms;
    Firms::describe(
        firms, [&]<class Stored, class Element, class Vector>(
                   const sim::Spec&, const sim::BasicColumn<Stored, Element, Vector>&) { bytes += sizeof(Stored); });
    EXPECT_LE(bytes, 400U);
}

// What adds up in a merger is a column, each once, and no rate, age or name is among them.
TEST(Described, ExtensiveColumnsAreColumns) {
    Firms firms;
    std::set<const void*> columns, extensive;
    Firms::describe(firms, [&](const sim::Spec&, const auto& column) { columns.insert(&column); });
    sim::for_each_extensive(firms, [&](const auto& column) {
        EXPECT_TRUE(columns.contains(&column));
        EXPECT_TRUE(extensive.insert(&column).second);
    });
    for (const auto* own : {&firms.efficiency, &firms.intensity, &firms.log_crew})
        EXPECT_FALSE(extensive.contains(own));
    for (const auto* own : {&firms.alive, &firms.field, &firms.tier, &firms.centre})
        EXPECT_FALSE(extensive.contains(own));
    for (const auto* own : {&firms.born, &firms.group_ratio, &firms.mean_growth}) EXPECT_FALSE(extensive.contains(own));
}

TEST(Described, EveryOutputIsNamedInBothLanguages) {
    const auto config = growth_tests::flagship();
    const auto record = Growth::blank(config);
    std::set<std::string> names;
    for (const auto& variable : sim::variables_of(record)) {
        EXPECT_FALSE(variable.long_name.empty()) << variable.name;
        EXPECT_FALSE(variable.long_name_zh.empty()) << variable.name;
        EXPECT_FALSE(variable.units.empty()) << variable.name;
        EXPECT_TRUE(names.insert(variable.name).second) << variable.name << " twice";
    }
    for (const auto& axis : axes_of(config))
        if (!axis.keys.empty()) {
            EXPECT_EQ(axis.labels.size(), axis.keys.size()) << axis.name;
            EXPECT_EQ(axis.labels_zh.size(), axis.keys.size()) << axis.name;
            EXPECT_EQ(std::set<std::string>(axis.keys.begin(), axis.keys.end()).size(), axis.keys.size()) << axis.name;
        }
}

// Each replicate's numbers stay within their bounds, differ between replicates, and are the medians where asked.
TEST(Described, ReplicatesDrawTheirParameters) {
    const auto config = growth_tests::flagship();
    EXPECT_GT(config.uncertain.size(), 50);
    const auto one = draw_config(config, {1, 0}), same = draw_config(config, {1, 0}),
               other = draw_config(config, {1, 1});
    EXPECT_EQ(one.parameters.demand.change_response, same.parameters.demand.change_response);
    EXPECT_NE(one.parameters.demand.change_response, other.parameters.demand.change_response);
    EXPECT_NE(one.industries[0].demand_growth, other.industries[0].demand_growth);
    for (std::uint32_t replicate = 0; replicate < 50; ++replicate) {
        auto own = draw_config(config, {1, replicate});
        walk("", own, [](const std::string& path, const sim::Spec& spec, const auto& member) {
            if constexpr (std::same_as<std::remove_cvref_t<decltype(member)>, double>) {
                if (path.find('*') != std::string::npos) return;
                EXPECT_GE(member, spec.lower) << path;
                EXPECT_LE(member, spec.upper) << path;
            }
        });
    }
    const auto certain = growth_tests::flagship({{"scenario.parameter_uncertainty", "false"}});
    EXPECT_EQ(draw_config(certain, {1, 0}).parameters.demand.change_response, DemandParameters{}.change_response);
}

}  // namespace
