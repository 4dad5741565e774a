// Levers of a test's own in the flagship's city, where every lever of the library has a dose of zero and every place
// delivers 0.8 of a dose.
#pragma once

#include <functional>

#include "models/growth/loops.hpp"
#include "models/growth/policy/govern.hpp"
#include "tests/models/growth/support.hpp"

namespace growth_tests {

inline constexpr double delivered = 0.8;

// A lever as a scenario would write it. Its id is its key.
inline sim::Override lever(const std::string& key, const std::string& doses) {
    return {"levers." + key, "{ id = \"" + key + "\", name = \"Trial\", name_zh = \"试验\", " + doses + " }"};
}
// A component of the lever "trial", called so as well if nothing else is said.
// What a component must say of its size, in money, where a test does not care.
inline const std::vector<std::array<std::string, 3>> sizes = {{"grants", "size", "0.02"},
                                                              {"deals", "size", "0.3"},
                                                              {"credits", "scale", "10"},
                                                              {"sites", "cost", "1"},
                                                              {"treatments", "cost", "0.001"}};

inline sim::Override component(const std::string& table, const std::string& content, const std::string& key = "trial",
                               const std::string& of = "trial") {
    std::string size;
    for (const auto& [what, name, value] : sizes)
        if (table == what && content.find(name + " =") == content.npos) size = ", " + name + " = " + value;
    return {table + "." + key, "{ lever = \"" + of + "\", " + content + size + " }"};
}

inline Config with(Settings settings) {
    settings.push_back({"scenario.parameter_uncertainty", "false"});
    return flagship(settings);
}

// Policy step by step over firms that stand still.
struct PolicyRun : Replicate {
    explicit PolicyRun(const Config& c, std::uint32_t replicate = 0) : Replicate(c, replicate) {}
    explicit PolicyRun(const Settings& settings, std::uint32_t replicate = 0) : Replicate(with(settings), replicate) {}

    void step() {
        const int now = state.clock.first_step() + steps++;
        growth::open_books(config, now, state);
        growth::govern(config, draws, now, state);
    }
    [[nodiscard]] const growth::LeverState& lever(const std::string& key = "trial") const {
        return state.policy.levers[config.levers.index_of(key)];
    }
    [[nodiscard]] const growth::PolicyState& policy() const { return state.policy; }
    // Of all firms.
    [[nodiscard]] double sum(const std::function<double(sim::Index)>& value) const {
        double total = 0;
        for (const auto& cell : state.cells)
            growth::for_each_living(state, cell, [&](sim::Index row) { total += value(row); });
        return total;
    }

    int steps = 0;
};

// What a lever used over a step, whatever firm received it.
inline growth::LedgerRow total_of(const growth::LeverState& lever) {
    growth::LedgerRow sum;
    for (const auto& row : lever.ledger) {
        sum.money += row.money, sum.joined += row.joined, sum.received += row.received;
        sum.leaked += row.leaked, sum.services += row.services, sum.land += row.land, sum.persons += row.persons;
    }
    return sum;
}

}  // namespace growth_tests
