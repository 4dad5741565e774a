// What levers are made of: rows over a few mechanisms, which realise the ten forms of docs/model.md 8.3.
//
// A mechanism is a pair of files and one line in the list below. Its header says what a row of a scenario says, what is
// remembered of a row from step to step (`found` makes that of a row), and, where a row spends a share of a dose of its
// lever, of which (`shares`). When it acts stands in govern.cpp.
#pragma once

#include <cstddef>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "models/growth/policy/credits.hpp"
#include "models/growth/policy/deals.hpp"
#include "models/growth/policy/grants.hpp"
#include "models/growth/policy/responses.hpp"
#include "models/growth/policy/sites.hpp"
#include "models/growth/policy/subsidies.hpp"
#include "models/growth/policy/treatments.hpp"

namespace growth {

// The state of a row.
template <class Row>
using StateOf =
    decltype(found(std::declval<const Config&>(), std::declval<const State&>(), std::declval<const Row&>()));

// A table of rows for each mechanism, as scenarios have them.
template <class... Row>
class Tables {
public:
    // The same tables with what is remembered of each row.
    class States {
    public:
        template <class One>
        [[nodiscard]] std::vector<StateOf<One>>& of() {
            return std::get<StatesOf<One>>(all_).rows;
        }
        template <class One>
        [[nodiscard]] const std::vector<StateOf<One>>& of() const {
            return std::get<StatesOf<One>>(all_).rows;
        }

    private:
        // Two mechanisms may remember alike.
        template <class One>
        struct StatesOf {
            std::vector<StateOf<One>> rows;
        };
        std::tuple<StatesOf<Row>...> all_;
    };

    template <class One>
    [[nodiscard]] sim::Rows<One>& of() {
        return std::get<sim::Rows<One>>(tables_);
    }
    template <class One>
    [[nodiscard]] const sim::Rows<One>& of() const {
        return std::get<sim::Rows<One>>(tables_);
    }

    // Each table with its name in scenarios and what its rows are.
    static constexpr void visit(auto& all, auto&& table) {
        (table(Row::table, Row::about, all.template of<Row>()), ...);
    }

private:
    std::tuple<sim::Rows<Row>...> tables_;
};

// The list.
struct Components : Tables<Response, Grant, Deal, Credit, Subsidy, Treatment, Site> {};
struct ComponentStates : Components::States {};

// Each share of a dose of its lever that a row spends: body(row, which dose, the share).
template <class All, class Body>
void for_each_share(All& components, Body&& body) {
    Components::visit(components, [&](auto, auto, auto& rows) {
        for (auto& row : rows)
            if constexpr (requires { row.shares(); })
                if (const auto dose = row.shares(); row.on && dose) body(row, *dose, row.share);
    });
}

}  // namespace growth
