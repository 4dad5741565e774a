// A value of a type that need not be known where it is held. Copied and assigned as the value itself would be, so that
// a header can have such a member without including what it is made of, and a file that does not look at the value is
// not recompiled when it changes.
//
// Beside the member: `extern template class sim::Held<T>;`. In the source where T is complete:
// `template class sim::Held<T>;`.
#pragma once

#include <utility>

namespace sim {

template <class T>
class Held {
public:
    Held();
    Held(const Held& other);
    Held(Held&& other) noexcept;
    Held& operator=(Held other) noexcept;
    ~Held();

    [[nodiscard]] T& operator*() { return *value_; }
    [[nodiscard]] const T& operator*() const { return *value_; }
    [[nodiscard]] T* operator->() { return value_; }
    [[nodiscard]] const T* operator->() const { return value_; }

private:
    T* value_;  // null only of what was moved from
};

template <class T>
Held<T>::Held() : value_(new T()) {}

template <class T>
Held<T>::Held(const Held& other) : value_(other.value_ == nullptr ? nullptr : new T(*other.value_)) {}

template <class T>
Held<T>::Held(Held&& other) noexcept : value_(std::exchange(other.value_, nullptr)) {}

template <class T>
Held<T>& Held<T>::operator=(Held other) noexcept {
    std::swap(value_, other.value_);
    return *this;
}

template <class T>
Held<T>::~Held() {
    delete value_;
}

}  // namespace sim
