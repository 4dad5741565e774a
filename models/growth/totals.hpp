// Sums over firms, by block, cell, field and industry: what the next step reads of the last.
#pragma once

namespace growth {

struct Config;
struct State;

// Adds up what the next step reads.
void add_up(const Config&, State&);

}  // namespace growth
