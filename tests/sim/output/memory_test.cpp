// A dataset in memory is what the file of the same blocks would be.
#include "sim/output/memory.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "sim/output/composer.hpp"
#include "sim/output/reader.hpp"
#include "tests/toy/files.hpp"

namespace {

using toy::Walk;

class InMemory : public toy::Folder {
protected:
    [[nodiscard]] static Walk::Config config() { return {.steps = 4, .walkers = 3}; }
    [[nodiscard]] static sim::Outline outline() {
        return {toy::layout({config(), config()}), {.detail = sim::Detail::panels, .panels = 4}, 10};
    }

    static void compose(sim::MemoryDataset& dataset, const sim::Outline& all, const std::vector<std::size_t>& counts) {
        std::size_t first = 2;
        const auto count = std::accumulate(counts.begin(), counts.end(), std::size_t{0});
        sim::ResultsComposer composer(all, {first, count, all.planned}, sim::FileKind::results, dataset);
        for (const auto each : counts) {
            composer.write(toy::block_of(all, config(), first, each, 4));
            first += each;
        }
        composer.finish("partial");
    }

    [[nodiscard]] static const sim::MemoryDataset::Variable& variable(sim::MemoryDataset& dataset,
                                                                      const std::string& name) {
        return *std::ranges::find(dataset.variables(), name, &sim::MemoryDataset::Variable::name);
    }
    [[nodiscard]] static std::string text(const sim::Attributes& attributes, const std::string& name) {
        const auto found = std::ranges::find(attributes, name, &sim::Attribute::name);
        return found == attributes.end() ? "" : std::get<std::string>(found->value);
    }
};

TEST_F(InMemory, IsWhatTheFileIs) {
    const auto all = outline();
    sim::MemoryDataset dataset;
    compose(dataset, all, {2, 3});
    toy::write_file(folder_ / "walk.h5", all, toy::block_of(all, config(), 2, 5, 4));
    const sim::ResultsReader reader(folder_ / "walk.h5");
    EXPECT_EQ(text(dataset.attributes(), "data_digest"), reader.text("data_digest"));
    EXPECT_EQ(text(dataset.attributes(), "status"), "partial");  // which is no data, but content
    EXPECT_NE(text(dataset.attributes(), "content_digest"), reader.text("content_digest"));
    std::size_t compared = 0;
    for (const auto& [name, dims, shape, values, attributes] : dataset.variables()) {
        // An axis is a scale of its own and names none in the file.
        EXPECT_TRUE(dims == reader.dims(name) || dims == std::vector{name}) << name;
        const auto* numbers = std::get_if<std::unique_ptr<double[]>>(&values);
        if (numbers == nullptr) continue;
        const auto [shape_of_file, expected] = reader.read(name);
        ASSERT_EQ(shape, shape_of_file) << name;
        for (std::size_t i = 0; i < expected.size(); ++i)
            EXPECT_TRUE((*numbers)[i] == expected[i] || (std::isnan((*numbers)[i]) && std::isnan(expected[i]))) << name;
        if (const auto units = text(attributes, "units"); !units.empty()) {
            EXPECT_EQ(units, reader.text("units", name));
        }
        ++compared;
    }
    EXPECT_GE(compared, 10);
    EXPECT_EQ(std::get<sim::Medium::Texts>(variable(dataset, "failure_cause").values)[0], "no draw 抽样");
}

// Scenario 1, replicate 3, step 2, walker 1, wherever the blocks were cut.
TEST_F(InMemory, LaysEachVariableOutInOnePiece) {
    const auto all = outline();
    for (const auto& counts : {std::vector<std::size_t>{5}, {1, 1, 3}}) {
        sim::MemoryDataset dataset;
        compose(dataset, all, counts);
        const auto& position = variable(dataset, "position");
        EXPECT_EQ(position.shape, (std::vector<std::size_t>{2, 5, 4, 3}));
        EXPECT_EQ(std::get<std::unique_ptr<double[]>>(position.values)[(5 + 1) * 12 + 2 * 3 + 1], 1'003'021);
    }
}

TEST_F(InMemory, ColumnsTakeAllTheirRowsAndNoMore) {
    sim::MemoryDataset dataset;
    dataset.add_bare_dimension("a", 1, {});
    dataset.add_bare_dimension("b", 3, {});
    const auto column = dataset.create_column("numbers", {"a", "b"}, 1, {"1", "", ""});
    column->write(0, std::vector<double>{1, 2});
    EXPECT_THROW(column->close(), std::logic_error);
    EXPECT_THROW(column->write(0, std::vector<double>{3, 4}), std::logic_error);
    column->write(0, std::vector<double>{3});
    EXPECT_NO_THROW(column->close());
    EXPECT_THROW(static_cast<void>(dataset.create_column("others", {"c"}, 1, {})), std::logic_error);
}

}  // namespace
