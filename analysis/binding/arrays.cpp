// Ownership passes from the dataset to NumPy; no number is copied.
#include "analysis/binding/arrays.hpp"

#include <memory>
#include <utility>

#include <nanobind/ndarray.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

namespace nb = nanobind;

namespace jiju::binding {
namespace {

// The array frees `owner` when the last view of it is gone.
template <class T, class Owner>
nb::object array_over(T* values, const std::vector<std::size_t>& shape, std::unique_ptr<Owner> owner) {
    const nb::capsule capsule(owner.get(), [](void* memory) noexcept { delete static_cast<Owner*>(memory); });
    static_cast<void>(owner.release());
    return nb::ndarray<nb::numpy, T>(values, shape.size(), shape.data(), capsule).cast();
}

template <class T>
nb::object array_of(std::vector<T> values, const std::vector<std::size_t>& shape) {
    auto owner = std::make_unique<std::vector<T>>(std::move(values));
    auto* first = owner->data();
    return array_over(first, shape, std::move(owner));
}

nb::object array_of(std::unique_ptr<double[]> values, const std::vector<std::size_t>& shape) {
    auto* first = values.get();
    return array_over(first, shape, std::make_unique<std::unique_ptr<double[]>>(std::move(values)));
}

// A list; of two dimensions a list of lists.
nb::object array_of(std::vector<std::string> texts, const std::vector<std::size_t>& shape) {
    if (shape.size() < 2) return nb::cast(texts);
    std::vector<std::vector<std::string>> rows;
    for (std::size_t i = 0; i < shape[0]; ++i) {
        const auto first = texts.begin() + static_cast<std::ptrdiff_t>(i * shape[1]);
        rows.emplace_back(first, first + static_cast<std::ptrdiff_t>(shape[1]));
    }
    return nb::cast(rows);
}

template <class T>
nb::object value_of(const T& value) {
    return nb::cast(value);
}
template <class T>
nb::object value_of(const std::vector<T>& values) {
    return array_of(values, {values.size()});
}

}  // namespace

Attributes attributes_of(const sim::Attributes& attributes) {
    nb::dict shown;
    for (const auto& [name, value] : attributes)
        shown[name.c_str()] = std::visit([](const auto& content) { return value_of(content); }, value);
    return Attributes(shown);
}

nb::typed<nb::list, Variable> variables_of(sim::MemoryDataset& dataset) {
    nb::list variables;
    for (auto& [name, dims, shape, values, attributes] : dataset.variables()) {
        const auto& extent = shape;
        auto array = std::visit([&](auto& content) { return array_of(std::move(content), extent); }, values);
        variables.append(nb::make_tuple(name, dims, array, attributes_of(attributes)));
    }
    return nb::typed<nb::list, Variable>(variables);
}

}  // namespace jiju::binding
