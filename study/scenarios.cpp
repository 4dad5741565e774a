#include "study/scenarios.hpp"

#include <algorithm>
#include <utility>

#include "sim/scenario/write.hpp"

namespace jiju {
namespace {

bool are_alike(const std::vector<sim::UncertainValue>& a, const std::vector<sim::UncertainValue>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const auto& x, const auto& y) { return sim::alike(x, y); });
}

// Rows of a table are no described values: configurations that differ in how they read it are kept whole.
bool same_firms(const growth::Config& a, const growth::Config& b) {
    return sim::to_toml(a.population, {}) == sim::to_toml(b.population, {}) &&
           bool(a.population.rows) == bool(b.population.rows);
}

}  // namespace

void Scenarios::push_back(Scenario scenario) {
    Kept kept{std::move(scenario.path), std::move(scenario.key), std::move(scenario.design), {}, {}, {}};
    auto& config = scenario.config;
    if (!first_) {
        all_.push_back(kept);
        scenario.path = kept.path;
        scenario.key = kept.key;
        scenario.design = kept.design;
        first_ = std::make_shared<const Scenario>(std::move(scenario));
        return;
    }
    if (same_firms(first_->config, config)) kept.difference = sim::Difference::between(first_->config, config);
    if (!kept.difference)
        kept.whole = std::make_shared<const growth::Config>(std::move(config));
    else if (!are_alike(first_->config.uncertain, config.uncertain))
        kept.uncertain = std::move(config.uncertain);
    all_.push_back(std::move(kept));
}

growth::Config Scenarios::config(std::size_t i) const {
    const auto& kept = all_.at(i);
    if (kept.whole) return *kept.whole;
    auto config = first_->config;
    if (kept.difference && !kept.difference->empty()) {
        kept.difference->apply(sim::table_of(config));
        growth::link(config);
    }
    if (kept.uncertain) config.uncertain = *kept.uncertain;
    return config;
}

Scenario Scenarios::operator[](std::size_t i) const {
    const auto& kept = all_.at(i);
    return {kept.path, kept.key, config(i), kept.design};
}

}  // namespace jiju
