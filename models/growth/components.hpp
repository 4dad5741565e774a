// What levers are made of: rows over seven mechanisms, which realise the ten forms of docs/model.md 8.3.
//
// A row is a finer measure of the plan, with its own evidence and its own switch. What each mechanism does stands in
// mechanisms/, one file each.
#pragma once

#include <string>
#include <vector>

#include "models/growth/channels.hpp"
#include "models/growth/levers.hpp"

namespace growth {

// What every component says of itself.
struct Component {
    std::string key;
    std::string lever, row, name, name_zh, source;
    Grade grade = Grade::D;
    bool on = true;
    std::vector<Tier> tiers;
    std::size_t lever_index = 0;  // found when the scenario is read
    std::uint32_t draw_key = 0;   // keys its draws: a hash of its key, so that no other component can shift them

    static constexpr void describe_component(auto& c, auto&& member) {
        using sim::text_spec;
        member(text_spec("lever", "The lever it belongs to").key_of("levers").needed(), c.lever);
        member(text_spec("row", "Row of docs/evidence.md, part A"), c.row);
        member(text_spec("name", "English name"), c.name);
        member(text_spec("name_zh", "Chinese name"), c.name_zh);
        member(text_spec("grade", "Evidence: A experiment, B several observational, C one or indirect, D judgement"),
               c.grade);
        member(text_spec("source", "Where the evidence comes from"), c.source);
        member(text_spec("on", "false takes the component away"), c.on);
        member(text_spec("tiers", "Tiers of firms that it reaches, of those the lever reaches; all where empty"),
               c.tiers);
    }
};

// A channel follows a dose: with a lag, up to saturation, fading when the dose falls, partly at the cost of others.
struct Response : Component {
    Dose dose = Dose::budget;
    Channel channel = Channel::imitation;
    double effect = 0, scale = 0, lag_years = 0, memory_years = 0, displacement = 0;

    static constexpr void describe(auto& r, auto&& member) {
        using sim::Spec, sim::text_spec;
        describe_component(r, member);
        member(text_spec("dose", "Which dose of the lever it follows; sites: how many work in the cluster"), r.dose);
        member(text_spec("channel", "What it moves").needed(), r.channel);
        member(Spec{"effect", "as the channel", -1e4, 1e4,
                    "At full response: a factor, or what is added; where scale is 0, for each unit of the dose"}
                   .chinese("效应")
                   .needed(),
               r.effect);
        member(Spec{"scale", "as the dose", 0, 1e6, "Dose of 63 % of the response; 0 where it is linear"}, r.scale);
        member(Spec{"lag_years", "year", 0, 20, "Mean time from dose to response"}, r.lag_years);
        member(Spec{"memory_years", "year", 0, 100, "Time in which a response fades when the dose falls; 0: with it"},
               r.memory_years);
        member(Spec{"displacement", "1", 0, 1, "Share of the response that is taken from the rest of the city"}.chinese(
                   "替代比例"),
               r.displacement);
    }
};

enum class Use : std::uint8_t { research, equipment, cash };

// Money to selected firms, part of which is misused.
struct Grant : Component {
    double share = 1, size = 0.02, misuse = 0.45, additionality_small = 1, additionality_large = 1;
    Use use = Use::research;

    static constexpr void describe(auto& g, auto&& member) {
        using sim::Spec, sim::text_spec;
        describe_component(g, member);
        member(Spec{"share", "1", 0, 1, "Share of the lever's budget"}, g.share);
        member(text_spec("use", "What the money is granted for"), g.use);
        member(Spec{"size", "1e8 CNY", 1e-4, 100, "Size of one grant"}, g.size);
        member(Spec{"misuse", "1", 0, 1, "Share of a grant that is misused"}.chinese("挪用比例"), g.misuse);
        member(Spec{"additionality_small", "1", -2, 3,
                    "R&D, or equipment, added for each yuan honestly spent by a small firm"}
                   .chinese("小企业附加性"),
               g.additionality_small);
        member(Spec{"additionality_large", "1", -2, 3, "The same of a large firm"}.chinese("大企业附加性"),
               g.additionality_large);
    }
};

// Equity of public and private investors in selected firms.
struct Deal : Component {
    double share = 1, size = 0.3, leverage = 1.5, efficiency_gain = 0, adverse_selection = 0, backed_closure = 1;

    static constexpr void describe(auto& d, auto&& member) {
        using sim::Spec;
        describe_component(d, member);
        member(Spec{"share", "1", 0, 1, "Share of the lever's budget"}, d.share);
        member(Spec{"size", "1e8 CNY", 0.001, 100, "Equity of one deal, public and private"}, d.size);
        member(
            Spec{"leverage", "1", 0, 20, "Private money that joins a yuan of public money"}.chinese("社会资金带动倍数"),
            d.leverage);
        member(Spec{"efficiency_gain", "1", -0.5, 0.5, "Gain of efficiency of a backed firm, in logarithms"}.chinese(
                   "效率提升"),
               d.efficiency_gain);
        member(Spec{"adverse_selection", "1", 0, 2,
                    "How much the best firms shun public investors, per standard deviation of efficiency"},
               d.adverse_selection);
        member(Spec{"backed_closure", "1", 0.05, 2, "Hazard of closure of backed firms, over others"}.chinese(
                   "被投企业关闭风险"),
               d.backed_closure);
    }
};

// Special or guaranteed loans to selected firms: they raise the bound on debt.
struct Credit : Component {
    double share = 1, loan_ratio = 0.15, incremental_share = 0.5, scale = 10, interest_subsidy = 0, loss_rate = 0,
           term_years = 3;

