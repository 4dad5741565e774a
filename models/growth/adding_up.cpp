#include "models/growth/adding_up.hpp"

#include <map>
#include <string>

#include "models/growth/config.hpp"
#include "models/growth/extent.hpp"
#include "models/growth/policy/channels.hpp"
#include "models/growth/policy/mechanisms.hpp"
#include "models/growth/policy/responses.hpp"
#include "models/growth/population.hpp"

namespace growth {

namespace {

constexpr double rounding = 1e-9;  // as read_config allows

// Members of some rows, added up by a key.
class Whole {
public:
    void add(const std::string& key, double& part) {
        auto& [sum, parts] = sums_[key];
        sum += part;
        parts.push_back(&part);
    }
    void cut(double most) {
        for (auto& [key, all] : sums_) {
            if (all.sum <= most + rounding) continue;
            for (double* const part : all.parts) *part *= most / all.sum;
        }
    }

private:
    struct Parts {
        double sum = 0;
        std::vector<double*> parts;
    };
    std::map<std::string, Parts> sums_;
};

void cut_shares_of_levers(Components& components) {
    std::map<Dose, Whole> doses;
    for_each_share(components, [&](auto& row, Dose dose, double& share) { doses[dose].add(row.lever, share); });
    for (auto& [dose, whole] : doses) whole.cut(1);
}

}  // namespace

void reconcile(Config& c) {
    for (auto& r : c.components->of<Response>()) r.effect = facts_of(r.channel).effect.keep(r.effect);
    Whole sales, firms, city;
    for (auto& cluster : c.clusters) {
        sales.add(cluster.industry, cluster.share);
        firms.add(cluster.industry, cluster.firm_share);
    }
    for (auto& industry : c.industries)
        for (double* const number : {&industry.above_scale_firms, &industry.fringe_firms}) city.add("", *number);
    sales.cut(1);
    firms.cut(1);
    city.cut(most_firms);
    cut_shares_of_levers(*c.components);
    auto& population = c.parameters.population;
    population.size_cap = sim::max(population.size_cap, least_size_cap(population));
}

}  // namespace growth
