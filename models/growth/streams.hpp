// The named purposes of randomness. A new one shifts no other; entities are firm ids unless said otherwise.
#pragma once

#include <array>

#include "sim/random/draws.hpp"

namespace growth::streams {

inline constexpr auto parameters = sim::purpose("parameters");      // entity: hash of the parameter's path
inline constexpr auto factor = sim::purpose("factor");              // entity: factor
inline constexpr auto industry = sim::purpose("industry");          // entity: industry
inline constexpr auto factor_jump = sim::purpose("factor jump");    // entity: factor
inline constexpr auto field_price = sim::purpose("field price");    // entity: field
inline constexpr auto field_choice = sim::purpose("field choice");  // the field a firm is born into
inline constexpr auto birth = sim::purpose("birth");                // traits a firm is born with
inline constexpr auto birth_size = sim::purpose("birth size");
inline constexpr auto orders = sim::purpose("orders");  // the year's demand shock
inline constexpr auto efficiency = sim::purpose("efficiency");
inline constexpr auto innovation = sim::purpose("innovation");
inline constexpr auto innovation_size = sim::purpose("innovation size");
inline constexpr auto patents = sim::purpose("patents");
inline constexpr auto exit = sim::purpose("exit");
inline constexpr auto slot = sim::purpose("slot");  // entity: an entrant's id
inline constexpr auto merger = sim::purpose("merger");
inline constexpr auto status = sim::purpose("status");  // high-tech status, centres, teams
inline constexpr auto listing = sim::purpose("listing");
inline constexpr auto land_queue = sim::purpose("land queue");
inline constexpr auto selection = sim::purpose("selection");        // block: the component's draw key
inline constexpr auto consent = sim::purpose("consent");            // block: the component's draw key
inline constexpr auto lot = sim::purpose("lot");                    // once, at step 0; block: the component's draw key
inline constexpr auto deadweight = sim::purpose("deadweight");      // once, at step 0; block: the component's draw key
inline constexpr auto table_weight = sim::purpose("table weight");  // entity: industry
inline constexpr auto table_row = sim::purpose("table row");        // entity: row of the table; block: its firm
inline constexpr auto talent = sim::purpose("talent");              // entity: arrival slot
inline constexpr auto talent_host = sim::purpose("talent host");

static_assert(sim::distinct(std::array{parameters, factor,       industry,    factor_jump,     birth,        birth_size,
                                       orders,     efficiency,   innovation,  innovation_size, patents,      exit,
                                       slot,       merger,       status,      listing,         land_queue,   selection,
                                       consent,    talent,       talent_host, field_price,     field_choice, lot,
                                       deadweight, table_weight, table_row}));

// An entity has a block of four numbers at a time. The blocks of purposes that need several:
enum OfBirth : std::uint32_t {
    traits = 0,         // normals, of everyone
    chances = 1,        // uniforms, of everyone
    balance_sheet = 2,  // normals, of those there at the start, as what follows
    age = 3,            // uniforms
    titles = 4,         // uniforms
    day = 5,            // uniforms, of entrants: when in the step
};
enum OfBirthSize : std::uint32_t {
    tail = 0,         // uniforms, of those there at the start
    body = 1,         // normals, of the same
    of_entrants = 0,  // normals
};
enum OfOrders : std::uint32_t { spread_and_time = 0, size = 1 };  // uniforms, normals
enum OfMerger : std::uint32_t { acquires = 0, is_acquired = 1 };
enum OfStatus : std::uint32_t { open_to_all = 0, scarce = 1 };
// Of departures from a firm that may have won so many talents in the step, each with a block of its own.
inline constexpr std::uint32_t arrival_slots = 16, departure = arrival_slots;

}  // namespace growth::streams
