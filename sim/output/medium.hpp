// Whatever takes a dataset piece by piece, dimensions before the variables over them: a file (netcdf.hpp) or the
// memory of this process (memory.hpp). What the pieces are is said once, by ResultsComposer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "sim/output/digest.hpp"
#include "sim/output/hdf5.hpp"

namespace sim {

class Medium {
public:
    Medium() = default;
    Medium(const Medium&) = delete;
    Medium& operator=(const Medium&) = delete;
    virtual ~Medium() = default;

    // What may be said about a variable; empty texts are left out.
    struct About {
        std::string units;
        std::string long_name;
        std::string long_name_zh;
        Attributes more = {};

        [[nodiscard]] Attributes listed() const;
    };
    using Texts = std::vector<std::string>;
    // Texts in a list, which must outlive it, or made one by one when they are due: those of all scenarios of a sweep
    // would fill memory.
    class TextSource {
    public:
        TextSource(const Texts& texts) : size_(texts.size()), text_([&](std::size_t i) { return texts[i]; }) {}
        TextSource(std::size_t size, std::function<std::string(std::size_t)> text)
            : size_(size), text_(std::move(text)) {}
        [[nodiscard]] std::size_t size() const { return size_; }
        [[nodiscard]] std::string operator[](std::size_t i) const { return text_(i); }

    private:
        std::size_t size_;
        std::function<std::string(std::size_t)> text_;
    };
    using Numbers = std::variant<std::span<const std::int8_t>, std::span<const std::int32_t>,
                                 std::span<const std::int64_t>, std::span<const double>>;

    // A dimension with one number or one text a point, or with a length alone.
    virtual void add_dimension(const std::string& name, const Numbers& points, const About& about) = 0;
    virtual void add_named_dimension(const std::string& name, const Texts& points, const About& about) = 0;
    virtual void add_bare_dimension(const std::string& name, std::size_t length, const About& about) = 0;

    // A whole variable at once, the last dimension fastest.
    virtual void add_variable(const std::string& name, const Texts& dims, const Numbers& values,
                              const About& about) = 0;
    virtual void add_texts(const std::string& name, const Texts& dims, const TextSource& texts, const About& about) = 0;

    // A variable of doubles whose first dimension's slices grow side by side, in order along the second dimension.
    class Column {
    public:
        virtual ~Column() = default;
        virtual void write(std::size_t slice, std::span<const double> rows) = 0;  // whole rows
        virtual void close() = 0;  // std::logic_error where rows are missing
    };
    // Writes come by `chunk_rows` rows, fewer only at the end of a slice.
    [[nodiscard]] virtual std::unique_ptr<Column> create_column(const std::string& name, const Texts& dims,
                                                                std::size_t chunk_rows, const About& about) = 0;

    // The same in one slice, number 0, whose rows grow along the first dimension.
    [[nodiscard]] virtual std::unique_ptr<Column> create_rows(const std::string& name, const Texts& dims,
                                                              std::size_t chunk_rows, const About& about) = 0;

    virtual void write_attribute(const Attribute& attribute) = 0;

    // Of all that was reported by now.
    [[nodiscard]] const ContentDigest& digest() const { return digest_; }

protected:
    void digest_attributes(const std::string& variable, const About& about);

    ContentDigest digest_;
};

}  // namespace sim
