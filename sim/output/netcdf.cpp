// Dimensions as HDF5 dimension scales, attached to every axis of every variable.
#include "sim/output/netcdf.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>
#include <hdf5_hl.h>

namespace sim {

NetcdfFile::NetcdfFile(const std::filesystem::path& path, const std::filesystem::path& shown) : check_{shown} {
    hdf5::begin();
    file_ = hdf5::create_file(check_, path);
}

// Its slices have digests of their own, since they grow in turns.
class NetcdfFile::GrowingColumn final : public Medium::Column {
public:
    GrowingColumn(NetcdfFile& file, std::string name, Texts dims, hdf5::Dataset dataset, hdf5::Shape shape)
        : file_(file),
          name_(std::move(name)),
          dims_(std::move(dims)),
          dataset_(std::move(dataset)),
          shape_(std::move(shape)) {
        for (std::size_t i = 2; i < shape_.size(); ++i) row_ *= shape_[i];
        slices_.resize(shape_[0]);
    }

    void write(std::size_t slice, std::span<const double> rows) override {
        auto& [written, digest] = slices_[slice];
        const hsize_t count = rows.size() / row_;
        hdf5::write_slab(file_.check_, dataset_, {{slice, written}, {1, count}}, rows);
        digest.add_values(rows);
        written += count;
    }

    void close() override {
        std::vector<std::string> digests;
        for (auto& [written, digest] : slices_) {
            if (written != shape_[1]) throw std::logic_error("'" + name_ + "' lacks rows");
            digests.push_back(digest.hex());
        }
        dataset_.close(file_.check_, "close " + name_);
        file_.digest_.add(name_, type_name<double>(), dims_, shape_, digest_of_slices(digests));
    }

private:
    struct Slice {
        hsize_t written = 0;
        Sha256 digest;
    };
    NetcdfFile& file_;
    std::string name_;
    Texts dims_;
    hdf5::Dataset dataset_;
    hdf5::Shape shape_;
    hsize_t row_ = 1;
    std::vector<Slice> slices_;
};

class NetcdfFile::GrowingRows final : public Medium::Column {
public:
    GrowingRows(NetcdfFile& file, std::string name, Texts dims, hdf5::Dataset dataset, hdf5::Shape shape)
        : file_(file),
          name_(std::move(name)),
          dims_(std::move(dims)),
          dataset_(std::move(dataset)),
          shape_(std::move(shape)) {
        for (std::size_t i = 1; i < shape_.size(); ++i) row_ *= shape_[i];
    }

    void write(std::size_t /*slice*/, std::span<const double> rows) override {
        const hsize_t count = rows.size() / row_;
        hdf5::write_slab(file_.check_, dataset_, {{written_}, {count}}, rows);
        written_ += count;
        for (; !rows.empty(); rows = rows.subspan(row_)) {
            Sha256 digest;
            digest.add_values(rows.first(row_));
            digest_.add(digest.hex());
        }
    }

