// The walk that assigns a document to the members of a described struct.
#include "sim/scenario/read.hpp"

#include <cmath>
#include <concepts>
#include <limits>
#include <stdexcept>
#include <type_traits>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include <fmt/format.h>

#include "sim/describe/translated.hpp"
#include "sim/scenario/change.hpp"
#include "sim/scenario/checks.hpp"
#include "sim/scenario/missing.hpp"
#include "sim/scenario/names.hpp"
#include "sim/scenario/schedule_text.hpp"

namespace sim {
namespace {

template <class T>
concept Whole = std::same_as<T, std::int64_t> || std::same_as<T, int>;

// One member and what was written for it: `node` is nullptr if nothing was, then `place` is where it could stand.
struct Spot {
    const Spec& spec;
    const Node* node;
    const std::string& path;
    const Source& place;
};

class Reader {
public:
    Reader(const Document& document, Problems& problems, const ReadOptions& options)
        : document_(document), problems_(problems), timed_(options.timed) {
        if (options.earliest) earliest_ = options.earliest(document);
    }

    void table(const TableMember& table, const Node* node, const std::string& path, const Source& place) {
        std::vector<std::string_view> names;
        table.each([&](const Spec& spec, const Member& member) {
            names.push_back(spec.name);
            const auto* child = node == nullptr ? nullptr : node->find(spec.name);
            const auto inner = join(path, spec.name);
            const Spot spot{spec, child, inner, place};
            if (child == nullptr && spec.required && !std::holds_alternative<TableMember>(member.of))
                return missing(spot, path);
            std::visit([&](const auto& target) { settle(target, spot); }, member.of);
        });
        if (path.empty() && node != nullptr) names.insert(names.end(), {"extends", "include"});  // taken out by load
        if (node != nullptr) check_keys(*node, path, names, problems_);
    }

    std::vector<UncertainValue> uncertain;

private:
    void missing(const Spot& spot, std::string_view path) {
        const auto in = path.empty() ? translated("at the top level") : translated("in [{}]", path);
        std::string meant;
        if (row_.rows != nullptr && path == row_.path) {
            meant = row_meant(*row_.rows, row_.key);
            row_ = {};  // said once a row
        }
        problems_.add(spot.place,
                      translated("missing key \"{}\" {}{}{}{}{}{}{}", spot.spec.name, in, unit_text(spot.spec),
                                 spot.spec.text.empty() ? "" : ": ", meaning_of(spot.spec), meant,
                                 spot.spec.remedy.empty() ? "" : "; ", translated(spot.spec.remedy)));
    }

    // What stands below the changes is read as if it stood alone; then they are made.
    template <class Target>
    void settle(const Target& target, const Spot& spot) {
        if (spot.node == nullptr || !has_changes(*spot.node)) return assign(target, spot);
        const auto before = problems_.size(), draws = uncertain.size();
        const auto earliest = std::is_same_v<Target, Schedule*> && is_timed(spot) ? earliest_ : std::nullopt;
        const auto changes = read_changes(*spot.node, spot.path, earliest, problems_);
        const auto* below = value_below(*spot.node);
        if (problems_.size() > before) return;
        if (below == nullptr && spot.spec.required) return nothing_there(changes.front(), spot);
        assign(target, Spot{spot.spec, below, spot.path, spot.place});
        for (const auto& change : changes)
            if (problems_.size() == before) make(change, target, spot, draws);
    }

    void make(const Change& change, double* value, const Spot& spot, std::size_t draws) {
        if (!change.acts_always())
            return problems_.add(change.source, translated("{} is one number for all times; from and until go with "
                                                           "schedules",
                                                           spot.path));
        const bool is_drawn = uncertain.size() > draws;
        if (change.scales && change.by != 1 && *value == 0 && !is_drawn) return nothing_there(change, spot);
        if (!is_drawn) {
            *value = change.of(*value);
        } else {
            sim::change(change, *value, uncertain.back());
            if (uncertain.back().prior.shape == Prior::Shape::none) uncertain.pop_back();
        }
        check_made(change, *value, spot, draws);
    }

    void make(const Change& change, std::optional<double>* value, const Spot& spot, std::size_t draws) {
        *value ? make(change, &**value, spot, draws) : nothing_there(change, spot);
    }

