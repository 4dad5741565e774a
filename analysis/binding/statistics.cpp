// Statistics that the program's own tables print, for those that are made in Python: one formula for both.
#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include <nanobind/ndarray.h>
#include <nanobind/stl/pair.h>

#include "analysis/binding/binding.hpp"
#include "sim/statistics/clusters.hpp"
#include "sim/statistics/intervals.hpp"

namespace nb = nanobind;
using namespace nb::literals;

namespace jiju::binding {
namespace {

using Events = nb::ndarray<const bool, nb::ndim<1>, nb::c_contig, nb::device::cpu>;
using Numbers = nb::ndarray<const std::int64_t, nb::ndim<1>, nb::c_contig, nb::device::cpu>;

// Where each replicate has a draw of its own, few of them are enough.
std::pair<double, double> interval_of(const Events& met, const Numbers& clusters, double level) {
    if (met.size() != clusters.size()) throw nb::value_error("an event needs the number of its cluster");
    sim::Clusters all(1);
    bool nested = false;
    for (std::size_t i = 0; i < met.size(); ++i) {
        if (i > 0 && clusters(i) < clusters(i - 1)) throw nb::value_error("clusters must come in order");
        nested = nested || (i > 0 && clusters(i) == clusters(i - 1));
        all.add(static_cast<std::size_t>(clusters(i)), std::array{met(i) ? 1.0 : 0.0});
    }
    const auto count = static_cast<std::size_t>(std::count(met.data(), met.data() + met.size(), true));
    const auto [low, high] =
        nested ? sim::interval_of_probability(all.mean(0), level) : sim::wilson_interval(count, met.size(), level);
    return {low, high};
}

}  // namespace

void bind_statistics(nb::module_& module) {
    module.attr("least_clusters") = sim::least_clusters;
    module.def("interval_of_probability", interval_of, "met"_a, "clusters"_a, "level"_a);
}

}  // namespace jiju::binding
