// A fingerprint of a file's content: the same for equal names, shapes and values, whatever the bytes around them.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "sim/output/hdf5.hpp"

namespace sim {

// SHA-256 of a stream of bytes.
class Sha256 {
public:
    Sha256();
    void add(std::span<const std::byte> bytes);
    void add(std::string_view text) { add(std::as_bytes(std::span(text))); }
    [[nodiscard]] std::string hex();  // 64 digits; ends the stream

private:
    struct Free {
        void operator()(void* context) const;
    };
    std::unique_ptr<void, Free> context_;
};

[[nodiscard]] std::string sha256(std::string_view text);

// Collects one line a dataset, `name type shape sha256-of-values`, and digests the lines in the order of their names
// (docs/output_format.md). Values count in row-major order, numbers as little-endian bytes, texts closed by a zero; of
// an array of several dimensions each slice along the first has its digest, so that slices can be written in turns.
class ContentDigest {
public:
    void add(const std::string& name, std::string_view type, const hdf5::Shape& shape, const std::string& values);
    // A dimension without values, which a file keeps as missing numbers.
    void add_bare(const std::string& name, std::size_t length);
    [[nodiscard]] std::string text() const;  // "sha256:" and 64 digits

private:
    std::map<std::string, std::string> lines_;
};

// Of every dataset in the root group, read from the file.
[[nodiscard]] std::string content_digest(const hdf5::Check& check, const hdf5::File& file);

[[nodiscard]] std::string digest_of_texts(const std::vector<std::string>& texts);

// Of the slices along the first dimension, each given by its own digest.
[[nodiscard]] std::string digest_of_slices(const std::vector<std::string>& slices);

template <hdf5::Number T>
[[nodiscard]] std::string digest_of_values(std::span<const T> values, const hdf5::Shape& shape) {
    const auto whole = [](std::span<const T> part) {
        Sha256 digest;
        digest.add(std::as_bytes(part));
        return digest.hex();
    };
    if (shape.size() < 2) return whole(values);
    std::vector<std::string> slices;
    const auto length = values.size() / shape[0];
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
