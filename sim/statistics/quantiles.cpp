#include "sim/statistics/quantiles.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "sim/describe/bit_cast.hpp"
#include "sim/math/canonical.hpp"
#include "sim/math/pack.hpp"

namespace sim {
namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr int mantissa_bits = 52;

void require(bool holds, const char* what) {
    if (!holds) throw std::invalid_argument(what);
}

// Between two order statistics as numpy does it, which takes the nearer one as the start. What lies on an infinite one
// is that one; numpy has NaN there, and so have we between a finite and an infinite one.
double between(double a, double b, double part) {
    const double step = b - a;
    if (!std::isfinite(step) && (a == b || part == 0)) return a;
    return canonical(part >= 0.5 ? b - step * (1 - part) : a + step * part);
}

// The rank of a quantile of n values, and how far it is on the way to the next.
struct Rank {
    std::size_t below;
    double part;
};
Rank rank_of(std::size_t n, double probability) {
    const double place = static_cast<double>(n - 1) * probability;
    const double floor = std::floor(place);
    return {static_cast<std::size_t>(floor), place - floor};
}

// Each column of a block by itself, all at once: K. Batcher, "Sorting networks and their applications", 1968. Which
// elements meet does not depend on the values, so that nothing is mispredicted and columns are lanes.
void sort_columns(auto& rows) {
    const auto n = rows.size();
    const auto order = [](auto& above, auto& below) {
        for (std::size_t i = 0; i < above.size(); i += Pack::size()) {
            const auto a = Pack::load(&above[i]), b = Pack::load(&below[i]);
            min(a, b).store(&above[i]);
            max(a, b).store(&below[i]);
        }
    };
    for (std::size_t sorted = 1; sorted < n; sorted *= 2)
        for (std::size_t apart = sorted; apart >= 1; apart /= 2)
            for (std::size_t first = apart % sorted; first + apart < n; first += 2 * apart)
                for (std::size_t i = first; i < first + apart && i + apart < n; ++i)
                    if ((i ^ (i + apart)) < 2 * sorted) order(rows[i], rows[i + apart]);  // of one pair of sorted runs
}

std::int32_t sum_of(std::int32_t a, std::int32_t b) {
    if (a > std::numeric_limits<std::int32_t>::max() - b)
        throw std::overflow_error("quantiles: more values in a bucket than it can count");
    return a + b;
}

// Neighbours become one. A shift rounds down, and so keeps -x the complement of x.
void halve(auto& buckets, int times) {
    std::size_t kept = 0;
    for (const auto& [key, count] : buckets) {
        const auto coarse = key >> times;
        if (kept > 0 && buckets[kept - 1].key == coarse)
            buckets[kept - 1].count = sum_of(buckets[kept - 1].count, count);
        else
            buckets[kept++] = {coarse, count};
    }
    buckets.resize(kept);
}

}  // namespace

double quantile_of_sorted(std::span<const double> sorted, double probability) {
    if (sorted.empty()) return nothing;
    const auto [below, part] = rank_of(sorted.size(), probability);
    return between(sorted[below], sorted[std::min(below + 1, sorted.size() - 1)], part);
}

Quantiles::Quantiles(std::size_t series, Precision precision) : precision_(precision), series_(series) {
    require(precision.bits >= 1 && precision.bits <= max_bits, "quantiles: from 1 to 20 bits");
    require(precision.most >= 2, "quantiles: at least two buckets, of negative and of other numbers");
}

// Magnitudes in order; those of negative numbers mirrored, so that -x has the complement of the key of x.
std::int32_t Quantiles::key_of(double value) const {
    const auto magnitude =
        static_cast<std::int32_t>(bit_cast<std::uint64_t>(std::fabs(value)) >> (mantissa_bits - precision_.bits));
    return value < 0 ? ~magnitude : magnitude;
}

// `part` in [0, 1] from the least to the greatest number of the bucket.
double Quantiles::value_in(std::int32_t key, int level, double part) const {
    if (key < 0) return -value_in(~key, level, 1 - part);
    const int shift = mantissa_bits - precision_.bits + level;
    const auto first = static_cast<std::uint64_t>(key) << shift;
    const auto low = bit_cast<double>(first);
    if (std::isinf(low)) return low;
    const auto last = first | ((std::uint64_t{1} << shift) - 1);
    const auto high = bit_cast<double>(std::min(last, bit_cast<std::uint64_t>(infinity)));
    return low + (high - low) * part;
}

void Quantiles::add(std::span<const double> row) {
    require(row.size() == series(), "quantiles: a row of another number of series");
    waiting_.insert(waiting_.end(), row.begin(), row.end());
    if (++rows_waiting_ == rows_at_a_time) settle();
}

void Quantiles::merge(const Quantiles& other) {
    require(other.series() == series() && other.precision_ == precision_,
            "quantiles: of another number of series or another precision");
    settle();
    Scratch scratch;
    for (std::size_t i = 0; i < series(); ++i) add_series(series_[i], other.settled(i), scratch);
}

Quantiles::Strip::Strip() {
    for (auto& row : values) row.fill(infinity);
}

