// Reading a file that may be anything, and the scan that a text must pass before it is parsed.
#include "sim/scenario/limits.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>

#include <fmt/format.h>

#include "sim/describe/translated.hpp"

namespace sim {
namespace {

namespace fs = std::filesystem;

// Bytes of the UTF-8 character that begins at `at`; 0 if none does (RFC 3629: no overlong forms, no surrogates).
std::size_t character_length(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) {
        return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U;
    };
    const auto first = byte(0), second = byte(1);
    const auto follows = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
    if (first < 0x80) return 1;
    if (first < 0xC2 || first > 0xF4 || !follows(1)) return 0;
    if (first < 0xE0) return 2;
    if ((first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F) || !follows(2)) return 0;
    if (first < 0xF0) return 3;
    if ((first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F) || !follows(3)) return 0;
    return 4;
}

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

// Follows TOML's strings and comments just closely enough to count dots and brackets outside them. Dots are counted
// over one key: whatever ends a key, such as the comma between two decimal numbers, starts the count again.
class Scan {
public:
    explicit Scan(std::string_view text) : text_(text), at_(text.starts_with(byte_order_mark) ? 3 : 0) {}

    // Empty if the text passes; else the reason, with the position left at it.
    std::string flaw() {
        while (at_ < text_.size()) {
            const auto length = character_length(text_, at_);
            if (length == 0)
                return translated("not UTF-8 text (byte 0x{:02X}); save the file as UTF-8",
                                  static_cast<unsigned char>(text_[at_]));
            if (text_[at_] == '\0') return translated("holds a NUL byte; a scenario is plain UTF-8 text");
            if (length == 1) {
                if (auto reason = character(); !reason.empty()) return reason;
            } else {
                if (in_ == In::plain)
                    return translated(
                        "the character \"{}\" stands outside quotes; text needs double quotes, and "
                        "punctuation must be that of ASCII, not full-width",
                        text_.substr(at_, length));
                at_ += length;
                ++column;
            }
        }
        return {};
    }

    int line = 1;
    int column = 1;

private:
    enum class In : std::uint8_t { plain, comment, text, long_text };

    bool next_is(std::string_view wanted) const { return text_.substr(at_, wanted.size()) == wanted; }

    void take(std::size_t count) {
        at_ += count;
        column += static_cast<int>(count);
    }

    std::string character() {
        const char c = text_[at_];
        if (c == '\n') {
            if (in_ != In::long_text) in_ = In::plain;
            dots_ = 0;
            ++line;
            column = 1;
            ++at_;
            return {};
        }
        if (in_ == In::plain) return plain(c);
        if (in_ == In::comment) return take(1), std::string{};
        inside_text(c);
        return {};
    }

    std::string plain(char c) {
        switch (c) {
            case '#':
                in_ = In::comment;
                break;
            case '"':
            case '\'': {
                quote_ = c;
                const std::string three(3, c);
                in_ = next_is(three) ? In::long_text : In::text;
                take(in_ == In::long_text ? 3 : 1);
                return {};
            }
            case '.':
                if (++dots_ >= most_key_parts)
                    return translated("a dotted key may have at most {} parts", most_key_parts);
                break;
            case '[':
            case '{':
                if (++brackets_ > deepest_brackets)
                    return translated("lists and tables may be nested at most {} deep", deepest_brackets);
                dots_ = 0;
                break;
            case ']':
            case '}':
                if (brackets_ > 0) --brackets_;
                dots_ = 0;
                break;
            case ',':
            case '=':
                dots_ = 0;
                break;
            default:
                break;
        }
        take(1);
        return {};
    }

    void inside_text(char c) {
        if (c == '\\' && quote_ == '"' && at_ + 1 < text_.size() && static_cast<unsigned char>(text_[at_ + 1]) < 0x80 &&
            text_[at_ + 1] != '\n' && text_[at_ + 1] != '\0')
            return take(2);
        if (c != quote_) return take(1);
        if (in_ == In::text) {
            in_ = In::plain;
            return take(1);
        }
        std::size_t run = 0;
        while (run < 5 && at_ + run < text_.size() && text_[at_ + run] == quote_)
            ++run;  // """"" ends with two of its own
        if (run >= 3) in_ = In::plain;
        take(run);
    }

    std::string_view text_;
    std::size_t at_;
    In in_ = In::plain;
    char quote_ = '"';
    int dots_ = 0;
    int brackets_ = 0;
};

std::string too_large(std::uintmax_t bytes) {
    return translated("is too large ({} bytes); a scenario file may have at most {} bytes", bytes, largest_file);
}

}  // namespace

std::optional<std::string> read_text(const fs::path& path, const Source& place, std::string_view name,
                                     Problems& problems) {
    const auto refuse = [&](const std::string& reason) {
        problems.add(place, fmt::format("{} {}", name, reason));
        return std::nullopt;
    };
    std::error_code error;
    const auto status = fs::status(path, error);
    if (status.type() == fs::file_type::not_found) return refuse(translated("does not exist"));
    if (error) return refuse(translated("cannot be read: ") + error.message());
    if (fs::is_directory(status)) return refuse(translated("is a folder, not a file"));
    if (!fs::is_regular_file(status)) return refuse(translated("is not an ordinary file"));
    const auto size = fs::file_size(path, error);
    if (error) return refuse(translated("cannot be read: ") + error.message());
    if (size > largest_file) return refuse(too_large(size));

    errno = 0;
    std::ifstream stream(path, std::ios::binary);
    std::string text;
    // one more than it had, and than is allowed where it grows while it is read
    for (const std::uintmax_t room : {size + 1, std::uintmax_t{largest_file + 1}}) {
        const auto had = text.size();
        text.resize(std::max(static_cast<std::size_t>(room), had));
        if (!stream.read(text.data() + had, static_cast<std::streamsize>(text.size() - had)) && !stream.eof())
            return refuse(translated("cannot be read: {}", std::strerror(errno)));
        text.resize(had + static_cast<std::size_t>(stream.gcount()));
        if (stream.eof()) break;
    }
    if (text.size() > largest_file) return refuse(too_large(text.size()));
    return text;
}

bool is_text(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const auto length = character_length(text, at);
        if (length == 0 || text[at] == '\0') return false;
        at += length;
    }
    return true;
}

bool within_limits(std::string_view text, const std::string& file, Problems& problems) {
    if (text.size() > largest_file) {
        problems.add(file, too_large(text.size()));
        return false;
    }
    Scan scan(text);
    const auto flaw = scan.flaw();
    if (!flaw.empty()) problems.add(Source{file, scan.line, scan.column}, flaw);
    return flaw.empty();
}

}  // namespace sim
