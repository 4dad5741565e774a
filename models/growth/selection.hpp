// Who is chosen for support: merit, size and connection count, and chance (form F5). One rule for every lever.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "models/growth/standing.hpp"
#include "sim/describe/spec.hpp"
#include "sim/math/elementary.hpp"
#include "sim/math/pack.hpp"
#include "sim/population/column.hpp"
#include "sim/random/draws.hpp"

namespace growth {

struct SelectionParameters {
    double merit = 0.5, size = 0.6, connection = 0.5;

    static constexpr void describe(auto& p, auto&& member) {
        using sim::Spec;
        using enum sim::Prior::Shape;
        member(Spec{"merit", "1", -3, 3, "Weight of efficiency in the choice of firms"}
                   .chinese("择优权重")
                   .from("Fang et al. 2023")
                   .uncertain(normal, 0, 1),
               p.merit);
        member(Spec{"size", "1", -3, 3, "Weight of the logarithm of sales"}
                   .chinese("规模权重")
                   .from("Branstetter, Li, Ren 2022: support follows size")
                   .uncertain(normal, 0.2, 1.0),
               p.size);
        member(Spec{"connection", "1", -3, 3, "Weight of connection"}
                   .chinese("关系权重")
                   .from("Fang et al. 2023")
                   .uncertain(normal, 0, 1),
               p.connection);
    }
};

// (E37) score of a candidate: t_m a + t_s ln S + t_c c + g, g ~ Gumbel: the k best scores are a draw without
// replacement
//       in which odds are proportional to e^(...)        [form F5]
template <class T>
T selection_score(T merit, T log_sales, T connection, T gumbel, double merit_weight, double size_weight,
                  double connection_weight) {
    return merit_weight * merit + size_weight * log_sales + connection_weight * connection + gumbel;
}

struct Config;
struct State;
struct Component;

struct Candidate {
    sim::Index row;
    double score;
};

// Objects, not functions, so that heaps see through them.
inline constexpr auto ranks_below = [](const Candidate& a, const Candidate& b) {
    return a.score != b.score ? a.score < b.score : a.row > b.row;
};
inline constexpr auto ranks_above = [](const Candidate& a, const Candidate& b) { return ranks_below(b, a); };

// Candidates, best first, at most so many, each found when it is asked for: sorting them all would cost more than
// serving the few there is something for. The list is scratch that belongs to the state.
class Ranking {
public:
    explicit Ranking(std::span<Candidate> list, std::size_t most = std::numeric_limits<std::size_t>::max())
        : first_(list.data()), end_(first_ + list.size()), left_(std::min(most, list.size())) {
        std::make_heap(first_, end_, ranks_below);
    }

    [[nodiscard]] bool empty() const { return left_ == 0; }
    // The row of the best, which is in the list no more.
    sim::Index take() {
        --left_;
        std::pop_heap(first_, end_--, ranks_below);
        return end_->row;
    }

private:
    Candidate *first_, *end_;
    std::size_t left_;
};

struct SelectionWeightsInForce {
    double merit = 0, size = 0, connection = 0;
    bool operator==(const SelectionWeightsInForce&) const = default;
};

// Firms that are passed over.
struct Excluded {
    bool backed = false;        // with venture capital already
    std::uint32_t treated = 0;  // that had one of these treatments
};

// Firms by their scores for support, of those whom a component of a lever may reach: the best so many, where there are.
Ranking select_firms(const Config&, sim::Draws, int step, State&, const Component&, std::size_t most, Excluded = {});

}  // namespace growth
