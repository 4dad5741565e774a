#include "sim/output/finished.hpp"

#include <set>
#include <utility>

#include <fmt/format.h>

#include "sim/describe/errors.hpp"
#include "sim/describe/translated.hpp"

namespace sim {
namespace {

[[noreturn]] void refuse(const ResultsReader& reader, const std::string& why) {
    throw FileError(reader.path().string() + ": " + why);
}

std::size_t replicates_of(const ResultsReader& reader) {
    const auto numbers = reader.read_integers("replicate");
    for (std::size_t i = 0; i < numbers.size(); ++i)
        if (numbers[i] != static_cast<std::int64_t>(i))
            refuse(reader, translated("does not begin with the first replicate"));
    return numbers.size();
}

using Failed = std::set<std::pair<std::size_t, std::size_t>>;  // scenario and replicate

// As the run added them: in the order of the replicates, those that failed as missing.
void add_to(std::vector<Statistics>& statistics, const Outline& outline, const Block& block, const Failed& failed) {
    const auto length = outline.view.kept_length();
    std::vector<double> yearly;
    for (std::size_t scenario = 0; scenario < statistics.size(); ++scenario)
        for (std::size_t i = 0; i < block.count; ++i) {
            if (failed.contains({scenario, block.first + i})) {
                statistics[scenario].add_missing();
                continue;
            }
            yearly.clear();
            outline.view.append_yearly_of_kept(std::span(block.rows[scenario]).subspan(i * length, length), yearly);
            statistics[scenario].add(yearly);
        }
}

}  // namespace

std::vector<std::vector<double>> read_rows(const ResultsReader& reader, const Outline& outline, std::size_t first,
                                           std::size_t count) {
    const auto length = outline.view.kept_length();
    std::vector<std::vector<double>> rows(outline.layout.scenarios.size(), std::vector<double>(count * length));
    for (std::size_t scenario = 0; scenario < rows.size(); ++scenario) {
        std::size_t at = 0;
        for (const auto& variable : outline.view.kept()) {
            const auto row = row_length(outline.view.axes(), variable);
            const auto values = reader.read_rows(variable.name, scenario, first, count);
            if (values.size() != count * row) refuse(reader, translated("'{}' has another extent", variable.name));
            for (std::size_t i = 0; i < count; ++i)
                std::copy_n(&values[i * row], row, &rows[scenario][i * length + at]);
            at += row;
        }
    }
    return rows;
}

void read_rest(const ResultsReader& reader, const Outline& outline, Extent extent, Block& block) {
    block.failures = reader.failures();
    for (const auto& failure : block.failures)
        if (failure.replicate < extent.first || failure.replicate >= extent.end())
            refuse(reader, translated("records a failure of a replicate it does not hold"));
    block.panel.resize(outline.layout.panel.size());
    if (!reader.has("observation")) return;
    block.panel_scenario = reader.read("panel_scenario").values;
    block.panel_replicate = reader.read("panel_replicate").values;
    for (std::size_t i = 0; i < block.panel.size(); ++i)
        block.panel[i] = reader.read(outline.layout.panel[i].name).values;
}

std::size_t replicates_of_block(const Outline& outline) {
    constexpr std::size_t bytes = 16 << 20;
    const auto row = outline.layout.scenarios.size() * std::max<std::size_t>(outline.view.kept_length(), 1);
    return std::max<std::size_t>(1, bytes / (row * sizeof(double)));
}

void for_each_block(const ResultsReader& reader, const Outline& outline, Extent extent,
                    const std::function<void(Block&)>& use) {
    std::vector<Statistics> statistics(outline.layout.scenarios.size(),
                                       Statistics(outline.view.yearly_length(), extent.first));
    Block rest;
    read_rest(reader, outline, extent, rest);
    Failed failed;
    for (const auto& failure : rest.failures) failed.emplace(failure.scenario, failure.replicate);
    const auto step = replicates_of_block(outline);
    for (std::size_t first = 0; first < extent.count; first += step) {
        Block block;
        if (first + step >= extent.count) block = std::exchange(rest, {});
        block.first = extent.first + first;
        block.count = std::min(step, extent.count - first);
        block.rows = read_rows(reader, outline, first, block.count);
        add_to(statistics, outline, block, failed);
        if (block.end() == extent.end()) block.statistics = std::move(statistics);
        use(block);
    }
}

FinishedFile::FinishedFile(const std::filesystem::path& path, Trust trust)
    : reader_(path, FileKind::results, trust), replicates_(replicates_of(reader_)) {
    if (reader_.text("status") != "complete") refuse(reader_, translated("is not a finished run"));
}

}  // namespace sim
