#include "models/growth/policy/switches.hpp"

#include <string_view>

#include "models/growth/config.hpp"
#include "models/growth/policy/mechanisms.hpp"
#include "sim/scenario/member.hpp"

namespace growth {

namespace {

constexpr std::array<std::string_view, Switches::grades> grade_names = {"grade_A", "grade_B", "grade_C", "grade_D"};
constexpr std::string_view of_grade = "false takes away every component with this grade of evidence",
                           of_mechanism = "false takes away every component in this table";

}  // namespace

Switches::Switches() {
    describe(sim::Members::defaults());
}

void Switches::describe(const sim::Members& member) {
    for (std::size_t k = 0; k < grades; ++k) member(sim::text_spec(grade_names[k], of_grade), grade[k], true);
    std::size_t k = 0;
    const Components none;
    Components::visit(none, [&](std::string_view name, auto&&...) {
        member(sim::text_spec(name, of_mechanism), mechanism.at(k++), true);
    });
}

void switch_components(Config& c) {
    std::size_t k = 0;
    Components::visit(*c.components, [&](auto, auto, auto& rows) {
        const bool is_there = c.switches.mechanism.at(k++);
        for (auto& row : rows)
            row.on = row.on && is_there && c.switches.grade.at(static_cast<std::size_t>(row.grade)) &&
                     c.levers[row.lever_index].components;
    });
}

}  // namespace growth
