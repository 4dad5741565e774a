// Draws by coordinates: (seed, replicate, purpose, step, entity) name a number; no generator is stored anywhere.
//
// Any caller, in any order, on any thread and lane, gets the same draws, and an arm that changes one
// decision shifts no other draw. Layout of the Philox block:
//     counter = (entity, step | purpose << 16, replicate, block), 32 bits each
//     key     = (low half of the seed, high half of the seed)
// so entities, replicates and blocks count to 2^32, steps and purposes to 2^16. Two uses of one purpose must differ in
// entity, step or block.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "sim/random/distributions.hpp"
#include "sim/random/philox.hpp"

namespace sim {

using Step = std::uint16_t;

// What a draw is for, as a hash of its name: adding a purpose shifts no other. List them in one array and assert
// distinct() on it.
enum class Purpose : std::uint16_t {};

[[nodiscard]] consteval Purpose purpose(std::string_view name) {
    std::uint32_t hash = 2166136261;  // FNV-1a, folded to 16 bits
    for (const char letter : name) hash = (hash ^ static_cast<unsigned char>(letter)) * 16777619;
    return Purpose{static_cast<std::uint16_t>((hash >> 16) ^ hash)};
}

template <std::size_t n>
[[nodiscard]] consteval bool distinct(const std::array<Purpose, n>& purposes) {
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j < i; ++j)
            if (purposes[i] == purposes[j]) return false;
    return true;
}

// (w + 1/2) / 2^32 of a 32-bit word: never 0 or 1, exact.
template <Word W>
[[nodiscard]] inline NumberOf<W> open_uniform(W word) {
    return (from_bits(word | bit_cast<std::uint64_t>(two_52)) - (two_52 - 0.5)) * 0x1p-32;
}

// Two independent standard normals of two uniforms (Box and Muller, 1958). With 32-bit uniforms |z| < 6.77; the chance
// of more is 1e-11.
template <Number N>
[[nodiscard]] inline std::array<N, 2> normal_pair(N u, N v) {
    const N radius = sqrt(-2.0 * elementary::log_of_normal(u));
    const auto [sine, cosine] = sin_cos_turns(v);
    return {radius * cosine, radius * sine};
}

// The draws of one purpose at one step. Entities are an integer, or a pack of ids: then each lane is the draw of its
// id.
class Stream {
public:
    constexpr Stream(std::uint64_t seed, std::uint32_t replicate, Purpose purpose, Step step)
        : keys_({static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)}),
          replicate_(replicate),
          step_and_purpose_(step | static_cast<std::uint32_t>(purpose) << 16) {}

    // Four 32-bit words.
    template <Word Id>
    [[nodiscard]] RandomBlock<Id> words(Id id, std::uint32_t block = 0) const {
        return philox4x32_10(RandomBlock<Id>{id, Id(step_and_purpose_), Id(replicate_), Id(block)}, keys_);
    }
    // Four uniforms in the open interval (0, 1).
    template <Word Id>
    [[nodiscard]] std::array<NumberOf<Id>, 4> uniforms(Id id, std::uint32_t block = 0) const {
        const auto [a, b, c, d] = words(id, block);
        return {open_uniform(a), open_uniform(b), open_uniform(c), open_uniform(d)};
    }
    // Four standard normals.
    template <Word Id>
    [[nodiscard]] std::array<NumberOf<Id>, 4> normals(Id id, std::uint32_t block = 0) const {
        const auto u = uniforms(id, block);
        const auto first = normal_pair(u[0], u[1]);
        const auto second = normal_pair(u[2], u[3]);
        return {first[0], first[1], second[0], second[1]};
    }

    // Any other integer names an entity by its value.
    template <std::integral Id>
    requires(!Word<Id>) [[nodiscard]] auto words(Id id, std::uint32_t block = 0) const {
        return words(static_cast<std::uint64_t>(id), block);
    }
    template <std::integral Id>
    requires(!Word<Id>) [[nodiscard]] auto uniforms(Id id, std::uint32_t block = 0) const {
        return uniforms(static_cast<std::uint64_t>(id), block);
    }
    template <std::integral Id>
    requires(!Word<Id>) [[nodiscard]] auto normals(Id id, std::uint32_t block = 0) const {
        return normals(static_cast<std::uint64_t>(id), block);
    }

    // For distributions that use up an unknown count of words: blocks 0, 1, 2, ... of the same coordinates.
    [[nodiscard]] Philox engine(std::uint64_t id) const { return {{id, step_and_purpose_, replicate_, 0}, keys_}; }

private:
    PhiloxKeys keys_;
    std::uint32_t replicate_;
    std::uint32_t step_and_purpose_;
};

// All draws of one replicate.
struct Draws {
    std::uint64_t seed = 0;
    std::uint32_t replicate = 0;

    [[nodiscard]] constexpr Stream at(Purpose purpose, Step step) const { return {seed, replicate, purpose, step}; }
};

}  // namespace sim
