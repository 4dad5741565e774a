// What all levers together do at a moment: the value of every channel, in every cell, for every tier of firm.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

#include "models/growth/policy/channels.hpp"
#include "models/growth/standing.hpp"
#include "models/growth/tier.hpp"
#include "sim/math/elementary.hpp"
#include "sim/math/pack.hpp"

namespace growth {

// The value of a channel in a cell, by tier of firm.
struct ByTier {
    std::array<double, tiers> values{};
    bool uniform = true;

    [[nodiscard]] sim::Pack operator()(sim::Pack tier) const {
        sim::Pack value(values[0]);
        if (uniform) return value;
        for (std::size_t k = 1; k < tiers; ++k)
            value = sim::select(tier == static_cast<double>(k), sim::Pack(values[k]), value);
        return value;
    }
    [[nodiscard]] double operator()(double tier) const { return values[static_cast<std::size_t>(tier)]; }
    // Where firms are not distinguished.
    [[nodiscard]] double everyone() const { return values[0]; }
};

// What all levers together do, by channel and cell: factors multiplied up, amounts and quantities added up, and all
// kept within the channel's bounds. Most channels are moved by none, and stand where they neither multiply nor add.
class Effects {
public:
    void resize(std::size_t cells) {
        cells_ = cells;
        values_.resize(channels * cells);
        city_.resize(channels);
        for (std::size_t k = 0; k < channels; ++k) set_neutral(k);
    }
    [[nodiscard]] const ByTier& of(Channel channel, std::size_t cell) const {
        return values_[static_cast<std::size_t>(channel) * cells_ + cell];
    }
    // Over the whole city: a mean by the cells' weights, the total of a quantity.
    [[nodiscard]] double city(Channel channel) const { return city_[static_cast<std::size_t>(channel)]; }

    void clear() { is_moved_.fill(false); }
    // Logarithms of factors, and amounts.
    void add(Channel channel, std::size_t cell, const std::array<bool, tiers>& reached, double value) {
        const auto which = static_cast<std::size_t>(channel);
        if (!is_moved_[which]) open(which);
        auto& sum = values_[which * cells_ + cell].values;
        for (std::size_t k = 0; k < tiers; ++k)
            if (reached[k]) sum[k] += value;
    }
    // Turns sums into values.
    void close(const std::vector<double>& weights) {
        for (std::size_t k = 0; k < channels; ++k) {
            if (!is_moved_[k]) {
                if (!is_neutral_[k]) set_neutral(k);
                continue;
            }
            const auto& facts = channel_facts[k];
            const Kind kind = facts.kind;
            double total = 0;
            for (std::size_t i = 0; i < cells_; ++i) {
                auto& [values, uniform] = values_[k * cells_ + i];
                if (kind != Kind::factor)
                    for (double& value : values) value = facts.total.keep(value);
                total += kind == Kind::quantity ? values[0] : weights[i] * values[0];
                uniform = true;
                for (const double value : values) uniform = uniform && value == values[0];
                if (kind != Kind::factor) continue;
                if (uniform)
                    values.fill(values[0] == 0 ? 1.0 : sim::exp(values[0]));
                else
                    to_factors(values);
                for (double& value : values) value = facts.total.keep(value);
            }
            city_[k] = facts.total.keep(kind == Kind::factor ? sim::exp(total) : total);
        }
    }

private:
    void fill(std::size_t k, double value) {
        for (std::size_t i = 0; i < cells_; ++i) values_[k * cells_ + i].values.fill(value);
    }
    void open(std::size_t k) {
        fill(k, 0.0);
        is_moved_[k] = true;
        is_neutral_[k] = false;
    }
    void set_neutral(std::size_t k) {
        const double neutral = channel_facts[k].kind == Kind::factor ? 1.0 : 0.0;
        for (std::size_t i = 0; i < cells_; ++i) values_[k * cells_ + i].uniform = true;
        fill(k, neutral);
        city_[k] = neutral;
        is_neutral_[k] = true;
    }
    static void to_factors(std::array<double, tiers>& logarithms) {
        for (std::size_t first = 0; first < tiers; first += sim::Pack::size()) {
            const std::size_t size = std::min(sim::Pack::size(), tiers - first);
            const auto factors =
                sim::exp(sim::Pack([&](auto lane) { return lane < size ? logarithms[first + lane] : 0.0; }));
            for (std::size_t k = 0; k < size; ++k) logarithms[first + k] = factors[k];
        }
    }

    std::size_t cells_ = 0;
    std::array<bool, channels> is_moved_{};    // by what was added since the sums were cleared
    std::array<bool, channels> is_neutral_{};  // as no lever moves it
    std::vector<ByTier> values_;
    std::vector<double> city_;
};

}  // namespace growth
