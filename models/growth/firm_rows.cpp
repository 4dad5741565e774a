#include "models/growth/firm_rows.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <locale>
#include <map>
#include <sstream>
#include <string_view>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "models/growth/config.hpp"
#include "models/growth/measure/units.hpp"
#include "sim/describe/translated.hpp"
#include "sim/scenario/member.hpp"
#include "sim/scenario/names.hpp"

namespace growth {

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t most_problems = 20;

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blank = " \t\r\n";
    const auto first = text.find_first_not_of(blank);
    return first == text.npos ? std::string_view() : text.substr(first, text.find_last_not_of(blank) - first + 1);
}

std::string lower_case(std::string_view text) {
    std::string small(text);
    for (char& c : small)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return small;
}

bool is_blank(std::string_view text) {
    return text.empty() || text == "NA" || text == "N/A" || text == "n/a" || text == ".";
}

// Keys and names of rows, and what to say of a word that is neither.
class Names {
public:
    template <class Row>
    explicit Names(const sim::Rows<Row>& rows) {
        for (std::size_t i = 0; i < rows.size(); ++i) {
            keys_.push_back(rows[i].key);
            for (const auto* name : {&rows[i].key, &rows[i].name, &rows[i].name_zh}) positions_.try_emplace(*name, i);
        }
    }
    [[nodiscard]] std::size_t position(std::string_view word) const {
        const auto found = positions_.find(std::string(word));
        return found == positions_.end() ? no_row : found->second;
    }
    [[nodiscard]] std::string suggestion(std::string_view word) const {
        std::vector<std::string_view> options;
        for (const auto& [name, position] : positions_) options.emplace_back(name);
        if (const auto near = sim::nearest(word, options))
            return sim::translated("; did you mean {}?", sim::in_quotes(*near));
        return sim::suggestion(word, std::vector<std::string_view>(keys_.begin(), keys_.end()), "there are");
    }

private:
    std::vector<std::string> keys_;
    std::map<std::string, std::size_t> positions_;
};

class TableReader {
public:
    TableReader(const Config& c, const sim::TextTable& table, const sim::Document& document, sim::Problems& problems)
        : c_(c), table_(table), document_(document), problems_(problems) {
        stream_.imbue(std::locale::classic());
        table_units_.money = c.population.unit;
    }

    bool find_columns() {
        const auto before = problems_.size();
        for (const auto& column : columns_of_firms()) find(column);
        return problems_.size() == before;
    }

    [[nodiscard]] std::vector<std::string> unread() const {
        std::vector<std::string> headings;
        for (std::size_t k = 0; k < table_.headings.size(); ++k)
            if (std::none_of(places_.begin(), places_.end(), [&](const auto& place) { return place.second == k; }))
                headings.push_back(table_.headings[k]);
        return headings;
    }

    FirmRows rows() {
        FirmRows all;
        all.of_industry.resize(c_.industries.size());
        all.rows.reserve(table_.rows());
        for (row_ = 0; row_ < table_.rows() && found_ < most_problems; ++row_) {
            const auto firm = row();
            if (firm.industry != no_row)
                all.of_industry[firm.industry].push_back(static_cast<std::uint32_t>(all.rows.size()));
            all.rows.push_back(firm);
        }
        if (found_ >= most_problems)
            problems_.add(table_.file, sim::translated("only the first {} mistakes are shown", most_problems));
        return all;
    }

private:
    void find(const ColumnOfFirms& column) {
        const auto& wanted = c_.population.columns.*column.heading;
        const auto small = lower_case(trimmed(wanted));
        const auto found =
            std::find_if(table_.headings.begin(), table_.headings.end(),
                         [&](const std::string& heading) { return lower_case(trimmed(heading)) == small; });
        if (found != table_.headings.end()) {
            places_[column.key] = static_cast<std::size_t>(found - table_.headings.begin());
            return;
        }
        const bool is_named = wanted != column.key;
        if (!is_named && !column.needed) return;
        std::vector<std::string_view> headings(table_.headings.begin(), table_.headings.end());
        const auto path = fmt::format("population.columns.{}", column.key);
        const auto otherwise =
            is_named ? std::string()
                     : sim::translated("; where it has another name: [population.columns] {} = \"…\"", column.key);
        problems_.add(document_, path,
                      sim::translated("{} = {}: {} has no such column{}{}", path, sim::in_quotes(wanted), table_.file,
                                      sim::suggestion(wanted, headings, sim::translated("its headings")), otherwise));
    }

    [[nodiscard]] std::string_view cell(std::string_view column) const {
        const auto place = places_.find(column);
        return place == places_.end() ? std::string_view() : trimmed(table_.at(row_, place->second));
    }

    // In the words of the file: its line and its column's heading.
    void refuse(std::string_view column, const std::string& what) {
        const auto place = places_.at(column);
        const auto& heading = table_.headings[place];
        ++found_;
        problems_.add(sim::Source{table_.file, table_.lines[row_], static_cast<int>(place) + 1},
                      fmt::format("{}{} = {} {}", column, heading == column ? "" : fmt::format(" (\"{}\")", heading),
                                  sim::in_quotes(cell(column)), what));
    }

