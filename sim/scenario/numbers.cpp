// Paths that begin alike stand side by side, so at each member only those that lead on are kept.
#include "sim/scenario/numbers.hpp"

#include <algorithm>
#include <span>

#include "sim/scenario/names.hpp"

namespace sim {
namespace {

struct Wanted {
    std::string_view path;
    std::size_t index;
};
using SomeWanted = std::span<const Wanted>;

// Those at or below a path, or of a path that begins with the same letters.
SomeWanted below(std::string_view path, SomeWanted wanted) {
    const auto first = std::lower_bound(wanted.begin(), wanted.end(), path,
                                        [](const Wanted& one, std::string_view text) { return one.path < text; });
    const auto last =
        std::find_if_not(first, wanted.end(), [&](const auto& one) { return one.path.starts_with(path); });
    return {first, last};
}

class Walk {
public:
    explicit Walk(const std::function<void(const FoundNumber&)>& visit) : visit_(visit) {}

    void table(const TableMember& table, SomeWanted wanted, const TableMember* row) {
        table.each([&](const Spec& spec, const Member& member) {
            at(spec.name, wanted, [&](SomeWanted own) {
                const auto number = [&](double& value) {
                    for (const auto& one : own)
                        if (one.path == path_) visit_({one.index, spec, value, row});
                };
                std::visit(Match{[&](double* value) { number(*value); },
                                 [&](std::optional<double>* value) {
                                     if (*value) number(**value);
                                 },
                                 [&](const TableMember& nested) { this->table(nested, own, row); },
                                 [&](const RowsMember& rows) {
                                     rows.each([&](const std::string& key, const TableMember& inner) {
                                         at(key, own, [&](SomeWanted its) { this->table(inner, its, &inner); });
                                     });
                                 },
                                 [](const auto&) {}},  // no other member is a number with a prior
                           member.of);
            });
        });
    }

private:
    // Most names lead to no value, so a path is made in the room of the one before.
    template <class Body>
    void at(std::string_view name, SomeWanted wanted, Body&& body) {
        const auto outer = path_.size();
        if (outer > 0) path_ += '.';
        path_ += key_text(name);
        if (const auto own = below(path_, wanted); !own.empty()) body(own);
        path_.resize(outer);
    }

    const std::function<void(const FoundNumber&)>& visit_;
    std::string path_;
};

}  // namespace

void visit_numbers(const TableMember& table, const std::vector<std::string_view>& paths,
                   const std::function<void(const FoundNumber&)>& visit) {
    std::vector<Wanted> wanted;
    for (std::size_t i = 0; i < paths.size(); ++i) wanted.push_back({paths[i], i});
    std::sort(wanted.begin(), wanted.end(), [](const Wanted& a, const Wanted& b) { return a.path < b.path; });
    Walk(visit).table(table, wanted, nullptr);
}

std::string text_of(const TableMember& table, std::string_view name) {
    std::string found;
    table.each([&](const Spec& spec, const Member& member) {
        if (const auto* text = std::get_if<std::string*>(&member.of); text && spec.name == name) found = **text;
    });
    return found;
}

}  // namespace sim
