// Uncertain numbers: each is a prior around the value of one member, and each replicate draws its own.
#pragma once

#include <array>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/describe/spec.hpp"
#include "sim/scenario/member.hpp"

namespace sim {

template <>
struct Words<Prior::Shape> {
    static constexpr std::array<std::string_view, 5> words = {"none", "normal", "lognormal", "logitnormal",
                                                              "quantiles"};
};

// The shapes that a scenario may name as a distribution.
[[nodiscard]] constexpr std::span<const std::string_view> distributions() {
    return std::span(Words<Prior::Shape>::words).subspan(1, 3);
}

// Below `value` lies this share of the draws.
struct Quantile {
    double share = 0, value = 0;
    bool operator==(const Quantile&) const = default;
};

// So much of a standard normal number, which is known by a name.
struct NormalPart {
    std::string name;
    double weight = 1;
    bool operator==(const NormalPart&) const = default;
};

struct UncertainValue {
    std::string path;                      // of a number among the described members, such as garden.watering.loss
    Prior prior;                           // the median is the member's value
    std::vector<Quantile> quantiles = {};  // where that is the prior's shape
    std::vector<NormalPart> parts = {};    // what it is drawn by (sim/scenario/joint.hpp); the one of its path if empty
};

// Whether two are drawn alike, bit by bit.
[[nodiscard]] bool alike(const UncertainValue& a, const UncertainValue& b);

// Why a prior is impossible, as the rest of a sentence about it; empty if it is fine.
[[nodiscard]] std::string flaw_of(const Prior& prior, double median);
[[nodiscard]] std::string flaw_of(const std::vector<Quantile>& quantiles);

// The quantile of the prior at the standard normal quantile z.
[[nodiscard]] double quantile(const Prior& prior, double median, double z);

// The value at a standard normal quantile z, of a distribution with even density between neighbouring quantiles.
[[nodiscard]] double quantile(const std::vector<Quantile>& quantiles, double z);

// The quantile at one of the shares; there must be one.
[[nodiscard]] double value_at(const std::vector<Quantile>& quantiles, double share);

// The draw of an uncertain number at the standard normal quantile z, kept within its bounds.
[[nodiscard]] double drawn(const UncertainValue& uncertain, const Spec& spec, double median, double z);

// One N(0,1) number per name.
using StandardNormal = std::function<double(std::string_view name)>;

// The standard normal number that draws an uncertain value.
[[nodiscard]] double normal_of(const UncertainValue& uncertain, const StandardNormal& standard_normal);

void draw_uncertain(const TableMember& table, const std::vector<UncertainValue>& uncertain,
                    const StandardNormal& standard_normal);

// Replaces each uncertain number, whose value is taken as the median, by one draw, kept within the bounds of its
// member: give each replicate its own copy of the value read. std::invalid_argument if a path leads to no number.
template <Described T, class F>
void draw_uncertain(T& value, const std::vector<UncertainValue>& uncertain, F standard_normal) {
    draw_uncertain(table_of(value), uncertain, StandardNormal(std::ref(standard_normal)));
}

}  // namespace sim
