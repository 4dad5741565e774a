#include "sim/statistics/moments.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <iterator>
#include <limits>
#include <stdexcept>

#include "sim/math/canonical.hpp"

namespace sim {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
constexpr std::uint64_t last_number = std::uint64_t{1} << 62;

struct Part {
    double count, mean, squares;
};

// Without branches, so that the loops over series become vector code. What the selections throw away may be NaN.
Part merged(const Part& a, const Part& b) {
    const double count = a.count + b.count;
    const double weight = b.count / count;
    const double difference = b.mean - a.mean;
    const double mean = a.mean + difference * weight;
    const double squares = (a.squares + b.squares) + difference * difference * (a.count * weight);
    return {count, b.count == 0 ? a.mean : (a.count == 0 ? b.mean : mean),
            b.count == 0 ? a.squares : (a.count == 0 ? b.squares : squares)};
}

Part leaf(double value) {
    const bool is_missing = value != value;
    return {is_missing ? 0.0 : 1.0, is_missing ? 0.0 : value, 0.0};
}

void require(bool holds, const char* what) {
    if (!holds) throw std::invalid_argument(what);
}

}  // namespace

Moments::Moments(std::size_t series, std::uint64_t first)
    : first_(first), end_(first), minimum_(series, infinity), maximum_(series, -infinity) {
    require(first <= last_number, "moments: the first replicate's number is too large");
}

void Moments::add(std::span<const double> row) {
    require(row.size() == series(), "moments: a row of another number of series");
    const double* const value = row.data();
    double* const minimum = minimum_.data();
    double* const maximum = maximum_.data();
    for (std::size_t i = 0; i < row.size(); ++i) {  // the comparisons pass over NaN
        minimum[i] = value[i] < minimum[i] ? value[i] : minimum[i];
        maximum[i] = value[i] > maximum[i] ? value[i] : maximum[i];
    }
    add_leaf(row);
}

void Moments::add_missing() {
    add_leaf(std::vector<double>(series(), nothing));
}

void Moments::append(const Moments& next) {
    require(next.series() == series(), "moments: another number of series");
    require(next.first_ == end_, "moments: the ranges do not follow each other");
    for (std::size_t i = 0; i < series(); ++i) {
        minimum_[i] = next.minimum_[i] < minimum_[i] ? next.minimum_[i] : minimum_[i];
        maximum_[i] = next.maximum_[i] > maximum_[i] ? next.maximum_[i] : maximum_[i];
    }
    const auto count = next.nodes_.size();  // `next` may be a range of no replicates, even this one
    for (std::size_t n = 0; n < count; ++n) {
        nodes_.push_back(next.nodes_[n]);
        merge_siblings();
    }
    end_ = next.end_;
}

void Moments::add_leaf(std::span<const double> row) {
    const Place place{0, end_};
    ++end_;
    const double* const value = row.data();
    if (!nodes_.empty() && place.is_sibling_after(nodes_.back().place)) {
        auto& [left, count, mean, squares] = nodes_.back();
        double *const n = count.data(), *const m = mean.data(), *const q = squares.data();
        for (std::size_t i = 0; i < row.size(); ++i) {
            const Part part = merged({n[i], m[i], q[i]}, leaf(value[i]));
            n[i] = part.count;
            m[i] = part.mean;
            q[i] = part.squares;
        }
        left = {1, left.index / 2};
        return merge_siblings();
    }
    nodes_.push_back(unused_node(place));
    auto& [at, count, mean, squares] = nodes_.back();
    for (std::size_t i = 0; i < row.size(); ++i) {
        const Part part = leaf(value[i]);
        count[i] = part.count;
        mean[i] = part.mean;
        squares[i] = part.squares;
    }
}

void Moments::merge_siblings() {
    while (nodes_.size() > 1 && nodes_.back().place.is_sibling_after(nodes_[nodes_.size() - 2].place)) {
        Node& left = nodes_[nodes_.size() - 2];
        merge(left, nodes_.back());
        left.place = {left.place.level + 1, left.place.index / 2};
        constexpr std::size_t enough = 4;  // for rows added singly; appended ranges take none
        if (unused_.size() < enough) unused_.push_back(std::move(nodes_.back()));
        nodes_.pop_back();
    }
}

void Moments::merge(Node& left, const Node& right) {
    double *const n = left.count.data(), *const m = left.mean.data(), *const q = left.squares.data();
    const double *const rn = right.count.data(), *const rm = right.mean.data(), *const rq = right.squares.data();
    for (std::size_t i = 0; i < left.count.size(); ++i) {
        const Part part = merged({n[i], m[i], q[i]}, {rn[i], rm[i], rq[i]});
        n[i] = part.count;
        m[i] = part.mean;
        q[i] = part.squares;
    }
}

Moments::Node Moments::unused_node(Place place) {
    if (unused_.empty())
        return {place, std::vector<double>(series()), std::vector<double>(series()), std::vector<double>(series())};
    Node node = std::move(unused_.back());
    unused_.pop_back();
    node.place = place;
    return node;
}

