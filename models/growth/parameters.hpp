// The parameters of the model by subject. Each subject's file holds its own, with unit, bounds, source and prior.
#pragma once

#include "models/growth/accounts.hpp"
#include "models/growth/demand.hpp"
#include "models/growth/entry.hpp"
#include "models/growth/exit.hpp"
#include "models/growth/fields.hpp"
#include "models/growth/innovation.hpp"
#include "models/growth/investment.hpp"
#include "models/growth/knowledge.hpp"
#include "models/growth/land.hpp"
#include "models/growth/listing.hpp"
#include "models/growth/macro.hpp"
#include "models/growth/measure/reporting.hpp"
#include "models/growth/policy/selection_parameters.hpp"
#include "models/growth/population.hpp"
#include "models/growth/production.hpp"
#include "models/growth/standing.hpp"
#include "models/growth/supply_chain.hpp"
#include "models/growth/talent.hpp"

namespace growth {

struct Parameters {
    PopulationParameters population;
    MacroParameters macro;
    FieldParameters fields;
    SupplyChainParameters supply_chain;
    DemandParameters demand;
    ProductionParameters production;
    AccountParameters accounts;
    InvestmentParameters investment;
    LandParameters land;
    InnovationParameters innovation;
    KnowledgeParameters knowledge;
    TalentParameters talent;
    EntryParameters entry;
    ExitParameters exit;
    ListingParameters listing;
    StandingParameters standing;
    SelectionParameters selection;
    ReportingParameters reporting;

    static constexpr void describe(auto& p, auto&& member) {
        using sim::text_spec;
        member(text_spec("population", "The firms at the start"), p.population);
        member(text_spec("macro", "The macro economy"), p.macro);
        member(text_spec("fields", "Fields of industries"), p.fields);
        member(text_spec("supply_chain", "What travels between fields"), p.supply_chain);
        member(text_spec("demand", "Demand"), p.demand);
        member(text_spec("production", "Production"), p.production);
        member(text_spec("accounts", "Money"), p.accounts);
        member(text_spec("investment", "Investment"), p.investment);
        member(text_spec("land", "Land"), p.land);
        member(text_spec("innovation", "R&D and innovation"), p.innovation);
        member(text_spec("knowledge", "Knowledge and agglomeration"), p.knowledge);
        member(text_spec("talent", "People"), p.talent);
        member(text_spec("entry", "Entry"), p.entry);
        member(text_spec("exit", "Exit and mergers"), p.exit);
        member(text_spec("listing", "Going public"), p.listing);
        member(text_spec("standing", "Tiers and status"), p.standing);
        member(text_spec("selection", "Who is chosen for support"), p.selection);
        member(text_spec("reporting", "What statistics say"), p.reporting);
    }
};

}  // namespace growth
