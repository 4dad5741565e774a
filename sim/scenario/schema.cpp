// One schema fragment for each type of member; numbers that may be uncertain and schedules refer to definitions.
#include "sim/scenario/schema.hpp"

#include <cmath>
#include <span>
#include <string>

#include <fmt/format.h>

#include "sim/scenario/every.hpp"
#include "sim/scenario/uncertainty.hpp"
#include "sim/scenario/write.hpp"

namespace sim {
namespace {

using Json = nlohmann::ordered_json;

Json closed_object(Json properties) {
    Json schema = {{"type", "object"}};
    schema["properties"] = std::move(properties);
    schema["additionalProperties"] = false;
    return schema;
}

Json require_all(Json schema) {
    for (const auto& [key, property] : schema["properties"].items()) schema["required"].push_back(key);
    return schema;
}

Json number(const Spec& spec, std::string_view type = "number") {
    Json schema = {{"type", type}};
    if (std::isfinite(spec.lower)) schema["minimum"] = spec.lower;
    if (std::isfinite(spec.upper)) schema["maximum"] = spec.upper;
    return schema;
}

Json list_of(Json items) {
    Json schema = {{"type", "array"}};
    schema["items"] = std::move(items);
    return schema;
}

Json text() {
    return {{"type", "string"}};
}

Json one_of_words(std::span<const std::string_view> words) {
    auto schema = text();
    for (const auto word : words) schema["enum"].push_back(word);
    return schema;
}

Json any_of(std::initializer_list<Json> alternatives) {
    Json schema;
    for (const auto& alternative : alternatives) schema["anyOf"].push_back(alternative);
    return schema;
}

Json pair_of(const Json& first, const Json& second) {
    Json schema = {{"type", "array"}, {"minItems", 2}, {"maxItems", 2}};
    schema["items"] = {first, second};
    return schema;
}

// What many members share: the two forms of a value, and for each pair of bounds what they ask of a form's numbers. A
// form says which keys there are, bounds how large the numbers behind them may be.
class Definitions {
public:
    Json maybe_uncertain(const Spec& spec) {
        // Of median, low and high; not of what a change scales by.
        return within("value", any_value, spec, [](const Json& bounds) { return Json{{"^[mlh]", bounds}}; });
    }

    Json whole(const Spec& spec) { return any_of({number(spec, "integer"), change()}); }

    Json schedule(const Spec& spec) {
        return within("schedule", any_schedule, spec, [](const Json& bounds) {
            const Json second = {{"items", {Json::object(), bounds}}};
            return Json{{"^step$", bounds},
                        {"^ramp$", {{"items", bounds}}},
                        {"^(table|line)$", {{"items", second}}},
                        {"^by_year$", {{"additionalProperties", bounds}}}};
        });
    }

    Json take() { return std::move(all_); }

private:
    static Json any_value() {
        Json properties;
        for (const auto* key : {"median", "low", "high"}) properties[key] = {{"type", "number"}};
        properties["distribution"] = one_of_words(distributions());
        Json quantiles;
        quantiles["quantiles"] = list_of(pair_of({{"type", "number"}}, {{"type", "number"}}));
        return any_of({{{"type", "number"}},
                       require_all(closed_object(properties)),
                       require_all(closed_object(quantiles)),
                       {{"$ref", "#/$defs/change"}}});
    }

    static Json any_time() {
        auto quarter = text();
        quarter["pattern"] = "^([0-9]{4}(Q[1-4])?|start)$";
        return any_of({{{"type", "number"}}, quarter});
    }

    // One, or a list of them, which a value may begin.
    Json change() {
        if (!all_.contains("change")) {
            const auto one = [](const char* word) {
                auto schema =
                    closed_object({{word, {{"type", "number"}}}, {"from", any_time()}, {"until", any_time()}});
                schema["required"] = {word};
                return schema;
            };
            Json list = {{"type", "array"}, {"minItems", 1}};
            list["items"]["type"] = {"number", "object"};
            all_["change"] = any_of({one("times"), one("plus"), list});
        }
        return {{"$ref", "#/$defs/change"}};
    }

    static Json any_schedule() {
        const Json value = {{"type", "number"}};
        const auto time = any_time();
        const auto form = [](Json properties) { return require_all(closed_object(std::move(properties))); };
        auto table = list_of(pair_of(time, value));
        table["minItems"] = 1;
        Json years = {{"type", "object"}, {"minProperties", 1}};
        years["patternProperties"]["^[0-9]{4}$"] = value;
        years["additionalProperties"] = false;
        return any_of({value,
                       form({{"step", value}, {"from", time}}),
                       form({{"ramp", pair_of(value, value)}, {"from", time}, {"to", time}}),
                       form({{"table", table}}),
                       form({{"line", table}}),
                       form({{"by_year", years}}),
                       {{"$ref", "#/$defs/change"}}});
    }