    void make(const Change& change, Schedule* value, const Spot& spot, std::size_t) {
        auto after = changed(*value, change);
        Change none = change;
        none.by = 1;
        if (change.scales && change.by != 1 && after == changed(*value, none)) return nothing_there(change, spot);
        *value = std::move(after);
        for (const auto& [time, knot] : value->knots())
            check_bounds(knot, spot.spec, change.source, fmt::format("{} = {}", spot.path, knot), problems_);
    }

    template <Whole Integer>
    void make(const Change& change, Integer* value, const Spot& spot, std::size_t draws) {
        double made = static_cast<double>(*value);
        make(change, &made, spot, draws);
        if (made != std::round(made))
            return problems_.add(change.source, translated("{} = {} is no whole number", spot.path, made));
        *value = static_cast<Integer>(made);
    }

    template <class Other>
    void make(const Change& change, const Other&, const Spot& spot, std::size_t) {
        problems_.add(change.source, translated("{}: only numbers and schedules can be scaled or added to", spot.path));
    }

    void nothing_there(const Change& change, const Spot& spot) {
        problems_.add(change.source,
                      translated("{}: there is nothing to {}: it is {} before; give a value{}", spot.path,
                                 change.scales ? translated("scale") : translated("add to"),
                                 change.scales ? translated("not given, or zero,") : translated("not given"),
                                 change.scales ? translated(", or { plus = … }") : ""));
    }

    void check_made(const Change& change, double value, const Spot& spot, std::size_t draws) {
        const auto check = [&](const std::string& at, double number) {
            check_bounds(number, spot.spec, change.source, fmt::format("{} = {}", at, number), problems_);
        };
        check(spot.path, value);
        if (uncertain.size() == draws) return;
        const auto& prior = uncertain.back().prior;
        check(join(spot.path, "low"), prior.low);
        check(join(spot.path, "high"), prior.high);
        if (const auto flaw = flaw_of(prior, value); !flaw.empty())
            problems_.add(change.source, translated("{} {} (median = {}, low = {}, high = {})", spot.path, flaw, value,
                                                    prior.low, prior.high));
    }

    static std::vector<NormalPart> drawn_as(const Spec& spec) {
        return std::vector<NormalPart>(spec.drawn_as.empty() ? 0 : 1, {std::string(spec.drawn_as), 1});
    }

    [[nodiscard]] bool is_timed(const Spot& spot) const { return spot.path.starts_with(timed_); }

    void assign(double* value, const Spot& spot) {
        if (spot.node == nullptr) return own_prior(*value, spot);
        if (const auto number = read_real(spot)) *value = *number;
    }

    void assign(std::optional<double>* value, const Spot& spot) {
        if (spot.node == nullptr) {
            if (*value) own_prior(**value, spot);
            return;
        }
        if (const auto number = read_real(spot)) *value = number;
    }

    void assign(bool* value, const Spot& spot) {
        if (spot.node == nullptr) return;
        if (!spot.node->is(Node::Kind::boolean))
            return wrong_type(*spot.node, spot.path, translated("true or false"), problems_);
        *value = spot.node->boolean();
    }

    void assign(std::string* value, const Spot& spot) {
        if (spot.node != nullptr) {
            if (!spot.node->is(Node::Kind::string)) return text_expected(*spot.node, spot.path);
            *value = spot.node->string();
        }
        check_reference(*value, spot.spec, spot.path, spot.node == nullptr ? spot.place : spot.node->source);
    }

    void assign(std::vector<std::string>* value, const Spot& spot) {
        if (spot.node == nullptr) {
            for (const auto& text : *value) check_reference(text, spot.spec, spot.path, spot.place);
            return;
        }
        value->clear();
        elements(spot, translated("a list of texts"), [&](const Node& element, const std::string& path) {
            if (!element.is(Node::Kind::string)) return text_expected(element, path);
            check_reference(element.string(), spot.spec, path, element.source);
            value->push_back(element.string());
        });
    }

    void assign(std::vector<double>* value, const Spot& spot) {
        if (spot.node == nullptr) return;
        value->clear();
        elements(spot, translated("a list of numbers"), [&](const Node& element, const std::string& path) {
            if (const auto number = bounded(element, path, spot.spec)) value->push_back(*number);
        });
    }

    void assign(Schedule* value, const Spot& spot) {
        if (spot.node == nullptr) return;
        const auto earliest = is_timed(spot) ? earliest_ : std::nullopt;
        if (auto schedule = read_schedule(*spot.node, spot.path, spot.spec, earliest, problems_))
            *value = std::move(*schedule);
    }

