// Writes a results file of the toy model, for the tests that read it from Python or end it by force.
#include <exception>
#include <iostream>
#include <string>
#include <vector>

#include "sim/output/provenance.hpp"
#include "sim/output/writer.hpp"
#include "sim/run/ensemble.hpp"
#include "tests/toy/walk.hpp"

namespace {

struct Arguments {
    std::string path;
    sim::Plan plan{.seed = 7, .replicates = 40, .threads = 1};
    toy::Walk::Config config;
    bool force = false;
    bool wait = false;
};

// PATH [--force] [--wait] [--NAME NUMBER]...; --wait waits for a line before finishing.
Arguments read(const std::vector<std::string>& words) {
    Arguments read;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto& word = words[i];
        const auto number = [&] { return std::stoi(words.at(++i)); };
        if (word == "--force")
            read.force = true;
        else if (word == "--wait")
            read.wait = true;
        else if (word == "--replicates")
            read.plan.replicates = static_cast<std::uint32_t>(number());
        else if (word == "--first")
            read.plan.first_replicate = static_cast<std::uint32_t>(number());
        else if (word == "--seed")
            read.plan.seed = static_cast<std::uint64_t>(number());
        else if (word == "--threads")
            read.plan.threads = number();
        else if (word == "--walkers")
            read.config.walkers = number();
        else if (word == "--breaks-at")
            read.config.breaks_at = number();
        else
            read.path = word;
    }
    return read;
}

void write(const Arguments& arguments) {
    auto layout = toy::layout(arguments.config);
    layout.attributes = sim::provenance({arguments.plan.seed, "toy walk", "玩具随机游走",
                                         "[walk]\nwalkers = " + std::to_string(arguments.config.walkers)});
    sim::Axis unnamed{.name = "bare", .long_name = "a dimension without coordinates"};
    unnamed.length = 3;
    layout.axes.push_back(unnamed);
    layout.variables.front().extra.push_back({"price_basis", "none"});
    sim::ResultsWriter writer(arguments.path, std::move(layout),
                              {arguments.plan.first_replicate, arguments.plan.replicates}, arguments.force);
    const auto outcome = sim::run_ensemble<toy::Walk>(arguments.config, arguments.plan, writer);
    for (const auto& failure : outcome.failures) std::cout << failure.replicate << ": " << failure.message << '\n';
    if (arguments.wait) {
        std::cout << "waiting" << std::endl;
        std::cin.get();
    }
    writer.finish();
}

}  // namespace

int main(int argc, char** argv) {
    constexpr int usage_error = 2;
    constexpr int file_error = 3;
    sim::hdf5::ignore_file_size_signal();
    try {
        write(read({argv + 1, argv + argc}));
    } catch (const sim::FileError& error) {
        std::cerr << error.what() << '\n';
        return file_error;
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
        return usage_error;
    }
    return 0;
}
