// Which program wrote a results file that this one did not write.
#pragma once

#include <string>

#include "sim/output/reader.hpp"

namespace jiju {

// As it says of itself in the attributes that it leaves: NCO 5.1.4, netCDF 4.9.0, h5netcdf 1.3.0; or that it leaves
// none.
[[nodiscard]] std::string rewriter_of(const sim::ResultsReader& reader);

}  // namespace jiju
