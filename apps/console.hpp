// Standard output is the result and must arrive whole; standard error is talk and may be lost.
#pragma once

#include <cstddef>
#include <string_view>

namespace jiju {

// Before any file is opened: one of ours must not take the number of a standard stream that was closed, and then what
// is said there.
void occupy_standard_streams();

// To standard output; FileError where that fails, as on a full disk.
void print(std::string_view text);

// To standard error; where nobody listens the work goes on.
void tell(std::string_view text);

// Places in a line of the terminal that standard output is; 0 where it is none.
[[nodiscard]] std::size_t terminal_width();

}  // namespace jiju
