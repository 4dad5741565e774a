// The long campaign behind tools/campaign_bounds: thousands of drawn scenarios, and each value by itself.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "tests/bounds/drawn.hpp"

namespace {

using namespace bounds;

constexpr double longest = 60;  // seconds of a processor that a drawn scenario may take

struct Tally {
    std::size_t runs = 0, refused = 0, fails = 0;
    double slowest = 0;
    std::map<std::string, std::size_t> refusals;  // by the key and the first words of what is said
};

std::string summary_of(const std::string& refusal) {
    const auto begin = std::min(refusal.find("error: "), refusal.size());
    auto text = refusal.substr(begin, std::min<std::size_t>(refusal.find('\n') - begin, 100));
    std::erase_if(text, [](char c) { return c >= '0' && c <= '9'; });
    return text;
}

bool fails(const Answer& answer) {
    return answer.verdict == Verdict::fails || answer.seconds > longest;
}

// Without what is not needed to fail: halves, quarters and so on are left out as long as the rest still fails.
Changes reduced(const Base& base, Changes changes, std::uint32_t replicates) {
    int attempts = 400;
    for (std::size_t size = changes.size() / 2; size > 0; size = size == 1 ? 0 : (size + 1) / 2)
        for (std::size_t first = 0; first < changes.size() && attempts > 0;) {
            Changes rest = changes;
            const auto begin = rest.begin() + static_cast<std::ptrdiff_t>(first);
            rest.erase(begin, begin + static_cast<std::ptrdiff_t>(std::min(size, rest.size() - first)));
            --attempts;
            if (fails(attempt(base, rest, replicates)))
                changes = std::move(rest);
            else
                first += size;
        }
    return changes;
}

void judge(const Base& base, const Changes& changes, std::uint32_t replicates, const std::string& name, Tally& tally) {
    const auto answer = attempt(base, changes, replicates);
    tally.slowest = std::max(tally.slowest, answer.seconds);
    if (answer.verdict == Verdict::refused) ++tally.refusals[summary_of(answer.reason)];
    if (!fails(answer)) {
        ++(answer.verdict == Verdict::refused ? tally.refused : tally.runs);
        return;
    }
    ++tally.fails;
    fmt::print("# {}: {} ({:.1f} s)\n{}\n", name, answer.reason, answer.seconds,
               as_file(base, reduced(base, changes, replicates)));
    std::fflush(stdout);
}

long number(const char* text) {
    return std::strtol(text, nullptr, 10);
}

}  // namespace

// usage: bounds_campaign COUNT SEED SECONDS REPLICATES FILE …        COUNT -1: each value by itself
int main(int count_of_words, char** words) {
    if (count_of_words < 6) return 2;
    const long count = number(words[1]), seed = number(words[2]), seconds = number(words[3]);
    const auto replicates = static_cast<std::uint32_t>(number(words[4]));
    const auto begun = std::time(nullptr);
    const auto is_over = [&] { return seconds > 0 && std::time(nullptr) - begun > seconds; };
    std::size_t failed = 0;
    for (int k = 5; k < count_of_words; ++k) {
        const Base base(words[k]);
        Tally tally;
        if (count < 0) {
            const auto settings = one_at_a_time(base);
            for (std::size_t i = 0; i < settings.size() && !is_over(); ++i)
                judge(base, {settings[i]}, replicates, fmt::format("setting {}", i), tally);
        } else {
            for (long i = 0; i < count && !is_over(); ++i)
                judge(base, draw(base, static_cast<std::uint64_t>(seed + i)), replicates,
                      fmt::format("seed {}", seed + i), tally);
        }
        fmt::print("{}: {} ran, {} were refused, {} failed; the slowest took {:.1f} s\n", base.file, tally.runs,
                   tally.refused, tally.fails, tally.slowest);
        for (const auto& [reason, times] : tally.refusals) fmt::print("    refused {} times: {}\n", times, reason);
        std::fflush(stdout);
        failed += tally.fails;
    }
    return failed > 0 ? 1 : 0;
}
