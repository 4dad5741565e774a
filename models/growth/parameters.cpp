#include "models/growth/parameters.hpp"

#include "sim/scenario/member.hpp"

namespace growth {

void Parameters::describe(const sim::Members& member) {
    using sim::text_spec;
    member(text_spec("population", "The firms at the start"), population);
    member(text_spec("macro", "The macro economy"), macro);
    member(text_spec("labour_market", "The labour market"), labour_market);
    member(text_spec("rest", "The rest of industry"), rest);
    member(text_spec("fields", "Fields of industries"), fields);
    member(text_spec("supply_chain", "What travels between fields"), supply_chain);
    member(text_spec("demand", "Demand"), demand);
    member(text_spec("production", "Production"), production);
    member(text_spec("accounts", "Money"), accounts);
    member(text_spec("investment", "Investment"), investment);
    member(text_spec("land", "Land"), land);
    member(text_spec("innovation", "R&D and innovation"), innovation);
    member(text_spec("knowledge", "Knowledge and agglomeration"), knowledge);
    member(text_spec("talent", "People"), talent);
    member(text_spec("entry", "Entry"), entry);
    member(text_spec("exit", "Exit and mergers"), exit);
    member(text_spec("listing", "Going public"), listing);
    member(text_spec("standing", "Tiers and status"), standing);
    member(text_spec("selection", "Who is chosen for support"), selection);
    member(text_spec("administration", "Who carries policy out"), administration);
    member(text_spec("reporting", "What statistics say"), reporting);
}

}  // namespace growth
