#include "models/growth/firm_columns.hpp"

#include "sim/scenario/member.hpp"

namespace growth {

const std::array<ColumnOfFirms, 15>& columns_of_firms() {
    static const std::array<ColumnOfFirms, 15> all{
        {{"name", "Heading of the names, which tell firms apart and are not kept", &FirmColumns::name},
         {"industry", "Heading of the industries, by key or name", &FirmColumns::industry, true},
         {"field", "Heading of the fields, by key or name", &FirmColumns::field},
         {"place", "Heading of the places, by key or name", &FirmColumns::place},
         {"sales", "Heading of the sales of the base year", &FirmColumns::sales, true},
         {"employees", "Heading of the numbers of workers", &FirmColumns::employees},
         {"founded", "Heading of the years of founding", &FirmColumns::founded},
         {"research", "Heading of R&D spending", &FirmColumns::research},
         {"capital", "Heading of fixed capital in use", &FirmColumns::capital},
         {"patents", "Heading of the patents held", &FirmColumns::patents},
         {"group_sales", "Heading of the revenue of the group", &FirmColumns::group_sales},
         {"exports_share", "Heading of the share of sales that is exported", &FirmColumns::exports_share},
         {"listed", "Heading of whether a firm is listed on an exchange: yes or no", &FirmColumns::listed},
         {"high_tech", "Heading of whether it is a high-tech enterprise: yes or no", &FirmColumns::high_tech},
         {"weight", "Heading of the number of firms that a row stands for", &FirmColumns::weight}}};
    return all;
}

FirmColumns::FirmColumns() {
    for (const auto& column : columns_of_firms()) this->*column.heading = column.key;
}

void FirmColumns::describe(const sim::Members& member) {
    for (const auto& column : columns_of_firms())
        member(sim::text_spec(column.key, column.text), this->*column.heading);
}

}  // namespace growth