    // Draft-07 ignores whatever stands beside a reference, unless the reference is one of all that must hold.
    static Json reference(const std::string& name) {
        Json schema;
        schema["allOf"].push_back({{"$ref", "#/$defs/" + name}});
        return schema;
    }

    Json within(const std::string& form, Json (*make)(), const Spec& spec, auto&& of_numbers_inside) {
        static_cast<void>(change());
        if (!all_.contains(form)) all_[form] = make();
        auto bounds = number(spec);
        bounds.erase("type");
        if (bounds.empty()) return reference(form);
        auto name = form.substr(0, 1);  // referred to hundreds of times
        if (std::isfinite(spec.lower)) name += fmt::format("{}", spec.lower);
        if (std::isfinite(spec.upper)) name += fmt::format("..{}", spec.upper);
        if (!all_.contains(name)) {
            auto schema = reference(form);
            schema.update(bounds);
            schema["patternProperties"] = of_numbers_inside(bounds);
            all_[name] = std::move(schema);
        }
        return reference(name);
    }

    Json all_ = Json::object();
};

class SchemaWriter {
public:
    Json table(const TableMember& table) { return closed_object(properties(table.each)); }
    Json definitions() { return definitions_.take(); }

private:
    using Each = std::function<void(const Visitor&)>;

    Json properties(const Each& each) {
        auto properties = Json::object();
        each([&](const Spec& spec, const Member& member) {
            properties[std::string(spec.name)] = described(spec, member);
        });
        return properties;
    }

    Json described(const Spec& spec, const Member& member) {
        auto schema = std::visit([&](const auto& target) { return of(target, spec); }, member.of);
        const auto note = [&](const char* key, std::string_view text) {
            if (!text.empty()) schema[key] = text;
        };
        note("description", spec.text);
        const bool is_value =
            !std::holds_alternative<TableMember>(member.of) && !std::holds_alternative<RowsMember>(member.of);
        if (is_value) {
            if (auto value = json_of(member); !value.is_null() && !spec.required) schema["default"] = std::move(value);
            if (spec.unit != "1") note("x-unit", spec.unit);
        }
        note("x-name-zh", spec.zh);
        note("x-source", spec.source);
        note("x-refers-to", spec.refers_to);
        if (spec.required) schema["x-required"] = true;
        if (const auto& prior = spec.prior; prior.shape != Prior::Shape::none)
            schema["x-prior"] = {{"distribution", word_of(prior.shape)}, {"low", prior.low}, {"high", prior.high}};
        return schema;
    }

    Json of(double* const&, const Spec& spec) { return definitions_.maybe_uncertain(spec); }
    Json of(std::optional<double>* const&, const Spec& spec) { return definitions_.maybe_uncertain(spec); }
    Json of(std::int64_t* const&, const Spec& spec) { return definitions_.whole(spec); }
    Json of(int* const&, const Spec& spec) { return definitions_.whole(spec); }
    Json of(bool* const&, const Spec&) { return {{"type", "boolean"}}; }
    Json of(std::string* const&, const Spec&) { return text(); }
    Json of(std::vector<std::string>* const&, const Spec&) { return list_of(text()); }
    Json of(std::vector<double>* const&, const Spec& spec) { return list_of(number(spec)); }
    Json of(Schedule* const&, const Spec& spec) { return definitions_.schedule(spec); }
    Json of(const WordMember& word, const Spec&) { return one_of_words(word.words); }
    Json of(const WordsMember& list, const Spec&) { return list_of(one_of_words(list.words)); }
    Json of(const TableMember& nested, const Spec&) { return table(nested); }
    Json of(const RowsMember& rows, const Spec&) {
        Json schema = {{"type", "object"}};
        schema["additionalProperties"] = closed_object(properties(rows.each_default));
        return schema;
    }

    Definitions definitions_;
};

}  // namespace

Json json_schema(const TableMember& table, std::string_view title) {
    Json schema = {{"$schema", "http://json-schema.org/draft-07/schema#"}, {"title", title}};
    SchemaWriter writer;
    schema.update(writer.table(table));
    auto base = text();
    base["description"] = "A scenario that this one changes, relative to the folder of this file";
    auto data = list_of(text());
    data["description"] = "Data files that are read before the keys of this file, relative to its folder";
    auto rows = Json::object();
    table.each([&](const Spec& spec, const Member& member) {
        if (std::holds_alternative<RowsMember>(member.of))
            rows[std::string(spec.name)]["$ref"] = fmt::format("#/properties/{}/additionalProperties", spec.name);
    });
    schema["properties"][std::string(every)] = closed_object(std::move(rows));
    schema["properties"][std::string(every)]["description"] = "What each row of a table has where it does not say it";
    schema["properties"]["extends"] = std::move(base);
    schema["properties"]["include"] = std::move(data);
    schema["$defs"] = writer.definitions();
    return schema;
}

}  // namespace sim
