// A record holds numbers that its description allows, and nothing else: what is seen is checked as books are.
#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

#include <fmt/format.h>

#include "models/growth/config.hpp"
#include "models/growth/measure/measure.hpp"
#include "models/growth/measure/targets.hpp"
#include "sim/describe/errors.hpp"

namespace growth {

namespace {

constexpr double most = std::numeric_limits<double>::max();
constexpr double rounding = 1e-9;

struct Allowed {
    double least, most;
    bool nothing;

    explicit Allowed(const sim::Spec& spec)
        : least(std::max(spec.lower - rounding, -growth::most)),
          most(std::min(spec.upper + rounding, growth::most)),
          nothing(spec.may_be_missing) {}
    // no branch, so that a loop takes a pack at a time
    [[nodiscard]] bool hold(double value) const {
        return ((value >= least) & (value <= most)) | (nothing & std::isnan(value));
    }
};

template <class Outputs>
void check(const sim::Cube<Outputs>& cube) {
    const auto specs = cube.specs();
    for (std::size_t i = 0; i < specs.size(); ++i) {
        const auto values = cube.values_of(i);
        const Allowed allowed(specs[i]);
        bool holds = true;
        for (const double value : values) holds = holds & allowed.hold(value);
        if (holds) continue;
        const auto found =
            std::find_if_not(values.begin(), values.end(), [&](double value) { return allowed.hold(value); });
        const auto place = static_cast<std::size_t>(found - values.begin());
        const bool over_time = !cube.dims().empty() && cube.dims().front() == "time";
        const auto step = over_time ? fmt::format(" in step {}", place * cube.lengths().front() / values.size()) : "";
        throw sim::InvariantError(fmt::format("output {} = {:.6g}{}, which it cannot be", specs[i].name, *found, step));
    }
}

}  // namespace

void check_record(const Config& c, const Record& record) {
    Record::describe_cubes(record, [&]<class Outputs>(const sim::Cube<Outputs>& cube) {
        if constexpr (!std::same_as<Outputs, TargetPath> && !std::same_as<Outputs, TargetOutputs>) check(cube);
    });
    // A path holds the ends of years; years may be infinite or missing, as may be what another scope would say.
    const auto steps_per_year = static_cast<std::size_t>(c.scenario.steps_per_year);
    for (std::size_t k = 0; k < c.targets.size(); ++k)
        for (std::size_t year = 1; year <= static_cast<std::size_t>(c.scenario.years); ++year)
            if (const double value = record.target_paths.at(year * steps_per_year - 1, k).target_path;
                !(std::abs(value) <= most) && !(std::isnan(value) && may_be_missing(c.targets[k])))
                throw sim::InvariantError(fmt::format("target {} = {} in year {}", c.targets[k].key, value, year));
}

}  // namespace growth
