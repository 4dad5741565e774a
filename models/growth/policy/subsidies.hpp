// A share of a cost refunded to all who ask for it: the user cost falls, and firms do more by their elasticity.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "models/growth/policy/component.hpp"
#include "sim/math/elementary.hpp"
#include "sim/math/pack.hpp"

namespace growth {

enum class Base : std::uint8_t { research, investment };

struct Subsidy : FirmComponent {
    static constexpr std::string_view table = "subsidies", about = "Shares of a cost refunded";

    Base base;
    double rate, take_up, elasticity_small, elasticity_large;

    Subsidy();
    void describe(const sim::Members& member);
};

// What a subsidy does in a cell: the answer of the firms it reaches to the lower user cost.
struct Answer {
    double small = 1, large = 1;
};

struct SubsidyState {
    std::array<bool, tiers> tiers_reached{};
    std::vector<Answer> answers;  // by cell
};

// (E41) what a firm spends when a share c of the cost is refunded, over without: (1 - c)^(-e)        [form F6]
inline double user_cost_response(double refunded, double elasticity) {
    return sim::pow(1 - refunded, -elasticity);
}

// (E52) the mean over firms of which a share t asks for the refund: 1 + t (r - 1)
inline double taken_up(double response, double take_up) {
    return 1 + take_up * (response - 1);
}

struct Config;
struct State;
SubsidyState found(const Config&, const State&, const Subsidy&);
void refund_costs(const Config&, State&);

// What the firms of a cell spend, of a cost that is refunded, over what they would without: by tier, sales and
// identity.
class CostAnswer {
public:
    CostAnswer(const Config&, const State&, Base, std::size_t cell);
    [[nodiscard]] sim::Pack operator()(sim::Pack tier, sim::Pack sales, sim::WordPack id) const {
        return is_refunded_ ? of_those_reached(tier, sales, id) : sim::Pack(1.0);
    }

private:
    [[nodiscard]] sim::Pack of_those_reached(sim::Pack tier, sim::Pack sales, sim::WordPack id) const;

    const Config* c_;
    const State* s_;
    Base base_;
    std::size_t cell_;
    bool is_refunded_;
};

}  // namespace growth

namespace sim {
template <>
struct Words<growth::Base> {
    static constexpr std::array<std::string_view, 2> words = {"research", "investment"};
};
}  // namespace sim
