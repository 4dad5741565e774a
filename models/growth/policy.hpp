// What policy is at a moment: doses as they are really given, what they do in every cell, who received what.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "models/growth/channels.hpp"
#include "models/growth/levers.hpp"
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

// What a lever used over a step. Money and joined go to received, leaked and services, and nowhere else.
struct LedgerRow {
    double money = 0;     // 1e8 CNY, paid out of public funds or forgone
    double joined = 0;    // 1e8 CNY, private money that came with it
    double received = 0;  // 1e8 CNY, what reached firms in cash
    double leaked = 0;    // 1e8 CNY, misused or lost on the way
    double services = 0;  // 1e8 CNY, what was bought or built for all, and what loans cost
    double land = 0;      // mu
    double persons = 0;
};

// Who received it: firms by tier, or nobody in particular.
inline constexpr std::size_t recipients = tiers + 1, public_at_large = tiers;
using Ledger = std::array<LedgerRow, recipients>;

// What became of a lever's budget over a step: waiting(before) + allotted + beyond = money + lapsed + waiting.
struct Account {
    double allotted = 0;  // out of the budget
    double beyond = 0;    // taxes forgone, losses, land and other costs that no budget bounds
    double lapsed = 0;    // found nobody
    double waiting = 0;   // for the next site or deal
    double was_waiting = 0;
    double asked = 0;  // of the budget, before its purse cut it
};

struct LeverState {
    std::vector<char> reached;                   // by cell
    double exposure = 0;                         // share of the city's base-year sales that it reaches
    std::array<double, scheduled_doses> dose{};  // as really given; rates a year, and stocks
    double asked = 0;                            // of the budget a year, before its purse cut it
    double services_share = 1;                   // of the budget, that no component spends
    double talents = 0;                          // a year, expected of it
    Ledger ledger;
    Account account;

    [[nodiscard]] double given(Dose which) const { return dose[static_cast<std::size_t>(which)]; }
};

// A dose on its way to its response: two stages of the lag, and what was built.
struct Follower {
    double first = 0, second = 0, kept = 0;
};

struct ResponseState {
    std::array<bool, tiers> tiers_reached{};
    std::vector<Follower> followers;  // one, or one for each cluster where sites are counted
};

struct SiteState {
    double fund = 0, paid = 0;           // saved for the next site; share of running costs that was paid
    std::vector<double> working, opens;  // by cluster: how many; when the one being built opens, 0: none
};

struct CreditState {
    double outstanding = 0;
};

// What a subsidy does in a cell: the answer of the firms it reaches to the lower user cost.
struct Answer {
    double small = 1, large = 1;
};

struct SubsidyState {
    std::array<bool, tiers> tiers_reached{};
    std::vector<Answer> answers;  // by cell
};

// New land of a place by the lever that brings it.
struct LandClaim {
    double share = 0;   // of the place's new industrial land
    double supply = 0;  // mu a year beyond it
};

struct PolicyState {
    std::vector<LeverState> levers;
    std::vector<ResponseState> responses;
    std::vector<SiteState> sites;
    std::vector<CreditState> credits;
    std::vector<double> deal_money, treatments_due;  // wait for the next whole deal or firm, by row
    std::vector<SubsidyState> subsidies;
    std::vector<LandClaim> land;      // by place and lever,
    std::vector<LandClaim> all_land;  // and of all levers
    std::vector<double> purse_funds;  // a year, from province and state
    Effects effects;
    std::vector<double> weight;     // by cell: share of base-year sales
    std::vector<double> delivery;   // by cell: share of a dose that is delivered
    std::vector<double> attention;  // by industry: effort over the mean
    std::vector<double> values;     // by cell: room for one response
    std::vector<double> displaced;  // by industry: demand that treated firms took from rivals in the last step
    double interest_cut = 0;
    double received_by_firms = 0;  // in cash, of all levers, over the step
};

}  // namespace growth
