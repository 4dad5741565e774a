// What a firm-step of the flagship costs, and a firm in memory, from a town to a nation: the plan's city many times
// over, with all its totals and its room for entrants, so that a firm meets the same conditions whatever the size.
// Money and talents of the plan stay those of one city, since what levers do costs time by what they give, not by who
// may ask.
//
//     growth_benchmark [--threads N] [--repeat N] [FIRMS]...
//
// Times are CPU nanoseconds a firm-step (a living firm, one step), of the fastest of some replicates; `wall` is the
// clock's, and shows what threads that share a step gain. `initial` is a firm's share of settling the population and of
// the burn-in. The last columns: rows in use over living firms, bytes a row of columns, peak memory over firms, and the
// firm-steps of the last replicate.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <oneapi/tbb/global_control.h>
#include <sys/resource.h>

#include "models/growth/model.hpp"
#include "sim/scenario/document.hpp"

namespace {

using growth::Config;
using growth::Growth;
using growth::State;

double cpu_seconds() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

double wall_seconds() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

double peak_bytes() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return 1024.0 * static_cast<double>(usage.ru_maxrss);
}

double firms_of(const Config& c) {
    double firms = 0;
    for (const auto& industry : c.industries) firms += industry.above_scale_firms + industry.fringe_firms;
    return firms;
}

// The same city `factor` times over.
Config many_cities(Config c, double factor) {
    for (auto& industry : c.industries)
        for (double* each : {&industry.base_sales, &industry.above_scale_firms, &industry.fringe_firms})
            *each *= factor;
    for (auto& place : c.places) place.land_supply *= factor;
    auto& entry = c.parameters.entry;
    for (double* each :
         {&c.scenario.base_all_industry_sales, &c.scenario.base_investment, &entry.attracted_rate, &entry.grafted_rate})
        *each *= factor;
    return c;
}

std::size_t bytes_a_row() {
    std::size_t bytes = 0;
    const growth::Firms firms;
    growth::Firms::describe(
        firms, [&]<class Stored, class Element, class Vector>(
                   const sim::Spec&, const sim::BasicColumn<Stored, Element, Vector>&) { bytes += sizeof(Stored); });
    return bytes;
}

double living(const State& s) {
    double firms = 0;
    for (const auto& cell : s.cells) firms += cell.now.firms;
    return firms;
}

double used_rows(const State& s) {
    double rows = 0;
    for (const auto& cell : s.cells) rows += static_cast<double>(cell.rows.end - cell.rows.begin);
    return rows;
}

struct Costs {
    double initial = 1e99, step = 1e99, wall = 1e99, check = 1e99, measure = 1e99;  // ns a firm-step; initial: a firm
    double firm_steps = 0, row_steps = 0, refused = 0;
};

// A function of its own, for benchmarks/operations counts what happens inside it: burn-in is no part of it.
[[gnu::noinline]] void take_step(const Config& c, sim::Draws draws, int step, State& s) {
    Growth::step(c, draws, step, s);
}

// One replicate, timed; the least of several is kept.
void simulate(const Config& c, std::uint32_t replicate, Costs& least) {
    const sim::Draws draws{static_cast<std::uint64_t>(c.scenario.seed), replicate};
    auto record = Growth::blank(c);
    double last = cpu_seconds();
    const auto lap = [&last] {
        const double now = cpu_seconds();
        return now - std::exchange(last, now);
    };
    State s = Growth::initial(c, draws);
    Costs costs{.initial = lap(), .step = 0, .wall = 0, .check = 0, .measure = 0};
    for (int step = 0; step < Growth::steps(c); ++step) {
        const double begun = wall_seconds();
        take_step(c, draws, step, s);
        costs.wall += wall_seconds() - begun;
        costs.step += lap();
        Growth::check(c, s);
        costs.check += lap();
        Growth::measure(c, step, s, record);
        costs.measure += lap();
        costs.firm_steps += living(s);
        costs.row_steps += used_rows(s);
        costs.refused += s.demography.refused;
    }
    const double each = 1e9 / costs.firm_steps;
    least.initial = std::min(least.initial, 1e9 * costs.initial / firms_of(c));
    least.step = std::min(least.step, each * costs.step);
    least.wall = std::min(least.wall, each * costs.wall);
    least.check = std::min(least.check, each * costs.check);
    least.measure = std::min(least.measure, each * costs.measure);
    least.firm_steps = costs.firm_steps;
    least.row_steps = costs.row_steps;
    least.refused = costs.refused;
}

}  // namespace

int main(int argc, char** argv) {
    std::size_t threads = std::thread::hardware_concurrency();
    int repeat = 3;
    std::vector<double> sizes;
    for (int k = 1; k < argc; ++k) {
        const std::string_view word = argv[k];
        if (word == "--threads" && k + 1 < argc)
            threads = std::stoul(argv[++k]);
        else if (word == "--repeat" && k + 1 < argc)
            repeat = std::stoi(argv[++k]);
        else
            sizes.push_back(std::stod(argv[k]));
    }
    const tbb::global_control as_many(tbb::global_control::max_allowed_parallelism, threads);
    const Config city = growth::read_config(sim::load("scenarios/shaoxing-2011/plan.toml", {}));
    if (sizes.empty()) sizes.push_back(firms_of(city));
    fmt::print("{:>9} {:>8} {:>7} {:>7} {:>7} {:>8} {:>8} {:>10} {:>6} {:>7} {:>10}\n", "firms", "initial", "step",
               "wall", "check", "measure", "refused", "rows/firm", "B/row", "B/firm", "firm-steps");
    for (const double size : sizes) {
        const Config c = many_cities(city, size / firms_of(city));
        Costs costs;
        for (int k = 0; k < repeat; ++k) simulate(c, static_cast<std::uint32_t>(k), costs);
        fmt::print(
            "{:>9.0f} {:>8.1f} {:>7.1f} {:>7.1f} {:>7.1f} {:>8.1f} {:>8.0f} {:>10.3f} {:>6} {:>7.0f} {:>10.0f}\n", size,
            costs.initial, costs.step, costs.wall, costs.check, costs.measure, costs.refused,
            costs.row_steps / costs.firm_steps, bytes_a_row(), peak_bytes() / size, costs.firm_steps);
        std::fflush(stdout);
    }
}
