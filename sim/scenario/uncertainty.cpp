// Priors by their quantiles.
#include "sim/scenario/uncertainty.hpp"

#include <algorithm>
#include <stdexcept>

#include "sim/math/elementary.hpp"
#include "sim/scenario/numbers.hpp"

namespace sim {
namespace {

constexpr double z_95 = 1.6448536269514722;  // standard normal quantile at 0.95

double logit(double p) {
    return sim::log(p / (1 - p));
}

}  // namespace

std::string flaw_of(const Prior& prior, double median) {
    if (!(prior.low <= median && median <= prior.high)) return "needs low <= median <= high";
    if (prior.shape == Prior::Shape::lognormal && prior.low <= 0) return "is lognormal, so low must be above 0";
    if (prior.shape == Prior::Shape::logitnormal && (prior.low <= 0 || prior.high >= 1))
        return "is logitnormal, so low and high must lie between 0 and 1, both excluded";
    return {};
}

double quantile(const Prior& prior, double median, double z) {
    switch (prior.shape) {
        case Prior::Shape::none:
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

double drawn(const Prior& prior, const Spec& spec, double median, double z) {
    return std::clamp(quantile(prior, median, z), spec.lower, spec.upper);
}

void draw_uncertain(const TableMember& table, const std::vector<UncertainValue>& uncertain,
                    const StandardNormal& standard_normal) {
    std::vector<std::string_view> paths;
    for (const auto& value : uncertain) paths.push_back(value.path);
    std::size_t found = 0;
    visit_numbers(table, paths, [&](const FoundNumber& number) {
        const auto& [path, prior] = uncertain[number.index];
        number.value = drawn(prior, number.spec, number.value, standard_normal(path));
        ++found;
    });
    if (found != uncertain.size())
        throw std::invalid_argument("the path of an uncertain value leads to no number, or stands twice");
}

}  // namespace sim
