#include "sim/output/statistics_table.hpp"

#include <stdexcept>
#include <utility>

namespace sim {
namespace {

// The lists of a state, in one order for writing and reading.
void visit_lists(auto& moments, auto& quantiles, auto&& list) {
    list(moments.range);
    list(moments.counts);
    list(moments.values);
    list(quantiles.minimum);
    list(quantiles.maximum);
    list(quantiles.value_offsets);
    list(quantiles.values);
    list(quantiles.bucket_offsets);
    list(quantiles.levels);
    list(quantiles.keys);
    list(quantiles.counts);
}

class ListReader {
public:
    explicit ListReader(const EncodedStatistics& from) : from_(from) {}

    void operator()(std::vector<std::int64_t>& list) { take(list, from_.integers, integer_); }
    void operator()(std::vector<std::int32_t>& list) { take(list, from_.buckets, bucket_); }
    void operator()(std::vector<double>& list) { take(list, from_.numbers, number_); }
    [[nodiscard]] bool at_end() const {
        return list_ == from_.counts.size() && integer_ == from_.integers.size() && bucket_ == from_.buckets.size() &&
               number_ == from_.numbers.size();
    }

private:
    template <class T>
    void take(std::vector<T>& list, const std::vector<T>& all, std::size_t& next) {
        if (list_ == from_.counts.size()) throw std::invalid_argument("statistics lack a list");
        const auto count = from_.counts[list_++];
        if (count < 0 || static_cast<std::size_t>(count) > all.size() - next)
            throw std::invalid_argument("statistics lack values");
        const auto first = all.begin() + static_cast<std::ptrdiff_t>(next);
        list.assign(first, first + count);
        next += static_cast<std::size_t>(count);
    }

    const EncodedStatistics& from_;
    std::size_t list_ = 0, integer_ = 0, bucket_ = 0, number_ = 0;
};

}  // namespace

std::vector<double> table_of(const Statistics& statistics) {
    const auto& moments = statistics.moments;
    const auto& quantiles = statistics.quantiles;
    std::vector<double> table;
    const auto append = [&](const auto& values) { table.insert(table.end(), values.begin(), values.end()); };
    const auto append_quantile = [&](double probability) {
        for (std::size_t i = 0; i < quantiles.series(); ++i) table.push_back(quantiles.quantile(i, probability));
    };
    append(moments.count());
    append(moments.mean());
    append(moments.standard_deviation());
    append(moments.minimum());
    for (const double probability : {0.05, 0.25, 0.5, 0.75, 0.95}) append_quantile(probability);
    append(moments.maximum());
    return table;
}

EncodedStatistics encode(const std::vector<Statistics>& statistics) {
    EncodedStatistics encoded;
    const auto list_of = [&]<class T>(const std::vector<T>&) -> std::vector<T>& {
        if constexpr (std::is_same_v<T, double>)
            return encoded.numbers;
        else if constexpr (std::is_same_v<T, std::int32_t>)
            return encoded.buckets;
        else
            return encoded.integers;
    };
    const auto append = [&](const auto& list) {
        encoded.counts.push_back(static_cast<std::int64_t>(list.size()));
        auto& all = list_of(list);
        all.insert(all.end(), list.begin(), list.end());
    };
    for (const auto& [moments, quantiles] : statistics) {
        const auto of_moments = moments.state();
        const auto of_quantiles = quantiles.state();
        visit_lists(of_moments, of_quantiles, append);
    }
    return encoded;
}

std::vector<Statistics> decode(const EncodedStatistics& encoded, std::size_t scenarios, std::size_t series) {
    ListReader read(encoded);
    std::vector<Statistics> all;
    for (std::size_t i = 0; i < scenarios; ++i) {
        Moments::State of_moments;
        Quantiles::State of_quantiles;
        visit_lists(of_moments, of_quantiles, read);
        Statistics statistics(0, 0);
        statistics.moments = Moments::from(series, of_moments);
        statistics.quantiles = Quantiles::from(series, Statistics::precision, of_quantiles);
        all.push_back(std::move(statistics));
    }
    if (!read.at_end()) throw std::invalid_argument("statistics have values to spare");
    return all;
}

}  // namespace sim
