#include "models/growth/firm_table.hpp"

#include <cmath>
#include <string_view>
#include <utility>

#include "models/growth/config.hpp"
#include "models/growth/firm_rows.hpp"
#include "models/growth/measure/units.hpp"
#include "sim/describe/translated.hpp"
#include "sim/scenario/member.hpp"

namespace growth {

Population::Population() {
    describe(sim::Members::defaults());
}

void Population::describe(const sim::Members& member) {
    using sim::Spec, sim::text_spec;
    member(text_spec("firms", "CSV file with one row a firm, relative to the file that names it"), firms);
    member(text_spec("sha256", "SHA-256 of that file; one that has changed since is refused"), sha256);
    member(
        Spec{"unit", "currency", 0, 1e15,
             "Unit of its columns of money, as `units.money` is that of the scenario: 1e4 for tens of thousands; 0 for "
             "the scenario's own"},
        unit, 0);
    member(text_spec("columns", "Headings of its columns, where they are others"), columns);
}

namespace {

// What rows decide cannot be said otherwise, or be drawn.
void check_industries(const Config& c, const sim::Document& document, sim::Problems& problems) {
    for (std::size_t i = 0; i < c.industries.size(); ++i) {
        if (!c.population.has(i)) continue;
        const auto& industry = c.industries[i];
        for (const auto& firm : c.firms)
            if (firm.industry == industry.key)
                problems.add(
                    document, "firms." + firm.key,
                    sim::translated("the firms of \"{}\" are those of {}; say there what is known of this one, and "
                                    "take it out here",
                                    industry.key, c.population.firms));
        for (const auto* key : {"base_sales", "above_scale_firms", "fringe_firms"}) {
            const auto path = fmt::format("industries.{}.{}", industry.key, key);
            for (const auto& value : c.uncertain)
                if (value.path == path && (key != std::string_view("fringe_firms") || tells_fringe(c, i)))
                    problems.add(
                        document, path,
                        sim::translated("{} follows from the rows of {}; give one number, or none that is drawn", path,
                                        c.population.firms));
        }
    }
}

struct Counted {
    double sales = 0, above = 0, fringe = 0;
    double told = 0, exported = 0;  // sales of rows that say what share is exported, and that of them
};

Counted counted(const Config& c, std::size_t industry) {
    Counted all;
    for (const auto which : c.population.rows->of_industry[industry]) {
        const auto& row = c.population.rows->rows[which];
        if (row.sales < c.parameters.population.base_threshold) {
            all.fringe += row.weight;
        } else {
            all.above += row.weight;
            all.sales += row.weight * row.sales;
        }
        if (row.exports_share >= 0) {
            all.told += row.weight * row.sales;
            all.exported += row.weight * row.sales * row.exports_share;
        }
    }
    return all;
}

void compare(const Config& c, std::vector<Disagreement>& found) {
    constexpr double rounded = 0.001;
    for (std::size_t i = 0; i < c.industries.size(); ++i) {
        if (!c.population.has(i)) continue;
        const auto& industry = c.industries[i];
        const auto all = counted(c, i);
        const auto see = [&](const char* key, double said, double is, double tolerance) {
            if (std::abs(said - is) > tolerance) found.push_back({industry.key, key, said, is});
        };
        see("base_sales", industry.base_sales, all.sales, rounded * all.sales);
        see("above_scale_firms", industry.above_scale_firms, all.above, 0.5);
        if (tells_fringe(c, i)) see("fringe_firms", industry.fringe_firms, all.fringe, 0.5);
    }
}

void check_totals(const Config& c, const sim::Document& document, sim::Problems& problems) {
    constexpr double least_sales = 0.1, most_sales = 1e6;  // as [industries] allows
    for (std::size_t i = 0; i < c.industries.size(); ++i) {
        if (!c.population.has(i)) continue;
        const auto all = counted(c, i);
        if (all.above < 1 || all.sales < least_sales || all.sales > most_sales)
            problems.add(document, "population.firms",
                         sim::translated(
                             "the rows of \"{}\" in {} have {:g} firms from {:g} of sales on, which sell {:.4g} "
                             "({}); at least 1 firm and {:g} to {:g} are needed: is population.unit the unit of its "
                             "money?",
                             c.industries[i].key, c.population.firms, all.above, c.parameters.population.base_threshold,
                             all.sales, unit_in(c.units, "money"), least_sales, most_sales));
    }
}

}  // namespace

bool lacks_firms(const Config& c) {
    return !c.population.firms.empty() && !c.population.rows;
}

bool tells_fringe(const Config& c, std::size_t industry) {
    return c.population.has(industry) && counted(c, industry).fringe > 0;
}

void count_firms(Config& c) {
    for (std::size_t i = 0; i < c.industries.size(); ++i) {
        if (!c.population.has(i)) continue;
        const auto all = counted(c, i);
        auto& industry = c.industries[i];
        industry.base_sales = all.sales;
        industry.above_scale_firms = all.above;
        if (all.fringe > 0) industry.fringe_firms = all.fringe;
        if (!industry.exports_share && all.told > 0) industry.exports_share = all.exported / all.told;
    }
}

void read_firms(Config& c, const FirmFile* file, const sim::Document& document, sim::Problems& problems) {
    auto& population = c.population;
    if (population.firms.empty() || file == nullptr) return;
    if (!population.sha256.empty() && population.sha256 != file->sha256)
        return problems.add(
            document, "population.sha256",
            sim::translated("{} has changed: its SHA-256 is {}, and {} was meant; take the file as it was, "
                            "or this line out",
                            file->table.file, file->sha256, population.sha256));
    population.sha256 = file->sha256;
    if (!file->name.empty()) population.firms = file->name;
    if (population.unit == 0) population.unit = c.units.money;
    auto read = rows_of(c, file->table, document, problems);
    if (!read) return;
    population.rows = std::make_shared<const FirmRows>(std::move(read->rows));
    population.unread = std::move(read->unread);
    const auto before = problems.size();
    check_industries(c, document, problems);
    check_totals(c, document, problems);
    if (problems.size() > before) return;
    compare(c, population.disagreements);
    count_firms(c);
}

}  // namespace growth