// The largest nodes that lie within the range, from left to right.
std::vector<Moments::Place> Moments::places(std::uint64_t first, std::uint64_t end) {
    std::vector<Place> places;
    for (auto at = first; at < end; at = places.back().end()) {
        const int fits = static_cast<int>(std::bit_width(end - at)) - 1;
        const int level = at == 0 ? fits : std::min(fits, std::countr_zero(at));
        places.push_back({level, at >> level});
    }
    return places;
}

Moments::Node Moments::total() const {
    const std::vector<double> zeros(series());
    Node total{{}, zeros, zeros, zeros};
    for (const auto& node : nodes_) merge(total, node);
    return total;
}

std::vector<std::int64_t> Moments::count() const {
    std::vector<std::int64_t> counts(series());
    for (const auto& node : nodes_)
        for (std::size_t i = 0; i < counts.size(); ++i) counts[i] += static_cast<std::int64_t>(node.count[i]);
    return counts;
}

std::vector<double> Moments::mean() const {
    auto [place, count, mean, squares] = total();
    for (std::size_t i = 0; i < series(); ++i) {
        const bool above = maximum_[i] == infinity, below = minimum_[i] == -infinity;
        if (count[i] == 0 || (above && below))
            mean[i] = nothing;
        else if (above || below)
            mean[i] = above ? infinity : -infinity;
        else
            mean[i] = canonical(mean[i]);
    }
    return mean;
}

std::vector<double> Moments::standard_deviation() const {
    auto [place, count, mean, squares] = total();
    for (std::size_t i = 0; i < series(); ++i) {
        const bool is_finite = std::isfinite(minimum_[i]) && std::isfinite(maximum_[i]);
        squares[i] = count[i] < 2 || !is_finite ? nothing : canonical(std::sqrt(squares[i] / (count[i] - 1)));
    }
    return squares;
}

std::vector<double> Moments::minimum() const {
    auto minimum = minimum_;
    for (std::size_t i = 0; i < series(); ++i)
        if (minimum_[i] > maximum_[i]) minimum[i] = nothing;
    return minimum;
}

std::vector<double> Moments::maximum() const {
    auto maximum = maximum_;
    for (std::size_t i = 0; i < series(); ++i)
        if (minimum_[i] > maximum_[i]) maximum[i] = nothing;
    return maximum;
}

Moments::State Moments::state() const {
    State state{{static_cast<std::int64_t>(first_), static_cast<std::int64_t>(end_)}, {}, {}};
    const auto append = [&](const std::vector<double>& values) {
        std::transform(values.begin(), values.end(), std::back_inserter(state.values), canonical);
    };
    for (const auto& node : nodes_) {
        append(node.mean);
        append(node.squares);
        for (const double n : node.count) state.counts.push_back(static_cast<std::int64_t>(n));
    }
    append(minimum_);
    append(maximum_);
    return state;
}

Moments Moments::from(std::size_t series, const State& state) {
    require(state.range.size() == 2 && state.range[0] >= 0 && state.range[0] <= state.range[1] &&
                static_cast<std::uint64_t>(state.range[1]) <= last_number,
            "moments: not a range of replicates");
    Moments moments(0, static_cast<std::uint64_t>(state.range[0]));
    moments.end_ = static_cast<std::uint64_t>(state.range[1]);
    const auto places = Moments::places(moments.first_, moments.end_);
    // In this order no product can overflow.
    require(series <= state.values.size() && state.values.size() == 2 * series * (places.size() + 1) &&
                state.counts.size() == series * places.size(),
            "moments: another number of values than the range and the series ask for");
    auto value = state.values.begin();
    const auto take = [&](std::vector<double>& into) {
        const auto end = value + static_cast<std::ptrdiff_t>(series);
        into.assign(value, end);
        value = end;
    };
    auto count = state.counts.begin();
    std::vector<std::int64_t> counted(series);
    for (const auto& place : places) {
        Node node{place, {}, {}, {}};
        take(node.mean);
        take(node.squares);
        for (std::size_t i = 0; i < series; ++i, ++count) {
            require(*count >= 0 && *count <= std::int64_t{1} << place.level, "moments: a count that cannot be");
            require(!(node.squares[i] < 0) && (*count > 1 || node.squares[i] == 0) && (*count > 0 || node.mean[i] == 0),
                    "moments: values that do not go with their count");
            node.count.push_back(static_cast<double>(*count));
            counted[i] += *count;
        }
        moments.nodes_.push_back(std::move(node));
    }
    take(moments.minimum_);
    take(moments.maximum_);
    for (std::size_t i = 0; i < series; ++i) {
        const double low = moments.minimum_[i], high = moments.maximum_[i];
        require(counted[i] > 0 ? low <= high : low == infinity && high == -infinity,
                "moments: extremes that cannot be");
    }
    return moments;
}

}  // namespace sim
