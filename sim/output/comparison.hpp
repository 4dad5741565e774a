// A file held against what a composer tells: every name, order, type, dimension, attribute, label and number.
//
// The composer writes the results again onto this medium, which keeps nothing and collects what differs. So the file is
// compared with what this program would have written, by the lines that write it.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "sim/output/medium.hpp"

namespace sim {

struct ComparisonScope {
    // The bytes are this program's: order, storage and bookkeeping count too. Else another program may have added
    // notes of its own.
    bool is_sealed = true;
    bool rows = false;  // whether values of replicates are composed again, or were read from this file
};

class FileComparison final : public Medium {
public:
    FileComparison(const std::filesystem::path& path, ComparisonScope scope);
    ~FileComparison() override;

    void add_dimension(const std::string& name, const Numbers& points, const About& about) override;
    void add_named_dimension(const std::string& name, const Texts& points, const About& about) override;
    void add_bare_dimension(const std::string& name, std::size_t length, const About& about) override;
    void add_variable(const std::string& name, const Texts& dims, const Numbers& values, const About& about) override;
    void add_texts(const std::string& name, const Texts& dims, const TextSource& texts, const About& about) override;
    [[nodiscard]] std::unique_ptr<Column> create_column(const std::string& name, const Texts& dims,
                                                        std::size_t chunk_rows, const About& about) override;
    [[nodiscard]] std::unique_ptr<Column> create_rows(const std::string& name, const Texts& dims,
                                                      std::size_t chunk_rows, const About& about) override;
    void write_attribute(const Attribute& attribute) override;

    // Once all was reported: what is in the file besides.
    void finish();

    struct Difference {
        std::string variable;  // empty for the file itself
        std::string what;
        bool is_of_values;
    };
    [[nodiscard]] const std::vector<Difference>& differences() const { return differences_; }

private:
    struct File;
    class ComparedColumn;
    class KnownColumn;

    void differ(const std::string& subject, std::string what, bool is_of_values = false);
    [[nodiscard]] bool meet(const std::string& name, std::string_view type, const Texts& dims, const hdf5::Shape& shape,
                            const Attributes& attributes);
    void compare_attributes(const std::string& variable, hid_t object, const Attributes& expected);
    void compare_storage(const std::string& name, const hdf5::Shape& shape);
    template <hdf5::Number T>
    void compare_values(const std::string& name, const hdf5::Slab& slab, std::span<const T> expected);
    [[nodiscard]] hdf5::Shape shape_of(const Texts& dims) const;

    std::unique_ptr<File> file_;
    ComparisonScope scope_;
    std::vector<std::pair<std::string, hsize_t>> lengths_;  // of dimensions
    std::set<std::string> met_, met_attributes_;
    std::vector<Difference> differences_;
};

}  // namespace sim
