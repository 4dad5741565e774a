// What no single value of a scenario can say: whether its tables fit one another.
#pragma once

namespace sim {
class Document;
class Problems;
}  // namespace sim

namespace growth {

struct Config;

void check_tables(const Config&, const sim::Document&, sim::Problems&);

// Whether every firm of an industry has a place; of tables that fit one another.
void check_shares(const Config&, const sim::Document&, sim::Problems&);

}  // namespace growth
