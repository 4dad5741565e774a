// Count, mean, spread and extremes of many series at once, the same to the bit however the replicates were split.
//
// Each replicate gives one row, a number a series. Rounded sums depend on their order, so the order is fixed by the
// numbers of the replicates and by nothing else: they are the leaves of one binary tree, whose node (level l, index k)
// covers replicates [k 2^l, (k + 1) 2^l). Two siblings become their parent as soon as both are complete, by the update
// of T. Chan, G. Golub and R. LeVeque, "Updating formulae and a pairwise algorithm for computing sample variances",
// 1979. What is kept of a range are its largest complete nodes, at most 2 log2(n) of them; a parent is the same
// wherever and whenever its halves met. The value of the range folds these nodes from left to right.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace sim {

// NaN is missing and does not count. A series with an infinite value has no standard deviation, and an infinite mean,
// or none if both infinities occur. Squares of differences above 1e154 overflow.
class Moments {
public:
    // Of the replicates from number `first` on, which is at most 2^62.
    explicit Moments(std::size_t series, std::uint64_t first = 0);

    void add(std::span<const double> row);  // the next replicate
    void add_missing();                     // the next replicate, which failed
    // `next` must be of as many series and begin where this ends; otherwise std::invalid_argument.
    void append(const Moments& next);

    [[nodiscard]] std::size_t series() const { return minimum_.size(); }
    [[nodiscard]] std::uint64_t first() const { return first_; }
    [[nodiscard]] std::uint64_t end() const { return end_; }

    // One number a series; NaN where there is none.
    [[nodiscard]] std::vector<std::int64_t> count() const;
    [[nodiscard]] std::vector<double> mean() const;
    [[nodiscard]] std::vector<double> standard_deviation() const;  // of the sample, with n - 1
    [[nodiscard]] std::vector<double> minimum() const;
    [[nodiscard]] std::vector<double> maximum() const;

    // For files. Which nodes there are follows from the range.
    struct State {
        std::vector<std::int64_t> range;  // first, end
        std::vector<double> values;       // node by node the means, then the sums of squares; at last minima and maxima
        std::vector<std::int64_t> counts;  // node by node
        bool operator==(const State&) const = default;
    };
    [[nodiscard]] State state() const;
    // std::invalid_argument if no rows could have led to it.
    [[nodiscard]] static Moments from(std::size_t series, const State& state);

private:
    struct Place {
        int level = 0;
        std::uint64_t index = 0;
        [[nodiscard]] std::uint64_t end() const { return (index + 1) << level; }
        [[nodiscard]] bool is_sibling_after(const Place& left) const {
            return level == left.level && index == left.index + 1 && index % 2 == 1;
        }
    };
    struct Node {
        Place place;
        std::vector<double> count, mean, squares;  // squares of the differences from the mean; 0 where nothing counts
    };

    [[nodiscard]] static std::vector<Place> places(std::uint64_t first, std::uint64_t end);
    static void merge(Node& left, const Node& right);

    void add_leaf(std::span<const double> row);
    void merge_siblings();
    [[nodiscard]] Node unused_node(Place place);
    [[nodiscard]] Node total() const;

    std::uint64_t first_, end_;
    std::vector<double> minimum_, maximum_;  // infinity and -infinity of nothing
    std::vector<Node> nodes_;
    std::vector<Node> unused_;  // their memory serves again
};

}  // namespace sim
