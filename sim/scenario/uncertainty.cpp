// Priors by their quantiles.
#include "sim/scenario/uncertainty.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include <fmt/format.h>

#include "sim/describe/bit_cast.hpp"
#include "sim/describe/translated.hpp"
#include "sim/math/elementary.hpp"
#include "sim/math/normal.hpp"
#include "sim/scenario/numbers.hpp"

namespace sim {
namespace {

constexpr double z_95 = 1.6448536269514722;  // standard normal quantile at 0.95

double logit(double p) {
    return sim::log(p / (1 - p));
}

bool same_bits(double a, double b) {
    return bit_cast<std::uint64_t>(a) == bit_cast<std::uint64_t>(b);
}

// What every uncertain number tells of itself, and the ends, beyond which tails would have to be made up.
constexpr std::array<double, 5> needed_shares = {0, 0.05, 0.5, 0.95, 1};

}  // namespace

bool alike(const UncertainValue& a, const UncertainValue& b) {
    return a.path == b.path && a.prior.shape == b.prior.shape && same_bits(a.prior.low, b.prior.low) &&
           same_bits(a.prior.high, b.prior.high) && a.quantiles == b.quantiles && a.parts == b.parts;
}

std::string flaw_of(const std::vector<Quantile>& quantiles) {
    for (std::size_t i = 1; i < quantiles.size(); ++i) {
        const auto &before = quantiles[i - 1], &here = quantiles[i];
        if (!(before.share < here.share))
            return translated("needs shares that rise, and {} follows {}", here.share, before.share);
        if (!(before.value <= here.value))
            return translated("needs values that do not fall, and {} follows {}", here.value, before.value);
    }
    for (const double share : needed_shares)
        if (std::none_of(quantiles.begin(), quantiles.end(), [&](const auto& q) { return q.share == share; }))
            return translated("lacks the share {}: 0, 0.05, 0.5, 0.95 and 1 must be among them", share);
    if (quantiles.front().share < 0 || quantiles.back().share > 1) return translated("needs shares from 0 to 1");
    return {};
}

std::string flaw_of(const Prior& prior, double median) {
    if (!(prior.low <= median && median <= prior.high)) return translated("needs low <= median <= high");
    if (prior.shape == Prior::Shape::lognormal && prior.low <= 0)
        return translated("is lognormal, so low must be above 0");
    if (prior.shape == Prior::Shape::logitnormal && (prior.low <= 0 || prior.high >= 1))
        return translated("is logitnormal, so low and high must lie between 0 and 1, both excluded");
    return {};
}

double quantile(const Prior& prior, double median, double z) {
    switch (prior.shape) {
        case Prior::Shape::none:
        case Prior::Shape::quantiles:
            return median;
        case Prior::Shape::normal:
            return median + z * (prior.high - prior.low) / (2 * z_95);
        case Prior::Shape::lognormal:
            return median * sim::exp(z * sim::log(prior.high / prior.low) / (2 * z_95));
        case Prior::Shape::logitnormal: {
            const auto x = logit(median) + z * (logit(prior.high) - logit(prior.low)) / (2 * z_95);
            return 1 / (1 + sim::exp(-x));
        }
    }
    return median;
}

// (E110) x(p) = x_i + (x_{i+1} - x_i) (p - p_i)/(p_{i+1} - p_i) for p_i <= p <= p_{i+1}, with p = Phi(z).
// Source: inversion of a piecewise linear distribution function. Domain: p_1 = 0 < p_2 < ... < p_n = 1, x rising.
double quantile(const std::vector<Quantile>& quantiles, double z) {
    const double share = normal_share_below(z);
    const auto above = std::find_if(quantiles.begin() + 1, quantiles.end() - 1,
                                    [&](const Quantile& knot) { return share < knot.share; });
    const auto &low = *(above - 1), &high = *above;
    return low.value + (high.value - low.value) * ((share - low.share) / (high.share - low.share));
}

double value_at(const std::vector<Quantile>& quantiles, double share) {
    return std::find_if(quantiles.begin(), quantiles.end(), [&](const auto& q) { return q.share == share; })->value;
}

double drawn(const UncertainValue& uncertain, const Spec& spec, double median, double z) {
    const bool by_quantiles = uncertain.prior.shape == Prior::Shape::quantiles;
    const double x = by_quantiles ? quantile(uncertain.quantiles, z) : quantile(uncertain.prior, median, z);
    return std::clamp(x, spec.lower, spec.upper);
}

double normal_of(const UncertainValue& uncertain, const StandardNormal& standard_normal) {
    if (uncertain.parts.empty()) return standard_normal(uncertain.path);
    double sum = 0;
    for (const auto& part : uncertain.parts) sum += part.weight * standard_normal(part.name);
    return sum;
}

void draw_uncertain(const TableMember& table, const std::vector<UncertainValue>& uncertain,
                    const StandardNormal& standard_normal) {
    std::vector<std::string_view> paths;
    for (const auto& value : uncertain) paths.push_back(value.path);
    std::size_t found = 0;
    visit_numbers(table, paths, [&](const FoundNumber& number) {
        const auto& value = uncertain[number.index];
        number.value = drawn(value, number.spec, number.value, normal_of(value, standard_normal));
        ++found;
    });
    if (found != uncertain.size())
        throw std::invalid_argument("the path of an uncertain value leads to no number, or stands twice");
}

}  // namespace sim