    void assign(const WordMember& word, const Spot& spot) {
        if (spot.node == nullptr) return;
        if (const auto index = read_word(*spot.node, spot.path, word.words, problems_)) word.assign(*index);
    }

    void assign(const WordsMember& list, const Spot& spot) {
        if (spot.node == nullptr) return;
        std::vector<std::size_t> indices;
        elements(spot, translated("a list of words"), [&](const Node& element, const std::string& path) {
            if (const auto index = read_word(element, path, list.words, problems_)) indices.push_back(*index);
        });
        list.assign(indices);
    }

    void assign(const TableMember& nested, const Spot& spot) {
        if (spot.node != nullptr && !spot.node->is_table())
            return wrong_type(*spot.node, spot.path, translated("a table"), problems_);
        table(nested, spot.node, spot.path, spot.node == nullptr ? spot.place : spot.node->source);
    }

    void assign(const RowsMember& rows, const Spot& spot) {
        if (spot.node == nullptr) return;
        if (!spot.node->is_table()) return wrong_type(*spot.node, spot.path, translated("a table of rows"), problems_);
        rows.clear();
        for (const auto& child : spot.node->children()) {
            const auto path = join(spot.path, child.key);
            row_ = {spot.node, child.key, path};
            if (child.is_table())
                table(rows.append(child.key), &child, path, child.source);
            else
                wrong_type(child, path, translated("a table, one row"), problems_);
        }
    }

    template <Whole Integer>
    void assign(Integer* value, const Spot& spot) {
        if (spot.node == nullptr) return;
        if (!spot.node->is(Node::Kind::integer))
            return wrong_type(*spot.node, spot.path, translated("an integer"), problems_);
        const auto number = spot.node->integer();
        if (number < std::numeric_limits<Integer>::min() || number > std::numeric_limits<Integer>::max())
            return problems_.add(spot.node->source, translated("{} = {} is too large", spot.path, number));
        check_bounds(static_cast<double>(number), spot.spec, spot.node->source,
                     fmt::format("{} = {}", spot.path, number), problems_);
        *value = static_cast<Integer>(number);
    }

    // A plain number, which fixes the value, or a table with its median and quantiles.
    std::optional<double> read_real(const Spot& spot) {
        const auto& node = *spot.node;
        if (!node.is_table()) return bounded(node, spot.path, spot.spec);
        if (const auto* quantiles = node.find("quantiles")) return read_quantiles(*quantiles, spot);
        const auto before = problems_.size();
        check_keys(node, spot.path, std::vector<std::string_view>{"median", "low", "high", "distribution"}, problems_);
        const auto quantile = [&](std::string_view key) {
            const auto* child = uncertain_key(node, key, spot.path);
            return child == nullptr ? 0.0 : bounded(*child, join(spot.path, key), spot.spec).value_or(0);
        };
        const auto median = quantile("median");
        Prior prior{Prior::Shape::none, quantile("low"), quantile("high")};
        if (const auto* child = uncertain_key(node, "distribution", spot.path))
            if (const auto index = read_word(*child, join(spot.path, "distribution"), distributions(), problems_))
                prior.shape = static_cast<Prior::Shape>(*index + 1);
        if (problems_.size() > before) return std::nullopt;
        if (const auto flaw = flaw_of(prior, median); !flaw.empty()) {
            problems_.add(node.source, translated("{} {} (median = {}, low = {}, high = {})", spot.path, flaw, median,
                                                  prior.low, prior.high));
            return std::nullopt;
        }
        uncertain.push_back({spot.path, prior, {}, drawn_as(spot.spec)});
        return median;
    }

