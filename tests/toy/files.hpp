// What tests of files share: a folder of their own, and replicates whose values say where they belong.
#pragma once

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <unistd.h>

#include "sim/describe/errors.hpp"
#include "sim/output/writer.hpp"
#include "sim/record/block.hpp"
#include "tests/toy/walk.hpp"

namespace toy {

class Folder : public testing::Test {
protected:
    void SetUp() override {
        const auto* test = testing::UnitTest::GetInstance()->current_test_info();
        folder_ = std::filesystem::temp_directory_path() /
                  ("jiju_" + std::string(test->test_suite_name()) + test->name() + std::to_string(::getpid()));
        std::filesystem::create_directories(folder_);
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    [[nodiscard]] std::vector<std::string> files() const {
        std::vector<std::string> names;
        for (const auto& entry : std::filesystem::directory_iterator(folder_)) names.push_back(entry.path().filename());
        std::sort(names.begin(), names.end());
        return names;
    }

    std::filesystem::path folder_;
};

inline std::string bytes_of(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

// A value that no other number of a file resembles.
inline constexpr double landmark = 12345.678;

// Another value in place of the landmark, behind the back of every library.
inline void falsify(const std::filesystem::path& path) {
    const auto bytes = bytes_of(path);
    const auto place = bytes.find(std::string(reinterpret_cast<const char*>(&landmark), sizeof landmark));
    ASSERT_NE(place, std::string::npos);
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>(place));
    file.put(static_cast<char>(bytes[place] ^ 1));
}

// What `call` must complain of.
template <class Error>
void expect_error(auto&& call, const std::vector<std::string>& words) {
    try {
        call();
        ADD_FAILURE() << "no complaint of " << words.front();
    } catch (const Error& error) {
        for (const auto& word : words)
            EXPECT_NE(std::string(error.what()).find(word), std::string::npos) << word << " in " << error.what();
    }
}

// A record of which each number tells scenario, replicate, step and walker.
inline Walk::Record record_of(const Walk::Config& config, std::size_t scenario, std::size_t replicate) {
    auto record = Walk::blank(config);
    const double place = 1e6 * static_cast<double>(scenario) + 1000.0 * static_cast<double>(replicate);
    for (int step = 0; step < config.steps; ++step) {
        for (int walker = 0; walker < config.walkers; ++walker)
            record.sights.put({place + 10 * step + walker, landmark, 1}, step, walker);
        record.crowd.put({place + 10 * step}, step);
    }
    record.own_drift.put({place});
    return record;
}

// Replicates [first, first + count) of all scenarios; of replicate `broken` the last scenario has failed.
inline sim::Block block_of(const sim::Outline& outline, const Walk::Config& config, std::size_t first,
                           std::size_t count, std::size_t broken = static_cast<std::size_t>(-1)) {
    const auto scenarios = outline.layout.scenarios.size();
    sim::Collector collector(outline.view, scenarios, outline.layout.panel.size(), first);
    for (std::size_t replicate = first; replicate < first + count; ++replicate)
        for (std::size_t scenario = 0; scenario < scenarios; ++scenario) {
            const auto number = static_cast<double>(replicate);
            const bool is_observed = replicate < outline.recording.panels;
            const sim::Panel panel = is_observed ? sim::Panel{{0, 1}, {number, -number}} : sim::Panel{};
            if (replicate == broken && scenario + 1 == scenarios)
                collector.fail({scenario, replicate, -1, "no draw 抽样"});
            else
                collector.write(scenario, replicate, record_of(config, scenario, replicate), panel);
        }
    return collector.take();
}

inline void write_file(const std::filesystem::path& path, const sim::Outline& outline, const sim::Block& block,
                       sim::FileKind kind = sim::FileKind::results, bool replace = false) {
    sim::ResultsWriter writer(path, outline, {block.first, block.count, outline.planned}, kind, replace);
    writer.write(block);
    writer.finish();
}

}  // namespace toy
