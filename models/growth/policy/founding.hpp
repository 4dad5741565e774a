// A policy that has done nothing yet.
#pragma once

namespace growth {

struct Config;
struct State;

// A state for every lever and component, neutral effects, whom each lever reaches. Called before the burn-in, and again
// when the base year is known or another arm takes a state over.
void found_policy(const Config&, State&);

}  // namespace growth