    // { quantiles = [[share, value], …] }
    std::optional<double> read_quantiles(const Node& list, const Spot& spot) {
        const auto before = problems_.size();
        check_keys(*spot.node, spot.path, std::vector<std::string_view>{"quantiles"}, problems_);
        const Spec share{"share", "1", 0, 1, "Share of the draws below"};
        std::vector<Quantile> quantiles;
        elements({spot.spec, &list, join(spot.path, "quantiles"), spot.place},
                 translated("a list of pairs [share, value]"), [&](const Node& pair, const std::string& path) {
                     if (!pair.is(Node::Kind::array) || pair.children().size() != 2)
                         return wrong_type(pair, path, translated("a pair [share, value]"), problems_);
                     const auto first = bounded(pair.children()[0], path + "[0]", share);
                     const auto second = bounded(pair.children()[1], path + "[1]", spot.spec);
                     quantiles.push_back({first.value_or(0), second.value_or(0)});
                 });
        if (problems_.size() > before) return std::nullopt;
        if (const auto flaw = flaw_of(quantiles); !flaw.empty()) {
            problems_.add(list.source, translated("{}.quantiles {}", spot.path, flaw));
            return std::nullopt;
        }
        const Prior prior{Prior::Shape::quantiles, value_at(quantiles, 0.05), value_at(quantiles, 0.95)};
        const double median = value_at(quantiles, 0.5);
        uncertain.push_back({spot.path, prior, std::move(quantiles), drawn_as(spot.spec)});
        return median;
    }

    const Node* uncertain_key(const Node& table, std::string_view key, std::string_view path) {
        const auto* child = table.find(key);
        if (child == nullptr)
            problems_.add(table.source, translated("missing key \"{}\" in [{}]: an uncertain number is {{ median, low, "
                                                   "high, distribution }}, low and high being its 5 and 95 % quantiles",
                                                   key, path));
        return child;
    }

    void own_prior(double median, const Spot& spot) {
        const auto& prior = spot.spec.prior;
        if (prior.shape == Prior::Shape::none) return;
        if (const auto flaw = flaw_of(prior, median); !flaw.empty())  // a mistake in the code, not in the scenario
            throw std::logic_error(fmt::format("the described prior of {} {} (median = {}, low = {}, high = {})",
                                               spot.path, flaw, median, prior.low, prior.high));
        uncertain.push_back({spot.path, prior, {}, drawn_as(spot.spec)});
    }

    std::optional<double> bounded(const Node& node, std::string_view path, const Spec& spec) {
        const auto number = read_number(node, path, problems_);
        if (number) check_bounds(*number, spec, node.source, fmt::format("{} = {}", path, *number), problems_);
        return number;
    }

    template <class Read>
    void elements(const Spot& spot, std::string_view expected, Read read) {
        if (!spot.node->is(Node::Kind::array)) return wrong_type(*spot.node, spot.path, expected, problems_);
        const auto& list = spot.node->children();
        for (std::size_t i = 0; i < list.size(); ++i) read(list[i], fmt::format("{}[{}]", spot.path, i));
    }

    void text_expected(const Node& node, std::string_view path) {
        const bool unquoted = node.is_number() || node.is(Node::Kind::boolean);
        wrong_type(node, path, unquoted ? translated("text in double quotes") : translated("text"), problems_);
    }

    // The keys of the table that a member refers to, gathered once.
    struct Keys {
        std::vector<std::string_view> in_order;
        std::unordered_set<std::string_view> all;
    };

    const Keys& keys_of(std::string_view table) {
        const auto [at, is_new] = keys_.try_emplace(table);
        const auto* node = is_new ? document_.find(table) : nullptr;
        if (node != nullptr)
            for (const auto& child : node->children()) at->second.in_order.push_back(child.key);
        if (is_new) at->second.all = {at->second.in_order.begin(), at->second.in_order.end()};
        return at->second;
    }

    void check_reference(const std::string& key, const Spec& spec, std::string_view path, const Source& source) {
        if (spec.refers_to.empty() || (key.empty() && !spec.required)) return;
        const auto& keys = keys_of(spec.refers_to);
        if (keys.all.contains(key)) return;
        problems_.add(source, translated("{} = {} is not a key of [{}]{}", path, in_quotes(key), spec.refers_to,
                                         suggestion(key, keys.in_order, translated("valid keys"))));
    }

    const Document& document_;
    Problems& problems_;
    struct {
        const Node* rows = nullptr;
        std::string key, path;
    } row_;  // that is read
    std::string timed_;
    std::optional<Time> earliest_;
    std::unordered_map<std::string_view, Keys> keys_;
};

}  // namespace

std::vector<UncertainValue> read(const Document& document, const TableMember& table, Problems& problems,
                                 const ReadOptions& options) {
    Reader reader(document, problems, options);
    reader.table(table, &document.root(), {}, document.root().source);
    return std::move(reader.uncertain);
}

}  // namespace sim
