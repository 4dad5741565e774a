// What government orders: a level that levers set, of which firms see the change.
#pragma once

namespace growth {

struct State;
void order_goods(State&);

}  // namespace growth
