// A register of numbers that behaves like one number, and a register of answers that behaves like one bool.
//
// std::experimental::simd is libstdc++'s alone; these compile alike wherever there are GCC's vector types, with any
// standard library.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

#include "sim/math/registers.hpp"

namespace sim {

// Where a comparison holds, lane by lane.
class Mask {
public:
    Mask() = default;
    explicit Mask(bool everywhere) : lanes_(registers::Truths{} - std::int64_t{everywhere}) {}
    explicit Mask(registers::Truths lanes) : lanes_(lanes) {}

    [[nodiscard]] registers::Truths lanes() const { return lanes_; }
    [[nodiscard]] bool operator[](std::size_t lane) const { return lanes_[lane] != 0; }

    // Both sides are always worked out.
    friend Mask operator&&(Mask a, Mask b) { return Mask(a.lanes_ & b.lanes_); }
    friend Mask operator||(Mask a, Mask b) { return Mask(a.lanes_ | b.lanes_); }
    friend Mask operator!(Mask a) { return Mask(~a.lanes_); }

private:
    registers::Truths lanes_{};
};

template <class T>
concept Packed = std::same_as<T, double> || std::same_as<T, std::uint64_t>;

template <Packed T>
class BasicPack {
    using Register = registers::Register<T>;
    static constexpr bool has_bits = std::unsigned_integral<T>;

public:
    using value_type = T;
    static constexpr std::size_t size() { return registers::lanes; }

    BasicPack() = default;
    // Not explicit: a number stands for a pack full of it.
    BasicPack(T number) : BasicPack([&](auto) { return number; }) {}
    explicit BasicPack(Register lanes) : lanes_(lanes) {}
    // Lane i is make(std::integral_constant<std::size_t, i>).
    template <std::invocable<std::integral_constant<std::size_t, 0>> Make>
    explicit BasicPack(Make&& make) : lanes_(made(make, registers::Indices{})) {}

    // Numbers side by side, from anywhere in memory; narrow ones are rounded to what their type holds.
    [[nodiscard]] static BasicPack load(const T* first) { return BasicPack(registers::load(first)); }
    template <registers::Narrow U>
    requires std::same_as<T, double>
    [[nodiscard]] static BasicPack load(const U* first) { return BasicPack(registers::load_widened(first)); }
    void store(T* first) const { registers::store<T>(lanes_, first); }
    template <registers::Narrow U>
    requires std::same_as<T, double>
    void store(U* first) const { registers::store_narrowed(lanes_, first); }

    [[nodiscard]] Register lanes() const { return lanes_; }
    [[nodiscard]] T operator[](std::size_t lane) const { return lanes_[lane]; }
    void set(std::size_t lane, T number) { lanes_[lane] = number; }

    friend BasicPack operator+(BasicPack a, BasicPack b) { return BasicPack(a.lanes_ + b.lanes_); }
    friend BasicPack operator-(BasicPack a, BasicPack b) { return BasicPack(a.lanes_ - b.lanes_); }
    friend BasicPack operator*(BasicPack a, BasicPack b) { return BasicPack(a.lanes_ * b.lanes_); }
    friend BasicPack operator/(BasicPack a, BasicPack b) { return BasicPack(a.lanes_ / b.lanes_); }
    friend BasicPack operator-(BasicPack a) { return BasicPack(-a.lanes_); }
    BasicPack& operator+=(BasicPack b) { return *this = *this + b; }
    BasicPack& operator-=(BasicPack b) { return *this = *this - b; }
    BasicPack& operator*=(BasicPack b) { return *this = *this * b; }
    BasicPack& operator/=(BasicPack b) { return *this = *this / b; }

    friend Mask operator==(BasicPack a, BasicPack b) { return answers(a.lanes_ == b.lanes_); }
    friend Mask operator!=(BasicPack a, BasicPack b) { return answers(a.lanes_ != b.lanes_); }
    friend Mask operator<(BasicPack a, BasicPack b) { return answers(a.lanes_ < b.lanes_); }
    friend Mask operator<=(BasicPack a, BasicPack b) { return answers(a.lanes_ <= b.lanes_); }
    friend Mask operator>(BasicPack a, BasicPack b) { return answers(a.lanes_ > b.lanes_); }
    friend Mask operator>=(BasicPack a, BasicPack b) { return answers(a.lanes_ >= b.lanes_); }

    friend BasicPack operator&(BasicPack a, BasicPack b) requires has_bits { return BasicPack(a.lanes_ & b.lanes_); }
    friend BasicPack operator|(BasicPack a, BasicPack b) requires has_bits { return BasicPack(a.lanes_ | b.lanes_); }
    friend BasicPack operator^(BasicPack a, BasicPack b) requires has_bits { return BasicPack(a.lanes_ ^ b.lanes_); }
    friend BasicPack operator<<(BasicPack a, int bits) requires has_bits { return BasicPack(a.lanes_ << bits); }
    friend BasicPack operator>>(BasicPack a, int bits) requires has_bits { return BasicPack(a.lanes_ >> bits); }

private:
    template <class Make, std::size_t... lane>
    static Register made(Make& make, std::index_sequence<lane...>) {
        return Register{static_cast<T>(make(std::integral_constant<std::size_t, lane>()))...};
    }
    // Which integer of 64 bits a comparison gives is the compiler's choice.
    static Mask answers(auto lanes) { return Mask(reinterpret_cast<registers::Truths>(lanes)); }

    Register lanes_{};
};

}  // namespace sim
