// What a target computes, in three lines to be held against those of another (tools/check_portable): draws, elementary
// functions, and every output of one replicate of a scenario.
//
// usage: portable_digest SCENARIO.toml
#include <cstdint>
#include <exception>
#include <iostream>
#include <stdexcept>
#include <string>

#include <fmt/format.h>

#include "models/growth/model.hpp"
#include "sim/math/canonical.hpp"
#include "sim/random/draws.hpp"
#include "sim/run/ensemble.hpp"
#include "sim/scenario/document.hpp"

namespace {

// FNV-1a over the bits of numbers, byte by byte from the lowest; a NaN counts as the one NaN.
class Digest {
public:
    void add(double number) {
        const auto bits = sim::bits_of(sim::canonical(number));
        for (int shift = 0; shift < 64; shift += 8) value_ = (value_ ^ ((bits >> shift) & 0xff)) * 1099511628211U;
    }
    [[nodiscard]] std::string text() const { return fmt::format("{:016x}", value_); }

private:
    std::uint64_t value_ = 14695981039346656037U;
};

// What `of` makes of each id, as a number and then as a lane of a pack.
void add_all(Digest& digest, std::uint64_t count, auto of) {
    for (std::uint64_t id = 0; id < count; ++id) digest.add(of(id));
    for (std::uint64_t id = 0; id < count; id += sim::Pack::size()) {
        const sim::Pack numbers = of(sim::WordPack([&](auto lane) { return id + lane; }));
        for (std::size_t lane = 0; lane < sim::Pack::size(); ++lane) digest.add(numbers[lane]);
    }
}

constexpr std::uint64_t count = 1 << 14;

Digest of_draws() {
    Digest digest;
    const auto stream = sim::Draws{0x0123456789abcdef, 7}.at(sim::purpose("portable"), 11);
    add_all(digest, count, [&](auto id) { return stream.uniforms(id)[0]; });
    add_all(digest, count, [&](auto id) { return stream.normals(id)[3]; });
    add_all(digest, count, [&](auto id) { return sim::gumbel(stream.uniforms(id)[1]); });
    add_all(digest, count, [&](auto id) { return sim::poisson_from(stream.uniforms(id)[2], sim::to_number(id & 15)); });
    return digest;
}

// A grid over [low, high], ends included.
auto on_grid(double low, double high, auto of) {
    return [=](auto id) { return of(low + sim::to_number(id) * ((high - low) / (count - 1))); };
}

Digest of_functions() {
    Digest digest;
    add_all(digest, count, on_grid(-760, 720, [](auto x) { return sim::exp(x); }));
    add_all(digest, count, on_grid(-1, 1, [](auto x) { return sim::exp(x); }));
    add_all(digest, count, on_grid(-1, 1000, [](auto x) { return sim::log(x); }));
    add_all(digest, count, on_grid(0, 1e-305, [](auto x) { return sim::log(x); }));
    add_all(digest, count, on_grid(0, 50, [](auto x) { return sim::pow(x, 0.37); }));
    add_all(digest, count, on_grid(-1, 50, [](auto x) { return sim::sqrt(x); }));
    add_all(digest, count, on_grid(-3, 3, [](auto x) { return sim::sin_cos_turns(x).first; }));
    add_all(digest, count, on_grid(-3, 3, [](auto x) { return sim::sin_cos_turns(x).second; }));
    return digest;
}

struct Recorder {
    Digest digest;

    void write(std::size_t, std::size_t, const growth::Record& record, const sim::Panel& panel) {
        for (const auto column : sim::columns_of(record))
            for (const double number : column) digest.add(number);
        for (const auto& column : panel)
            for (const double number : column) digest.add(number);
    }
    void fail(const sim::Failure& failure) { throw std::runtime_error(failure.message); }
};

// The scenario goes through one text, as it would where a page hands it over and there are no files.
Digest of_replicate(const char* scenario) {
    const auto config = growth::read_config(sim::parse(sim::load(scenario).toml(), "merged"));
    Recorder recorder;
    const sim::Plan plan{.seed = static_cast<std::uint64_t>(config.scenario.seed), .replicates = 1, .panels = 1};
    const auto outcome = sim::run_ensemble<growth::Growth>(config, plan, recorder);
    if (outcome.replicates != 1) throw std::runtime_error("the replicate did not come to its end");
    return recorder.digest;
}

}  // namespace

int main(int count_of_words, char** words) try {
    if (count_of_words != 2) throw std::invalid_argument("usage: portable_digest SCENARIO.toml");
    std::cout << "draws " << of_draws().text() << "\nfunctions " << of_functions().text() << std::endl;
    std::cout << "replicate " << of_replicate(words[1]).text() << std::endl;
    return 0;
} catch (const std::exception& error) {
    std::cerr << error.what() << std::endl;
    return 1;
}
