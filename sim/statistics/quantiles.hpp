// Quantiles of many series at once, without keeping the values: counts in buckets of fixed edges, not more of them than
// were granted.
//
// The bucket of a value is its sign, exponent and the first `bits` digits of its mantissa, so that an octave has 2^bits
// buckets of equal width, as in HdrHistogram; their order is that of the values. A series whose values lie in more
// buckets than `most` halves its resolution, two neighbours becoming one, until they do not (the uniform collapse of I.
// Epicoco et al., "UDDSketch: Accurate Tracking of Quantiles in Data Streams", 2020). How often is a function of the
// values alone, since further values never lie in fewer buckets, and so are the counts: in whatever
// order and merges in whatever order holds the same state. Each order statistic is known to within its bucket, that is
// to within 2^(level - bits) of its own size after `level` halvings, at most `bits` of them (2^(level - 1022 - bits)
// next to zero); after more, to a factor of 2^(2^(level - bits)). Least and greatest value are known exactly, and so
// are all values of a series that has no more of them than `exact`.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace sim {

// Linear interpolation between order statistics (type 7 of Hyndman and Fan 1996), to the bit as numpy.quantile does
// where values are finite. NaN of nothing, and between an infinite value and another.
[[nodiscard]] double quantile_of_sorted(std::span<const double> sorted, double probability);

// NaN is missing and does not count. -0 counts as 0.
class Quantiles {
public:
    static constexpr int max_bits = 20;

    struct Precision {
        int bits;               // 1 to max_bits
        std::size_t most;       // buckets a series, at least 2
        std::size_t exact = 0;  // values a series
        bool operator==(const Precision&) const = default;
    };
    // std::invalid_argument for a precision out of range.
    Quantiles(std::size_t series, Precision precision);

    void add(std::span<const double> row);  // a number a series
    // Of as many series and the same precision, otherwise std::invalid_argument. A bucket counts to 2^31 - 1, beyond
    // that std::overflow_error.
    void merge(const Quantiles& other);

    // Counts the rows that still wait. Questions and merging are answered without it, each time again.
    void settle();

    [[nodiscard]] std::size_t series() const { return series_.size(); }
    [[nodiscard]] std::int64_t count(std::size_t series) const;
    // How often the series has halved its resolution.
    [[nodiscard]] int level(std::size_t series) const { return settled(series).level; }
    // As quantile_of_sorted: between two order statistics; those of one bucket are taken to lie evenly in it.
    // 0 <= probability <= 1, otherwise std::invalid_argument.
    [[nodiscard]] double quantile(std::size_t series, double probability) const;

    // For files: series after series, the parts of series i from offset i to offset i + 1. A series has either values
    // or buckets.
    struct State {
        std::vector<double> minimum, maximum;  // NaN of nothing
        std::vector<std::int64_t> value_offsets;
        std::vector<double> values;  // in order
        std::vector<std::int64_t> bucket_offsets;
        std::vector<std::int32_t> levels;
        std::vector<std::int32_t> keys, counts;  // of buckets, in order
        bool operator==(const State&) const = default;
    };
    [[nodiscard]] State state() const;
    // std::invalid_argument if no rows could have led to it.
    [[nodiscard]] static Quantiles from(std::size_t series, Precision precision, const State& state);

private:
    struct Bucket {
        std::int32_t key;
        std::int32_t count;
    };
    struct Series {
        std::int64_t count = 0;
        double minimum = 0, maximum = 0;  // of count > 0
        int level = 0;
        std::vector<double> values;   // while count <= exact
        std::vector<Bucket> buckets;  // after that
    };
    static constexpr std::size_t rows_at_a_time = 64, strip_width = 8;
    struct Strip {
        Strip();
        void copy(std::size_t column, std::vector<double>& into) const;
        std::array<std::array<double, strip_width>, rows_at_a_time> values;
        std::array<std::size_t, strip_width> count{};
    };
    struct Scratch {
        std::vector<double> values;
        std::vector<Bucket> more, both;
    };

    [[nodiscard]] std::int32_t key_of(double value) const;
    [[nodiscard]] double value_in(std::int32_t key, int level, double part) const;
    [[nodiscard]] double order_statistic(const Series& series, std::int64_t rank) const;

    void count_buckets(std::span<const double> sorted, int level, std::vector<Bucket>& buckets) const;
    void add_sorted(Series& series, Scratch& scratch) const;
    void add_series(Series& series, const Series& other, Scratch& scratch) const;
    void add_buckets(Series& series, Scratch& scratch) const;
    [[nodiscard]] Strip waiting(std::size_t first) const;
    [[nodiscard]] Series settled(std::size_t series) const;
    void check(const Series& series) const;

    Precision precision_;
    std::vector<Series> series_;
    // Rows are counted many at a time: then a series' buckets are fetched from memory once for all of them.
    std::vector<double> waiting_;
    std::size_t rows_waiting_ = 0;
};

}  // namespace sim
