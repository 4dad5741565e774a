// Everything a scenario can say has a description: text, unit, bounds that hold, and priors that make sense.
#include <array>
#include <cstring>
#include <functional>
#include <new>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "models/growth/measure/records.hpp"
#include "sim/population/table.hpp"
#include "sim/scenario/member.hpp"
#include "sim/scenario/uncertainty.hpp"
#include "tests/models/growth/support.hpp"

namespace {

using namespace growth;

using Leaf = std::function<void(const std::string& path, const sim::Spec&, const sim::Member&)>;

// Calls back with every member at every depth; rows are walked as a row nobody has changed.
void walk(const std::string& path, const sim::TableMember& table, const Leaf& leaf) {
    const auto visit = [&](const sim::Spec& spec, const sim::Member& member) {
        const auto inner = path + std::string(spec.name);
        leaf(inner, spec, member);
        if (const auto* rows = std::get_if<sim::RowsMember>(&member.of))
            walk(inner + ".*.", {rows->each_default}, leaf);
        else if (const auto* nested = std::get_if<sim::TableMember>(&member.of))
            walk(inner + ".", *nested, leaf);
    };
    table.each(visit);
}

template <class T>
void walk(T& object, const Leaf& leaf) {
    walk("", sim::table_of(object), leaf);
}

template <class T>
const T* as(const sim::Member& member) {
    const auto* const* pointer = std::get_if<T*>(&member.of);
    return pointer == nullptr ? nullptr : *pointer;
}

bool is_quantity(const sim::Member& member) {
    return as<double>(member) || as<std::optional<double>>(member) || as<std::int64_t>(member) ||
           as<sim::Schedule>(member) || as<std::vector<double>>(member);
}

TEST(Described, EveryMemberHasTextAndUnit) {
    Config config;
    std::set<std::string> paths;
    walk(config, [&](const std::string& path, const sim::Spec& spec, const sim::Member& member) {
        EXPECT_FALSE(spec.name.empty()) << path;
        EXPECT_FALSE(spec.text.empty()) << path;
        EXPECT_TRUE(paths.insert(path).second) << path << " is described twice";
        EXPECT_EQ(spec.unit.empty(), !is_quantity(member)) << path;
    });
    EXPECT_GT(paths.size(), 150);
    EXPECT_TRUE(paths.contains("levers.*.budget"));
    EXPECT_TRUE(paths.contains("industries.*.base_sales"));
}

TEST(Described, DefaultsLieWithinBounds) {
    Config config;
    walk(config, [](const std::string& path, const sim::Spec& spec, const sim::Member& member) {
        EXPECT_LT(spec.lower, spec.upper) << path;
        if (spec.required) return;
        const auto holds = [&](double number) {
            EXPECT_GE(number, spec.lower) << path;
            EXPECT_LE(number, spec.upper) << path;
        };
        if (const auto* number = as<double>(member)) holds(*number);
        if (const auto* number = as<std::int64_t>(member)) holds(static_cast<double>(*number));
    });
}

// A number of money or land, and what a country decides, would be that of some country in every other. Nothing, and no
// limit, are of none.
TEST(Described, NothingOfACountryIsADefault) {
    Config config;
    walk(config, [](const std::string& path, const sim::Spec& spec, const sim::Member& member) {
        if (spec.unit.find("money") == spec.unit.npos && spec.unit.find("area") == spec.unit.npos) return;
        const auto* number = as<double>(member);
        if (number == nullptr || path == "levers.*.eligible.max_sales") return;
        EXPECT_TRUE(spec.required || *number == 0) << path;
        EXPECT_EQ(spec.prior.shape, sim::Prior::Shape::none) << path;
    });
}

TEST(Described, PriorsLieAroundTheirDefaults) {
    Config config;
    int priors = 0;
    walk(config, [&](const std::string& path, const sim::Spec& spec, const sim::Member& member) {
        if (spec.prior.shape == sim::Prior::Shape::none) return;
        ++priors;
        const auto* number = as<double>(member);
        ASSERT_NE(number, nullptr) << path << " is no number";
        EXPECT_LT(spec.prior.low, *number) << path;
        EXPECT_GT(spec.prior.high, *number) << path;
        EXPECT_GE(spec.prior.low, spec.lower) << path;
        EXPECT_LE(spec.prior.high, spec.upper) << path;
        EXPECT_EQ(sim::flaw_of(spec.prior, *number), "") << path;
        EXPECT_FALSE(spec.source.empty()) << path << " has a prior and no source";
    });
    EXPECT_GT(priors, 20);
}

// Parameters of a subject all say where their default comes from.
TEST(Described, ParametersHaveSources) {
    Parameters parameters;
    walk(parameters, [](const std::string& path, const sim::Spec& spec, const sim::Member& member) {
        if (as<double>(member) != nullptr && !spec.required) {
            EXPECT_FALSE(spec.source.empty()) << path;
        }
    });
}

// Whatever lay in the memory before: a member that no description names keeps it, one that has no default is zero.
TEST(Described, EveryParameterHasADefault) {
    const auto made_in = [](unsigned char filling) {
        alignas(Parameters) std::array<unsigned char, sizeof(Parameters)> memory;
        memory.fill(filling);
        auto* made = new (memory.data()) Parameters;
        std::vector<double> numbers(sizeof(Parameters) / sizeof(double));
        std::memcpy(numbers.data(), made, sizeof(Parameters));
        made->~Parameters();
        return numbers;
    };
    EXPECT_EQ(made_in(0x00), made_in(0x3f));
    std::size_t described = 0;
    Parameters parameters;
    walk(parameters, [&](auto&&, auto&&, const sim::Member& member) { described += as<double>(member) != nullptr; });
    EXPECT_EQ(described * sizeof(double), sizeof(Parameters));
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
    EXPECT_LE(bytes, 466U);
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
        walk(own, [](const std::string& path, const sim::Spec& spec, const sim::Member& member) {
            const auto* number = as<double>(member);
            if (number == nullptr || path.find('*') != std::string::npos) return;
            EXPECT_GE(*number, spec.lower) << path;
            EXPECT_LE(*number, spec.upper) << path;
        });
    }
    const auto certain = growth_tests::flagship({{"scenario.parameter_uncertainty", "false"}});
    EXPECT_EQ(draw_config(certain, {1, 0}).parameters.demand.change_response, DemandParameters{}.change_response);
}

}  // namespace
