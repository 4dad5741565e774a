// What the data of the base year say of parameters that are drawn one by one.
#pragma once

namespace growth {

struct Config;

// (E73) capital over output fits the investment of the base year: the ratios of all industries times
//       I / sum over industries of k Y (q g + (1 - e^(-d h)) / h), kept in [1/2, 2]        [perpetual inventory]
//       k: mean capital over output, Y: output, g: its growth up to the base year, q: growth of capital over it, d:
//       depreciation. Capital that grows so needs just the investment that the data show
void fit_capital(Config&);

}  // namespace growth