    void close() override {
        if (written_ != shape_[0]) throw std::logic_error("'" + name_ + "' lacks rows");
        dataset_.close(file_.check_, "close " + name_);
        file_.digest_.add(name_, type_name<double>(), dims_, shape_, digest_.hex());
    }

private:
    NetcdfFile& file_;
    std::string name_;
    Texts dims_;
    hdf5::Dataset dataset_;
    hdf5::Shape shape_;
    hsize_t row_ = 1, written_ = 0;
    Sha256 digest_;  // of the rows' digests, as digest_of_slices has them
};

void NetcdfFile::add_dimension(const std::string& name, const Numbers& points, const About& about) {
    const hsize_t length = std::visit([](const auto& values) { return values.size(); }, points);
    add_scale(name, name, create(name, {name}, points, {length}), length, about);
    digest_attributes(name, about);
}

void NetcdfFile::add_named_dimension(const std::string& name, const Texts& points, const About& about) {
    add_scale(name, name, create_texts(name, {name}, points, {points.size()}), points.size(), about);
    digest_attributes(name, about);
}

void NetcdfFile::add_bare_dimension(const std::string& name, std::size_t length, const About& about) {
    // netCDF knows a dimension without values by this very sentence in place of its name.
    const auto label = fmt::format("This is a netCDF dimension but not a netCDF variable.{:10}", length);
    auto dataset = hdf5::create_dataset(check_, file_, name, H5T_IEEE_F64LE, {length});
    digest_.add_bare(name, length);
    add_scale(name, label, std::move(dataset), length, about);
}

void NetcdfFile::add_variable(const std::string& name, const Texts& dims, const Numbers& values, const About& about) {
    finish(name, create(name, dims, values, shape_of(dims)), dims, about);
}

void NetcdfFile::add_texts(const std::string& name, const Texts& dims, const TextSource& texts, const About& about) {
    finish(name, create_texts(name, dims, texts, shape_of(dims)), dims, about);
}

std::unique_ptr<Medium::Column> NetcdfFile::create_column(const std::string& name, const Texts& dims,
                                                          std::size_t chunk_rows, const About& about) {
    const auto shape = shape_of(dims);
    auto chunk = shape;
    chunk[0] = 1;
    chunk[1] = chunk_rows;
    return std::make_unique<GrowingColumn>(*this, name, dims, create_chunked(name, dims, chunk, about), shape);
}

std::unique_ptr<Medium::Column> NetcdfFile::create_rows(const std::string& name, const Texts& dims,
                                                        std::size_t chunk_rows, const About& about) {
    const auto shape = shape_of(dims);
    auto chunk = shape;
    chunk[0] = chunk_rows;
    return std::make_unique<GrowingRows>(*this, name, dims, create_chunked(name, dims, chunk, about), shape);
}

void NetcdfFile::write_attribute(const Attribute& attribute) {
    hdf5::write_attribute(check_, file_, attribute);
    digest_.describe("", attribute.name, AttributeValue::of(attribute));
}

void NetcdfFile::close() {
    for (auto& scale : scales_) scale.dataset.close(check_, "close " + scale.name);
    check_(H5Fflush(file_, H5F_SCOPE_GLOBAL), "flush");
    file_.close(check_, "close");
}

hdf5::Dataset NetcdfFile::create(const std::string& name, const Texts& dims, const Numbers& values,
                                 const hdf5::Shape& shape) {
    return std::visit(
        [&]<hdf5::Number T>(const std::span<const T>& numbers) {
            auto dataset = hdf5::create_whole_dataset(check_, file_, name, hdf5::disk_type<T>(), shape);
            hdf5::write_values(check_, dataset, numbers);
            digest_.add(name, type_name<T>(), dims, shape, digest_of_values(numbers, shape));
            return dataset;
        },
        values);
}

hdf5::Dataset NetcdfFile::create_texts(const std::string& name, const Texts& dims, const TextSource& texts,
                                       const hdf5::Shape& shape) {
    auto dataset = hdf5::create_whole_dataset(check_, file_, name, hdf5::text_type(check_), shape);
    TextDigest digest;
    hdf5::write_texts(check_, dataset, [&](std::size_t i) {
        auto text = texts[i];
        digest.add(text);
        return text;
    });
    digest_.add(name, "string", dims, shape, digest.hex());
    return dataset;
}

hdf5::Dataset NetcdfFile::create_chunked(const std::string& name, const Texts& dims, const hdf5::Shape& chunk,
                                         const About& about) {
    auto dataset = hdf5::create_dataset(check_, file_, name, H5T_IEEE_F64LE, shape_of(dims), chunk);
    attach(dataset, dims);
    constexpr std::array missing{std::numeric_limits<double>::quiet_NaN()};
    hdf5::write_attribute(check_, dataset, "_FillValue", std::span<const double>(missing));
    describe(name, dataset, about);
    return dataset;
}

void NetcdfFile::add_scale(const std::string& name, const std::string& label, hdf5::Dataset dataset, hsize_t length,
                           const About& about) {
    check_(H5DSset_scale(dataset, label.c_str()), "make '" + name + "' a dimension");
    const auto id = static_cast<std::int32_t>(scales_.size());
    hdf5::write_attribute(check_, dataset, "_Netcdf4Dimid", std::span(&id, 1));
    for (const auto& attribute : about.listed()) hdf5::write_attribute(check_, dataset, attribute);
    scales_.push_back({name, std::move(dataset), length});
}

void NetcdfFile::attach(const hdf5::Dataset& dataset, const Texts& dims) {
    for (unsigned i = 0; i < dims.size(); ++i)
        check_(H5DSattach_scale(dataset, scale(dims[i]).dataset, i), "attach dimension '" + dims[i] + "'");
}

void NetcdfFile::describe(const std::string& name, const hdf5::Dataset& dataset, const About& about) {
    for (const auto& attribute : about.listed()) hdf5::write_attribute(check_, dataset, attribute);
    digest_attributes(name, about);
}

void NetcdfFile::finish(const std::string& name, hdf5::Dataset dataset, const Texts& dims, const About& about) {
    attach(dataset, dims);
    describe(name, dataset, about);
    dataset.close(check_, "close " + name);
}

hdf5::Shape NetcdfFile::shape_of(const Texts& dims) const {
    hdf5::Shape shape;
    for (const auto& dim : dims) shape.push_back(scale(dim).length);
    return shape;
}

const NetcdfFile::Scale& NetcdfFile::scale(std::string_view name) const {
    return *std::find_if(scales_.begin(), scales_.end(), [&](const Scale& each) { return each.name == name; });
}

}  // namespace sim