    // `wanted()` says what would be right.
    template <class Wanted>
    double number(std::string_view column, double least, double most, Wanted&& wanted) {
        const auto text = cell(column);
        if (is_blank(text)) return missing;
        double value = 0;
        if (!reads(text, value)) {
            refuse(column,
                   sim::translated("is no number; write it as 1234.5, without separators or units, or leave the "
                                   "cell empty"));
            return missing;
        }
        if (value >= least && value <= most) return value;
        refuse(column, value < 0 && least >= 0 ? sim::translated("is negative; right would be {}", wanted())
                                               : sim::translated("cannot be; right would be {}", wanted()));
        return missing;
    }

    // Whatever the locale of the program; by a stream, since not every standard library has from_chars of doubles.
    bool reads(std::string_view text, double& value) {
        stream_.clear();
        stream_.str(std::string(text));
        stream_ >> value;
        return !stream_.fail() && stream_.peek() == std::istringstream::traits_type::eof() && std::isfinite(value);
    }

    double money(std::string_view column, double least) {
        constexpr double most = 1e6;
        const double unit = c_.population.unit / c_.units.money;
        return unit * number(column, least / unit, most / unit, [&] {
                   return sim::translated("{:g} to {:g} ({}, the unit of the table by population.unit)", least / unit,
                                          most / unit, unit_in(table_units_, "money"));
               });
    }

    double yes_or_no(std::string_view column) {
        const auto text = lower_case(cell(column));
        if (is_blank(text)) return missing;
        for (const auto* word : {"1", "1.0", "yes", "y", "true", "t", "是"})
            if (text == word) return 1;
        for (const auto* word : {"0", "0.0", "no", "n", "false", "f", "否"})
            if (text == word) return 0;
        refuse(column, sim::translated("says neither yes nor no; write yes, no, 1, 0, or leave the cell empty"));
        return missing;
    }

    std::size_t named(std::string_view column, const Names& names, bool needed) {
        const auto text = cell(column);
        if (is_blank(text)) {
            if (needed) refuse(column, sim::translated("is missing; a row needs its {}", column));
            return no_row;
        }
        const auto position = names.position(text);
        if (position == no_row)
            refuse(column,
                   sim::translated("is no {} of the scenario, neither key nor name{}", column, names.suggestion(text)));
        return position;
    }

    FirmRow row() {
        const auto start = static_cast<double>(c_.scenario.start_year);
        FirmRow firm{};
        firm.industry = named("industry", industries_, true);
        firm.field = named("field", fields_, false);
        firm.place = named("place", places_of_city_, false);
        firm.sales = money("sales", 1e-6);
        firm.employees = number("employees", 1, 1e7, [] { return sim::translated("at least 1"); });
        firm.founded = number("founded", 1500, start - 1, [&] {
            return sim::translated("a year up to {:g}, the year before the start", start - 1);
        });
        firm.research = money("research", 0);
        firm.capital = money("capital", 1e-6);
        firm.patents = number("patents", 0, 1e7, [] { return sim::translated("0 or more"); });
        firm.group_sales = money("group_sales", 0);
        firm.exports_share = number("exports_share", 0, 1, [] { return sim::translated("a share, 0 to 1"); });
        firm.listed = yes_or_no("listed");
        firm.high_tech = yes_or_no("high_tech");
        firm.weight =
            number("weight", 1e-6, 1e6, [] { return sim::translated("above 0, such as 1 for the firm alone"); });
        if (std::isnan(firm.weight)) firm.weight = 1;
        if (is_blank(cell("sales")))
            refuse("sales", sim::translated("is missing; a row needs its sales, or leave the row out"));
        if (firm.research > firm.sales)
            refuse("research", sim::translated("exceeds the firm's sales, {}", cell("sales")));
        if (firm.group_sales < firm.sales * (1 - 1e-9))
            refuse("group_sales",
                   sim::translated("is less than the firm's own sales, {}, which the group's include", cell("sales")));
        if (firm.field != no_row && firm.industry != no_row &&
            c_.fields[firm.field].industry != c_.industries[firm.industry].key)
            refuse("field", sim::translated("is a field of {}, not of {}", c_.fields[firm.field].industry,
                                            c_.industries[firm.industry].key));
        see_twins(firm);
        return firm;
    }

    void see_twins(const FirmRow& firm) {
        const auto name = cell("name");
        if (is_blank(name)) return;
        const auto [first, fresh] =
            seen_.try_emplace(fmt::format("{}\n{}\n{}", name, firm.industry, firm.place), table_.lines[row_]);
        if (!fresh)
            refuse("name",
                   sim::translated("stands in line {} already, with the same industry and place; a firm has one row",
                                   first->second));
    }

    const Config& c_;
    const sim::TextTable& table_;
    const sim::Document& document_;
    sim::Problems& problems_;
    Names industries_{c_.industries}, fields_{c_.fields}, places_of_city_{c_.places};
    std::map<std::string_view, std::size_t> places_;  // of the columns there are
    std::unordered_map<std::string, int> seen_;
    Units table_units_{c_.units};
    std::istringstream stream_;
    std::size_t row_ = 0, found_ = 0;
};

}  // namespace

std::optional<ReadRows> rows_of(const Config& c, const sim::TextTable& table, const sim::Document& document,
                                sim::Problems& problems) {
    TableReader reader(c, table, document, problems);
    if (!reader.find_columns()) return std::nullopt;
    const auto before = problems.size();
    if (table.rows() == 0)
        problems.add(sim::Source{table.file, 1, 1}, sim::translated("headings without rows; a row a firm is wanted"));
    auto rows = reader.rows();
    if (problems.size() > before) return std::nullopt;
    return ReadRows{std::move(rows), reader.unread()};
}

}  // namespace growth
