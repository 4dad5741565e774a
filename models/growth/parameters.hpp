// The parameters of the model by subject. Each subject's file holds its own, with unit, bounds, source and prior.
#pragma once

#include "models/growth/parameters/accounts.hpp"
#include "models/growth/parameters/administration.hpp"
#include "models/growth/parameters/demand.hpp"
#include "models/growth/parameters/entry.hpp"
#include "models/growth/parameters/exit.hpp"
#include "models/growth/parameters/fields.hpp"
#include "models/growth/parameters/innovation.hpp"
#include "models/growth/parameters/investment.hpp"
#include "models/growth/parameters/knowledge.hpp"
#include "models/growth/parameters/labour_market.hpp"
#include "models/growth/parameters/land.hpp"
#include "models/growth/parameters/listing.hpp"
#include "models/growth/parameters/macro.hpp"
#include "models/growth/parameters/population.hpp"
#include "models/growth/parameters/production.hpp"
#include "models/growth/parameters/reporting.hpp"
#include "models/growth/parameters/rest.hpp"
#include "models/growth/parameters/selection.hpp"
#include "models/growth/parameters/standing.hpp"
#include "models/growth/parameters/supply_chain.hpp"
#include "models/growth/parameters/talent.hpp"

namespace growth {

struct Parameters {
    PopulationParameters population;
    MacroParameters macro;
    LabourMarketParameters labour_market;
    RestParameters rest;
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
    AdministrationParameters administration;
    ReportingParameters reporting;

    void describe(const sim::Members& member);
};

}  // namespace growth
