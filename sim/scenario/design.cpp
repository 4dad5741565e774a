// The rules of a design that go beyond single values, and the points that follow from it.
#include "sim/scenario/design.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <utility>

#include <boost/random/sobol.hpp>
#include <fmt/format.h>

#include "sim/describe/translated.hpp"
#include "sim/math/elementary.hpp"
#include "sim/random/draws.hpp"
#include "sim/scenario/member.hpp"
#include "sim/scenario/names.hpp"
#include "sim/scenario/read.hpp"
#include "sim/scenario/write.hpp"

namespace sim {

Factor::Factor() {
    describe(sim::Members::defaults());
}

void Choice::describe(const sim::Members& member) {
    member(text_spec("name", "Name of the choice"), name);
    member(text_spec("name_zh", "Its Chinese name"), name_zh);
    member(text_spec("set", "What it sets, each as --set takes it: \"key=value\"; nothing leaves the base as it is"),
           set);
}

void Factor::describe(const sim::Members& member) {
    member(text_spec("key", "Dotted key of the scenario that the factor sets"), path);
    member(text_spec("keys", "Dotted keys that it sets alike, in place of key"), paths);
    member(text_spec("name", "Name of the factor"), name);
    member(text_spec("name_zh", "Its Chinese name"), name_zh);
    member(Spec{.name = "low", .text = "Least value"}, low);
    member(Spec{.name = "high", .text = "Greatest value"}, high);
    member(Spec{.name = "levels", .lower = 2, .upper = 100'000, .text = "Values from low to high, both included"},
           levels, 0);
    member(text_spec("scale", "Whether steps from low to high are equal differences or equal ratios"), scale,
           FactorScale::linear);
    member(Spec{.name = "values", .text = "The values, in place of low and high"}, values);
    member(
        text_spec("words",
                  "The values where they are no numbers: texts, true and false, or tables such as \"{ times = 2 }\""),
        words);
    member(text_spec("choices", "Groups of settings, one of which holds, in place of a key and its values"), choices);
}

Design::Design() {
    describe(sim::Members::defaults());
}

void Design::describe(const sim::Members& member) {
    member(text_spec("base", "Scenario the points start from").needed(), base);
    member(text_spec("method", "How the points are chosen").needed(), method, DesignMethod::grid);
    member(Spec{.name = "points", .lower = 1, .upper = most_points, .text = "Number of points to sample"}, size, 0);
    member(Spec{.name = "seed", .lower = 0, .text = "Seed of the sample"}, seed, 1);
    member(text_spec("set", "What all points have in common, each as --set takes it: \"key=value\""), set);
    member(Spec{.name = "factors", .text = "What is varied"}, factors);
}

std::vector<std::string> Factor::settings() const {
    return path.empty() ? paths : std::vector<std::string>{path};
}

std::vector<std::string> Factor::level_labels(bool zh) const {
    if (choices.empty()) return words;
    std::vector<std::string> labels;
    for (const auto& choice : choices) {
        const auto& named = zh ? choice.name_zh : choice.name;
        labels.push_back(named.empty() ? choice.key : named);
    }
    return labels;
}

namespace {

std::string trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(' '), last = text.find_last_not_of(' ');
    return first == text.npos ? std::string() : std::string(text.substr(first, last - first + 1));
}

// `key=value`, blanks around both left out.
std::optional<Override> setting_of(std::string_view text) {
    const auto equals = text.find('=');
    if (equals == text.npos || trimmed(text.substr(0, equals)).empty()) return std::nullopt;
    return Override{trimmed(text.substr(0, equals)), trimmed(text.substr(equals + 1))};
}

constexpr double as_in_base = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t most_factors = 100;
constexpr Purpose latin_hypercube = purpose("latin hypercube");

bool is_sampled(const Design& design) {
    return design.method == DesignMethod::latin_hypercube || design.method == DesignMethod::sobol;
}

bool has_range(const Factor& factor) {
    return factor.values.empty() && factor.words.empty() && factor.choices.empty();
}

std::size_t levels_of(const Factor& factor) {
    if (!factor.choices.empty()) return factor.choices.size();
    if (!factor.words.empty()) return factor.words.size();
    return factor.values.empty() ? static_cast<std::size_t>(factor.levels) : factor.values.size();
}

class Checker {
public:
    Checker(const Document& document, const Design& design, Problems& problems)
        : document_(document), design_(design), problems_(problems) {}

    void check() {
        const auto method = word_of(design_.method);
        if (is_sampled(design_) != is_written("points"))
            add("points", is_sampled(design_) ? translated("missing key \"points\": how many {} should choose", method)
                                              : translated("points: the factors decide how many {} has", method));
        if (is_written("seed") && design_.method != DesignMethod::latin_hypercube)
            add("seed", translated("seed: only latin_hypercube draws by chance, {} does not", method));
        if (design_.factors.empty()) add("factors", translated("a design needs at least one [factors.…]"));
        if (design_.factors.size() > most_factors)
            add("factors", translated("{} factors; at most {}", design_.factors.size(), most_factors));
        for (const auto& factor : design_.factors) check(factor);
        if (problems_.empty()) check_size();
    }

private:
    [[nodiscard]] bool is_written(std::string_view path) const { return document_.find(path) != nullptr; }
    void add(std::string_view path, std::string message) { problems_.add(document_, path, std::move(message)); }

    // A path that another factor, or the same one, sets already.
    void check_path(const Factor& factor, const std::string& at, const std::string& path) {
        const auto parts = split_path(path);
        if (!parts)
            return add(at, translated("{} = {} is not a dotted key such as scenario.name", at, in_quotes(path)));
        const auto [first, is_new] = set_by_.try_emplace(*parts, factor.key);
        if (!is_new && (factor.choices.empty() || first->second != factor.key))
            add(at, translated("{}: {} is already set by [{}]", at, path, join("factors", first->second)));
    }

    void check_choices(const Factor& factor, const std::string& at) {
        for (const auto& choice : factor.choices) {
            const auto place = join(join(at + ".choices", choice.key), "set");
            for (const auto& text : choice.set)
                if (const auto setting = setting_of(text))
                    check_path(factor, place, setting->key);
                else
                    add(place, translated("{} = {}: expected key=value", place, in_quotes(text)));
        }
    }

    void check(const Factor& factor) {
        const auto at = join("factors", factor.key);
        const int named = !factor.path.empty() + !factor.paths.empty() + !factor.choices.empty();
        if (named != 1)
            return add(at, translated("[{}] needs a key, or keys, or choices{}", at,
                                      named > 1 ? translated(", and only one") : ""));
        for (const auto& path : factor.settings())
            check_path(factor, at + (factor.path.empty() ? ".keys" : ".key"), path);
        check_choices(factor, at);
        const bool range = is_written(at + ".low") || is_written(at + ".high");
        if (range + !factor.values.empty() + !factor.words.empty() != (factor.choices.empty() ? 1 : 0))
            return add(at, factor.choices.empty()
                               ? translated("[{}] needs either low and high, or values, or words", at)
                               : translated("[{}]: choices have their own settings, and no values", at));
        if (range) return check_range(factor, at);
        for (const auto* key : {"levels", "scale"})
            if (is_written(join(at, key))) add(join(at, key), translated("{}.{} goes with low and high", at, key));
    }

    void check_range(const Factor& factor, const std::string& at) {
        if (!factor.low || !factor.high)
            return add(at, translated("missing key \"{}\" in [{}]", factor.low ? "high" : "low", at));
        if (!(*factor.low < *factor.high))
            add(at + ".high", translated("{}.high = {} is not above low = {}", at, *factor.high, *factor.low));
        if (!std::isfinite(*factor.high - *factor.low)) add(at + ".high", translated("{}: too wide a range", at));
        if (factor.scale == FactorScale::log && !(*factor.low > 0))
            add(at + ".low", translated("{}.low = {}: a logarithmic scale begins above 0", at, *factor.low));
        if (is_sampled(design_) == is_written(at + ".levels"))
            add(at + ".levels",
                is_sampled(design_)
                    ? translated("{}.levels: {} takes any value from low to high", at, word_of(design_.method))
                    : translated("missing key \"levels\" in [{}]: how many values from low to high", at));
    }

    void check_size() {
        if (is_sampled(design_)) return;
        const bool grid = design_.method == DesignMethod::grid;
        double points = 1;  // large products need not be exact
        for (const auto& factor : design_.factors) {
            const auto levels = static_cast<double>(levels_of(factor));
            points = grid ? points * levels : points + levels;
        }
        if (points > static_cast<double>(Design::most_points))
            add("factors", translated("{} of these factors has {:.10g} points; at most {}", word_of(design_.method),
                                      points, Design::most_points));
    }

    const Document& document_;
    const Design& design_;
    Problems& problems_;
    std::map<std::vector<std::string>, std::string> set_by_;
};

// `part` in [0, 1] of the way from low to high.
double on_range(const Factor& factor, double part) {
    const double low = *factor.low, high = *factor.high;
    if (part <= 0) return low;
    if (part >= 1) return high;
    const double value =
        factor.scale == FactorScale::log ? exp(log(low) * (1 - part) + log(high) * part) : low + (high - low) * part;
    return std::clamp(value, low, high);
}

// As the point's values have it: a word, or a choice, is its position.
double listed(const Factor& factor, std::size_t level) {
    return factor.values.empty() ? static_cast<double>(level) : factor.values[level];
}

double level_of(const Factor& factor, std::size_t level) {
    if (!has_range(factor)) return listed(factor, level);
    return on_range(factor, static_cast<double>(level) / static_cast<double>(factor.levels - 1));
}

double sampled(const Factor& factor, double part) {
    if (has_range(factor)) return on_range(factor, part);
    const auto count = levels_of(factor);
    return listed(factor, std::min(static_cast<std::size_t>(part * static_cast<double>(count)), count - 1));
}

using Values = std::vector<std::vector<double>>;  // by point, by factor

// Every combination, the last factor fastest.
Values grid(const Design& design) {
    Values points{{}};
    for (const auto& factor : design.factors) {
        Values longer;
        for (const auto& point : points)
            for (std::size_t level = 0; level < levels_of(factor); ++level) {
                longer.push_back(point);
                longer.back().push_back(level_of(factor, level));
            }
        points = std::move(longer);
    }
    return points;
}

// The base, then each factor over its values with the others as in the base.
Values one_at_a_time(const Design& design) {
    const std::vector<double> base(design.factors.size(), as_in_base);
    Values points{base};
    for (std::size_t f = 0; f < design.factors.size(); ++f)
        for (std::size_t level = 0; level < levels_of(design.factors[f]); ++level) {
            points.push_back(base);
            points.back()[f] = level_of(design.factors[f], level);
        }
    return points;
}

// M. McKay, R. Beckman, W. Conover, "A comparison of three methods for selecting values of input variables", 1979: each
// factor visits every stratum once, at a place drawn within it; which point does so is a permutation drawn for it.
Values hypercube(const Design& design) {
    const auto n = static_cast<std::size_t>(design.size);
    Values points(n);
    for (std::size_t f = 0; f < design.factors.size(); ++f) {
        const Stream stream(static_cast<std::uint64_t>(design.seed), 0, latin_hypercube, static_cast<Step>(f));
        std::vector<std::uint64_t> lots(n);
        for (std::size_t i = 0; i < n; ++i) {
            const auto words = stream.words(i);
            lots[i] = words[0] << 32 | words[1];
        }
        std::vector<std::size_t> order(n);
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::sort(order.begin(), order.end(),
                  [&](auto a, auto b) { return std::pair(lots[a], a) < std::pair(lots[b], b); });
        std::vector<double> parts(n);
        for (std::size_t stratum = 0; stratum < n; ++stratum) {
            const double within = open_uniform(stream.words(order[stratum])[2]);
            parts[order[stratum]] = (static_cast<double>(stratum) + within) / static_cast<double>(n);
        }
        for (std::size_t i = 0; i < n; ++i) points[i].push_back(sampled(design.factors[f], parts[i]));
    }
    return points;
}

// The sequence of Sobol' with the direction numbers of Joe and Kuo 2008, from its first point on, where every factor is
// at its lowest: without it no first 2^k points are balanced (A. Owen, "On dropping the first Sobol' point", 2022).
Values sobol(const Design& design) {
    boost::random::sobol sequence(design.factors.size());  // which leaves the first point out
    Values points(static_cast<std::size_t>(design.size));
    for (std::size_t i = 0; i < points.size(); ++i)
        for (const auto& factor : design.factors) {
            const auto part = i == 0 ? 0.0 : static_cast<double>(sequence() >> 11) * 0x1p-53;
            points[i].push_back(sampled(factor, part));
        }
    return points;
}

Values values_of(const Design& design) {
    switch (design.method) {
        case DesignMethod::grid:
            return grid(design);
        case DesignMethod::latin_hypercube:
            return hypercube(design);
        case DesignMethod::sobol:
            return sobol(design);
        case DesignMethod::one_at_a_time:
            return one_at_a_time(design);
    }
    return {};
}

// Switches and tables, such as a schedule or a change, are such; all else is text.
std::string toml_of_word(const std::string& word) {
    return word == "true" || word == "false" || word.starts_with('{') ? word : inline_toml(word);
}

// What a factor sets at one of its values.
std::vector<Override> settings_of(const Factor& factor, double value) {
    std::vector<Override> settings;
    if (!factor.choices.empty()) {
        for (const auto& text : factor.choices[static_cast<std::size_t>(value)].set)
            settings.push_back(*setting_of(text));
        return settings;
    }
    const auto text =
        factor.words.empty() ? fmt::format("{}", value) : toml_of_word(factor.words[static_cast<std::size_t>(value)]);
    for (const auto& path : factor.settings()) settings.push_back({path, text});
    return settings;
}

std::vector<DesignPoint> points_of(const Design& design) {
    std::vector<DesignPoint> points;
    for (auto& values : values_of(design)) {
        const bool centre = design.method == DesignMethod::one_at_a_time && points.empty();
        const auto number = points.size() + (design.method == DesignMethod::one_at_a_time ? 0 : 1);
        DesignPoint point{centre ? "base" : fmt::format("p{:04}", number), std::move(values), {}};
        for (std::size_t f = 0; f < design.factors.size(); ++f) {
            if (std::isnan(point.values[f])) continue;
            for (auto& setting : settings_of(design.factors[f], point.values[f]))
                point.settings.push_back(std::move(setting));
        }
        points.push_back(std::move(point));
    }
    return points;
}

// Messages name the place in the design.
std::vector<Override> settings_of(const Document& document, const Design& design, Problems& problems) {
    std::vector<Override> settings;
    const auto* list = document.find("set");
    for (std::size_t i = 0; i < design.set.size(); ++i) {
        const auto& source = list->children()[i].source;
        auto setting = setting_of(design.set[i]);
        if (!setting) {
            problems.add(source, translated("set[{}] = {}: expected key=value", i, in_quotes(design.set[i])));
            continue;
        }
        setting->place = source.text();
        settings.push_back(std::move(*setting));
    }
    return settings;
}

}  // namespace

Design read_design(const Document& document) {
    Problems problems;
    auto [design, uncertain] = read<Design>(document, problems);
    for (const auto& value : uncertain)
        problems.add(document, value.path, translated("{}: a design takes plain numbers", value.path));
    problems.throw_if_any();  // the rules below speak of values that were read
    Checker(document, design, problems).check();
    design.settings = settings_of(document, design, problems);
    problems.throw_if_any();
    design.points = points_of(design);
    return std::move(design);
}

}  // namespace sim
