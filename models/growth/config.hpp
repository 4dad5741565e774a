// Everything a run of the growth model is given: the scenario as typed, validated values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "models/growth/firm_table.hpp"
#include "models/growth/general.hpp"
#include "models/growth/parameters.hpp"
#include "models/growth/policy/levers.hpp"
#include "models/growth/policy/switches.hpp"
#include "models/growth/tables.hpp"
#include "sim/describe/held.hpp"
#include "sim/random/draws.hpp"
#include "sim/scenario/document.hpp"
#include "sim/scenario/joint.hpp"
#include "sim/scenario/uncertainty.hpp"

namespace growth {

// The rows of every mechanism (policy/mechanisms.hpp).
struct Components;

struct Config {
    Units units;
    General scenario;
    Appraisal appraisal;
    Recording record;
    sim::Rows<Industry> industries;
    sim::Rows<IndustryField> fields;
    sim::Rows<InputLink> inputs;
    sim::Rows<Place> places;
    sim::Rows<Cluster> clusters;
    sim::Rows<NamedFirm> firms;
    Population population;
    sim::Rows<Target> targets;
    sim::Rows<TargetGroup> target_groups;
    sim::Rows<MacroPath> macro;
    sim::Rows<IndustryPath> industry_paths;
    sim::Rows<Factor> factors;
    sim::Rows<Loading> loadings;
    sim::Rows<FactorPath> factor_paths;
    Parameters parameters;
    sim::Rows<sim::JointDraw> joint;
    sim::Rows<Purse> purses;
    sim::Rows<Lever> levers;
    Switches switches;
    sim::Held<Components> components;
    std::vector<sim::UncertainValue> uncertain;  // which of these numbers every replicate draws

    void describe(const sim::Members& member);
};

// Reads a document and checks what no single field can say. Throws sim::ScenarioError with every problem. `firms` is
// the table that `population.firms` names; without it the configuration can be looked at, but not simulated.
Config read_config(const sim::Document&, const FirmFile* firms = nullptr);

// Lets what refers to a row by its key find it: every component its lever, every lever its purse.
void link(Config&);

// Whether the populations of two configurations are the same at the first simulated step, wherever seed and replicate
// are: all that acts until then is equal.
bool begin_alike(const Config&, const Config&);

// Industries that are there before a row: draws are counted by them, so that rows of other scenarios shift none.
std::size_t present_before(const Config&, std::size_t industry);

// The draw of the uncertain values that a replicate has, counted from 0.
std::size_t draw_number(const Config&, std::size_t replicate);

// The standard normal numbers of a draw, by name: each hangs on seed, draw and the entity that stands for its name.
std::uint32_t entity_of(std::string_view name);
sim::StandardNormal normals_of(std::uint64_t seed, std::size_t draw);

// A replicate's own configuration: the uncertain values of its draw, the same for every arm that shares the seed.
Config draw_config(const Config&, sim::Draws);

}  // namespace growth

extern template class sim::Held<growth::Components>;
