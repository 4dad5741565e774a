// What the program can be asked for. Each command returns the exit code; what goes wrong is thrown.
#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "sim/output/reader.hpp"

namespace jiju {

// The exit codes that scripts rely on. A signal ends the program with 128 and its number.
namespace exit_code {
inline constexpr int ok = 0;
inline constexpr int failed = 1;    // at run time: a replicate broke an identity, or the program itself is wrong
inline constexpr int refused = 2;   // the command line or the scenario
inline constexpr int file = 3;      // a file or a disk
inline constexpr int unlike = 4;    // a file is not what it should be
inline constexpr int stopped = 75;  // by a signal, and can be resumed
inline constexpr int signal = 128;  // added to the number of the signal, where nothing was kept
}  // namespace exit_code

struct UsageError : std::runtime_error {
    using runtime_error::runtime_error;
};

enum class Format : std::uint8_t { text, json, markdown };

// How replicates are simulated and kept, whatever the scenarios are.
struct CampaignOptions {
    // Instead of a number of replicates: from the first up to before the second, as a shard of a run whose end is not
    // yet known.
    std::optional<std::pair<std::int64_t, std::int64_t>> range;
    std::optional<std::int64_t> replicates, replicates_per_draw, seed;
    std::optional<int> threads;
    std::vector<std::string> settings;
    std::string output;
    std::optional<std::string> detail, outputs;
    std::optional<std::int64_t> panels;
    std::string precision, shard, failures = "continue";
    bool resume = false, dry_run = false;
    bool force = false, json = false, quiet = false;
    std::optional<double> checkpoint_seconds;
    sim::Language language = sim::Language::en;
};

struct RunOptions : CampaignOptions {
    std::vector<std::string> scenarios;
};
int run(const RunOptions& options);

struct SweepOptions : CampaignOptions {
    std::string design;
};
int sweep(const SweepOptions& options);

struct MergeOptions {
    std::vector<std::string> shards;
    std::string output;
    bool dry_run = false, force = false, json = false, quiet = false;
    sim::Language language = sim::Language::en;
};
int merge(const MergeOptions& options);

struct VerifyOptions {
    std::string file;
    std::int64_t sample = 5;
    std::optional<std::uint64_t> seed;  // of the sample; without it nobody can know which replicates are simulated
    bool json = false;
};
int verify(const VerifyOptions& options);

struct ReplayOptions {
    std::string file, scenario, output;
    std::int64_t replicate = 0;
    bool force = false;
};
int replay(const ReplayOptions& options);

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
[[nodiscard]] std::string description(const DescribeOptions& options);  // what it prints

int schema();

struct ShowOptions {
    std::string file;
    bool json = false;
    sim::Language language = sim::Language::en;
};
int show(const ShowOptions& options);

}  // namespace jiju
