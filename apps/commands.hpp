// What the program can be asked for. Each command returns the exit code; what goes wrong is thrown.
#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "sim/output/reader.hpp"

namespace jiju {

// The exit codes that scripts rely on. A signal ends the program with 128 and its number.
namespace exit_code {
inline constexpr int ok = 0;
inline constexpr int failed = 1;    // at run time: a replicate broke an identity, or the program itself is wrong
inline constexpr int refused = 2;   // the command line or the scenario
inline constexpr int file = 3;      // a file or a disk
inline constexpr int signal = 128;  // added to the number of the signal
}  // namespace exit_code

struct UsageError : std::runtime_error {
    using runtime_error::runtime_error;
};

enum class Format : std::uint8_t { text, json, markdown };

struct RunOptions {
    std::string scenario;
    std::optional<std::int64_t> replicates, seed;
    std::optional<int> threads;
    std::vector<std::string> settings;
    std::string output;
    bool force = false, json = false, quiet = false;
    sim::Language language = sim::Language::en;
};
int run(const RunOptions& options);

struct ValidateOptions {
    std::string scenario;
    std::vector<std::string> settings;
    sim::Language language = sim::Language::en;
};
int validate(const ValidateOptions& options);

struct DescribeOptions {
    std::string topic;     // all topics where empty
    std::string scenario;  // of the targets
    Format format = Format::text;
};
int describe(const DescribeOptions& options);

int schema();

struct ShowOptions {
    std::string file;
    bool json = false;
    sim::Language language = sim::Language::en;
};
int show(const ShowOptions& options);

}  // namespace jiju
