// Priors by their quantiles, and the one walk over the members that draws from them.
#include "sim/scenario/uncertainty.hpp"

#include <algorithm>
#include <stdexcept>

#include "sim/math/elementary.hpp"
#include "sim/scenario/names.hpp"

namespace sim {
namespace {

constexpr double z_95 = 1.6448536269514722;  // standard normal quantile at 0.95

double logit(double p) {
    return sim::log(p / (1 - p));
}

class Drawer {
public:
    Drawer(const std::vector<UncertainValue>& uncertain, const StandardNormal& standard_normal)
        : standard_normal_(standard_normal) {
        for (const auto& value : uncertain) values_.push_back(&value);
        std::sort(values_.begin(), values_.end(), [](const auto* a, const auto* b) { return a->path < b->path; });
    }

    void table(const TableMember& table, const std::string& path) {
        table.each([&](const Field& field, const Member& member) {
            const auto inner = join(path, field.name);
            const auto first = std::lower_bound(values_.begin(), values_.end(), inner,
                                                [](const auto* value, const auto& name) { return value->path < name; });
            if (first == values_.end() || !(*first)->path.starts_with(inner)) return;
            const auto number = [&](double& median) {
                if ((*first)->path != inner) return;
                const auto drawn = quantile((*first)->prior, median, standard_normal_(inner));
                median = std::clamp(drawn, field.lower, field.upper);
                ++drawn_;
            };
            std::visit(Match{[&](double* value) { number(*value); },
                             [&](std::optional<double>* value) {
                                 if (*value) number(**value);
                             },
                             [&](const TableMember& nested) { this->table(nested, inner); },
                             [&](const RowsMember& rows) {
                                 rows.each([&](const std::string& key, const TableMember& row) {
                                     this->table(row, join(inner, key));
                                 });
                             },
                             [](const auto&) {}},  // no other member is a number with a prior
                       member.of);
        });
    }

    void check_all_drawn() const {
        if (drawn_ != values_.size())
            throw std::invalid_argument("the path of an uncertain value leads to no number, or stands twice");
    }

private:
    const StandardNormal& standard_normal_;
    std::vector<const UncertainValue*> values_;
    std::size_t drawn_ = 0;
};

}  // namespace

std::string flaw_of(const Prior& prior, double median) {
    if (!(prior.low <= median && median <= prior.high)) return "needs low <= median <= high";
    if (prior.shape == Prior::Shape::lognormal && prior.low <= 0) return "is lognormal, so low must be above 0";
    if (prior.shape == Prior::Shape::logitnormal && (prior.low <= 0 || prior.high >= 1))
        return "is logitnormal, so low and high must lie between 0 and 1, both excluded";
    return {};
}

double quantile(const Prior& prior, double median, double z) {
    switch (prior.shape) {
        case Prior::Shape::none:
            return median;
        case Prior::Shape::normal:
            return median + z * (prior.high - prior.low) / (2 * z_95);
        case Prior::Shape::lognormal:
            return median * sim::exp(z * sim::log(prior.high / prior.low) / (2 * z_95));
        case Prior::Shape::logitnormal: {
            const auto x = logit(median) + z * (logit(prior.high) - logit(prior.low)) / (2 * z_95);
            return 1 / (1 + sim::exp(-x));
        }
    }
    return median;
}

void draw_uncertain(const TableMember& table, const std::vector<UncertainValue>& uncertain,
                    const StandardNormal& standard_normal) {
    Drawer drawer(uncertain, standard_normal);
    drawer.table(table, {});
    drawer.check_all_drawn();
}

}  // namespace sim
