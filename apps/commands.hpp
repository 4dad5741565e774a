// What the program can be asked for. Each command returns the exit code; what goes wrong is thrown.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/output/reader.hpp"
#include "study/campaign_options.hpp"

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

enum class Format : std::uint8_t { text, json, markdown };

// What is printed of a campaign.
struct Reporting {
    bool dry_run = false, json = false, quiet = false;
    sim::Language language = sim::language();
};

struct RunOptions : CampaignOptions, Reporting {
    std::vector<std::string> scenarios;
};
int run(const RunOptions& options);

struct SweepOptions : CampaignOptions, Reporting {
    std::string design;
};
int sweep(const SweepOptions& options);

struct MergeOptions {
    std::vector<std::string> shards;
    std::string output;
    bool dry_run = false, force = false, json = false, quiet = false;
    sim::Language language = sim::language();
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
    sim::Language language = sim::language();
};
int validate(const ValidateOptions& options);

struct DescribeOptions {
    std::string topic = {};               // all topics where empty
    std::vector<std::string> words = {};  // what follows the topic: a name, a scenario, or both
    Format format = Format::text;
    sim::Language language = sim::language();
    std::string name = {}, scenario = {};  // found in `words`, as the topic takes them
};
int describe(const DescribeOptions& options);
[[nodiscard]] std::string description(const DescribeOptions& options);  // what it prints

struct ListOptions {
    bool json = false;
    sim::Language language = sim::language();
};
int list(const ListOptions& options);
[[nodiscard]] std::string catalogue(const ListOptions& options);  // what it prints

int schema();

struct ShowOptions {
    std::string file;
    bool json = false;
    sim::Language language = sim::language();
};
int show(const ShowOptions& options);

}  // namespace jiju
