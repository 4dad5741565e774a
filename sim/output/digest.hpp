// A fingerprint of a file's content: the same for equal names, shapes, values and attributes, whatever the bytes around
// them and the program that wrote them.
//
// Other programs store the same data otherwise: text of fixed or variable length, a scalar or a list of one, another
// order of variables or bytes, notes of their own. None of that is content (docs/output_format.md, "Digest").
#pragma once

#include <cstddef>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/output/hdf5.hpp"

namespace sim {

// SHA-256 of a stream of bytes.
class Sha256 {
public:
    Sha256();
    void add(std::span<const std::byte> bytes);
    void add(std::string_view text) { add(std::as_bytes(std::span(text))); }
    // Numbers as little-endian bytes; every missing one is the same NaN.
    template <hdf5::Number T>
    void add_values(std::span<const T> values);
    [[nodiscard]] std::string hex();  // 64 digits; ends the stream

private:
    struct Free {
        void operator()(void* context) const;
    };
    std::unique_ptr<void, Free> context_;
};

[[nodiscard]] std::string sha256(std::string_view text);

// The value of an attribute, however it is stored: text, whole numbers of 64 bits or doubles, as bytes.
struct AttributeValue {
    std::string_view kind;  // text, int or float
    std::string bytes;

    [[nodiscard]] static AttributeValue of(const Attribute& attribute);
    [[nodiscard]] static AttributeValue of_text(std::string text) { return {"text", std::move(text)}; }
    [[nodiscard]] static AttributeValue of_numbers(std::span<const std::int64_t> numbers);
    [[nodiscard]] static AttributeValue of_numbers(std::span<const double> numbers);
    [[nodiscard]] std::string shown() const;  // for a person
    bool operator==(const AttributeValue&) const = default;
};

// Whether an attribute says nothing about the data: bookkeeping of HDF5 and netCDF, which keep dimensions in it; notes
// of programs that rewrite files; the list of coordinates, which they put together again; an empty text; the fill value
// where it is NaN. `variable` is empty for an attribute of the file.
[[nodiscard]] bool is_bookkeeping(std::string_view variable, std::string_view attribute, const AttributeValue& value);

// Collects a line for every variable, dimension without values and attribute, and digests the sorted lines.
class ContentDigest {
public:
    using Names = std::vector<std::string>;

    void add(const std::string& name, std::string_view type, const Names& dims, const hdf5::Shape& shape,
             const std::string& values);
    // A dimension without values.
    void add_bare(const std::string& name, std::size_t length);
    // Of a variable, or of the file where its name is empty.
    void describe(const std::string& variable, const std::string& attribute, const AttributeValue& value);

    // "sha256:" and 64 digits. Of variables and their attributes alone: equal for the same results of another build.
    [[nodiscard]] std::string data() const;
    // Of the attributes of the file as well.
    [[nodiscard]] std::string all() const;

private:
    std::set<std::string> of_data_, of_file_;
};

// Of texts one after the other, each with a zero byte behind.
class TextDigest {
public:
    void add(const std::string& text) { digest_.add(std::string_view(text.c_str(), text.size() + 1)); }
    [[nodiscard]] std::string hex() { return digest_.hex(); }  // ends the list

private:
    Sha256 digest_;
};

// Of the slices along the first dimension, each given by its own digest, so that slices can be written in turns.
[[nodiscard]] std::string digest_of_slices(const std::vector<std::string>& slices);

template <hdf5::Number T>
[[nodiscard]] std::string digest_of_values(std::span<const T> values, const hdf5::Shape& shape) {
    const auto whole = [](std::span<const T> part) {
        Sha256 digest;
        digest.add_values(part);
        return digest.hex();
    };
    if (shape.size() < 2) return whole(values);
    std::vector<std::string> slices;
    const auto length = shape[0] == 0 ? 0 : values.size() / shape[0];
    for (std::size_t i = 0; i < shape[0]; ++i) slices.push_back(whole(values.subspan(i * length, length)));
    return digest_of_slices(slices);
}

template <hdf5::Number T>
[[nodiscard]] constexpr std::string_view type_name() {
    if constexpr (std::same_as<T, std::int8_t>) return "int8";
    if constexpr (std::same_as<T, std::int32_t>) return "int32";
    if constexpr (std::same_as<T, std::int64_t>) return "int64";
    if constexpr (std::same_as<T, double>) return "float64";
}

}  // namespace sim
