// A file in the making that netCDF readers will understand: named dimensions, and variables over them.
//
// It is plain HDF5 with netCDF-4's conventions (dimension scales, `_Netcdf4Dimid`); the digest of the content grows
// with the file.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/output/digest.hpp"
#include "sim/output/hdf5.hpp"

namespace sim {

class NetcdfFile {
public:
    // `shown` is the path that messages name.
    NetcdfFile(const std::filesystem::path& path, const std::filesystem::path& shown);

    // What may be said about a variable; empty texts are left out.
    struct About {
        std::string units;
        std::string long_name;
        std::string long_name_zh;
        Attributes more = {};
    };

    // A dimension with one number or one text a point, or with a length alone.
    template <hdf5::Number T>
    void add_dimension(const std::string& name, std::span<const T> points, const About& about) {
        add_scale(name, name, create(name, points, {points.size()}), points.size(), about);
    }
    void add_dimension(const std::string& name, const std::vector<std::string>& points, const About& about);
    void add_dimension(const std::string& name, hsize_t length, const About& about);

    // A whole variable at once, the last dimension fastest.
    template <hdf5::Number T>
    void add_variable(const std::string& name, const std::vector<std::string>& dims, std::span<const T> values,
                      const About& about) {
        finish(name, create(name, values, shape_of(dims)), dims, about);
    }
    void add_variable(const std::string& name, const std::string& dim, const std::vector<std::string>& texts,
                      const About& about);

    // A variable of doubles whose first dimension's slices grow side by side, each by blocks of `chunk_rows` along the
    // second dimension, every block once and in order; what is never written is missing.
    class Column {
    public:
        void write(std::size_t slice, std::span<const double> rows);  // whole rows

    private:
        friend class NetcdfFile;
        struct Slice {
            hsize_t written = 0;
            Sha256 digest;
        };
        const NetcdfFile* file_ = nullptr;
        std::string name_;
        hdf5::Dataset dataset_;
        hdf5::Shape shape_;
        hsize_t row_ = 1;
        std::vector<Slice> slices_;
    };
    [[nodiscard]] Column create_column(const std::string& name, const std::vector<std::string>& dims,
                                       hsize_t chunk_rows, const About& about);
    void close(Column& column);

    void write_attribute(const Attribute& attribute);
    [[nodiscard]] std::string content_digest() const { return digest_.text(); }
    // To the disk, with every status checked.
    void close();

private:
    struct Scale {
        std::string name;
        hdf5::Dataset dataset;
        hsize_t length;
    };

    template <hdf5::Number T>
    [[nodiscard]] hdf5::Dataset create(const std::string& name, std::span<const T> values, const hdf5::Shape& shape) {
        auto dataset = hdf5::create_dataset(check_, file_, name, hdf5::disk_type<T>(), shape);
        hdf5::write_values(check_, dataset, values);
        digest_.add(name, type_name<T>(), shape, digest_of_values(values, shape));
        return dataset;
    }
    [[nodiscard]] hdf5::Dataset create(const std::string& name, const std::vector<std::string>& texts);
    void add_scale(const std::string& name, const std::string& label, hdf5::Dataset dataset, hsize_t length,
                   const About& about);
    void attach(const hdf5::Dataset& dataset, const std::vector<std::string>& dims);
    void describe(const hdf5::Dataset& dataset, const About& about);
    void finish(const std::string& name, hdf5::Dataset dataset, const std::vector<std::string>& dims,
                const About& about);
    [[nodiscard]] const Scale& scale(std::string_view name) const;
    [[nodiscard]] hdf5::Shape shape_of(const std::vector<std::string>& dims) const;

    hdf5::Check check_;
    hdf5::File file_;
    std::vector<Scale> scales_;
    ContentDigest digest_;
};

}  // namespace sim
