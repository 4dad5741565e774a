// Uncertain numbers: each is a prior around the value of one member, and each replicate draws its own.
#pragma once

#include <array>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/describe/spec.hpp"
#include "sim/scenario/member.hpp"

namespace sim {

template <>
struct Words<Prior::Shape> {
    static constexpr std::array<std::string_view, 4> words = {"none", "normal", "lognormal", "logitnormal"};
};

struct UncertainValue {
    std::string path;  // of a number among the described members, such as garden.watering.loss
    Prior prior;
    // The median is the member's value.
};

// Why a prior is impossible, as the rest of a sentence about it; empty if it is fine.
[[nodiscard]] std::string flaw_of(const Prior& prior, double median);

// The quantile of the prior at the standard normal quantile z.
[[nodiscard]] double quantile(const Prior& prior, double median, double z);

// The draw of an uncertain number at the standard normal quantile z, kept within its bounds.
[[nodiscard]] double drawn(const Prior& prior, const Spec& spec, double median, double z);

// One N(0,1) number per path.
using StandardNormal = std::function<double(std::string_view path)>;

void draw_uncertain(const TableMember& table, const std::vector<UncertainValue>& uncertain,
                    const StandardNormal& standard_normal);

// Replaces each uncertain number, whose value is taken as the median, by one draw, kept within the bounds of its
// member: give each replicate its own copy of the value read. std::invalid_argument if a path leads to no number.
template <Described T, class F>
void draw_uncertain(T& value, const std::vector<UncertainValue>& uncertain, F standard_normal) {
    draw_uncertain(table_of(value), uncertain, StandardNormal(std::ref(standard_normal)));
}

}  // namespace sim
