// A dataset in the memory of this process, for a caller that takes its arrays over without copying them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "sim/output/digest.hpp"
#include "sim/output/medium.hpp"

namespace sim {

class MemoryDataset final : public Medium {
public:
    struct Variable {
        std::string name;
        Texts dims;
        std::vector<std::size_t> shape;
        // Doubles are many and not cleared before they are written.
        std::variant<std::vector<std::int8_t>, std::vector<std::int32_t>, std::vector<std::int64_t>,
                     std::unique_ptr<double[]>, Texts>
            values;
        Attributes attributes;
    };

    void add_dimension(const std::string& name, const Numbers& points, const About& about) override;
    void add_named_dimension(const std::string& name, const Texts& points, const About& about) override;
    // It has a length and no variable.
    void add_bare_dimension(const std::string& name, std::size_t length, const About& about) override;
    void add_variable(const std::string& name, const Texts& dims, const Numbers& values, const About& about) override;
    void add_texts(const std::string& name, const Texts& dims, const TextSource& texts, const About& about) override;
    [[nodiscard]] std::unique_ptr<Column> create_column(const std::string& name, const Texts& dims,
                                                        std::size_t chunk_rows, const About& about) override;
    [[nodiscard]] std::unique_ptr<Column> create_rows(const std::string& name, const Texts& dims,
                                                      std::size_t chunk_rows, const About& about) override;
    void write_attribute(const Attribute& attribute) override;

    // In the order they were added.
    [[nodiscard]] std::vector<Variable>& variables() { return variables_; }
    [[nodiscard]] const Attributes& attributes() const { return attributes_; }

private:
    struct Dimension {
        std::string name;
        std::size_t length;
    };
    class GrowingColumn;

    [[nodiscard]] std::vector<std::size_t> shape_of(const Texts& dims) const;
    [[nodiscard]] std::unique_ptr<Column> create(const std::string& name, const Texts& dims, const About& about,
                                                 std::size_t slices);

    std::vector<Dimension> dimensions_;
    std::vector<Variable> variables_;
    Attributes attributes_;
};

}  // namespace sim
