// From the rows of [joint] to what each uncertain value is drawn by.
#include "sim/scenario/joint.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "sim/describe/translated.hpp"
#include "sim/scenario/names.hpp"
#include "sim/scenario/numbers.hpp"

namespace sim {

void JointDraw::describe(const Members& member) {
    member(text_spec("name", "What is drawn"), name);
    member(text_spec("name_zh", "Its Chinese name"), name_zh);
    member(text_spec("keys", "Uncertain values that share the draw; * stands for every row of a table"), keys);
    member(text_spec("with", "The rows above that correlation is with; all, in their order, where none is named"),
           with);
    member(Spec{"correlation", "1", -1, 1, "Correlation with each of these rows; independent where left out"},
           correlation);
}

// (E112) l_ij = (r_ij - sum_{k<j} l_ik l_jk)/l_jj for j < i; l_ii = sqrt(1 - sum_{k<i} l_ik^2).
// Source: Cholesky's factor. Domain: r symmetric, of ones on the diagonal, positive definite.
Factorisation cholesky(const Triangle& below_diagonal) {
    constexpr double least = 1e-10;  // of what the rows above leave of a row's variance
    Triangle factor;
    for (std::size_t i = 0; i < below_diagonal.size(); ++i) {
        auto& row = factor.emplace_back(i + 1);
        double left = 1;
        for (std::size_t j = 0; j < i; ++j) {
            double rest = below_diagonal[i][j];
            for (std::size_t k = 0; k < j; ++k) rest -= row[k] * factor[j][k];
            row[j] = rest / factor[j][j];
            left -= row[j] * row[j];
        }
        if (!(left > least)) return {{}, i};
        row[i] = std::sqrt(left);
    }
    return {std::move(factor), std::nullopt};
}

namespace {

std::string place_of(const JointDraw& row) {
    return join("joint", row.key);
}

class Joining {
public:
    Joining(Rows<JointDraw>& rows, const TableMember& table, const Document& document, Problems& problems,
            std::vector<UncertainValue>& uncertain)
        : rows_(rows), table_(table), document_(document), problems_(problems), before_(problems.size()) {
        for (auto& value : uncertain) uncertain_[value.path] = &value;
    }

    void carry_out() {
        keys();
        if (problems_.size() == before_) correlations();
    }

private:
    void keys() {
        for (auto& row : rows_) expand(row);
        std::vector<std::string_view> paths;
        for (const auto& row : rows_) paths.insert(paths.end(), row.keys.begin(), row.keys.end());
        std::set<std::string, std::less<>> numbers;
        visit_numbers(table_, paths,
                      [&](const FoundNumber& number) { numbers.insert(std::string(paths[number.index])); });
        std::map<std::string, std::string> seen;  // the row that has a key
        for (auto& row : rows_)
            std::erase_if(row.keys, [&](const auto& key) {
                const auto [at, is_new] = seen.try_emplace(key, row.key);
                if (!is_new) {
                    report(row, translated("\"{}\" stands in [{}] already; an uncertain value has one draw", key,
                                           join("joint", at->second)));
                    return true;
                }
                return !is_drawn(row, key, numbers.contains(key));
            });
    }

    void correlations() {
        Triangle below;
        std::vector<std::string_view> above;
        for (const auto& row : rows_) {
            below.push_back(with_rows_above(row, above));
            above.push_back(row.key);
        }
        if (problems_.size() > before_) return;
        const auto [factor, flaw] = cholesky(below);
        if (flaw)
            return report(rows_[*flaw],
                          translated("correlation = [{}] cannot hold together with the correlations of the rows "
                                     "above: the matrix is not positive definite; take numbers nearer to 0",
                                     fmt::join(rows_[*flaw].correlation, ", ")));
        for (std::size_t i = 0; i < rows_.size(); ++i)
            for (const auto& key : rows_[i].keys) uncertain_.at(key)->parts = parts(factor[i]);
    }

