// A value of a scenario as written: what kind it is, and where it and its key stand.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "sim/scenario/problems.hpp"

namespace sim {

class Node {
public:
    enum class Kind : std::uint8_t { table, array, string, integer, real, boolean };
    using Scalar = std::variant<std::monostate, std::string, std::int64_t, double, bool>;

    Node(Kind kind, Source at, Scalar scalar = {}) : source(std::move(at)), kind_(kind), scalar_(std::move(scalar)) {}

    [[nodiscard]] Kind kind() const { return kind_; }
    [[nodiscard]] bool is(Kind kind) const { return kind_ == kind; }
    [[nodiscard]] bool is_table() const { return kind_ == Kind::table; }
    [[nodiscard]] bool is_number() const { return kind_ == Kind::integer || kind_ == Kind::real; }

    [[nodiscard]] const std::string& string() const { return std::get<std::string>(scalar_); }
    [[nodiscard]] std::int64_t integer() const { return std::get<std::int64_t>(scalar_); }
    [[nodiscard]] bool boolean() const { return std::get<bool>(scalar_); }
    [[nodiscard]] double number() const {  // of an integer too
        return is(Kind::integer) ? static_cast<double>(integer()) : std::get<double>(scalar_);
    }

    // Of a table or an array, in the order of the files.
    [[nodiscard]] const std::vector<Node>& children() const { return children_; }
    [[nodiscard]] const Node* find(std::string_view key) const;
    void append(Node child);                 // to an array
    void insert(Node child);                 // to a table, under child.key; an equal key is replaced in its place
    void erase(std::string_view key);        // from a table
    void merge(Node over);                   // tables deeply; everything else is replaced
    void relabel(const Source& everywhere);  // for values that no file holds

    std::string key;  // in its table; empty for the root and for elements of arrays
    Source key_source;
    Source source;
    bool is_inline = false;  // { … } on one line, as opposed to a [section]

private:
    Kind kind_;
    Scalar scalar_;
    std::vector<Node> children_;
    std::map<std::string, std::size_t, std::less<>> positions_;
};

// `the text "abc"`, `the integer 3`: for messages of the form "expected a number, found …".
[[nodiscard]] std::string found(const Node& node);

}  // namespace sim
