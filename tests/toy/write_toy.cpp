// Simulates the toy model as a program would, for the tests that read its files from Python or end it by force.
#include <atomic>
#include <chrono>
#include <exception>
#include <iostream>
#include <map>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "sim/describe/errors.hpp"
#include "sim/run/ensemble.hpp"
#include "sim/run/parts.hpp"
#include "tests/toy/walk.hpp"

namespace {

constexpr int usage_error = 2;
constexpr int file_error = 3;
constexpr int stopped = 75;

struct Arguments {
    std::vector<std::string> paths;
    sim::Plan plan{.seed = 7, .replicates = 40, .threads = 1};
    std::optional<std::size_t> planned;  // of all shards; then the file is one of them
    std::size_t scenarios = 1;
    std::size_t stop_after = 0;
    toy::Walk::Config config;
    sim::Recording recording{.detail = sim::Detail::steps};
    std::chrono::duration<double> checkpoint = sim::Saver::everyday;
    std::chrono::microseconds slowness{0};
    bool force = false, resume = false, merge = false, wait = false;
};

// PATH [--force] [--resume] [--wait] [--merge SHARD...] [--NAME NUMBER]...; --wait waits for a line before the file is
// made, --stop-after N stops as a signal would, --slow N lets each replicate take N microseconds longer.
Arguments read(const std::vector<std::string>& words) {
    Arguments read;
    const std::map<std::string, bool*> flags{
        {"--force", &read.force}, {"--resume", &read.resume}, {"--merge", &read.merge}, {"--wait", &read.wait}};
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto& word = words[i];
        if (!word.starts_with("--")) {
            read.paths.push_back(word);
            continue;
        }
        if (const auto flag = flags.find(word); flag != flags.end()) {
            *flag->second = true;
            continue;
        }
        const auto& value = words.at(++i);
        const auto number = [&] { return static_cast<std::size_t>(std::stoul(value)); };
        if (word == "--scenarios") read.scenarios = number();
        if (word == "--replicates") read.plan.replicates = number();
        if (word == "--first") read.plan.first_replicate = number();
        if (word == "--planned") read.planned = number();
        if (word == "--seed") read.plan.seed = number();
        if (word == "--threads") read.plan.threads = std::stoi(value);
        if (word == "--panels") read.recording.panels = number();
        if (word == "--detail") read.recording.detail = static_cast<sim::Detail>(number());
        if (word == "--only") read.recording.variables.push_back(value);
        if (word == "--walkers") read.config.walkers = std::stoi(value);
        if (word == "--breaks-at") read.config.breaks_at = std::stoi(value);
        if (word == "--stop-after") read.stop_after = number();
        if (word == "--checkpoint") read.checkpoint = std::chrono::duration<double>(std::stod(value));
        if (word == "--slow") read.slowness = std::chrono::microseconds(number());
    }
    return read;
}

std::vector<toy::Walk::Config> scenarios_of(const Arguments& arguments) {
    std::vector<toy::Walk::Config> scenarios;
    for (std::size_t i = 0; i < arguments.scenarios; ++i) {
        scenarios.push_back(arguments.config);
        scenarios.back().drift += 0.25 * static_cast<double>(i);
    }
    return scenarios;
}

sim::Outline outline_of(const Arguments& arguments) {
    auto layout = toy::layout(scenarios_of(arguments), arguments.plan.seed);
    layout.variables.front().extra.push_back({"price_basis", "none"});
    // A dimension without coordinates, as long ones are.
    sim::Axis unnamed{.name = "bare", .long_name = "a dimension without coordinates"};
    unnamed.length = 1;
    layout.axes.push_back(unnamed);
    layout.variables.back().dims.push_back("bare");
    return {std::move(layout), arguments.recording, arguments.planned.value_or(arguments.plan.replicates)};
}

int merge(const Arguments& arguments) {
    std::vector<sim::ShardReader> shards;
    for (std::size_t i = 1; i < arguments.paths.size(); ++i) shards.emplace_back(arguments.paths[i]);
    const auto outline = outline_of(arguments);
    const sim::Extent extent{0, outline.planned, outline.planned};
    sim::arrange_shards(shards, outline, extent);
    sim::ResultsWriter writer(arguments.paths[0], outline, extent, sim::FileKind::results, arguments.force);
    for (const auto& shard : shards)
        shard.for_each_block(outline, [&](const sim::Block& block) { writer.write(block); });
    writer.finish();
    return 0;
}

int simulate(Arguments arguments) {
    auto& plan = arguments.plan;
    const auto& path = arguments.paths.at(0);
    const auto outline = outline_of(arguments);
    const auto scenarios = scenarios_of(arguments);
    const sim::Extent extent{plan.first_replicate, plan.replicates, outline.planned};
    const auto kind = arguments.planned ? sim::FileKind::shard : sim::FileKind::results;
    sim::NewFile::check(path, 2 * sim::estimated_size(outline, extent.count, kind), arguments.force);
    sim::Parts parts({path, kind, arguments.force}, outline, extent,
                     arguments.resume  ? sim::Leftover::resume
                     : arguments.force ? sim::Leftover::discard
                                       : sim::Leftover::refuse);
    sim::Saver saver(parts, outline, arguments.checkpoint);

    std::atomic<bool> stop = false;
    std::size_t ended = 0;
    sim::Progress progress([&](std::size_t) {
        stop = stop || ++ended == arguments.stop_after * scenarios.size();
        std::this_thread::sleep_for(arguments.slowness);
    });
    plan.first_replicate = parts.end();
    plan.replicates = extent.end() - parts.end();
    plan.panels = outline.recording.panels;
    plan.stop = &stop;
    const auto outcome =
        sim::run_ensemble<toy::Walk>(std::span<const toy::Walk::Config>(scenarios), plan, saver, progress);
    if (arguments.wait) {
        std::cout << "waiting" << std::endl;
        std::cin.get();
    }
    if (outcome.interrupted) {
        saver.finish();
        parts.save();
        return stopped;
    }
    saver.finish();
    parts.assemble();
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    sim::hdf5::ignore_file_size_signal();
    try {
        const auto arguments = read({argv + 1, argv + argc});
        return arguments.merge ? merge(arguments) : simulate(arguments);
    } catch (const sim::FileError& error) {
        std::cerr << error.what() << '\n';
        return file_error;
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
        return usage_error;
    }
}
