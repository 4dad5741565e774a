// The year before the start as it would have been recorded, for targets that compare with it.
#pragma once

namespace growth {

struct Config;
struct State;

// Of a state that stands at the start, into its baseline.
void see_base_year(const Config&, State&);

}  // namespace growth