void Quantiles::Strip::copy(std::size_t column, std::vector<double>& into) const {
    into.resize(count[column]);
    for (std::size_t row = 0; row < into.size(); ++row) into[row] = values[row][column];
}

// The values of the rows that wait, in order, from series `first` on.
Quantiles::Strip Quantiles::waiting(std::size_t first) const {
    Strip strip;
    const auto width = std::min(strip_width, series() - first);
    for (std::size_t row = 0; row < rows_waiting_; ++row) {
        const double* const value = waiting_.data() + row * series() + first;
        for (std::size_t i = 0; i < width; ++i) {
            const bool is_missing = std::isnan(value[i]);
            strip.values[row][i] = is_missing ? infinity : value[i] + 0.0;  // -0 to 0
            strip.count[i] += !is_missing;
        }
    }
    sort_columns(strip.values);  // what is missing comes last, as do the rows that are not there yet
    return strip;
}

void Quantiles::settle() {
    if (rows_waiting_ == 0) return;
    Scratch scratch;
    for (std::size_t first = 0; first < series(); first += strip_width) {
        const auto strip = waiting(first);
        for (std::size_t i = 0; i < std::min(strip_width, series() - first); ++i) {
            strip.copy(i, scratch.values);
            add_sorted(series_[first + i], scratch);
        }
    }
    waiting_.clear();
    rows_waiting_ = 0;
}

Quantiles::Series Quantiles::settled(std::size_t series) const {
    Series copy = series_.at(series);
    if (rows_waiting_ == 0) return copy;
    Scratch scratch;
    waiting(series).copy(0, scratch.values);
    add_sorted(copy, scratch);
    return copy;
}

void Quantiles::count_buckets(std::span<const double> sorted, int level, std::vector<Bucket>& buckets) const {
    buckets.clear();
    for (const double value : sorted) {
        const auto key = key_of(value) >> level;
        if (!buckets.empty() && buckets.back().key == key)
            ++buckets.back().count;
        else
            buckets.push_back({key, 1});
    }
}

// scratch.values
void Quantiles::add_sorted(Series& series, Scratch& scratch) const {
    auto& more = scratch.values;
    if (more.empty()) return;
    series.minimum = series.count == 0 ? more.front() : std::min(series.minimum, more.front());
    series.maximum = series.count == 0 ? more.back() : std::max(series.maximum, more.back());
    const bool was_exact = series.buckets.empty();
    series.count += static_cast<std::int64_t>(more.size());
    if (was_exact) {
        more.insert(more.end(), series.values.begin(), series.values.end());
        std::inplace_merge(more.begin(), more.end() - static_cast<std::ptrdiff_t>(series.values.size()), more.end());
        if (more.size() <= precision_.exact) {
            series.values.assign(more.begin(), more.end());
            return;
        }
        std::vector<double>().swap(series.values);
    }
    count_buckets(more, series.level, scratch.more);
    add_buckets(series, scratch);
}

void Quantiles::add_series(Series& series, const Series& other, Scratch& scratch) const {
    if (other.buckets.empty()) {
        scratch.values = other.values;
        return add_sorted(series, scratch);
    }
    if (series.level < other.level) halve(series.buckets, other.level - series.level);
    series.level = std::max(series.level, other.level);
    count_buckets(series.values, series.level, scratch.more);
    std::vector<double>().swap(series.values);
    add_buckets(series, scratch);
    scratch.more = other.buckets;
    halve(scratch.more, series.level - other.level);
    add_buckets(series, scratch);
    series.minimum = series.count == 0 ? other.minimum : std::min(series.minimum, other.minimum);
    series.maximum = series.count == 0 ? other.maximum : std::max(series.maximum, other.maximum);
    series.count += other.count;
}

// scratch.more, of the series' level
void Quantiles::add_buckets(Series& series, Scratch& scratch) const {
    auto& both = scratch.both;
    both.clear();
    auto a = series.buckets.cbegin();
    const auto end = series.buckets.cend();
    for (const auto& bucket : scratch.more) {
        for (; a != end && a->key < bucket.key; ++a) both.push_back(*a);
        if (a != end && a->key == bucket.key)
            both.push_back({bucket.key, sum_of((a++)->count, bucket.count)});
        else
            both.push_back(bucket);
    }
    both.insert(both.end(), a, end);
    for (; both.size() > precision_.most; ++series.level) halve(both, 1);
    series.buckets.assign(both.begin(), both.end());  // which never holds more memory than it once needed
}

std::int64_t Quantiles::count(std::size_t series) const {
    auto count = series_.at(series).count;
    for (std::size_t at = series; at < waiting_.size(); at += series_.size()) count += !std::isnan(waiting_[at]);
    return count;
}

double Quantiles::order_statistic(const Series& series, std::int64_t rank) const {
    if (rank == 0) return series.minimum;
    if (rank == series.count - 1) return series.maximum;
    auto bucket = series.buckets.begin();
    for (; rank >= bucket->count; ++bucket) rank -= bucket->count;
    const double part = (static_cast<double>(rank) + 0.5) / bucket->count;
    return std::clamp(value_in(bucket->key, series.level, part), series.minimum, series.maximum);
}

