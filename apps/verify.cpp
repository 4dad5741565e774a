// `jiju verify`: what is found out about a file, in words or as JSON.
#include <algorithm>
#include <random>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "apps/commands.hpp"
#include "apps/console.hpp"
#include "apps/summary_tables.hpp"
#include "sim/describe/translated.hpp"
#include "study/verification.hpp"

namespace jiju {
namespace {

// The maker of the file must not be able to foresee which replicates are replayed, not even from the file.
std::uint64_t unforeseen() {
    std::random_device device;
    return device();
}

}  // namespace

int verify(const VerifyOptions& options) {
    const auto seed = options.seed ? *options.seed : unforeseen();
    const auto findings = verification(options.file, {static_cast<std::size_t>(options.sample), seed});
    const bool holds = std::all_of(findings.begin(), findings.end(), [](const Finding& one) { return one.holds; });
    if (options.json) {
        nlohmann::ordered_json json{{"format", "jiju verification"}, {"version", 1}, {"file", options.file}};
        json["sample_seed"] = seed;
        json["holds"] = holds;
        for (const auto& one : findings)
            json["checks"].push_back({{"check", one.check}, {"holds", one.holds}, {"detail", one.detail}});
        print(dump(json));
    } else {
        std::string text;
        for (const auto& one : findings)
            text += fmt::format("{} {}: {}\n", one.holds ? "ok    " : "FAILED", one.check, one.detail);
        if (options.sample > 0) text += sim::translated("the same replicates again: --seed {}\n", seed);
        print(text + fmt::format("{}: {}\n", options.file, holds ? "verified" : sim::translated("NOT VERIFIED")));
    }
    return holds ? exit_code::ok : exit_code::unlike;
}

}  // namespace jiju
