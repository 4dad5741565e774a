// A composition that becomes a file only when all of it is on the disk.
#include "sim/output/writer.hpp"

#include <algorithm>
#include <bit>

#include "sim/describe/errors.hpp"
#include "sim/describe/translated.hpp"
#include "sim/output/reader.hpp"
#include "sim/output/seal.hpp"

namespace sim {

std::uintmax_t estimated_buckets(std::size_t replicates) {
    constexpr auto bucket_and_count = 2 * sizeof(std::int32_t);
    return bucket_and_count * std::min(replicates, Statistics::precision.most) / 2;
}

std::uintmax_t estimated_size(const Outline& outline, std::size_t replicates, FileKind kind) {
    constexpr std::uintmax_t headers = 64 << 10;
    constexpr std::uintmax_t headers_a_variable = 8 << 10;  // with its statistics
    constexpr std::uintmax_t headers_a_scenario = 256;
    constexpr std::uintmax_t numbers_a_statistic = 10;
    constexpr std::uintmax_t texts_of_a_parameter = 320;
    // Of a series in a shard: buckets, nodes of moments, extremes and offsets.
    const std::uintmax_t bytes_of_a_state =
        estimated_buckets(replicates) + 3 * sizeof(double) * std::bit_width(replicates) + 64;
    const auto& view = outline.view;
    const auto scenarios = outline.layout.scenarios.size();
    auto bytes = headers + (scenarios + 8) * replicates;
    for (std::size_t i = 0; i < scenarios; ++i)
        bytes += (kind == FileKind::shard ? outline.texts.packed(i) : outline.texts[i]).size() + headers_a_scenario;
    for (const auto& variable : view.kept()) {
        const auto row = row_length(view.axes(), variable);
        const auto rows = rows_of_chunk(row, scenarios * view.kept().size(), replicates);
        bytes += scenarios * ((replicates + rows - 1) / rows * rows * row * sizeof(double)) + headers_a_variable;
    }
    if (kind == FileKind::results) {
        const auto draws = draws_of(outline.layout, {0, replicates, replicates}).count;
        const auto& [shared, own, shared_row, own_row] = outline.layout.drawn;
        bytes += (draws + 1) * (shared.size() + scenarios * own.size() + 1) * sizeof(double);
        bytes += (shared.size() + own.size()) * texts_of_a_parameter;
    }
    const auto a_series = kind == FileKind::shard ? bytes_of_a_state : numbers_a_statistic * sizeof(double);
    return bytes + scenarios * view.yearly_length() * a_series;
}

ResultsWriter::ResultsWriter(const std::filesystem::path& path, const Outline& outline, Extent extent, FileKind kind,
                             bool replace)
    : kind_(kind),
      target_(path, estimated_size(outline, checked(outline, extent).count, kind), replace),
      file_(target_.temporary(), target_.path()),
      composer_(outline, extent, kind, file_) {}

void ResultsWriter::write(const Block& block) {
    hdf5::begin();
    composer_.write(block);
}

void ResultsWriter::finish(Proof proof) {
    hdf5::begin();
    const auto digest = composer_.finish();
    file_.close();
    if (proof == Proof::read_back) read_back(digest);
    put_seal(target_.temporary(), target_.path());
    target_.commit();
}

void ResultsWriter::read_back(const std::string& digest) const {
    const ResultsReader reader(target_.temporary(), kind_, Trust::known);
    reader.verify_digest();
    if (reader.text("content_digest") != digest)
        throw FileError(translated("{}: the disk does not give back what was written", target_.path().string()));
}

}  // namespace sim
