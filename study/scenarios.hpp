// The scenarios of a study. There may be a hundred thousand of them, points of a sweep that differ in a number or two,
// so that only the first is kept whole, and what distinguishes the others from it.
#pragma once

#include <cstddef>
#include <filesystem>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "models/growth/config.hpp"
#include "sim/scenario/difference.hpp"

namespace jiju {

struct Scenario {
    std::filesystem::path path;
    std::string key;  // short and unlike the others' of its run
    growth::Config config;
    std::vector<double> design = {};  // where it is a point of a design
};

class Scenarios {
public:
    Scenarios() = default;
    Scenarios(const std::vector<Scenario>& all) {  // NOLINT: a list of scenarios is what it says
        for (const auto& scenario : all) push_back(scenario);
    }

    void push_back(Scenario scenario);
    [[nodiscard]] std::size_t size() const { return all_.size(); }
    [[nodiscard]] bool empty() const { return all_.empty(); }
    [[nodiscard]] const Scenario& front() const { return *first_; }
    // Made again.
    [[nodiscard]] Scenario operator[](std::size_t i) const;
    [[nodiscard]] growth::Config config(std::size_t i) const;
    [[nodiscard]] const std::string& key(std::size_t i) const { return all_[i].key; }

    class Iterator {
    public:
        using difference_type = std::ptrdiff_t;
        using value_type = Scenario;
        Iterator(const Scenarios& all, std::size_t at) : all_(&all), at_(at) {}
        Scenario operator*() const { return (*all_)[at_]; }
        Iterator& operator++() {
            ++at_;
            return *this;
        }
        bool operator==(const Iterator& other) const { return at_ == other.at_; }

    private:
        const Scenarios* all_;
        std::size_t at_;
    };
    [[nodiscard]] Iterator begin() const { return {*this, 0}; }
    [[nodiscard]] Iterator end() const { return {*this, size()}; }

private:
    struct Kept {
        std::filesystem::path path;
        std::string key;
        std::vector<double> design;
        std::optional<sim::Difference> difference;                  // from the first
        std::optional<std::vector<sim::UncertainValue>> uncertain;  // where they are not the first's
        std::shared_ptr<const growth::Config> whole;                // where it is too unlike the first
    };
    std::shared_ptr<const Scenario> first_;
    std::vector<Kept> all_;
};

// The configurations alone, for the code that runs them; `scenarios` must outlive it.
class Configs {
public:
    explicit Configs(const Scenarios& scenarios) : scenarios_(&scenarios) {}
    [[nodiscard]] std::size_t size() const { return scenarios_->size(); }
    [[nodiscard]] growth::Config operator[](std::size_t i) const { return scenarios_->config(i); }

private:
    const Scenarios* scenarios_;
};

}  // namespace jiju
