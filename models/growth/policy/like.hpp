// A lever made like another: the same components, with doses and eligibility of its own.
//
// In a file it is `[levers.KEY] like = "other"`. Before a scenario is read, the row is laid over a copy of the other's,
// without its doses, and every component of the other is copied for it. A copied component says what it is made `like`.
// The two share their draws: those of chance (Component::draw_key) and those of uncertain numbers.
#pragma once

#include <optional>

#include "sim/scenario/document.hpp"
#include "sim/scenario/problems.hpp"

namespace growth {

struct Config;

// The document with all copies written out; nothing where no lever is like another.
std::optional<sim::Document> with_copies(const sim::Document&, sim::Problems&);

// Gives uncertain numbers of copies the draws of what they were made like.
void share_draws(Config&);

}  // namespace growth