    static constexpr void describe(auto& l, auto&& member) {
        using sim::Spec;
        describe_component(l, member);
        member(Spec{"share", "1", 0, 1, "Share of the lever's loans"}, l.share);
        member(Spec{"loan_ratio", "year", 0.001, 3, "Loan of one firm over its sales"}, l.loan_ratio);
        member(Spec{"incremental_share", "1", 0, 1, "Share of a loan that no bank would have given"}.chinese(
                   "新增贷款比例"),
               l.incremental_share);
        member(Spec{"scale", "1e8 CNY", 0.1, 1e4, "Volume at which that share has halved"}, l.scale);
        member(Spec{"interest_subsidy", "1/year", 0, 0.2, "Interest paid for the firm"}, l.interest_subsidy);
        member(Spec{"loss_rate", "1/year", 0, 0.5, "Public loss and fee a year over the loans outstanding"},
               l.loss_rate);
        member(Spec{"term_years", "year", 0.25, 20, "Mean term of a loan"}, l.term_years);
    }
};

enum class Base : std::uint8_t { research, investment };

// A share of a cost refunded to all who ask: the user cost falls, and firms answer by their elasticity.
struct Subsidy : Component {
    Base base = Base::research;
    double rate = 0, take_up = 1, elasticity_small = 0, elasticity_large = 0;

    static constexpr void describe(auto& u, auto&& member) {
        using sim::Spec, sim::text_spec;
        describe_component(u, member);
        member(text_spec("base", "The cost of which a share is refunded").needed(), u.base);
        member(Spec{"rate", "1", 0, 0.9, "Share refunded"}.chinese("补贴率"), u.rate);
        member(
            Spec{"take_up", "1", 0, 1, "Share of the firms reached that ask for it at full effort"}.chinese("申报率"),
            u.take_up);
        member(Spec{"elasticity_small", "1", 0, 4, "Response of the base to its user cost, of small firms"}.chinese(
                   "小企业弹性"),
               u.elasticity_small);
        member(Spec{"elasticity_large", "1", 0, 4, "The same of large firms"}.chinese("大企业弹性"),
               u.elasticity_large);
    }
};

enum class Gain : std::uint8_t { efficiency, search, demand };

// Something done to selected firms one by one, to each firm once: training, pairing, a first order from a leader.
struct Treatment : Component {
    Dose dose = Dose::budget;
    double share = 1, cost = 0.001, most = 0, effect = 0, displacement = 0;
    Gain gain = Gain::efficiency;

    static constexpr void describe(auto& t, auto&& member) {
        using sim::Spec, sim::text_spec;
        describe_component(t, member);
        member(text_spec("dose", "Which dose of the lever it follows: budget, persons or effort"), t.dose);
        member(Spec{"share", "1", 0, 1, "Share of the lever's budget, where that is the dose"}, t.share);
        member(Spec{"cost", "1e8 CNY", 1e-6, 10, "Public cost of one firm"}, t.cost);
        member(Spec{"most", "1/year", 0, 1e5, "Firms a year at full effort, where effort is the dose"}.chinese(
                   "每年惠及企业数"),
               t.most);
        member(text_spec("gain", "What a treated firm gains").needed(), t.gain);
        member(Spec{"effect", "1", -1, 1, "That gain, in logarithms"}.chinese("效应").needed(), t.effect);
        member(Spec{"displacement", "1", 0, 1, "Share of a gain of demand that is taken from local rivals"}.chinese(
                   "替代比例"),
               t.displacement);
    }
};

// Sites that are built in clusters, run, and counted: platforms, incubators, functional zones.
struct Site : Component {
    double share = 1, cost = 1, running_cost = 0, build_years = 1, most = 1, land = 0;

    static constexpr void describe(auto& s, auto&& member) {
        using sim::Spec;
        describe_component(s, member);
        member(Spec{"share", "1", 0, 1, "Share of the lever's budget"}, s.share);
        member(Spec{"cost", "1e8 CNY", 0.001, 100, "Cost of building one"}, s.cost);
        member(Spec{"running_cost", "1e8 CNY/year", 0, 10, "Cost of running one"}, s.running_cost);
        member(Spec{"build_years", "year", 0, 10, "Time to build"}, s.build_years);
        member(Spec{"most", "1", 1, 20, "Most sites in a cluster"}, s.most);
        member(Spec{"land", "mu", 0, 1e4, "Land one takes"}, s.land);
    }
};

struct Components {
    sim::Rows<Response> responses;
    sim::Rows<Grant> grants;
    sim::Rows<Deal> deals;
    sim::Rows<Credit> credits;
    sim::Rows<Subsidy> subsidies;
    sim::Rows<Treatment> treatments;
    sim::Rows<Site> sites;

    // Each table with its name in scenarios and what its rows are.
    static constexpr void visit(auto& all, auto&& table) {
        table("responses", "Channels that follow a dose", all.responses);
        table("grants", "Money to selected firms", all.grants);
        table("deals", "Equity in selected firms", all.deals);
        table("credits", "Loans to selected firms", all.credits);
        table("subsidies", "Shares of a cost refunded", all.subsidies);
        table("treatments", "Something done to selected firms one by one", all.treatments);
        table("sites", "What is built in clusters", all.sites);
    }
};

}  // namespace growth

namespace sim {
template <>
struct Words<growth::Use> {
    static constexpr std::array<std::string_view, 3> words = {"research", "equipment", "cash"};
};
template <>
struct Words<growth::Base> {
    static constexpr std::array<std::string_view, 2> words = {"research", "investment"};
};
template <>
struct Words<growth::Gain> {
    static constexpr std::array<std::string_view, 3> words = {"efficiency", "search", "demand"};
};
}  // namespace sim
