// Every policy lever. To add one: its file under levers/ and two lines here.
#pragma once

#include "models/growth/levers/attraction.hpp"
#include "models/growth/levers/credit.hpp"
#include "models/growth/levers/land_guarantee.hpp"
#include "models/growth/levers/overseas_talent.hpp"
#include "models/growth/levers/platforms.hpp"
#include "models/growth/levers/special_fund.hpp"
#include "models/growth/levers/tax.hpp"
#include "models/growth/levers/venture_fund.hpp"

namespace growth {

struct Levers {
    Platforms platforms;
    OverseasTalent overseas_talent;
    Attraction attraction;
    SpecialFund special_fund;
    VentureFund venture_fund;
    Credit credit;
    Tax tax;
    LandGuarantee land_guarantee;

    // In the order of the plan, which is also the order in which they act.
    static constexpr void visit(auto& levers, auto&& lever) {
        lever(levers.platforms);
        lever(levers.overseas_talent);
        lever(levers.attraction);
        lever(levers.special_fund);
        lever(levers.venture_fund);
        lever(levers.credit);
        lever(levers.tax);
        lever(levers.land_guarantee);
    }

    static constexpr void describe(auto& levers, auto&& field) {
        visit(levers, [&](auto& lever) {
            constexpr auto& facts = std::remove_cvref_t<decltype(lever)>::facts;
            field(
                sim::Field{
                    .name = facts.key, .unit = "", .text = facts.name, .zh = facts.name_zh, .source = facts.source},
                lever);
        });
    }
};

// The position of a lever in that order, which is its row in the ledger.
template <class Lever>
std::size_t lever_index() {
    static const std::size_t index = [] {
        Levers levers;
        std::size_t position = 0, found = 0;
        Levers::visit(levers, [&](auto& lever) {
            if constexpr (std::is_same_v<std::remove_cvref_t<decltype(lever)>, Lever>) found = position;
            ++position;
        });
        return found;
    }();
    return index;
}

inline std::size_t lever_count() {
    static const std::size_t count = [] {
        Levers levers;
        std::size_t total = 0;
        Levers::visit(levers, [&](auto&) { ++total; });
        return total;
    }();
    return count;
}

}  // namespace growth
