// Firms by a score: who is a candidate, and who comes first.
#pragma once

#include <algorithm>
#include <cstddef>
#include <limits>
#include <span>

#include "models/growth/loops.hpp"
#include "models/growth/state.hpp"

namespace growth {

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

// Lists the firms that qualify in the cells that are reached, with their scores, in the order of rows. Masks and scores
// come in packs; only where one of a pack qualifies are its scores asked for. The list stands until the next is made.
template <class Reaches, class Qualifies, class Score>
std::span<Candidate> gather_firms(State& s, Reaches&& reaches, Qualifies&& qualifies, Score&& score) {
    Candidate* const places = s.candidates.data();
    for_each_block(s, [&](Block& block) {
        Candidate* next = places + block.extent.begin;
        if (reaches(block.cell))
            sim::for_each_lanes(block.rows, [&](sim::Lanes at) {
                const sim::Mask mask = qualifies(s.cells[block.cell], at);
                if (!sim::any_of(mask)) return;
                const sim::Pack scores = score(s.cells[block.cell], at);
                for (std::size_t lane = 0; lane < sim::Pack::size(); ++lane)
                    if (mask[lane]) *next++ = {at.row + static_cast<sim::Index>(lane), scores[lane]};
            });
        block.found = static_cast<std::size_t>(next - (places + block.extent.begin));
    });
    Candidate* end = places;
    for (const Block& block : s.blocks) end = std::copy_n(places + block.extent.begin, block.found, end);
    return {places, end};
}

// The same, best first.
template <class Reaches, class Qualifies, class Score>
Ranking rank_firms(State& s, Reaches&& reaches, Qualifies&& qualifies, Score&& score) {
    return Ranking(gather_firms(s, reaches, qualifies, score));
}

}  // namespace growth
