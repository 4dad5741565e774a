// Opens a results file of this project, and no other.
//
// A results file may come from a stranger: what HDF5 could be made to do by one (follow a link into another file, load
// a plug-in, ask for more memory than there is) is refused before anything is read. A damaged one may make the library
// crash or loop, which a process of its own does (quarantine.hpp).
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "sim/describe/translated.hpp"
#include "sim/output/contents.hpp"
#include "sim/output/hdf5.hpp"
#include "sim/record/block.hpp"
#include "sim/record/layout.hpp"

namespace sim {

// Whom a reader trusts. Nobody: every byte is checked against the seal and the content against its digest, in a process
// of its own. The author of the values: only how the file is built is checked, there too; the values may be damaged.
// Known: a file this process has written or checked itself.
enum class Trust : std::uint8_t { nobody, author, known };

class ResultsReader {
public:
    // FileError: no such file, not HDF5, not of this kind, of another major version, with links to other files, damaged
    // or altered.
    explicit ResultsReader(const std::filesystem::path& path, FileKind kind = FileKind::results,
                           Trust trust = Trust::nobody);

    // Whether the bytes are those that this program wrote. Without a seal the same data were written by another one.
    [[nodiscard]] bool is_sealed() const { return is_sealed_; }

    [[nodiscard]] const std::filesystem::path& path() const { return check_.path; }

    struct Values {
        std::vector<std::size_t> shape;
        std::vector<double> values;  // the last dimension fastest
    };
    [[nodiscard]] Values read(const std::string& variable) const;
    // Of one scenario, the rows of the replicates at places [first, first + count) of the file.
    [[nodiscard]] std::vector<double> read_rows(const std::string& variable, std::size_t scenario, std::size_t first,
                                                std::size_t count) const;
    template <hdf5::Number T = std::int64_t>
    [[nodiscard]] std::vector<T> read_integers(const std::string& variable) const;
    [[nodiscard]] std::vector<std::string> read_texts(const std::string& variable) const;

    // An attribute of the file, or of one of its variables.
    [[nodiscard]] std::string text(const std::string& attribute) const;
    [[nodiscard]] std::string text(const std::string& attribute, const std::string& variable) const;
    [[nodiscard]] std::vector<std::int64_t> integers(const std::string& attribute) const;

    [[nodiscard]] bool has_attribute(const std::string& attribute) const;

    [[nodiscard]] std::vector<Arm> scenarios() const;
    [[nodiscard]] std::vector<RecordedFactor> factors() const;

    // All variables over scenarios and replicates, in the order they were written.
    [[nodiscard]] std::vector<std::string> variables() const;
    [[nodiscard]] std::vector<std::string> dims(const std::string& variable) const;
    [[nodiscard]] bool has(const std::string& dataset) const;

    [[nodiscard]] std::vector<std::string> keys(const std::string& axis) const;
    // The names in this language, else the keys.
    [[nodiscard]] std::vector<std::string> labels(const std::string& axis, Language language) const;
    [[nodiscard]] std::vector<Failure> failures() const;

    // Recomputed from the values and compared with what the file says of itself; FileError where they differ.
    void verify_digest() const;

private:
    [[nodiscard]] hdf5::Dataset open(const std::string& name) const;
    [[nodiscard]] hdf5::Dataset open_numeric(const std::string& name) const;

    FileKind kind_;
    hdf5::Check check_;
    hdf5::File file_;
    contents::NamesByAddress names_;
    bool is_sealed_ = false;
};

}  // namespace sim
