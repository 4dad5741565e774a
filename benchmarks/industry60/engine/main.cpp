// Industry-60 on the engine, as a program.
#include <cstdio>
#include <exception>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

#include <fmt/format.h>

#include "benchmarks/industry60/command_line.hpp"
#include "benchmarks/industry60/engine/model.hpp"
#include "sim/run/ensemble.hpp"

namespace {

using namespace industry60;

// Each run's yearly reports as lines of CSV.
class Csv {
public:
    explicit Csv(const std::string& path) : out_(path) {
        out_.exceptions(std::ios::failbit | std::ios::badbit);
        out_ << header;
    }
    void write(std::size_t, std::size_t seed, const Model::Record& record, const sim::Panel&) {
        lines_.clear();
        for (int year = 0; year < years; ++year)
            for (std::size_t i = 0; i < industries.size(); ++i) {
                const Report r = record.yearly.at(year, i);
                fmt::format_to(std::back_inserter(lines_), "{},{},{},{},{},{},{},{}\n", seed, year + 1, i + 1, r.output,
                               r.capital, r.concentration, r.productivity, r.subsidy);
            }
        out_.write(lines_.data(), static_cast<std::streamsize>(lines_.size()));
    }
    void fail(const sim::Failure& failure) {
        throw std::runtime_error(fmt::format("run {}, month {}: {}", failure.replicate, failure.step, failure.message));
    }

private:
    std::ofstream out_;
    fmt::memory_buffer lines_;
};

}  // namespace

int main(int count, char** words) {
    try {
        const CommandLine command(count, words);
        Csv csv(command.out);
        const sim::Plan plan{
            .seed = 60, .replicates = command.runs, .threads = command.threads, .first_replicate = command.first_seed};
        static_cast<void>(sim::run_ensemble<Model>(Model::Config{.subsidy = command.subsidy}, plan, csv));
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
