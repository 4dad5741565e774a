// Priors by their quantiles, and the one walk over the members that draws from them.
#include "sim/scenario/uncertainty.hpp"

#include <algorithm>
#include <span>
#include <stdexcept>

#include "sim/math/elementary.hpp"
#include "sim/scenario/names.hpp"

namespace sim {
namespace {

constexpr double z_95 = 1.6448536269514722;  // standard normal quantile at 0.95

double logit(double p) {
    return sim::log(p / (1 - p));
}

// Those whose paths begin alike stand side by side.
using SomeValues = std::span<const UncertainValue* const>;

// Those at or below a path, or of a path that begins with the same letters.
SomeValues below(const std::string& path, SomeValues values) {
    const auto first = std::ranges::lower_bound(values, path, {}, &UncertainValue::path);
    const auto last =
        std::find_if_not(first, values.end(), [&](const auto* value) { return value->path.starts_with(path); });
    return {first, last};
}

class Drawer {
public:
    explicit Drawer(const StandardNormal& standard_normal) : standard_normal_(standard_normal) {}

    void table(const TableMember& table, SomeValues values) {
        if (values.empty()) return;
        table.each([&](const Field& field, const Member& member) {
            at(field.name, values, [&](SomeValues own) {
                const auto number = [&](double& median) { draw(field, *own.front(), median); };
                std::visit(Match{[&](double* value) { number(*value); },
                                 [&](std::optional<double>* value) {
                                     if (*value) number(**value);
                                 },
                                 [&](const TableMember& nested) { this->table(nested, own); },
                                 [&](const RowsMember& rows) {
                                     rows.each([&](const std::string& key, const TableMember& row) {
                                         at(key, own, [&](SomeValues below) { this->table(row, below); });
                                     });
                                 },
                                 [](const auto&) {}},  // no other member is a number with a prior
                           member.of);
            });
        });
    }

    [[nodiscard]] std::size_t drawn() const { return drawn_; }

private:
    // Most names lead to no value, so a path is made in the room of the one before.
    template <class Body>
    void at(std::string_view name, SomeValues values, Body&& body) {
        const auto outer = path_.size();
        if (outer > 0) path_ += '.';
        path_ += key_text(name);
        if (const auto own = below(path_, values); !own.empty()) body(own);
        path_.resize(outer);
    }

    void draw(const Field& field, const UncertainValue& value, double& median) {
        if (value.path != path_) return;
        median = std::clamp(quantile(value.prior, median, standard_normal_(path_)), field.lower, field.upper);
        ++drawn_;
    }

    const StandardNormal& standard_normal_;
    std::string path_;
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
    std::vector<const UncertainValue*> values;
    for (const auto& value : uncertain) values.push_back(&value);
    std::ranges::sort(values, {}, &UncertainValue::path);
    Drawer drawer(standard_normal);
    drawer.table(table, values);
    if (drawer.drawn() != values.size())
        throw std::invalid_argument("the path of an uncertain value leads to no number, or stands twice");
}

}  // namespace sim
