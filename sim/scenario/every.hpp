// [every.TABLE]: what each row of a table has where the row itself does not say it. So a file of data, such as that of
// a country, can speak of rows that other files name.
#pragma once

#include <optional>
#include <string_view>

#include "sim/scenario/document.hpp"
#include "sim/scenario/member.hpp"
#include "sim/scenario/problems.hpp"

namespace sim {

inline constexpr std::string_view every = "every";

// The document with those keys in the rows and without the table; nothing where it has none. Reports tables that have
// no rows. A row has its own of what it says, whichever file says it.
[[nodiscard]] std::optional<Document> with_every(const Document& document, const TableMember& table,
                                                 Problems& problems);

}  // namespace sim
