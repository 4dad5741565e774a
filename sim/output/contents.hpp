// What an HDF5 file holds, seen independently of how it is stored: names, dimensions, types, attributes and the digest
// of all of it.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "sim/output/digest.hpp"
#include "sim/output/hdf5.hpp"

namespace sim::contents {

struct Links {
    std::vector<std::string> names;  // in the order of creation where the file keeps it, else by name
    bool plain = true;               // every one a hard link
};
[[nodiscard]] Links links_of(const hdf5::Check& check, const hdf5::File& file);

// Of the root group: datasets, in the order of creation.
[[nodiscard]] std::vector<std::string> names_of(const hdf5::Check& check, const hdf5::File& file);

// Its name as the digest has it, and how to read it: H5I_INVALID_HID for text.
struct Type {
    std::string_view name;
    hid_t memory;
    std::size_t size;
};
[[nodiscard]] Type type_of(const hdf5::Check& check, const hdf5::Dataset& dataset, const std::string& name);

// A dimension that has a length and no values.
[[nodiscard]] bool is_bare_dimension(const hdf5::Dataset& dataset);

// The datasets of the root group by where they lie: axes refer to their dimensions so, and HDF5 would look through the
// whole file for the name of each.
class NamesByAddress {
public:
    NamesByAddress() = default;
    NamesByAddress(const hdf5::Check& check, const hdf5::File& file, const std::vector<std::string>& names);
    [[nodiscard]] std::string of(hid_t dataset) const;  // empty where it is none of them

private:
    std::unordered_map<haddr_t, std::string> names_;
};

// The dimensions of a dataset by name; of a dimension, itself. FileError where an axis has none, or where netCDF's own
// list says otherwise.
[[nodiscard]] std::vector<std::string> dims_of(const hdf5::Check& check, const hdf5::File& file,
                                               const hdf5::Dataset& dataset, const std::string& name,
                                               const NamesByAddress& names);

// All attributes of a dataset, or of the file, that readers could take for text or numbers.
using Attributes = std::vector<std::pair<std::string, AttributeValue>>;
[[nodiscard]] Attributes attributes_of(const hdf5::Check& check, hid_t object);

[[nodiscard]] ContentDigest digest_of(const hdf5::Check& check, const hdf5::File& file);

}  // namespace sim::contents
