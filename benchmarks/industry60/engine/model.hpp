// Industry-60 for the engine: columns of firms, phases over packs, the report as a cube.
#pragma once

#include <array>
#include <vector>

#include "benchmarks/industry60/rules.hpp"
#include "sim/population/column.hpp"
#include "sim/run/model.hpp"

namespace industry60 {

struct Report {
    double output, capital, concentration, productivity, subsidy;

    static constexpr void describe(auto& r, auto&& member) {
        using sim::Spec;
        member(Spec{.name = "output", .text = "Output of the year"}, r.output);
        member(Spec{.name = "capital", .text = "Capital at its end"}, r.capital);
        member(Spec{.name = "concentration", .text = "Herfindahl index of market shares"}, r.concentration);
        member(Spec{.name = "productivity", .text = "Mean technique, weighted by share"}, r.productivity);
        member(Spec{.name = "subsidy", .text = "Subsidies paid in the year"}, r.subsidy);
    }
};

struct Firms {
    sim::Ids id;
    sim::Column capital, technique, shock, share;
    sim::Column intensity, eligible;
};

// What one phase hands to the next, for the firms of one industry at a time.
struct Workspace {
    sim::Column shock_normal, investment_normal, success_uniform, gain_uniform;
    sim::Column use, served, output, chance;
};

struct Market {
    sim::Range rows;     // starts at a multiple of the widest register
    double demand = 0;   // a year
    double output = 0;   // of this year so far
    double subsidy = 0;  // of this year so far
};

struct State {
    Firms firms;
    Workspace work;
    std::array<Market, industries.size()> markets;
};

struct Model {
    struct Config {
        double subsidy = 0;  // added to each unit of an eligible firm's own investment
    };
    using State = industry60::State;
    struct Record {
        sim::Cube<Report> yearly{{"year", "industry"}};
        static void describe_cubes(auto& self, auto&& visit) { visit(self.yearly); }
    };

    static Config draw_config(const Config& config, sim::Draws) { return config; }
    static bool begins_alike(const Config&, const Config&) { return true; }  // the subsidy acts from the first month on
    static State initial(const Config&, sim::Draws);
    static void adopt(const Config&, State&) {}
    static int steps(const Config&) { return months; }
    static void step(const Config&, sim::Draws, int step, State&);
    static void check(const Config&, const State&);
    static Record blank(const Config&);
    static void measure(const Config&, int step, const State&, Record&);
    static void conclude(const Config&, const State&, Record&) {}
    static std::vector<sim::Spec> panel_columns() { return {}; }
    static void observe(const Config&, int, const State&, sim::Panel&) {}
};
static_assert(sim::Model<Model>);

}  // namespace industry60
