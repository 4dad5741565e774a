// Every variable one array; its digest is that of the same variable in a file.
#include "sim/output/memory.hpp"

#include <algorithm>
#include <functional>
#include <numeric>
#include <stdexcept>
#include <type_traits>
#include <utility>

namespace sim {
namespace {

std::size_t size_of(const std::vector<std::size_t>& shape, std::size_t from = 0) {
    return std::accumulate(shape.begin() + static_cast<std::ptrdiff_t>(std::min(from, shape.size())), shape.end(),
                           std::size_t{1}, std::multiplies<>());
}

}  // namespace

class MemoryDataset::GrowingColumn final : public Medium::Column {
public:
    // `values` lies in a variable of the dataset and stays where it is when further variables are added.
    GrowingColumn(MemoryDataset& dataset, std::string name, Texts dims, std::vector<std::size_t> shape, double* values,
                  std::size_t slices)
        : dataset_(dataset),
          name_(std::move(name)),
          dims_(std::move(dims)),
          shape_(std::move(shape)),
          values_(values),
          slice_(size_of(shape_) / slices),
          written_(slices, 0) {}

    void write(std::size_t slice, std::span<const double> rows) override {
        auto& written = written_[slice];
        if (written + rows.size() > slice_) throw std::logic_error("'" + name_ + "' has too many rows");
        std::copy(rows.begin(), rows.end(), values_ + slice * slice_ + written);
        written += rows.size();
    }

    void close() override {
        for (const auto written : written_)
            if (written != slice_) throw std::logic_error("'" + name_ + "' lacks rows");
        const hdf5::Shape shape(shape_.begin(), shape_.end());
        const std::span<const double> all(values_, size_of(shape_));
        dataset_.digest_.add(name_, type_name<double>(), dims_, shape, digest_of_values(all, shape));
    }

private:
    MemoryDataset& dataset_;
    std::string name_;
    Texts dims_;
    std::vector<std::size_t> shape_;
    double* values_;
    std::size_t slice_;
    std::vector<std::size_t> written_;
};

void MemoryDataset::add_dimension(const std::string& name, const Numbers& points, const About& about) {
    dimensions_.push_back({name, std::visit([](const auto& values) { return values.size(); }, points)});
    add_variable(name, {name}, points, about);
}

void MemoryDataset::add_named_dimension(const std::string& name, const Texts& points, const About& about) {
    dimensions_.push_back({name, points.size()});
    add_texts(name, {name}, points, about);
}

void MemoryDataset::add_bare_dimension(const std::string& name, std::size_t length, const About& /*about*/) {
    dimensions_.push_back({name, length});
    digest_.add_bare(name, length);
}

void MemoryDataset::add_variable(const std::string& name, const Texts& dims, const Numbers& values,
                                 const About& about) {
    const auto shape = shape_of(dims);
    std::visit(
        [&]<hdf5::Number T>(const std::span<const T>& numbers) {
            if (numbers.size() != size_of(shape)) throw std::logic_error("'" + name + "' does not fill its shape");
            digest_.add(name, type_name<T>(), dims, {shape.begin(), shape.end()},
                        digest_of_values(numbers, {shape.begin(), shape.end()}));
            digest_attributes(name, about);
            auto& variable = variables_.emplace_back(Variable{name, dims, shape, Texts(), about.listed()});
            if constexpr (std::is_same_v<T, double>) {
                auto copy = std::make_unique_for_overwrite<double[]>(numbers.size());
                std::copy(numbers.begin(), numbers.end(), copy.get());
                variable.values = std::move(copy);
            } else {
                variable.values = std::vector<T>(numbers.begin(), numbers.end());
            }
        },
        values);
}

void MemoryDataset::add_texts(const std::string& name, const Texts& dims, const TextSource& source,
                              const About& about) {
    const auto shape = shape_of(dims);
    if (source.size() != size_of(shape)) throw std::logic_error("'" + name + "' does not fill its shape");
    Texts texts;
    TextDigest digest;
    for (std::size_t i = 0; i < source.size(); ++i) digest.add(texts.emplace_back(source[i]));
    digest_.add(name, "string", dims, {shape.begin(), shape.end()}, digest.hex());
    digest_attributes(name, about);
    variables_.push_back({name, dims, shape, std::move(texts), about.listed()});
}

std::unique_ptr<Medium::Column> MemoryDataset::create_column(const std::string& name, const Texts& dims,
                                                             std::size_t /*chunk_rows*/, const About& about) {
    return create(name, dims, about, shape_of(dims)[0]);
}

std::unique_ptr<Medium::Column> MemoryDataset::create_rows(const std::string& name, const Texts& dims,
                                                           std::size_t /*chunk_rows*/, const About& about) {
    return create(name, dims, about, 1);
}

std::unique_ptr<Medium::Column> MemoryDataset::create(const std::string& name, const Texts& dims, const About& about,
                                                      std::size_t slices) {
    const auto shape = shape_of(dims);
    auto values = std::make_unique_for_overwrite<double[]>(size_of(shape));
    auto* place = values.get();
    variables_.push_back({name, dims, shape, std::move(values), about.listed()});
    digest_attributes(name, about);
    return std::make_unique<GrowingColumn>(*this, name, dims, shape, place, slices);
}

void MemoryDataset::write_attribute(const Attribute& attribute) {
    digest_.describe("", attribute.name, AttributeValue::of(attribute));
    attributes_.push_back(attribute);
}

std::vector<std::size_t> MemoryDataset::shape_of(const Texts& dims) const {
    std::vector<std::size_t> shape;
    for (const auto& dim : dims) {
        const auto found = std::find_if(dimensions_.begin(), dimensions_.end(),
                                        [&](const Dimension& dimension) { return dimension.name == dim; });
        if (found == dimensions_.end()) throw std::logic_error("there is no dimension '" + dim + "'");
        shape.push_back(found->length);
    }
    return shape;
}

}  // namespace sim
