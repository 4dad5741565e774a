// What no single value of a scenario can say of its policy: whether purses, levers and components fit one another.
#pragma once

namespace sim {
class Document;
class Problems;
}  // namespace sim

namespace growth {

struct Config;

void check_policy(const Config&, const sim::Document&, sim::Problems&);

}  // namespace growth
