// NCO and the libraries of netCDF leave their names and versions among the attributes of a file.
#include "study/rewriter.hpp"

#include <array>
#include <regex>

#include <fmt/format.h>

#include "sim/describe/translated.hpp"

namespace jiju {
namespace {

struct Trace {
    const char* attribute;
    const char* pattern;  // whose first group is the version
    const char* name;
};

// NCO writes through netCDF, so its own name comes first. Longer texts than any of these say nothing and are not read.
constexpr std::array traces{Trace{"NCO", R"(netCDF Operators version "?([0-9][\w.]{0,20}))", "NCO"},
                            Trace{"_NCProperties", R"(\bh5netcdf=([0-9][\w.]{0,20}))", "h5netcdf"},
                            Trace{"_NCProperties", R"(\bnetcdf=([0-9][\w.]{0,20}))", "netCDF"}};

}  // namespace

std::string rewriter_of(const sim::ResultsReader& reader) {
    constexpr std::size_t most_bytes = 1000;
    for (const auto& [attribute, pattern, name] : traces) {
        if (!reader.has_attribute(attribute)) continue;
        const auto text = reader.text(attribute).substr(0, most_bytes);
        std::smatch found;
        if (std::regex_search(text, found, std::regex(pattern))) return fmt::format("{} {}", name, found[1].str());
    }
    return sim::translated("a program that leaves no name, as h5repack");
}

}  // namespace jiju
