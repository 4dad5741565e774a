#include "models/growth/supply_chain.hpp"

#include <vector>

#include "models/growth/config.hpp"
#include "models/growth/knowledge.hpp"
#include "models/growth/limits.hpp"
#include "models/growth/state.hpp"

namespace growth {

namespace {

using Entries = Eigen::SparseMatrix<double>::InnerIterator;

std::size_t field_named(const Config& c, const State& s, const std::string& key) {
    std::size_t k = 0;
    while (s.fields[k].row == no_row || c.fields[s.fields[k].row].key != key) ++k;
    return k;
}

double base_sales(const Config& c, const FieldState& field) {
    return c.fields[field.row].share * c.industries[field.industry].base_sales;
}

Eigen::SparseMatrix<double> matrix_of(std::size_t size, const std::vector<Eigen::Triplet<double>>& entries) {
    const auto n = static_cast<Eigen::Index>(size);
    Eigen::SparseMatrix<double> matrix(n, n);
    matrix.setFromTriplets(entries.begin(), entries.end());
    return matrix;
}

}  // namespace

SupplyChain lay_out_chain(const Config& c, const State& s) {
    std::vector<Eigen::Triplet<double>> inputs, pushes, pulls;
    std::vector<double> sold(s.fields.size(), 0.0);  // to all buyers of a field, in the base year
    for (const auto& link : c.inputs)
        sold[field_named(c, s, link.supplier)] +=
            link.coefficient * base_sales(c, s.fields[field_named(c, s, link.buyer)]);
    for (const auto& link : c.inputs) {
        const auto supplier = field_named(c, s, link.supplier), buyer = field_named(c, s, link.buyer);
        const double weight =
            sold[supplier] > 0 ? link.coefficient * base_sales(c, s.fields[buyer]) / sold[supplier] : 0.0;
        inputs.emplace_back(static_cast<int>(supplier), static_cast<int>(buyer), link.coefficient);
        pushes.emplace_back(
            static_cast<int>(supplier), static_cast<int>(buyer),
            cost_elasticity(c.parameters.supply_chain.cost_pass_through, link.coefficient, link.price_response));
        pulls.emplace_back(static_cast<int>(buyer), static_cast<int>(supplier), weight * link.price_response);
    }
    return {matrix_of(s.fields.size(), inputs), matrix_of(s.fields.size(), pushes), matrix_of(s.fields.size(), pulls)};
}

namespace {

void require(State& s) {
    for (auto& field : s.fields) field.required = field.required_before = 0;
    for (std::size_t b = 0; b < s.fields.size(); ++b)
        for (Entries input(s.chain.inputs, static_cast<Eigen::Index>(b)); input; ++input) {
            auto& supplier = s.fields[static_cast<std::size_t>(input.row())];
            supplier.required += input.value() * s.fields[b].output;
            supplier.required_before += input.value() * s.fields[b].output_before;
        }
}

// What a field's buyers do to it.
void look_downstream(const Config& c, std::size_t supplier, State& s) {
    const auto& p = c.parameters.supply_chain;
    auto& field = s.fields[supplier];
    field.local_part = local_part(p.local_sourcing, field.required, field.output);
    field.required_change = log_change(field.required, field.required_before);
    for (Entries buyer(s.chain.pulls, static_cast<Eigen::Index>(supplier)); buyer; ++buyer)
        field.price_link += price_pull(p.price_adjustment, buyer.value(), field.price,
                                       s.fields[static_cast<std::size_t>(buyer.row())].price, s.clock.dt());
}

// What a field's suppliers do to it.
void look_upstream(std::size_t buyer, State& s) {
    auto& field = s.fields[buyer];
    double inputs = 0, met = 0, now = 0, before = 0;
    for (Entries input(s.chain.inputs, static_cast<Eigen::Index>(buyer)); input; ++input) {
        const auto& supplier = s.fields[static_cast<std::size_t>(input.row())];
        inputs += input.value();
        met += input.value() * requirement_met(supplier.output, supplier.required);
        now += input.value() * supplier.output;
        before += input.value() * supplier.output_before;
    }
    for (Entries input(s.chain.pushes, static_cast<Eigen::Index>(buyer)); input; ++input)
        field.price_link += input.value() * s.fields[static_cast<std::size_t>(input.row())].price_change;
    field.inputs_met = inputs > 0 ? met / inputs : 1.0;
    field.linked_growth = field.inputs_met * log_change(now, before);
}

}  // namespace

void follow_chain(const Config& c, State& s) {
    if (s.chain.inputs.nonZeros() == 0) return;
    require(s);
    for (std::size_t k = 0; k < s.fields.size(); ++k) {
        s.fields[k].price_link = 0;
        look_downstream(c, k, s);
        look_upstream(k, s);
    }
}

double value_added_ratio(const Config& c, const State& s, std::size_t field) {
    double ratio = c.industries[s.fields[field].industry].value_added_ratio;
    for (Entries input(s.chain.inputs, static_cast<Eigen::Index>(field)); input; ++input)
        ratio +=
            input_margin(input.value(), s.fields[static_cast<std::size_t>(input.row())].price, s.fields[field].price);
    return sim::clamp(ratio, -limits::value_added_ratio, limits::value_added_ratio);
}

}  // namespace growth
