// Heaps are found by their signature with its version: a file that HDF5 can read has each of them, and no number or
// text of a results file has those eight bytes.
#include "sim/output/text_heap.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "sim/output/file_bytes.hpp"

namespace sim {
namespace {

using std::string_view_literals::operator""sv;

constexpr auto signature = "GCOL\1\0\0\0"sv;
// The signature and the size of the whole; of an object its number, references to it, four bytes kept free, its length.
constexpr std::uintmax_t heading = 16, object_heading = 16, alignment = 8;

std::uint64_t little_endian(std::string_view bytes) {
    std::uint64_t value = 0;
    for (std::size_t i = bytes.size(); i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes[i]);
    return value;
}

// `heap` begins at its first object.
bool is_sound(std::string_view heap) {
    std::vector<bool> is_taken(1 << 16);
    while (heap.size() >= object_heading) {
        const auto number = little_endian(heap.substr(0, 2)), length = little_endian(heap.substr(8, 8));
        // Free room counts its own heading; where none fits there is none.
        if (number == 0) return length == heap.size();
        if (is_taken[number] || length > heap.size() - object_heading) return false;
        is_taken[number] = true;
        heap.remove_prefix(
            std::min<std::uintmax_t>(heap.size(), object_heading + (length + alignment - 1) / alignment * alignment));
    }
    return true;
}

// The first place from `from` on where a heap begins.
std::optional<std::uintmax_t> next_heap(const FileBytes& file, std::uintmax_t from, std::uintmax_t end) {
    constexpr std::uintmax_t at_once = 1 << 20;
    std::string buffer;
    while (from + signature.size() <= end) {
        buffer.resize(std::min(at_once, end - from));
        file.read(buffer, from);
        if (const auto found = buffer.find(signature); found != std::string::npos) return from + found;
        from += buffer.size() - (signature.size() - 1);
    }
    return {};
}

}  // namespace

std::string flaw_of_text_heaps(const std::filesystem::path& path) {
    const FileBytes file(path, path);
    const auto end = file.size();
    std::string heap;
    for (auto at = next_heap(file, 0, end); at; at = next_heap(file, *at + heading + heap.size(), end)) {
        heap.resize(std::min(heading, end - *at));
        file.read(heap, *at);
        const auto size = little_endian(std::string_view(heap).substr(signature.size()));
        const bool fits = heap.size() == heading && size >= heading && size <= end - *at;
        if (fits) {
            heap.resize(size - heading);
            file.read(heap, *at + heading);
        }
        if (!fits || !is_sound(heap)) return fmt::format("the heap of texts at byte {} is damaged", *at);
    }
    return {};
}

}  // namespace sim
