// Entry by predefined slots: every cell has so many possible entrants a step, each with latent traits and a threshold
// u. One appears when u lies below the slot's chance, so policy adds entrants at the margin and reshuffles nobody.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "models/growth/limits.hpp"
#include "sim/describe/spec.hpp"
#include "sim/math/elementary.hpp"
#include "sim/math/pack.hpp"
#include "sim/random/draws.hpp"

namespace growth {

enum class Origin : std::uint8_t { incumbent, start_up, spin_off, attracted, grafted };
inline constexpr std::size_t origins = 5;
inline constexpr std::array<const char*, origins> origin_keys = {"incumbent", "start_up", "spin_off", "attracted",
                                                                 "grafted"};

struct EntryParameters {
    double start_up_rate = 0.08, demand_response = 2.0, spin_off_rate = 0.002, spin_off_inheritance = 0.35;
    double attracted_rate = 8.0, attracted_investment = 2.0, attracted_spread = 1.0, attracted_realised = 0.4;
    double attracted_output_ratio = 1.7, attracted_efficiency = 0.2;
    double grafted_rate = 12.0, grafted_size = 1.2, grafted_spread = 0.8, grafted_relabelled = 0.35,
           grafted_efficiency = -0.05;
    double start_up_size = 0.03, start_up_spread = 0.8, start_up_efficiency = -0.05, efficiency_spread = 0.45;
    double plant_spillover = 0.004;

    static constexpr void describe(auto& p, auto&& member) {  // NOLINT: a list
        using sim::Spec;
        using enum sim::Prior::Shape;
        member(
            Spec{"start_up_rate", "1/year", 0, 1, "Start-ups a year over the number of firms"}.chinese("新创率").from(
                "model B.12"),
            p.start_up_rate);
        member(Spec{"demand_response", "1", 0, 10, "Response of entry to the growth of demand"}.from("model B.12"),
               p.demand_response);
        member(Spec{"spin_off_rate", "1/person/year", 0, 0.1, "Spin-offs per member of R&D staff"}.from("model B.12"),
               p.spin_off_rate);
        member(Spec{"spin_off_inheritance", "1", 0, 1, "Share of the lead of the cell's best that a spin-off inherits"}
                   .from("model B.12"),
               p.spin_off_inheritance);
        member(Spec{"attracted_rate", "1/year", 0, 200, "Projects signed from outside, all industries, without policy"}
                   .chinese("招商项目数")
                   .from("model A 4.1, assumption")
                   .uncertain(lognormal, 4, 16),
               p.attracted_rate);
        member(Spec{"attracted_investment", "1e8 CNY", 0.01, 500, "Median investment of an attracted project"}.from(
                   "model A 4.1, assumption"),
               p.attracted_investment);
        member(
            Spec{"attracted_spread", "1", 0, 3, "Standard deviation of its logarithm"}.from("model A 4.1, assumption"),
            p.attracted_spread);
        member(Spec{"attracted_realised", "1", 0, 1, "Share of signed projects that are built"}
                   .chinese("招商项目落地率")
                   .from("model A 4.1, assumption")
                   .uncertain(logitnormal, 0.25, 0.6),
               p.attracted_realised);
        member(Spec{"attracted_output_ratio", "1/year", 0.1, 10,
                    "Annual output of an attracted project over its investment"}
                   .chinese("招商企业相对规模")
                   .from("model A 4.1")
                   .uncertain(lognormal, 1.2, 2.4),
               p.attracted_output_ratio);
        member(Spec{"attracted_efficiency", "1", -1, 2, "Efficiency of an attracted plant against the mean firm"}.from(
                   "assumption"),
               p.attracted_efficiency);
        member(Spec{"grafted_rate", "1/year", 0, 300,
                    "Traditional firms that open a line in these industries, without policy"}
                   .chinese("嫁接转型数")
                   .from("model A 3.8, assumption")
                   .uncertain(lognormal, 6, 25),
               p.grafted_rate);
        member(Spec{"grafted_size", "1e8 CNY/year", 0.01, 100, "Median sales of such a line"}.from(
                   "model A 3.8, assumption"),
               p.grafted_size);
        member(Spec{"grafted_spread", "1", 0, 3, "Standard deviation of its logarithm"}.from("model A 3.8, assumption"),
               p.grafted_spread);
        member(
            Spec{"grafted_relabelled", "1", 0, 1, "Share of the line's sales that existed before under another heading"}
                .chinese("嫁接转型重新归类比例")
                .from("model A 3.8, assumption")
                .uncertain(logitnormal, 0.1, 0.6),
            p.grafted_relabelled);
        member(Spec{"grafted_efficiency", "1", -1, 1, "Efficiency of a grafted line against the mean firm"}.from(
                   "model A 3.8"),
               p.grafted_efficiency);
        member(Spec{"start_up_size", "1e8 CNY/year", 0.001, 10, "Median sales of a start-up"}.from(
                   "assumption: somewhat below the 2010 threshold"),
               p.start_up_size);
        member(Spec{"start_up_spread", "1", 0, 3, "Standard deviation of its logarithm"}.from("assumption"),
               p.start_up_spread);
        member(Spec{"start_up_efficiency", "1", -1, 1, "Efficiency of a start-up against the mean firm"}.from(
                   "assumption"),
               p.start_up_efficiency);
        member(Spec{"efficiency_spread", "1", 0, 2, "Standard deviation of the efficiency of entrants"}.from("fact C6"),
               p.efficiency_spread);
        member(
            Spec{"plant_spillover", "1/year", -0.1, 0.1, "Gain of incumbents' efficiency from large attracted plants"}
                .chinese("外来工厂溢出")
                .from("Greenstone et al. 2010, shrunk: 2 % in five years")
                .uncertain(normal, 0.0, 0.01),
            p.plant_spillover);
    }
};

// Identities of entrants say who they are whatever else happens. From the top: 1, ten bits of cell, eleven of step, two
// of origin, eight of slot; a cell with more slots than that counts on between the firms of the start and the talents.
inline constexpr int common_slots = 256;
inline constexpr std::uint64_t first_entrant_id = std::uint64_t{1} << 31, first_talent_id = std::uint64_t{1} << 30;

// (E30) start-ups expected over h years: e N e^(b (g - g_0)) h        [model B.12]        g - g_0: demand above normal;
//       the exponent is kept within 10
inline double expected_start_ups(double rate, double firms, double demand_response, double growth, double h) {
    return rate * firms * sim::exp(sim::clamp(demand_response * growth, -limits::entry, limits::entry)) * h;
}

// (E31) chance of one slot of n, so that n p = the number expected
inline double slot_chance(double expected, double slots) {
    return sim::min(expected / slots, 1.0);
}

struct Config;
struct State;
struct Cell;
struct Newborn;
void enter(const Config&, sim::Draws, int step, State&);

// Takes a newborn into a cell and counts it.
void admit(const Config&, State&, Cell&, const Newborn&);

}  // namespace growth
