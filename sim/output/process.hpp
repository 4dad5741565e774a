// Who writes a file: named in temporary files and in locks, so that a process that finds one later knows whether that
// process can still be at work. A process id alone does not tell: ids are used again, and other machines have the same.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace sim {

struct Process {
    std::string host;         // for people
    std::string machine;      // digest of the host's name and id
    std::string boot, space;  // digests: of this boot of it, of the name space of process ids (each container has one)
    std::int64_t id = 0;
    std::uint64_t begun = 0;  // clock ticks after the boot; 0 where the system does not tell

    [[nodiscard]] static const Process& own();

    // One line and back.
    [[nodiscard]] std::string text() const;
    [[nodiscard]] static std::optional<Process> parse(std::string_view text);

    // Of a process on another machine, or in another container, nobody here can know. A reboot ends all of them.
    enum class Life : std::uint8_t { alive, over, unknown };
    [[nodiscard]] Life life() const;
};

// The name under which this process writes `path`. Its last part is a digest of the others and of the file's name: what
// happens to be called so is no file of ours.
[[nodiscard]] std::filesystem::path temporary_name(const std::filesystem::path& path, int attempt);

// Who writes, or wrote, `temporary`, if that is the name of a temporary file of `target`.
[[nodiscard]] std::optional<Process> writer_of(const std::filesystem::path& temporary,
                                               const std::filesystem::path& target);

}  // namespace sim
