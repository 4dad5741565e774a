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
#include "models/growth/population.hpp"
#include "models/growth/production.hpp"
#include "models/growth/reporting.hpp"
#include "models/growth/selection.hpp"
#include "models/growth/standing.hpp"
#include "models/growth/supply_chain.hpp"
#include "models/growth/talent.hpp"
#include "models/growth/world.hpp"

namespace growth {

struct Parameters {
    PopulationParameters population;
    WorldParameters world;
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

    static constexpr void describe(auto& p, auto&& field) {
        using sim::text_field;
        field(text_field("population", "The firms at the start"), p.population);
        field(text_field("world", "The world outside"), p.world);
        field(text_field("fields", "Fields of industries"), p.fields);
        field(text_field("supply_chain", "What travels between fields"), p.supply_chain);
        field(text_field("demand", "Demand"), p.demand);
        field(text_field("production", "Production"), p.production);
        field(text_field("accounts", "Money"), p.accounts);
        field(text_field("investment", "Investment"), p.investment);
        field(text_field("land", "Land"), p.land);
        field(text_field("innovation", "R&D and innovation"), p.innovation);
        field(text_field("knowledge", "Knowledge and agglomeration"), p.knowledge);
        field(text_field("talent", "People"), p.talent);
        field(text_field("entry", "Entry"), p.entry);
        field(text_field("exit", "Exit and mergers"), p.exit);
        field(text_field("listing", "Going public"), p.listing);
        field(text_field("standing", "Tiers and status"), p.standing);
        field(text_field("selection", "Who is chosen for support"), p.selection);
        field(text_field("reporting", "What statistics say"), p.reporting);
    }
};

}  // namespace growth
