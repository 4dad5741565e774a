// Numbers that are drawn one by one and yet bound by one another.
#pragma once

namespace growth {

struct Config;

// Brings the draws of a replicate to what read_config asks of their medians: effects lie within the bounds of their
// channels; shares of one whole that add up to more than it are cut alike, as are numbers of firms.
void reconcile(Config&);

}  // namespace growth
