// Industry-60 as textbook object-oriented C++: an object a firm, virtual steps, the standard library's random numbers.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <exception>
#include <fstream>
#include <memory>
#include <random>
#include <vector>

#include "benchmarks/industry60/command_line.hpp"
#include "benchmarks/industry60/rules.hpp"

namespace {

using namespace industry60;

struct Random {
    std::mt19937_64 engine;
    std::normal_distribution<double> normal;
    std::uniform_real_distribution<double> uniform;
    std::exponential_distribution<double> gain{1 / mean_gain};

    explicit Random(std::uint64_t seed) : engine(seed) {}
};

struct Market {
    double demand = 0;
    double raw_shares = 0;  // of the month so far
    double output = 0;      // of the year so far
    double subsidy = 0;
};

class Agent {
public:
    virtual ~Agent() = default;
    virtual void step(Random& random, Market& market, double subsidy_rate) = 0;
    virtual void settle(const Market& market) = 0;
};

class Firm : public Agent {
public:
    explicit Firm(Random& random)
        : capital_(std::exp(initial_size_spread * random.normal(random.engine))),
          technique_(initial_technique_spread * random.normal(random.engine)),
          intensity_(least_intensity + intensity_range * random.uniform(random.engine)),
          eligible_(random.uniform(random.engine) < eligible_share) {}

    void enter(double industry_capital) { share_ = capital_ / industry_capital; }

    void step(Random& random, Market& market, double subsidy_rate) override {
        shock_ = persistence * shock_ + shock_spread * random.normal(random.engine);
        const double capacity = capital_ * std::exp(technique_ + shock_);
        const double orders = share_ * market.demand;
        const double served = std::min(1.0, capacity / orders);
        const double output = orders * served;
        market.output += month * output;

        share_ *= std::exp(selection * month * (technique_ + shock_ - shortage_penalty * (1 - served)));
        market.raw_shares += share_;

        const double chance = 1 - std::exp(-research_efficiency * month * intensity_ * output / capital_);
        if (random.uniform(random.engine) < chance) technique_ += random.gain(random.engine);

        const double rate = std::clamp(depreciation + accelerator * (orders / capacity - normal_use), 0.0, 1.0);
        const double noise =
            std::exp(investment_spread * random.normal(random.engine) - investment_spread * investment_spread / 2);
        const double own = month * capital_ * rate * noise;
        const double subsidy = eligible_ ? subsidy_rate * own : 0.0;
        market.subsidy += subsidy;
        capital_ = capital_ * (1 - depreciation * month) + own + subsidy;
    }

    void settle(const Market& market) override { share_ /= market.raw_shares; }

    double capital() const { return capital_; }
    double technique() const { return technique_; }
    double share() const { return share_; }

private:
    double capital_, technique_, intensity_;
    bool eligible_;
    double shock_ = 0;
    double share_ = 0;
};

class Economy {
public:
    Economy(std::uint64_t seed, double subsidy_rate) : random_(seed), subsidy_rate_(subsidy_rate) {
        for (std::size_t i = 0; i < industries.size(); ++i) {
            double capital = 0;
            double capacity = 0;
            for (int n = 0; n < industries[i].firms; ++n) {
                auto firm = std::make_unique<Firm>(random_);
                capital += firm->capital();
                capacity += firm->capital() * std::exp(firm->technique());
                firms_[i].push_back(firm.get());
                agents_[i].push_back(std::move(firm));
            }
            for (auto* firm : firms_[i]) firm->enter(capital);
            markets_[i].demand = initial_use * capacity;
        }
    }

    void step() {
        for (std::size_t i = 0; i < industries.size(); ++i) {
            auto& market = markets_[i];
            market.raw_shares = 0;
            for (auto& agent : agents_[i]) agent->step(random_, market, subsidy_rate_);
            for (auto& agent : agents_[i]) agent->settle(market);
            market.demand *= std::exp(industries[i].growth * month);
        }
    }

    void report(std::uint64_t seed, int year, std::ostream& out) {
        for (std::size_t i = 0; i < industries.size(); ++i) {
            auto& market = markets_[i];
            double capital = 0;
            double concentration = 0;
            double technique = 0;
            for (const auto* firm : firms_[i]) {
                capital += firm->capital();
                concentration += firm->share() * firm->share();
                technique += firm->share() * firm->technique();
            }
            out << seed << ',' << year << ',' << i + 1 << ',' << market.output << ',' << capital << ',' << concentration
                << ',' << technique << ',' << market.subsidy << '\n';
            market.output = market.subsidy = 0;
        }
    }

private:
    Random random_;
    double subsidy_rate_;
    std::array<Market, industries.size()> markets_;
    std::array<std::vector<std::unique_ptr<Agent>>, industries.size()> agents_;
    std::array<std::vector<Firm*>, industries.size()> firms_;
};

}  // namespace

int main(int count, char** words) {
    try {
        const CommandLine command(count, words);
        std::ofstream out(command.out);
        out.exceptions(std::ios::failbit | std::ios::badbit);
        out.precision(9);
        out << header;
        for (std::uint32_t run = 0; run < command.runs; ++run) {
            const std::uint64_t seed = command.first_seed + run;
            Economy economy(seed, command.subsidy);
            for (int step = 1; step <= months; ++step) {
                economy.step();
                if (step % months_a_year == 0) economy.report(seed, step / months_a_year, out);
            }
        }
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
