// Of which industries exports are known: a scenario may say what share of its sales an industry exports, and need not.
//
// The share of a firm stays as it is: nothing that is simulated depends on where sales go.
#pragma once

#include <cstddef>
#include <string_view>

namespace growth {

struct Config;
struct Where;

// An industry that is not there has none. What a table of firms says is not known before it is read.
bool says_exports(const Config&, std::size_t industry);
// Missing where they are not known.
double known_exports(const Config&, std::size_t industry, double exports);
// Whether any industry that is there says a share.
bool any_exports(const Config&);

// Whether an output is one of exports, by whatever dimensions.
bool is_exports(std::string_view output);
// The first industry within a filter that says none; the number of industries where all do.
std::size_t without_exports(const Config&, const Where&);

}  // namespace growth
