// Memory that begins as zeros and on a boundary of the widest register.
//
// Large pieces come from the system as pages of zeros that are made only where they are written, so room that is never
// used costs address space alone; a vector would write its zeros and so pay for all of it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>

#include "sim/math/rows.hpp"

namespace sim {

template <class T>
requires std::is_trivially_copyable_v<T>
class Zeroed {
public:
    Zeroed() = default;
    Zeroed(const Zeroed& other) { *this = other; }
    Zeroed(Zeroed&& other) noexcept { swap(other); }
    Zeroed& operator=(const Zeroed& other) {
        if (this == &other) return *this;
        if (size_ != other.size_) {
            Zeroed fresh;
            fresh.take(other.size_, false);
            swap(fresh);
        }
        std::copy_n(other.data_, other.size_, data_);
        return *this;
    }
    Zeroed& operator=(Zeroed&& other) noexcept {
        swap(other);
        return *this;
    }

    [[nodiscard]] T* data() { return data_; }
    [[nodiscard]] const T* data() const { return data_; }
    [[nodiscard]] Index size() const { return size_; }

    // The first `kept` stay, all others are zero.
    void resize(Index size, Index kept) {
        if (size == size_) {
            std::fill(data_ + kept, data_ + size, T{});
            return;
        }
        Zeroed fresh;
        fresh.take(size, true);
        std::copy_n(data_, kept, fresh.data_);
        swap(fresh);
    }

private:
    static constexpr std::size_t boundary = 8 * max_lanes;

    struct Release {
        void operator()(void* memory) const { std::free(memory); }  // NOLINT: the counterpart of calloc and malloc
    };

    // Zeros are not asked for where all is written at once.
    void take(Index size, bool zeroed) {
        if (size == 0) return;
        const std::size_t bytes = static_cast<std::size_t>(size) * sizeof(T) + boundary;
        memory_.reset(zeroed ? std::calloc(bytes, 1) : std::malloc(bytes));  // NOLINT
        if (!memory_) throw std::bad_alloc();
        void* first = memory_.get();
        std::size_t room = bytes;
        data_ = static_cast<T*>(std::align(boundary, bytes - boundary, first, room));
        size_ = size;
    }

    void swap(Zeroed& other) noexcept {
        std::swap(memory_, other.memory_);
        std::swap(data_, other.data_);
        std::swap(size_, other.size_);
    }

    std::unique_ptr<void, Release> memory_;
    T* data_ = nullptr;
    Index size_ = 0;
};

// Room to work in: a copy has as much of it, and nothing of what it holds.
template <class T>
class Scratch : public Zeroed<T> {
public:
    Scratch() = default;
    Scratch(const Scratch& other) : Zeroed<T>() { *this = other; }
    Scratch(Scratch&&) noexcept = default;
    Scratch& operator=(const Scratch& other) {
        if (this->size() != other.size()) this->resize(other.size(), 0);
        return *this;
    }
    Scratch& operator=(Scratch&&) noexcept = default;
};

}  // namespace sim
