// R&D and what comes of it: two stages, a chance to innovate or imitate, then how much is gained. Patents follow R&D.
#pragma once

#include "sim/describe/spec.hpp"
#include "sim/math/elementary.hpp"
#include "sim/math/pack.hpp"
#include "sim/random/draws.hpp"

namespace growth {

struct InnovationParameters {
    double search_efficiency = 0.3, innovation_share = 0.5, research_scale = 0.02, scale_exponent = 0.75;
    double gain_low = -0.06, gain_high = 0.08, imitation_step = 0.1, frontier_reach = 0.8, frontier_lead = 0.6;
    double learning = 0.005, persistence = 0.75, volatility = 0.177, knowledge_decay = 0.15;
    double patent_rate = 6.0, patent_cost = 0.05, patent_exponent = 0.6, patent_inflation = 1.3;
    double relabelled = 0.242, spending_years = 1.5;

    static constexpr void describe(auto& p, auto&& member) {  // NOLINT: a list
        using sim::Spec;
        using enum sim::Prior::Shape;
        member(Spec{"search_efficiency", "1/year", 0, 20, "Hazard of success of a firm with R&D of one scale unit"}
                   .chinese("研发搜寻效率")
                   .from("assumption of the order of Chen et al. 2021 (doubling R&D: +9 %)"),
               p.search_efficiency);
        member(Spec{"innovation_share", "1", 0, 1, "Share of R&D that searches for the new, not for what others know"}
                   .from("Dosi, Fagiolo, Roventini 2010"),
               p.innovation_share);
        member(Spec{"research_scale", "1", 1e-6, 10, "R&D of one scale unit, for output of 1e8 CNY"}.from(
                   "near the median intensity"),
               p.research_scale);
        member(Spec{"scale_exponent", "1", 0, 1, "How the scale unit grows with output"}.from("model B.8"),
               p.scale_exponent);
        member(Spec{"gain_low", "1", -1, 0, "Worst gain of a draw"}.from("model B.8"), p.gain_low);
        member(Spec{"gain_high", "1", 0, 1, "Best gain of a draw"}.from("model B.8"), p.gain_high);
        member(Spec{"imitation_step", "1", 0, 1, "Share of the distance to the best that imitation closes"}.from(
                   "assumption"),
               p.imitation_step);
        member(Spec{"frontier_reach", "1", 0, 1, "Share of the national frontier's lead that can be imitated"}
                   .chinese("前沿可及度")
                   .from("assumption")
                   .uncertain(logitnormal, 0.6, 0.93),
               p.frontier_reach);
        member(Spec{"frontier_lead", "1", 0, 3,
                    "Lead of the national frontier over the mean local firm at the start, in logarithms"}
                   .from("assumption"),
               p.frontier_lead);
        member(Spec{"learning", "1/year", -0.1, 0.1, "Growth of efficiency by doing"}
                   .chinese("边干边学")
                   .from("Brandt et al. 2023: marked slowdown, fact C9")
                   .uncertain(normal, 0.0, 0.01),
               p.learning);
        member(Spec{"persistence", "1", 0, 0.99, "Share of transitory efficiency left after a year"}
                   .chinese("暂时效率持续性")
                   .from("model B.4, fact C7"),
               p.persistence);
        member(Spec{"volatility", "1", 0, 1, "Standard deviation of transitory efficiency"}
                   .chinese("暂时效率波动")
                   .from("model B.4"),
               p.volatility);
        member(Spec{"knowledge_decay", "1/year", 0, 1, "Decay of the stock of R&D"}.from("convention"),
               p.knowledge_decay);
        member(Spec{"patent_rate", "1/year", 0, 1000, "Patents a year of a firm whose R&D is the patent cost"}
                   .chinese("专利产出率")
                   .from("assumption"),
               p.patent_rate);
        member(Spec{"patent_cost", "1e8 CNY/year", 1e-6, 100, "R&D at which the rate holds"}.from("assumption"),
               p.patent_cost);
        member(Spec{"patent_exponent", "1", 0, 1.5, "Elasticity of patents to R&D"}.from("fact C17: 0.3-0.7"),
               p.patent_exponent);
        member(Spec{"patent_inflation", "1", 1, 5, "Reported over real patents"}
                   .chinese("专利虚增")
                   .from("Dang, Motohashi 2015")
                   .uncertain(lognormal, 1.1, 1.6),
               p.patent_inflation);
        member(Spec{"relabelled", "1", 0, 0.9, "Share of the R&D of high-tech firms that is other cost by another name"}
                   .chinese("研发费用归集虚增")
                   .from("Chen et al. 2021: 24.2 %")
                   .uncertain(logitnormal, 0.15, 0.35),
               p.relabelled);
        member(Spec{"spending_years", "year", 0.1, 10, "Mean time in which an R&D grant is spent"}.from(
                   "model A 6.1: 6 quarters"),
               p.spending_years);
    }
};

// (E19) search effort: r = R / (c Q^0.75), R&D against what a firm of its output needs; c rises with pay        [model
// B.8]        Q > 0
template <class T>
T search_effort(T research, T output, double research_cost, double scale, double exponent) {
    return research / (research_cost * scale * sim::pow(sim::max(output, T(1e-6)), T(exponent)));
}

// (E20) chance of a success over h years: p = 1 - e^(-z x r h)        [model B.8]
template <class T>
T success_chance(T effort, T efficiency, double h) {
    return 1 - sim::exp(-efficiency * effort * h);
}

// (E21) absorptive capacity: A = 1/2 + 1/2 min(1, nu / 0.02)        [Cohen, Levinthal 1989; model B.8]
template <class T>
T absorptive_capacity(T research_intensity) {
    return 0.5 + 0.5 * sim::min(research_intensity / 0.02, T(1));
}

// (E22) gain of an innovation: ln(1 + lo + (hi - lo) q), kept only if positive; q is near Beta(3, 3)
//       also where policy moves hi below lo and there is nothing left to take the logarithm of
template <class T>
T innovation_gain(T quality, double low, T high) {
    return sim::max(sim::log(sim::max(1 + low + (high - low) * quality, T(1e-9))), T(0));
}

// (E23) Beta(3, 3) as the median of five uniforms        [order statistics]
template <class T>
T median_of_five(T a, T b, T c, T d, T e) {
    const T low = sim::max(sim::min(a, b), sim::min(c, d));
    const T high = sim::min(sim::max(a, b), sim::max(c, d));
    return sim::max(sim::min(low, high), sim::min(sim::max(low, high), e));
}

// (E24) gain of an imitation: p max(0, best - a)        [model B.8]
template <class T>
T imitation_gain(T efficiency, T best, double step) {
    return step * sim::max(best - efficiency, T(0));
}

// (E25) patents expected over h years: h p (R / c)^0.6        [model B.8]
template <class T>
T expected_patents(T research, double rate, double cost, double exponent, double h) {
    return sim::select(research > 0, h * rate * sim::pow(sim::max(research / cost, T(1e-12)), T(exponent)), T(0));
}

struct Config;
struct State;
struct Block;
void research(const Config&, int step, State&, const Block&);
void innovate(const Config&, sim::Draws, int step, State&, const Block&);
void patent(const Config&, sim::Draws, int step, State&, const Block&);

}  // namespace growth