double Quantiles::quantile(std::size_t series, double probability) const {
    require(probability >= 0 && probability <= 1, "quantiles: a probability lies between 0 and 1");
    Series counted;
    const auto& values = rows_waiting_ == 0 ? series_.at(series) : counted = settled(series);
    if (values.buckets.empty()) return quantile_of_sorted(values.values, probability);
    const auto [below, part] = rank_of(static_cast<std::size_t>(values.count), probability);
    const auto rank = static_cast<std::int64_t>(below);
    return between(order_statistic(values, rank), order_statistic(values, std::min(rank + 1, values.count - 1)), part);
}

Quantiles::State Quantiles::state() const {
    State state;
    state.value_offsets = state.bucket_offsets = {0};
    std::size_t buckets = 0;
    for (const auto& series : series_) buckets += series.buckets.size();
    state.keys.reserve(buckets);  // megabytes: not by doubling
    state.counts.reserve(buckets);
    for (std::size_t i = 0; i < series(); ++i) {
        const auto series = settled(i);
        state.minimum.push_back(series.count == 0 ? nothing : series.minimum);
        state.maximum.push_back(series.count == 0 ? nothing : series.maximum);
        state.levels.push_back(series.level);
        state.values.insert(state.values.end(), series.values.begin(), series.values.end());
        for (const auto& [key, count] : series.buckets) {
            state.keys.push_back(key);
            state.counts.push_back(count);
        }
        state.value_offsets.push_back(static_cast<std::int64_t>(state.values.size()));
        state.bucket_offsets.push_back(static_cast<std::int64_t>(state.keys.size()));
    }
    return state;
}

namespace {

bool are_offsets(const std::vector<std::int64_t>& offsets, std::size_t series, std::size_t items) {
    return offsets.size() - 1 == series && offsets.front() == 0 && std::is_sorted(offsets.begin(), offsets.end()) &&
           static_cast<std::uint64_t>(offsets.back()) == items;
}

}  // namespace

void Quantiles::check(const Series& series) const {
    const auto& [count, minimum, maximum, level, values, buckets] = series;
    if (count == 0)
        return require(std::isnan(minimum) && std::isnan(maximum) && level == 0, "quantiles: extremes of nothing");
    require(minimum <= maximum && (count > 1 || minimum == maximum), "quantiles: extremes that cannot be");
    if (buckets.empty()) {
        const auto is_proper = [](double x) { return !std::isnan(x) && !(x == 0 && std::signbit(x)); };
        require(
            level == 0 && values.size() <= precision_.exact && std::all_of(values.begin(), values.end(), is_proper) &&
                std::is_sorted(values.begin(), values.end()) && minimum == values.front() && maximum == values.back(),
            "quantiles: values that cannot be");
        return;
    }
    require(values.empty() && static_cast<std::uint64_t>(count) > precision_.exact &&
                key_of(minimum) >> level == buckets.front().key && key_of(maximum) >> level == buckets.back().key,
            "quantiles: buckets that do not go with their extremes");
    require(buckets.size() <= precision_.most && (level == 0 || static_cast<std::uint64_t>(count) > precision_.most),
            "quantiles: another number of buckets than their values lead to");
    for (std::size_t i = 1; i < buckets.size(); ++i)
        require(buckets[i - 1].key < buckets[i].key, "quantiles: buckets out of order");
}

Quantiles Quantiles::from(std::size_t series, Precision precision, const State& state) {
    require(state.minimum.size() == series && state.maximum.size() == series && state.levels.size() == series &&
                are_offsets(state.value_offsets, series, state.values.size()) &&
                are_offsets(state.bucket_offsets, series, state.keys.size()) &&
                state.counts.size() == state.keys.size(),
            "quantiles: parts of different lengths");
    Quantiles quantiles(series, precision);
    const auto last_key = quantiles.key_of(infinity);
    for (std::size_t i = 0; i < series; ++i) {
        auto& [count, minimum, maximum, level, values, buckets] = quantiles.series_[i];
        minimum = state.minimum[i];
        maximum = state.maximum[i];
        level = state.levels[i];
        require(level == 0 || (level > 0 && level < 32 && last_key >> (level - 1) > 0),
                "quantiles: a resolution that cannot be");
        values.assign(state.values.begin() + state.value_offsets[i], state.values.begin() + state.value_offsets[i + 1]);
        count = static_cast<std::int64_t>(values.size());
        for (auto at = static_cast<std::size_t>(state.bucket_offsets[i]);
             at < static_cast<std::size_t>(state.bucket_offsets[i + 1]); ++at) {
            const Bucket bucket{state.keys[at], state.counts[at]};
            require(bucket.key >= ~last_key >> level && bucket.key <= last_key >> level && bucket.count >= 1,
                    "quantiles: a bucket that cannot be");
            buckets.push_back(bucket);
            count += bucket.count;
        }
        quantiles.check(quantiles.series_[i]);
    }
    return quantiles;
}

}  // namespace sim
