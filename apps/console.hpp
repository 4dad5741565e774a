// Standard output is the result and must arrive whole; standard error is talk and may be lost.
#pragma once

#include <cstddef>
#include <exception>
#include <functional>
#include <string>
#include <string_view>

namespace jiju {

// Before any file is opened: one of ours must not take the number of a standard stream that was closed, and then what
// is said there.
void occupy_standard_streams();

// The reader of standard output has seen enough, as `head` has: no error.
struct NobodyReads : std::exception {};

// A pipe that nobody reads then arrives as an error of writing instead of ending the process in the middle of its work.
void ignore_closed_pipes();

// To standard output; FileError where that fails, as on a full disk. Control characters, which could steer a terminal,
// are shown and not sent; names in files and scenarios may hold any.
void print(std::string_view text);

// What `work` prints on this thread, kept from standard output.
[[nodiscard]] std::string captured(const std::function<void()>& work);

// To standard error, as `print`; where nobody listens the work continues.
void report(std::string_view text);

// To standard error, for a terminal: as it is.
void paint(std::string_view text);

// Control characters but line breaks and tabs as \x1B; those of Unicode as \u009B.
[[nodiscard]] std::string with_visible_controls(std::string_view text);

// Places in a line of the terminal that standard output is; 0 where it is none.
[[nodiscard]] std::size_t terminal_width();

}  // namespace jiju
