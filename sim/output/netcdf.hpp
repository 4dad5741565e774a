// A file in the making that netCDF readers will understand: named dimensions, and variables over them.
//
// It is plain HDF5 with netCDF-4's conventions (dimension scales, `_Netcdf4Dimid`); the digest of the content grows
// with the file.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sim/output/digest.hpp"
#include "sim/output/hdf5.hpp"
#include "sim/output/medium.hpp"

namespace sim {

class NetcdfFile final : public Medium {
public:
    // `shown` is the path that messages name.
    NetcdfFile(const std::filesystem::path& path, const std::filesystem::path& shown);

    void add_dimension(const std::string& name, const Numbers& points, const About& about) override;
    void add_named_dimension(const std::string& name, const Texts& points, const About& about) override;
    void add_bare_dimension(const std::string& name, std::size_t length, const About& about) override;
    void add_variable(const std::string& name, const Texts& dims, const Numbers& values, const About& about) override;
    void add_texts(const std::string& name, const Texts& dims, const TextSource& texts, const About& about) override;
    // What is never written is missing.
    [[nodiscard]] std::unique_ptr<Column> create_column(const std::string& name, const Texts& dims,
                                                        std::size_t chunk_rows, const About& about) override;
    [[nodiscard]] std::unique_ptr<Column> create_rows(const std::string& name, const Texts& dims,
                                                      std::size_t chunk_rows, const About& about) override;
    void write_attribute(const Attribute& attribute) override;

    // To the disk, with every status checked.
    void close();

private:
    struct Scale {
        std::string name;
        hdf5::Dataset dataset;
        hsize_t length;
    };
    class GrowingColumn;
    class GrowingRows;

    [[nodiscard]] hdf5::Dataset create(const std::string& name, const Texts& dims, const Numbers& values,
                                       const hdf5::Shape& shape);
    [[nodiscard]] hdf5::Dataset create_texts(const std::string& name, const Texts& dims, const TextSource& texts,
                                             const hdf5::Shape& shape);
    [[nodiscard]] hdf5::Dataset create_chunked(const std::string& name, const Texts& dims, const hdf5::Shape& chunk,
                                               const About& about);
    void add_scale(const std::string& name, const std::string& label, hdf5::Dataset dataset, hsize_t length,
                   const About& about);
    void attach(const hdf5::Dataset& dataset, const Texts& dims);
    void describe(const std::string& name, const hdf5::Dataset& dataset, const About& about);
    void finish(const std::string& name, hdf5::Dataset dataset, const Texts& dims, const About& about);
    [[nodiscard]] const Scale& scale(std::string_view name) const;
    [[nodiscard]] hdf5::Shape shape_of(const Texts& dims) const;

    hdf5::Check check_;
    hdf5::File file_;
    std::vector<Scale> scales_;
};

}  // namespace sim
