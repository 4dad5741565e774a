// What derives from a description without any file: the JSON Schema and the reference table.
#include "sim/scenario/schema.hpp"

#include <cmath>

#include "sim/scenario/reference.hpp"
#include "tests/sim/scenario/garden.hpp"

namespace garden {
namespace {

using Json = nlohmann::ordered_json;

// Every object of the schema that lists properties must close itself, and every anyOf must offer alternatives.
void check_structure(const Json& schema, const std::string& at) {
    if (schema.contains("properties") && schema["properties"].is_object()) {
        EXPECT_EQ(schema.value("additionalProperties", Json()), false) << at;
    }
    if (schema.contains("anyOf")) {
        EXPECT_GE(schema["anyOf"].size(), 2U) << at;
    }
    if (schema.contains("required") && schema["required"].is_array()) {
        for (const auto& key : schema["required"]) EXPECT_TRUE(schema["properties"].contains(key)) << at << key;
    }
    for (const auto& [key, inner] : schema.items())
        if (inner.is_structured()) check_structure(inner, at + '/' + key);
}

const Json& referred(const Json& schema, const Json& reference) {
    const auto pointer = reference.at("$ref").get<std::string>();
    EXPECT_EQ(pointer.front(), '#');
    return schema.at(Json::json_pointer(pointer.substr(1)));
}

TEST(Schema, FollowsTheDescription) {
    const auto schema = sim::json_schema<Garden>("A garden");
    check_structure(schema, "");
    EXPECT_EQ(schema["$schema"], "http://json-schema.org/draft-07/schema#");
    EXPECT_EQ(schema["title"], "A garden");
    EXPECT_EQ(schema["type"], "object");
    EXPECT_FALSE(schema.contains("required")) << "a file may leave to its base what a scenario needs";
    const auto& properties = schema["properties"];
    EXPECT_EQ(properties["extends"]["type"], "string");
    EXPECT_EQ(properties["include"]["items"]["type"], "string");
    EXPECT_EQ(properties["name"]["x-required"], true);
    EXPECT_FALSE(properties["name"].contains("default"));
    EXPECT_EQ(properties["seed"]["anyOf"][0], Json::parse(R"({"type": "integer", "minimum": 0.0})"));
    EXPECT_EQ(properties["seed"]["description"], "Seed");
    EXPECT_EQ(properties["seed"]["default"], 1);
    const auto& change = referred(schema, properties["seed"]["anyOf"][1]);
    EXPECT_EQ(change["anyOf"][0]["required"], Json{"times"});
    EXPECT_TRUE(change["anyOf"][1]["properties"].contains("until"));
    EXPECT_EQ(properties["soils"]["items"]["enum"], (Json{"clay", "loam", "sand"}));
    EXPECT_EQ(properties["soils"]["default"], Json{"clay"});
    EXPECT_EQ(properties["beds"]["x-name-zh"], "花坛");
    EXPECT_FALSE(properties["frost"].contains("default"));

    const auto& bed = properties["beds"]["additionalProperties"];
    EXPECT_EQ(bed["additionalProperties"], false);
    EXPECT_EQ(bed["properties"]["neighbour"]["x-refers-to"], "beds");
    EXPECT_EQ(bed["properties"]["soil"]["default"], "loam");
    const auto& area = referred(schema, bed["properties"]["area"]["allOf"][0]);
    EXPECT_EQ(area["maximum"], 100.0);
    EXPECT_EQ(area["patternProperties"]["^[mlh]"], Json::parse(R"({"minimum": 0.0, "maximum": 100.0})"));
    const auto& uncertain = referred(schema, area["allOf"][0]);
    EXPECT_EQ(uncertain["anyOf"][0]["type"], "number");
    EXPECT_EQ(uncertain["anyOf"][1]["required"], (Json{"median", "low", "high", "distribution"}));
    EXPECT_EQ(bed["properties"]["furrows"]["items"]["minimum"], 0.0);

    const auto& watering = properties["levers"]["properties"]["watering"]["properties"];
    const auto& daily = referred(schema, watering["daily"]["allOf"][0]);
    EXPECT_EQ(referred(schema, daily["allOf"][0])["anyOf"].size(), 7U) << "a number, five forms, a change";
    EXPECT_EQ(watering["daily"]["default"], 1.0);
    EXPECT_EQ(daily["patternProperties"]["^step$"]["maximum"], 50.0);
    EXPECT_EQ(watering["loss"]["x-prior"]["distribution"], "logitnormal");
    EXPECT_EQ(watering["loss"]["x-source"], "assumption");
}

TEST(Reference, OneEntryAMember) {
    const auto entries = sim::entries<Garden>();
    ASSERT_EQ(entries.size(), 9U + 2U + 5U);
    EXPECT_EQ(entries[0].path, "name");
    EXPECT_EQ(entries[0].standard, "") << "required, so without default";
    const auto& loss = entries[10];
    EXPECT_EQ(loss.path, "levers.watering.loss");
    EXPECT_EQ(loss.standard, "0.2");
    EXPECT_EQ(sim::prior_text(loss), "logitnormal, 0.1 to 0.4");
    const auto& area = entries[11];
    EXPECT_EQ(area.path, "beds.<key>.area");
    EXPECT_EQ(area.unit, "m2");
    EXPECT_EQ(area.zh, "面积");
    EXPECT_EQ(area.upper, 100);
    EXPECT_EQ(entries[13].type, "clay or loam or sand");
    EXPECT_EQ(entries[13].standard, "\"loam\"");
}

TEST(Reference, MarkdownAndJson) {
    const auto entries = sim::entries<Garden>();
    const auto page = sim::markdown(entries);
    EXPECT_EQ(std::count(page.begin(), page.end(), '\n'), static_cast<std::ptrdiff_t>(entries.size()) + 2);
    EXPECT_NE(page.find("| `beds.<key>.area` | Area | 面积 | number | m2 | `2.0` | 0 to 100 |  |  |\n"), page.npos)
        << page;
    EXPECT_NE(page.find("| Depths \\| of \\<furrows> |"), page.npos) << "cells cannot break the table";
    const std::vector<sim::Entry> without_prior(entries.begin(), entries.begin() + 2);
    EXPECT_NE(page.find("| 5 to 95 % |"), page.npos);
    EXPECT_EQ(sim::markdown(without_prior).find("| 5 to 95 % |"), std::string::npos) << "no column is empty";
    const auto json = sim::to_json(entries);
    EXPECT_EQ(json.size(), entries.size());
    EXPECT_EQ(json[4]["path"], "growth");
    EXPECT_EQ(json[4]["lower"], 0.0);
    EXPECT_EQ(json[4]["upper"], nullptr);
}

}  // namespace
}  // namespace garden
