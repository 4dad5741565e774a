// R&D and what comes of it: two stages, a chance to innovate or imitate, then how much is gained. Patents follow R&D.
#pragma once

#include "sim/math/elementary.hpp"
#include "sim/math/pack.hpp"
#include "sim/random/draws.hpp"

namespace growth {

// (E19) search effort: r = R / (c Q^0.75), R&D against what a firm of its output needs, output over that of the firm
//       that c is of; c rises with pay        [model B.8]        Q > 0
template <class T>
T search_effort(T research, T output, double research_cost, double scale, double exponent) {
    return research / (research_cost * scale * sim::pow(sim::max(output, T(1e-6)), T(exponent)));
}

// (E20) successes over h years: n ~ Poisson(z x r h)        [model B.8]        so that a year brings as many in one step as
//       in fifty; at most 20 are expected of a step
template <class T>
T successes_expected(T effort, T efficiency, double h) {
    return sim::min(efficiency * effort * h, T(20));
}

// (E92) what makes inventing harder the further a firm is ahead of the nation's mean firm, on which all can build:
//       d = e^(-b (a - a_N)), between 1/20 and 20        [ideas get harder to find: Bloom, Jones, Van Reenen, Webb 2020]
template <class T>
T difficulty(T ahead, double exponent) {
    const double most = sim::log(20.0);
    return sim::exp(sim::clamp(-exponent * ahead, T(-most), T(most)));
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

// (E24) gain of n imitations, each of which closes a share p of the distance: (1 - (1 - p)^n) max(0, a* - a)
//       [model B.8]        a*: what can be imitated, (E84)
template <class T>
T imitation_gain(T efficiency, T known, double step, T successes) {
    const T left = sim::exp(successes * sim::log(sim::max(1 - step, 1e-12)));
    return (1 - left) * sim::max(known - efficiency, T(0));
}

// (E84) what can be imitated: the nation's frontier, as far as a share r of its lead over the nation's mean firm can be
//       taken over without inventing it: a* = a_F - (1 - r) lead
//       [distance to frontier: Acemoglu, Aghion, Zilibotti 2006]
inline double imitable(double frontier, double lead, double reach) {
    return frontier - (1 - reach) * lead;
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
