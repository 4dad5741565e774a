// A race among firms: a firm with odds w and a uniform number u scores ln w + g(u), g Gumbel's (E37), and the best k
// scores draw k firms without replacement, with chances as their odds.
#pragma once

#include <algorithm>
#include <cassert>
#include <limits>
#include <span>

#include "models/growth/loops.hpp"
#include "models/growth/policy/selection.hpp"
#include "models/growth/ranking.hpp"
#include "models/growth/state.hpp"
#include "sim/random/distributions.hpp"

namespace growth {

// The best of those who enter, at most so many, in room of its own. More are taken in than are asked for, with their
// uniform number in place of a score; when the room is full they are scored, a pack at a time, and the best stay.
class Shortlist {
public:
    // Room for all who may enter, or more than twice as many as are asked for.
    Shortlist(std::span<Candidate> room, std::size_t most, const sim::Column& odds)
        : first_(room.data()),
          room_(std::min(room.size(), 2 * std::min(most, room.size()) + 32)),
          most_(most),
          odds_(odds) {
        assert(most > 0);
    }

    // Nobody else can be among the best. A score reaches the bar b where u reaches exp(-e^-(b - ln w)); since e^-x >=
    // 1 - x, nobody who does fails 1 - u <= w e^-b, which takes no logarithm.
    [[nodiscard]] sim::Mask may_enter(sim::Pack odds, sim::Pack uniform) const { return 1 - uniform <= odds * ease_; }

    // Each row at most once, in ascending order: a pack of room is then left after every pack that was taken in.
    void enter(sim::Mask mask, sim::Lanes at, sim::Pack uniform) {
        if (!sim::any_of(mask)) return;
        for (std::size_t lane = 0; lane < sim::Pack::size(); ++lane) {
            first_[size_] = {at.row + static_cast<sim::Index>(lane), uniform[lane]};
            size_ += mask[lane];
        }
        if (size_ + sim::Pack::size() > room_) keep_best();
    }

    // The best, among others that are no better.
    [[nodiscard]] std::span<Candidate> finish() {
        score();
        return {first_, size_};
    }

private:
    void keep_best() {
        score();
        if (size_ > most_) {
            Candidate* const last = first_ + (most_ - 1);
            std::nth_element(first_, last, first_ + size_, ranks_above);
            size_ = scored_ = most_;
            // A little more is let through, so that rounding keeps nobody out.
            ease_ = (1 + 1e-9) * sim::exp(-last->score);
        }
    }

    void score() {
        for (; scored_ < size_; scored_ += sim::Pack::size()) {
            const auto of = [&](std::size_t lane) -> Candidate& { return first_[std::min(scored_ + lane, size_ - 1)]; };
            const sim::Pack uniform([&](auto lane) { return of(lane).score; });
            const sim::Pack odds([&](auto lane) { return odds_(of(lane).row); });
            const sim::Pack scores = sim::log(odds) + sim::gumbel(uniform);
            for (std::size_t lane = 0; lane < std::min(sim::Pack::size(), size_ - scored_); ++lane)
                of(lane).score = scores[lane];
        }
        scored_ = size_;
    }

    Candidate* first_;
    std::size_t room_, most_, size_ = 0, scored_ = 0;
    const sim::Column& odds_;
    double ease_ = std::numeric_limits<double>::infinity();  // e^-b
};

// The best so many of those whom body(block, shortlist) lets enter, best first. The list stands until the next is made.
template <class Body>
Ranking race(State& s, const sim::Column& odds, std::size_t most, Body&& body) {
    const std::span<Candidate> room(s.candidates.data(), static_cast<std::size_t>(s.candidates.size()));
    if (!s.many) {
        Shortlist all(room, most, odds);
        for_each_block(s, [&](const Block& block) { body(block, all); });
        return Ranking(all.finish(), most);
    }
    for_each_block(s, [&](Block& block) {
        const auto [begin, end] = block.extent;
        Shortlist own(room.subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin)), most, odds);
        body(block, own);
        block.found = own.finish().size();
    });
    Candidate* end = room.data();
    for (const Block& block : s.blocks) end = std::copy_n(room.data() + block.extent.begin, block.found, end);
    return Ranking({room.data(), end}, most);
}

}  // namespace growth