    std::vector<double> with_rows_above(const JointDraw& row, const std::vector<std::string_view>& above) {
        std::vector<double> correlations(above.size());
        const auto& with = row.with.empty() ? std::vector<std::string>(above.begin(), above.end()) : row.with;
        if (row.correlation.empty() && row.with.empty()) return correlations;
        if (row.correlation.size() != with.size()) {
            report(row, translated("correlation has {} numbers and needs {}: one with each row {}{}{}",
                                   row.correlation.size(), with.size(),
                                   row.with.empty() ? translated("above") : translated("named"),
                                   with.empty() ? "" : ", ", fmt::join(with, ", ")));
            return correlations;
        }
        for (std::size_t i = 0; i < with.size(); ++i) {
            const auto at = std::find(above.begin(), above.end(), with[i]);
            if (at == above.end())
                report(row, translated("with: \"{}\" is no row above{}", with[i],
                                       suggestion(with[i], above, translated("rows above"))));
            else
                correlations[static_cast<std::size_t>(at - above.begin())] = row.correlation[i];
        }
        return correlations;
    }

    // (E111) x_i = sum_{j<=i} l_ij z_j with z independent standard normal, so that the correlation of x is l l'.
    // Source: Gaussian copula (Sklar 1959; Nelsen 2006). Domain: l of (E112).
    std::vector<NormalPart> parts(const std::vector<double>& weights) const {
        std::vector<NormalPart> parts;
        for (std::size_t j = 0; j < weights.size(); ++j)
            if (weights[j] != 0) parts.push_back({place_of(rows_[j]), weights[j]});
        return parts;
    }

    void report(const JointDraw& row, const std::string& what) {
        problems_.add(document_, place_of(row), fmt::format("[{}]: {}", place_of(row), what));
    }

    void expand(JointDraw& row) {
        std::vector<std::string> keys;
        for (const auto& key : row.keys) {
            const auto parts = split_path(key);
            if (!parts) {
                keys.push_back(key);
                continue;
            }
            const auto star = std::find(parts->begin(), parts->end(), "*");
            std::string before;
            for (auto part = parts->begin(); part != star; ++part) before = join(before, *part);
            if (star == parts->end()) {
                keys.push_back(before);
                continue;
            }
            const auto* table = document_.find(before);
            if (table == nullptr || !table->is_table() || table->children().empty()) {
                report(row, translated("\"{}\": there is no row of [{}]", key, before));
                continue;
            }
            // of the rows there are, those whose value is uncertain; where none is, the first says what is wrong
            std::vector<std::string> all;
            for (const auto& child : table->children()) {
                all.push_back(join(before, child.key));
                for (auto part = star + 1; part != parts->end(); ++part) all.back() = join(all.back(), *part);
            }
            const auto drawn = [&](const auto& path) { return uncertain_.contains(path); };
            if (std::none_of(all.begin(), all.end(), drawn))
                all.resize(1);
            else
                std::erase_if(all, [&](const auto& path) { return !drawn(path); });
            keys.insert(keys.end(), all.begin(), all.end());
        }
        row.keys = std::move(keys);
    }

    bool is_drawn(const JointDraw& row, const std::string& key, bool is_number) {
        if (uncertain_.contains(key)) return true;
        if (!is_number) {
            std::vector<std::string_view> others;
            for (const auto& [path, value] : uncertain_) others.push_back(path);
            report(row, translated("\"{}\" is no number of the scenario{}", key,
                                   suggestion(key, others, translated("uncertain values"))));
        } else if (!is_fixed_later(row, key)) {
            report(row,
                   translated("{} is not uncertain: give it {{ median, low, high, distribution }} or {{ quantiles }}, "
                              "or take it out of the row",
                              key));
        }
        return false;
    }

    bool is_fixed_later(const JointDraw& row, const std::string& key) const {
        const auto* value = document_.find(key);
        const auto* list = document_.find(join(place_of(row), "keys"));
        if (value == nullptr || list == nullptr) return false;
        return value->source.line == 0 || age(value->source) > age(list->source);
    }

    // Settings have no lines, and come after all files.
    std::size_t age(const Source& source) const {
        const auto& order = document_.layers();
        if (source.line == 0) return order.size() + 1;
        return static_cast<std::size_t>(std::find(order.begin(), order.end(), source.file) - order.begin());
    }

    Rows<JointDraw>& rows_;
    const TableMember& table_;
    const Document& document_;
    Problems& problems_;
    std::size_t before_;
    std::map<std::string, UncertainValue*, std::less<>> uncertain_;
};

}  // namespace

void join_draws(Rows<JointDraw>& rows, const TableMember& table, const Document& document, Problems& problems,
                std::vector<UncertainValue>& uncertain) {
    if (rows.empty()) return;
    Joining(rows, table, document, problems, uncertain).carry_out();
}

}  // namespace sim
