// How much merit, size and connection count where firms are chosen for support.
#pragma once

#include "sim/describe/spec.hpp"

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

}  // namespace growth
