#include "models/growth/config.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "models/growth/adding_up.hpp"
#include "models/growth/base_year.hpp"
#include "models/growth/checks.hpp"
#include "models/growth/extent.hpp"
#include "models/growth/measure/target_checks.hpp"
#include "models/growth/measure/units.hpp"
#include "models/growth/policy/checks.hpp"
#include "models/growth/policy/like.hpp"
#include "models/growth/policy/mechanisms.hpp"
#include "models/growth/streams.hpp"
#include "sim/scenario/checks.hpp"
#include "sim/scenario/every.hpp"
#include "sim/scenario/member.hpp"
#include "sim/scenario/names.hpp"
#include "sim/scenario/read.hpp"
#include "sim/scenario/write.hpp"

namespace growth {

void Config::describe(const sim::Members& member) {
    using sim::text_spec;
    member(text_spec("scenario", "What is simulated"), scenario);
    member(text_spec("units", "What money and land are counted in"), units);
    member(text_spec("appraisal", "How costs and gains are valued"), appraisal);
    member(text_spec("record", "What a results file keeps"), record);
    member(text_spec("industries", "The industries"), industries);
    member(text_spec("fields", "Fields of the industries, each a market of its own"), fields);
    member(text_spec("inputs", "Which field buys what of which"), inputs);
    member(text_spec("places", "The places"), places);
    member(text_spec("clusters", "The clusters"), clusters);
    member(text_spec("firms", "Firms known by name"), firms);
    member(text_spec("population", "A table of firms, which are the population at the start"), population);
    member(text_spec("targets", "The plan's targets"), targets);
    member(text_spec("target_groups", "Targets of which it is reported how likely all are met"), target_groups);
    member(text_spec("macro", "Paths of the macro economy"), macro);
    member(text_spec("industry_paths", "What those paths say of one industry, or of one field"), industry_paths);
    member(text_spec("factors", "Shocks that industries share"), factors);
    member(text_spec("loadings", "How much of which factor an industry feels"), loadings);
    member(text_spec("factor_paths", "What the paths of the macro economy say of one factor"), factor_paths);
    member(text_spec("parameters", "Parameters of the model, by subject"), parameters);
    member(text_spec("joint", "Draws that several uncertain values share, or that are correlated"), joint);
    member(text_spec("purses", "Money that levers share"), purses);
    member(text_spec("levers", "The instruments of policy"), levers);
    member(text_spec("switches", "What takes away many components at once"), switches);
    Components::visit(*components, [&](std::string_view name, std::string_view text, auto& rows) {
        member(text_spec(name, text), rows);
    });
}

namespace {

// What keys the draws of something that has a name.
std::uint32_t hash_of(std::string_view name) {
    std::uint32_t hash = 2166136261;  // FNV-1a
    for (const char letter : name) hash = (hash ^ static_cast<unsigned char>(letter)) * 16777619;
    return hash;
}

std::optional<sim::Time> start_of(const sim::Document& document) {
    const auto* node = document.find("scenario.start_year");
    if (node == nullptr || !node->is(sim::Node::Kind::integer)) return std::nullopt;
    return static_cast<sim::Time>(node->integer());
}

// What the document counts money and land in; the general words where it does not say so, or not rightly.
sim::UnitWords::Words units_of(const sim::Document& document) {
    const auto text = [&](const char* path) {
        const auto* node = document.find(path);
        return node != nullptr && node->is(sim::Node::Kind::string) ? node->string() : std::string();
    };
    Units units;
    const auto* money = document.find("units.money");
    const auto& areas = sim::Words<Area>::words;
    const auto area = std::find(areas.begin(), areas.end(), text("units.area"));
    units.currency = text("units.currency");
    if (units.currency.empty() || money == nullptr || !money->is_number() || !(money->number() > 0) ||
        area == areas.end())
        return {};
    units.money = money->number();
    units.area = static_cast<Area>(area - areas.begin());
    return [units](std::string_view unit) { return unit_in(units, unit); };
}

std::string* text_member(const sim::TableMember& table, std::string_view name) {
    std::string* found = nullptr;
    table.each([&](const sim::Spec& spec, const sim::Member& member) {
        if (auto* const* text = std::get_if<std::string*>(&member.of); text != nullptr && spec.name == name)
            found = *text;
    });
    return found;
}

void fall_back(const sim::TableMember& table, std::string_view name, std::string_view on) {
    auto *own = text_member(table, name), *other = text_member(table, on);
    if (own != nullptr && other != nullptr && own->empty()) *own = *other;
}

// A scenario written in one language has the same names in the other.
void complete_names(Config& c) {
    fall_back(sim::table_of(c.scenario), "name_zh", "name");
    fall_back(sim::table_of(c.scenario), "city_zh", "city");
    fall_back(sim::table_of(c.scenario), "country_zh", "country");
    sim::table_of(c).each([](const sim::Spec&, const sim::Member& member) {
        if (const auto* rows = std::get_if<sim::RowsMember>(&member.of))
            rows->each([](const std::string&, const sim::TableMember& row) { fall_back(row, "name_zh", "name"); });
    });
    for (auto& lever : c.levers)
        if (lever.id.empty()) lever.id = lever.key;
}

}  // namespace

Config read_config(const sim::Document& given, const FirmFile* firms) {
    sim::Problems problems;
    Config none;
    const auto completed = sim::with_every(given, sim::table_of(none), problems);
    const auto& complete = completed ? *completed : given;
    const auto copied = with_copies(complete, problems);
    const auto& document = copied ? *copied : complete;
    const sim::UnitWords named(units_of(document));
    auto [config, uncertain] = sim::read<Config>(document, problems, {.earliest = start_of, .timed = "levers."});
    problems.throw_if_any();
    config.uncertain = std::move(uncertain);
    complete_names(config);
    auto& population = config.parameters.population;
    if (population.new_threshold == 0) population.new_threshold = population.base_threshold;
    read_firms(config, firms, document, problems);
    sim::join_draws(config.joint, sim::table_of(config), document, problems, config.uncertain);
    share_draws(config);
    link(config);
    switch_components(config);
    check_tables(config, document, problems);
    check_policy(config, document, problems);
    problems.throw_if_any();
    if (!lacks_firms(config)) {
        check_shares(config, document, problems);
        check_size(config, document, problems);
        problems.throw_if_any();
    }
    fill_units(config);
    return std::move(config);
}

namespace {

bool is_of_policy(std::string_view path) {
    const std::string_view table = path.substr(0, path.find('.'));
    bool found = table == "levers" || table == "purses";
    Components none;
    Components::visit(none, [&](std::string_view name, auto&&...) { found = found || name == table; });
    return found;
}

// What the burn-in does not see: levers act from the start on, targets are judged at the end.
std::string beginning(Config c) {
    c.purses.clear();
    c.levers.clear();
    c.switches = {};
    *c.components = {};
    c.targets.clear();
    c.target_groups.clear();
    c.record = {};
    c.appraisal = {};
    const General any;
    for (auto* text : {&c.scenario.name, &c.scenario.name_zh, &c.scenario.city, &c.scenario.city_zh,
                       &c.scenario.country, &c.scenario.country_zh})
        *text = any.name;
    c.scenario.replicates = any.replicates;
    c.scenario.target_basis = any.target_basis;
    const auto comes_later = [](std::string_view path) { return is_of_policy(path) || path.starts_with("targets."); };
    std::erase_if(c.uncertain, [&](const auto& value) { return comes_later(value.path); });
    for (auto& draw : c.joint) std::erase_if(draw.keys, comes_later);
    return sim::to_toml(c, c.uncertain);
}

}  // namespace

void link(Config& c) {
    for (auto& lever : c.levers) lever.purse_index = c.purses.index_of(lever.purse);
    Components::visit(*c.components, [&](auto, auto, auto& rows) {
        std::map<std::uint32_t, std::size_t> sharers;
        for (auto& row : rows) {
            row.lever_index = c.levers.index_of(row.lever);
            row.draw_key = hash_of(row.like.empty() ? row.key : row.like);
            ++sharers[row.draw_key];
        }
        for (auto& row : rows) row.has_twins = sharers[row.draw_key] > 1;
    });
}

bool begin_alike(const Config& one, const Config& other) {
    return beginning(one) == beginning(other);
}

std::size_t present_before(const Config& c, std::size_t industry) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < industry; ++i) count += c.industries[i].present;
    return count;
}

std::size_t draw_number(const Config& config, std::size_t replicate) {
    return replicate / static_cast<std::size_t>(config.scenario.replicates_per_draw);
}

Config draw_config(const Config& config, sim::Draws draws) {
    Config own = config;
    if (config.scenario.parameter_uncertainty) {
        const auto draw = draw_number(config, draws.replicate);
        sim::draw_uncertain(own, config.uncertain, normals_of(draws.seed, draw));
        reconcile(own);
        count_firms(own);  // from where on a firm counts may be drawn
    }
    fit_capital(own);
    return own;
}

std::uint32_t entity_of(std::string_view name) {
    return hash_of(name);
}

sim::StandardNormal normals_of(std::uint64_t seed, std::size_t draw) {
    const auto at = sim::Draws{seed, static_cast<std::uint32_t>(draw)}.at(streams::parameters, 0);
    return [at](std::string_view name) { return at.normals(entity_of(name))[0]; };
}

}  // namespace growth
