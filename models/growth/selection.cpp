#include "models/growth/selection.hpp"

#include <algorithm>
#include <limits>

#include "models/growth/config.hpp"
#include "models/growth/state.hpp"
#include "models/growth/streams.hpp"

namespace growth {

std::vector<char> eligible_cells(const Config& c, const std::vector<Cell>& cells, const Eligibility& eligible) {
    const auto among = [](const std::vector<std::string>& keys, const std::string& key) {
        return keys.empty() || std::find(keys.begin(), keys.end(), key) != keys.end();
    };
    std::vector<char> reached(cells.size());
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const Cell& cell = cells[i];
        const bool in_cluster = cell.cluster < c.clusters.size()
                                    ? among(eligible.clusters, c.clusters[cell.cluster].key)
                                    : eligible.clusters.empty();
        reached[i] = in_cluster && among(eligible.industries, c.industries[cell.industry].key) &&
                     among(eligible.places, c.places[cell.place].key);
    }
    return reached;
}

std::array<bool, tiers> tiers_reached(const Lever& lever, const Component& component) {
    std::array<bool, tiers> reached{};
    const auto among = [](const std::vector<Tier>& list, Tier tier) {
        return list.empty() || std::ranges::find(list, tier) != list.end();
    };
    for (std::size_t k = 0; k < tiers; ++k) {
        const auto tier = static_cast<Tier>(k);
        reached[k] = among(lever.eligible.tiers, tier) && among(component.tiers, tier);
    }
    return reached;
}

sim::Mask may_receive(const Eligibility& eligible, const std::array<bool, tiers>& reached, sim::Pack tier,
                      sim::Pack sales) {
    sim::Mask right(false);
    for (std::size_t k = 0; k < tiers; ++k)
        if (reached[k]) right = right || tier == static_cast<double>(k);
    // nobody lives where nothing is sold
    return right && sales >= sim::max(eligible.min_sales, 1e-6) && sales <= eligible.max_sales;
}

namespace {

// A lever's own weights where it has some, else the common ones, which governance moves.
SelectionWeightsInForce weights_of(const Config& c, const State& s, const Lever& lever) {
    const auto& common = c.parameters.selection;
    const auto& own = lever.selection;
    const auto& effects = s.policy.effects;
    return {own.merit.value_or(common.merit + effects.city(Channel::merit)), own.size.value_or(common.size),
            own.connection.value_or(common.connection * effects.city(Channel::connection))};
}

// Every firm's odds of being chosen, the same for all levers that weigh alike: worked out once a step, as of its start.
void weigh_firms(const SelectionWeightsInForce& w, int step, State& s) {
    if (s.appeal_step == step && s.appeal_weights == w) return;
    s.appeal_step = step;
    s.appeal_weights = w;
    const auto& f = s.firms;
    for_each_block(s, [&](const Block& block) {
        const Cell& cell = s.cells[block.cell];
        const double mean = s.industries[cell.industry].mean_efficiency, attention = s.policy.attention[cell.industry];
        const ByTier priority = s.policy.effects.of(Channel::priority, block.cell);
        sim::for_each_lanes(block.rows, [&](sim::Lanes at) {
            const auto sales = sim::max(f.sales(at), sim::Pack(1e-6));
            const auto score = selection_score(f.efficiency(at) - mean, sim::log(sales), f.connection(at),
                                               sim::Pack(0.0), w.merit, w.size, w.connection);
            s.appeal[at] = sim::exp(score + priority(f.tier(at))) * attention;
        });
    });
}

constexpr auto ranks_above = [](const Candidate& a, const Candidate& b) { return ranks_below(b, a); };

// The best of those offered, at most so many, in room of its own.
class Shortlist {
public:
    Shortlist(Candidate* room, std::size_t most) : first_(room), most_(most) {}

    void offer(Candidate candidate) {
        if (size_ < most_) {
            first_[size_++] = candidate;
            if (size_ < most_) return;
            std::make_heap(first_, first_ + size_, ranks_above);  // the worst on top
        } else {
            if (!ranks_below(*first_, candidate)) return;
            std::pop_heap(first_, first_ + size_, ranks_above);
            first_[size_ - 1] = candidate;
            std::push_heap(first_, first_ + size_, ranks_above);
        }
        // A score reaches the bar b where its uniform u does exp(-e^-(b - ln w)); since e^-x >= 1 - x, nobody who does
        // fails 1 - u <= w e^-b, which takes no logarithm. A little more is let through, so that rounding keeps nobody
        // out.
        ease_ = (1 + 1e-9) * sim::exp(-first_->score);
    }
    // Nobody of odds w and uniform u enters unless 1 - u <= w ease.
    [[nodiscard]] double ease() const { return ease_; }
    [[nodiscard]] std::size_t size() const { return size_; }

private:
    Candidate* first_;
    std::size_t most_, size_ = 0;
    double ease_ = std::numeric_limits<double>::infinity();
};

}  // namespace

Ranking select_firms(const Config& c, sim::Draws draws, int step, State& s, const Component& component,
                     std::size_t most, Excluded excluded) {
    const Lever& lever = c.levers[component.lever_index];
    weigh_firms(weights_of(c, s, lever), step, s);
    const auto stream = draws.at(streams::selection, static_cast<sim::Step>(step));
    const auto right_tiers = tiers_reached(lever, component);
    const auto& reached = s.policy.levers[component.lever_index].reached;
    const auto& f = s.firms;
    Candidate* const places = s.candidates.data();

    const auto scan = [&](const Block& block, Shortlist& shortlist) {
        if (!reached[block.cell]) return;
        sim::for_each_lanes(block.rows, [&](sim::Lanes at) {
            const auto right = may_receive(lever.eligible, right_tiers, f.tier(at), f.sales(at));
            if (!sim::any_of(right)) return;
            const auto luck = stream.uniforms(f.id(at), component.luck)[0];
            const auto appeal = s.appeal(at);
            for_each_named(right && 1 - luck <= appeal * shortlist.ease(), at, [&](sim::Index row) {
                if (excluded.backed && f.backed(row) > 0) return;
                if (static_cast<std::uint32_t>(f.treated(row)) & excluded.treated) return;
                const auto lane = static_cast<std::size_t>(row - at.row);
                shortlist.offer({row, sim::log(double(appeal[lane])) + sim::gumbel(double(luck[lane]))});
            });
        });
    };
    if (!s.many) {
        Shortlist all(places, most);
        for (const Block& block : s.blocks) scan(block, all);
        return Ranking({places, all.size()});
    }
    for_each_block(s, [&](Block& block) {
        Shortlist own(places + block.extent.begin, most);
        scan(block, own);
        block.found = own.size();
    });
    Candidate* end = places;
    for (const Block& block : s.blocks) end = std::copy_n(places + block.extent.begin, block.found, end);
    if (static_cast<std::size_t>(end - places) > most) {
        std::nth_element(places, places + most, end, ranks_above);
        end = places + most;
    }
    return Ranking({places, end});
}

}  // namespace growth
