// Books: what is opened before a step, so that its flows can be checked against its stocks.
#pragma once

namespace growth {

struct Config;
struct State;

void open_books(const Config&, int step, State&);

// Throws sim::InvariantError where stocks and flows, parts and totals, or births and deaths do not add up.
void check_books(const Config&, const State&);

}  // namespace growth
