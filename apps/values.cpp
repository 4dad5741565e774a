#include "apps/values.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <system_error>

#include <fmt/format.h>

#include "apps/commands.hpp"
#include "sim/describe/translated.hpp"

namespace jiju {
namespace {

[[noreturn]] void refuse(std::string_view option, std::string_view word, const std::string& why) {
    throw UsageError(fmt::format("{} {}: {}", option, word, why));
}

bool is_whole(std::string_view word) {
    if (word.starts_with('-') || word.starts_with('+')) word.remove_prefix(1);
    return !word.empty() && std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

template <class T>
T whole(std::string_view option, std::string_view word, T low, T high) {
    if (!is_whole(word)) refuse(option, word, sim::translated("is no whole number, such as 100"));
    const auto digits = word.substr(word.starts_with('+') ? 1 : 0);
    T value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || end != digits.data() + digits.size() || value < low || value > high)
        refuse(option, word, sim::translated("allowed are {} to {}", low, high));
    return value;
}

}  // namespace

std::int64_t whole_number(std::string_view option, std::string_view word, std::int64_t low, std::int64_t high) {
    return whole(option, word, low, high);
}

std::uint64_t natural_number(std::string_view option, std::string_view word) {
    return whole<std::uint64_t>(option, word, 0, std::numeric_limits<std::uint64_t>::max());
}

double real_number(std::string_view option, std::string_view word, double low, double high) {
    double value = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    if (error != std::errc() || end != word.data() + word.size() || !std::isfinite(value)) {
        std::string point(word);
        std::replace(point.begin(), point.end(), ',', '.');
        const bool comma = std::count(word.begin(), word.end(), ',') == 1;
        refuse(option, word,
               comma ? sim::translated("is no number; with a decimal point it is ") + point
                     : sim::translated("is no number, such as 0.5"));
    }
    if (value < low || value > high) refuse(option, word, sim::translated("allowed are {} to {}", low, high));
    return value;
}

}  // namespace jiju
