// Demand that treated firms win over time is partly their local rivals'.
#pragma once

namespace growth {

struct Config;
struct State;
void take_from_rivals(const Config&, State&);

}  // namespace growth
