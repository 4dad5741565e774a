// The layout as dimensions and variables, and replicates as rows of chunks.
#include "sim/output/writer.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>
#include <utility>

#include "sim/describe/errors.hpp"
#include "sim/output/reader.hpp"

namespace sim {
namespace {

// Large enough that a write is worth its call, small enough that all variables of a wide model fit in memory.
constexpr std::size_t chunk_bytes = 256 << 10;

std::size_t values_a_replicate(const Layout& layout, const Variable& variable) {
    std::size_t values = 1;
    for (std::size_t i = 1; i < variable.dims.size(); ++i) values *= axis_of(layout.axes, variable.dims[i]).size();
    return values;
}

std::size_t rows_of_chunk(std::size_t row, std::size_t replicates) {
    return std::clamp<std::size_t>(chunk_bytes / (row * sizeof(double)), 1, replicates);
}

Layout checked(Layout layout, std::size_t replicates) {
    if (replicates == 0) throw std::invalid_argument("results layout: there is no replicate");
    check_layout(layout);
    return layout;
}

// Which further variables place the points of these dimensions, as netCDF's `coordinates` attribute lists them.
std::string coordinates_of(const Layout& layout, const std::vector<std::string>& dims) {
    std::string text;
    for (std::size_t i = 1; i < dims.size(); ++i)
        for (const auto& name : axis_of(layout.axes, dims[i]).auxiliaries()) text += (text.empty() ? "" : " ") + name;
    return text;
}

}  // namespace

std::uintmax_t estimated_size(const Layout& layout, std::size_t replicates) {
    constexpr std::uintmax_t headers = 64 << 10;
    constexpr std::uintmax_t headers_a_variable = 4 << 10;
    constexpr std::uintmax_t outcome_of_a_replicate = 32;
    auto bytes = headers + replicates * outcome_of_a_replicate;
    for (const auto& variable : layout.variables) {
        const auto row = values_a_replicate(layout, variable);
        const auto rows = rows_of_chunk(row, replicates);
        bytes += (replicates + rows - 1) / rows * rows * row * sizeof(double) + headers_a_variable;
    }
    return bytes;
}

ResultsWriter::ResultsWriter(const std::filesystem::path& path, Layout layout, ReplicateRange replicates, bool replace)
    : range_(replicates),
      layout_(checked(std::move(layout), replicates.count)),
      target_(path, estimated_size(layout_, replicates.count), replace),
      file_(target_.temporary(), target_.path()) {
    file_.write_attribute({"Conventions", std::string(conventions)});
    file_.write_attribute({"filetype", std::string(filetype)});
    file_.write_attribute({"schema_version", std::vector(schema_version.begin(), schema_version.end())});
    for (const auto& attribute : layout_.attributes) file_.write_attribute(attribute);
    file_.write_attribute({"replicates", static_cast<std::int64_t>(range_.count)});

    std::vector<std::int64_t> numbers(range_.count);
    for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = static_cast<std::int64_t>(range_.first + i);
    file_.add_dimension(std::string(replicate_axis), std::span<const std::int64_t>(numbers),
                        {"1", "replicate: one draw of chance and of uncertain parameters", "重复试验序号"});
    for (const auto& axis : layout_.axes) add_axis(axis);
    for (const auto& variable : layout_.variables) add_variable(variable);
}

void ResultsWriter::write(std::size_t replicate, const std::vector<std::span<const double>>& columns) {
    if (replicate != range_.first + statuses_.size() || statuses_.size() == range_.count)
        throw std::logic_error("replicate " + std::to_string(replicate) + " is written out of order");
    const auto fits = [](const auto& column, const auto& variable) { return column.size() == variable.row; };
    if (!std::equal(columns.begin(), columns.end(), variables_.begin(), variables_.end(), fits))
        throw std::invalid_argument("a record does not fit the results layout");
    hdf5::begin();
    for (std::size_t i = 0; i < columns.size(); ++i) {
        auto& [column, row, full, waiting] = variables_[i];
        waiting.insert(waiting.end(), columns[i].begin(), columns[i].end());
        if (waiting.size() < full) continue;
        column.write(waiting);
        waiting.clear();
    }
    statuses_.push_back(0);
    failures_.emplace_back();
}

void ResultsWriter::fail(std::size_t replicate, int step, const std::string& message) {
    std::vector<std::vector<double>> missing;
    for (const auto& variable : variables_)
        missing.emplace_back(variable.row, std::numeric_limits<double>::quiet_NaN());
    write(replicate, {missing.begin(), missing.end()});
    statuses_.back() = 1;
    failures_.back() = (step < 0 ? "before the first step: " : "step " + std::to_string(step) + ": ") + message;
}

void ResultsWriter::finish() {
    if (statuses_.size() != range_.count) throw std::logic_error("a results file is finished before its replicates");
    hdf5::begin();
    for (auto& variable : variables_) {
        if (!variable.waiting.empty()) variable.column.write(variable.waiting);
        file_.close(variable.column);
    }
    add_outcomes();
    const auto digest = file_.content_digest();
    file_.write_attribute({"status", "complete"});
    file_.write_attribute({"content_digest", digest});
    file_.close();
    const ResultsReader reader(target_.temporary());
    reader.verify_digest();
    if (reader.text("content_digest") != digest)
        throw FileError(target_.path().string() + ": the disk does not give back what was written");
    target_.commit();
}

void ResultsWriter::add_axis(const Axis& axis) {
    NetcdfFile::About about{"", axis.long_name, axis.long_name_zh};
    if (!axis.calendar.empty()) about.more = {{"calendar", axis.calendar}, {"standard_name", "time"}, {"axis", "T"}};
    if (!axis.keys.empty()) {
        file_.add_dimension(axis.name, axis.keys, about);
    } else if (!axis.values.empty()) {
        about.units = axis.units;
        file_.add_dimension(axis.name, std::span(axis.values), about);
    } else {
        file_.add_dimension(axis.name, axis.length, about);
    }
    const auto& subject = axis.long_name.empty() ? axis.name : axis.long_name;
    const auto& subject_zh = axis.long_name_zh.empty() ? axis.name : axis.long_name_zh;
    if (!axis.labels.empty())
        file_.add_variable(axis.name + "_name", axis.name, axis.labels,
                           {"", subject + ": English name", subject_zh + "：英文名称"});
    if (!axis.labels_zh.empty())
        file_.add_variable(axis.name + "_name_zh", axis.name, axis.labels_zh,
                           {"", subject + ": Chinese name", subject_zh + "：中文名称"});
    for (const auto& [name, values, units, long_name, long_name_zh] : axis.companions) {
        const NetcdfFile::About told{units, long_name, long_name_zh};
        const auto add = [&, &name = name](const auto& numbers) {
            file_.add_variable(name, axis.name, std::span(numbers), told);
        };
        std::visit(add, values);
    }
}

void ResultsWriter::add_variable(const Variable& variable) {
    NetcdfFile::About about{variable.units, variable.long_name, variable.long_name_zh};
    if (auto coordinates = coordinates_of(layout_, variable.dims); !coordinates.empty())
        about.more.push_back({"coordinates", std::move(coordinates)});
    if (!variable.source.empty()) about.more.push_back({"source", variable.source});
    about.more.insert(about.more.end(), variable.extra.begin(), variable.extra.end());
    const auto row = values_a_replicate(layout_, variable);
    const auto rows = rows_of_chunk(row, range_.count);
    variables_.push_back({file_.create_column(variable.name, variable.dims, rows, about), row, row * rows, {}});
    variables_.back().waiting.reserve(row * rows);
}

void ResultsWriter::add_outcomes() {
    const std::string along(replicate_axis);
    const std::vector<std::int8_t> flags{0, 1};
    file_.add_variable("replicate_status", along, std::span<const std::int8_t>(statuses_),
                       {"",
                        "whether the replicate ran to its end",
                        "重复试验状态",
                        {{"flag_values", flags}, {"flag_meanings", "ok failed"}}});
    file_.add_variable("failure", along, failures_,
                       {"", "why the replicate failed; empty where it did not", "失败原因"});
}

}  // namespace sim
