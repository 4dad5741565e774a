#include "study/csv_file.hpp"

#include <algorithm>
#include <set>

#include <csv.h>
#include <fmt/format.h>

#include "sim/describe/translated.hpp"
#include "sim/scenario/limits.hpp"
#include "sim/scenario/names.hpp"

namespace jiju {
namespace {

constexpr std::size_t most_problems = 20;

// The first line of it.
sim::Source first_that_is_no_text(std::string_view text, const std::string& name) {
    for (int line = 1; !text.empty(); ++line) {
        const auto end = std::min(text.find('\n'), text.size() - 1) + 1;
        if (!sim::is_text(text.substr(0, end))) return {name, line, 1};
        text.remove_prefix(end);
    }
    return {name, 0, 0};
}

char separator_of(std::string_view first_line) {
    char most = ',';
    for (const char c : {';', '\t'})
        if (std::ranges::count(first_line, c) > std::ranges::count(first_line, most)) most = c;
    return most;
}

class CsvReader {
public:
    CsvReader(std::string_view text, const std::string& name, sim::Problems& problems)
        : text_(text), problems_(problems) {
        table_.file = name;
        csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI);
    }
    ~CsvReader() { csv_free(&parser_); }
    CsvReader(const CsvReader&) = delete;
    CsvReader& operator=(const CsvReader&) = delete;

    // Line by line, since the parser does not count them.
    sim::TextTable read() {
        if (text_.starts_with("\xEF\xBB\xBF")) text_.remove_prefix(3);
        csv_set_delim(&parser_, static_cast<unsigned char>(separator_of(text_.substr(0, text_.find('\n')))));
        while (!text_.empty() && found_ < most_problems) {
            const auto end = std::min(text_.find('\n'), text_.size() - 1) + 1;
            ++line_;
            if (between_rows_) first_line_ = line_;
            if (text_.substr(0, end).find_first_not_of("\r\n") != text_.npos) between_rows_ = false;
            if (csv_parse(&parser_, text_.data(), end, on_cell, on_row, this) != end) {
                refuse(line_, sim::translated("a quote stands within a cell; put the whole cell in quotes, and write "
                                              "each quote in it twice"));
                return std::move(table_);
            }
            text_.remove_prefix(end);
        }
        if (csv_fini(&parser_, on_cell, on_row, this) != 0)
            refuse(first_line_, sim::translated("a quote is opened here and never closed"));
        if (table_.headings.empty())
            refuse(0, sim::translated("there is no row of headings; the first row names the columns, such as "
                                      "industry,place,sales"));
        return std::move(table_);
    }

private:
    void refuse(int line, const std::string& what) {
        ++found_;
        problems_.add(sim::Source{table_.file, line, 1}, what);
    }

    static void on_cell(void* text, std::size_t size, void* self) {
        auto& reader = *static_cast<CsvReader*>(self);
        reader.row_.emplace_back(static_cast<const char*>(text), size);
    }

    static void on_row(int, void* self) {
        auto& reader = *static_cast<CsvReader*>(self);
        reader.close_row();
        reader.row_.clear();
        reader.between_rows_ = true;
    }

    void close_row() {
        const auto is_empty = [](const std::string& cell) { return cell.empty(); };
        if (std::ranges::all_of(row_, is_empty)) return;
        if (table_.headings.empty()) return close_headings();
        if (row_.size() != table_.headings.size())
            return refuse(
                first_line_,
                sim::translated("has {} cells where the headings are {}; a cell that holds the separator stands "
                                "in quotes",
                                row_.size(), table_.headings.size()));
        table_.lines.push_back(first_line_);
        for (auto& cell : row_) table_.cells.push_back(std::move(cell));
    }

    void close_headings() {
        std::set<std::string> seen;
        for (const auto& heading : row_)
            if (!heading.empty() && !seen.insert(heading).second)
                refuse(first_line_, sim::translated("two columns are called {}; each needs a name of its own",
                                                    sim::in_quotes(heading)));
        table_.headings = row_;
    }

    std::string_view text_;
    sim::Problems& problems_;
    sim::TextTable table_;
    csv_parser parser_{};
    std::vector<std::string> row_;
    int line_ = 0, first_line_ = 0;
    bool between_rows_ = true;
    std::size_t found_ = 0;
};

}  // namespace

sim::TextTable read_csv(std::string_view text, const std::string& name, sim::Problems& problems) {
    if (!sim::is_text(text)) {
        problems.add(first_that_is_no_text(text, name),
                     sim::translated("not UTF-8 text; save it as CSV in UTF-8, or let jiju import read it"));
        return {};
    }
    return CsvReader(text, name, problems).read();
}

}  // namespace jiju
