// Sums over firms, by block, cell, field and industry: what the next step reads of the last.
#pragma once

namespace growth {

struct Config;
struct State;

// Adds up what the next step reads.
void add_up(const Config&, State&);
// The part of it that hangs on the nation's frontier: the best of each cell counts within what can be imitated.
void bound_best(const Config&, State&);

}  // namespace growth
