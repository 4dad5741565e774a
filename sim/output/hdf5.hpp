// The few things this project asks of the HDF5 C API, with every status checked.
//
// A full disk shows itself in H5Dwrite, H5Dflush or H5Dclose and hardly ever in H5Fclose, so handles are closed by
// name on the good path (close() checks) and by their destructors only when something has already gone wrong.
#pragma once

#include <concepts>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <hdf5.h>

#include "sim/record/attributes.hpp"

namespace sim::hdf5 {

// Before the first call on a thread: no printing of error stacks (it is set thread by thread), no plug-ins, and no
// clean-up at exit, which crashes after a failed write.
void begin();

// For a program that writes files, once at its start: a limit on file size then arrives as a FileError, as a full disk
// does, instead of ending the process.
void ignore_file_size_signal();

// The one place where a status becomes a FileError: "path: cannot DO: what HDF5 says".
struct Check {
    std::filesystem::path path;  // as the user knows it

    template <std::signed_integral Status>
    Status operator()(Status status, std::string_view what) const {
        if (status < 0) fail(what);
        return status;
    }
    [[noreturn]] void fail(std::string_view what) const;
};

template <herr_t (*close_it)(hid_t)>
class Handle {
public:
    Handle() = default;
    explicit Handle(hid_t id) : id_(id) {}
    Handle(Handle&& other) noexcept : id_(std::exchange(other.id_, H5I_INVALID_HID)) {}
    Handle& operator=(Handle&& other) noexcept {
        std::swap(id_, other.id_);
        return *this;
    }
    ~Handle() {
        if (id_ >= 0) close_it(id_);
    }

    void close(const Check& check, std::string_view what) {
        if (id_ >= 0) check(close_it(std::exchange(id_, H5I_INVALID_HID)), what);
    }
    operator hid_t() const { return id_; }

private:
    hid_t id_ = H5I_INVALID_HID;
};

using File = Handle<H5Fclose>;
using Dataset = Handle<H5Dclose>;
using Space = Handle<H5Sclose>;
using Type = Handle<H5Tclose>;
using Properties = Handle<H5Pclose>;
using AttributeHandle = Handle<H5Aclose>;

template <class T>
concept Number = std::same_as<T, std::int8_t> || std::same_as<T, std::int32_t> || std::same_as<T, std::int64_t> ||
    std::same_as<T, double>;

template <Number T>
[[nodiscard]] hid_t memory_type() {
    if constexpr (std::same_as<T, std::int8_t>) return H5T_NATIVE_INT8;
    if constexpr (std::same_as<T, std::int32_t>) return H5T_NATIVE_INT32;
    if constexpr (std::same_as<T, std::int64_t>) return H5T_NATIVE_INT64;
    if constexpr (std::same_as<T, double>) return H5T_NATIVE_DOUBLE;
}

template <Number T>
[[nodiscard]] hid_t disk_type() {
    if constexpr (std::same_as<T, std::int8_t>) return H5T_STD_I8LE;
    if constexpr (std::same_as<T, std::int32_t>) return H5T_STD_I32LE;
    if constexpr (std::same_as<T, std::int64_t>) return H5T_STD_I64LE;
    if constexpr (std::same_as<T, double>) return H5T_IEEE_F64LE;
}

// The only kind of text netCDF reads whole as the values of a variable: of variable length, UTF-8.
[[nodiscard]] Type text_type(const Check& check);

using Shape = std::vector<hsize_t>;

// A new file whose bytes depend on its content alone: creation order kept, no times, formats of 1.8.
[[nodiscard]] File create_file(const Check& check, const std::filesystem::path& path);
[[nodiscard]] File open_file(const Check& check, const std::filesystem::path& path);

// A dataset with creation order kept for its attributes; chunks of `chunk`, each with a checksum (contiguous where
// empty), doubles unwritten are NaN. An empty shape makes a scalar.
[[nodiscard]] Dataset create_dataset(const Check& check, const File& file, const std::string& name, hid_t type,
                                     const Shape& shape, const Shape& chunk = {});
// One whose values are written at once, every byte of them under a checksum of HDF5: with its description where they
// are few, else in chunks of their own.
[[nodiscard]] Dataset create_whole_dataset(const Check& check, const File& file, const std::string& name, hid_t type,
                                           const Shape& shape);
[[nodiscard]] Dataset open_dataset(const Check& check, const File& file, const std::string& name);
[[nodiscard]] Shape shape_of(const Check& check, const Dataset& dataset);

template <Number T>
void write_values(const Check& check, const Dataset& dataset, std::span<const T> values) {
    check(H5Dwrite(dataset, memory_type<T>(), H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), "write values");
}
// `text` is asked for each text once, in order.
void write_texts(const Check& check, const Dataset& dataset, const std::function<std::string(std::size_t)>& text);
// Of variable or fixed length, up to the first zero byte. One after the other, so that they need not all be in memory.
void visit_texts(const Check& check, const Dataset& dataset, const std::function<void(std::string)>& use);
[[nodiscard]] std::vector<std::string> read_texts(const Check& check, const Dataset& dataset);

// A part of a dataset: where it starts and how long it is along the leading dimensions; the others are whole.
struct Slab {
    Shape start;
    Shape count;
};
void write_slab(const Check& check, const Dataset& dataset, const Slab& slab, std::span<const double> values);
void read_slab(const Check& check, const Dataset& dataset, const Slab& slab, hid_t memory, void* values);

// Text is of fixed length, UTF-8: netCDF's NC_CHAR, which is all that CF allows and many tools read.
void write_attribute(const Check& check, hid_t object, const Attribute& attribute);
// One number as a scalar, several as a list.
template <Number T>
void write_attribute(const Check& check, hid_t object, const std::string& name, std::span<const T> values) {
    const hsize_t length = values.size();
    const Space space(check(length == 1 ? H5Screate(H5S_SCALAR) : H5Screate_simple(1, &length, nullptr),
                            "describe attribute " + name));
    AttributeHandle attribute(check(H5Acreate2(object, name.c_str(), disk_type<T>(), space, H5P_DEFAULT, H5P_DEFAULT),
                                    "create attribute " + name));
    check(H5Awrite(attribute, memory_type<T>(), values.data()), "write attribute " + name);
    attribute.close(check, "close attribute " + name);
}

// The text of an open attribute that has one, of variable or fixed length.
[[nodiscard]] std::string read_text(const Check& check, hid_t attribute, const std::string& name);
// The text of an attribute; FileError where it is absent or not one text.
[[nodiscard]] std::string read_text_attribute(const Check& check, hid_t object, const std::string& name);
// One or several whole numbers; FileError where it is absent or no number.
[[nodiscard]] std::vector<std::int64_t> read_integer_attribute(const Check& check, hid_t object,
                                                               const std::string& name);

}  // namespace sim::hdf5
