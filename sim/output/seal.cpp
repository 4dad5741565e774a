// Pieces that several threads read and digest.
#include "sim/output/seal.hpp"

#include <algorithm>
#include <atomic>
#include <charconv>
#include <cstddef>
#include <exception>
#include <optional>
#include <span>
#include <string_view>
#include <system_error>
#include <thread>
#include <vector>

#include <fmt/format.h>

#include "sim/output/digest.hpp"
#include "sim/output/file_bytes.hpp"
#include "sim/parallel/processors.hpp"

namespace sim {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view opening = "\njiju seal 1\nbytes ", middle = "\nsha256 ", closing = "\n";
constexpr std::size_t digits_of_bytes = 20, digits_of_digest = 64;
constexpr std::size_t length = opening.size() + digits_of_bytes + middle.size() + digits_of_digest + closing.size();
static_assert(length == 112);
constexpr std::uintmax_t piece_bytes = 1 << 20;

std::string text_of(std::uintmax_t bytes, const std::string& digest) {
    return fmt::format("{}{:020}{}{}{}", opening, bytes, middle, digest, closing);
}

// Threads of its own and not those of a pool: a run may be using that.
std::string digest_of_pieces(const FileBytes& file, std::uintmax_t bytes) {
    const auto pieces = static_cast<std::size_t>((bytes + piece_bytes - 1) / piece_bytes);
    std::vector<std::string> digests(pieces);
    const auto processors = static_cast<std::size_t>(usable_processors());
    const auto threads = std::clamp<std::size_t>(std::min(processors, pieces / 4), 1, 8);
    std::vector<std::exception_ptr> errors(threads);
    std::atomic<std::size_t> next = 0;
    const auto share = [&](std::size_t thread) {
        try {
            std::vector<char> buffer(std::min(piece_bytes, bytes));
            for (auto piece = next++; piece < pieces; piece = next++) {
                const auto from = piece * piece_bytes;
                const auto part = std::span(buffer).first(std::min(piece_bytes, bytes - from));
                file.read(part, from);
                digests[piece] = sha256({part.data(), part.size()});
            }
        } catch (...) {
            errors[thread] = std::current_exception();
        }
    };
    {
        std::vector<std::jthread> others;
        try {
            for (std::size_t thread = 1; thread < threads; ++thread) others.emplace_back(share, thread);
        } catch (const std::system_error&) {  // no more can be started, so these do all
        }
        share(0);
    }
    for (const auto& error : errors)
        if (error) std::rethrow_exception(error);
    return digest_of_slices(digests);
}

// How many bytes a seal says it is of, and their digest.
struct Claim {
    std::uintmax_t bytes = 0;
    std::string digest;
};

// Nothing where it is none, to the letter.
std::optional<Claim> claim_in(const std::string& text) {
    Claim claim;
    const auto* digits = text.data() + opening.size();
    if (std::from_chars(digits, digits + digits_of_bytes, claim.bytes).ptr != digits + digits_of_bytes) return {};
    claim.digest = text.substr(opening.size() + digits_of_bytes + middle.size(), digits_of_digest);
    if (text_of(claim.bytes, claim.digest) != text) return {};
    return claim;
}

}  // namespace

std::uintmax_t seal_length() {
    return length;
}

std::string digest_of_pieces(const fs::path& path, std::uintmax_t bytes) {
    return digest_of_pieces(FileBytes(path, path), bytes);
}

void put_seal(const fs::path& path, const fs::path& shown) {
    const FileBytes file(path, shown, FileBytes::For::appending);
    const auto bytes = file.size();
    file.append(text_of(bytes, digest_of_pieces(file, bytes)));
}

Seal check_seal(const fs::path& path) {
    const FileBytes file(path, path);
    const auto size = file.size();
    if (size < length) return {};
    std::string text(length, ' ');
    file.read(text, size - length);
    const auto claim = claim_in(text);
    if (!claim) return {};
    const bool whole = claim->bytes == size - length && digest_of_pieces(file, claim->bytes) == claim->digest;
    return {whole ? Seal::State::whole : Seal::State::broken, claim->bytes};
}

}  // namespace sim
