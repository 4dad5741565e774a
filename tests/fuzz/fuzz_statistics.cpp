// The unfinished statistics of a shard, and texts packed as differences: arrays that any file can hold.
#include <cstring>
#include <span>
#include <stdexcept>

#include "sim/output/statistics_table.hpp"
#include "sim/output/texts.hpp"
#include "tests/fuzz/input.hpp"

namespace {

class Bytes {
public:
    Bytes(const std::uint8_t* data, std::size_t size) : left_(fuzz::text_of(data, size)) {}

    std::size_t below(std::size_t limit) {
        if (left_.empty()) return 0;
        const auto byte = static_cast<unsigned char>(left_.front());
        left_.remove_prefix(1);
        return byte % limit;
    }
    // Small numbers are the interesting ones; one in eight is whatever the bytes say.
    template <class T>
    std::vector<T> list(std::size_t count) {
        std::vector<T> values(count);
        for (auto& value : values) {
            if (below(8) != 0) {
                value = static_cast<T>(below(256)) - static_cast<T>(below(2) * 20);
            } else if (left_.size() >= sizeof(T)) {
                std::memcpy(&value, left_.data(), sizeof(T));
                left_.remove_prefix(sizeof(T));
            }
        }
        return values;
    }
    std::string text() {
        const auto count = std::min<std::size_t>(below(200), left_.size());
        const std::string taken(left_.substr(0, count));
        left_.remove_prefix(count);
        return taken;
    }

private:
    std::string_view left_;
};

void decode_statistics(Bytes bytes) {
    sim::EncodedStatistics encoded;
    const auto scenarios = 1 + bytes.below(2), series = bytes.below(5);
    encoded.counts = bytes.list<std::int64_t>(11 * scenarios);
    encoded.integers = bytes.list<std::int64_t>(bytes.below(24));
    encoded.buckets = bytes.list<std::int32_t>(bytes.below(24));
    encoded.numbers = bytes.list<double>(bytes.below(24));
    try {
        for (auto& statistics : sim::decode(encoded, scenarios, series)) {
            static_cast<void>(sim::table_of(statistics));
            statistics.quantiles.settle();
            static_cast<void>(sim::encode({statistics}));
        }
    } catch (const std::invalid_argument&) {
    }
}

void unpack_texts(Bytes bytes) {
    sim::Texts texts;
    try {
        for (auto count = bytes.below(6); count > 0; --count) texts.unpack(bytes.text());
        for (std::size_t i = 0; i < texts.size(); ++i) static_cast<void>(texts[i]);
    } catch (const std::invalid_argument&) {
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const Bytes bytes(data + 1, size - 1);
    data[0] % 4 == 0 ? unpack_texts(bytes) : decode_statistics(bytes);
    return 0;
}
