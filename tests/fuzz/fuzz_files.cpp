// Results files and shards with damage that a seal was put on afterwards, and without any: the library may do what it
// likes in its quarantine; whatever is accepted can be read to its end.
#include "sim/output/seal.hpp"
#include "sim/output/shard.hpp"
#include "tests/fuzz/input.hpp"
#include "tests/toy/walk.hpp"

namespace {

void read_all(const sim::ResultsReader& reader) {
    for (const auto& arm : reader.scenarios()) static_cast<void>(arm);
    static_cast<void>(reader.factors());
    static_cast<void>(reader.failures());
    static_cast<void>(reader.labels("scenario", sim::Language::zh));
    static_cast<void>(reader.read_integers("replicate"));
    for (const auto& variable : reader.variables()) {
        static_cast<void>(reader.dims(variable));
        static_cast<void>(reader.read_rows(variable, 0, 0, 1));
        static_cast<void>(reader.read(variable));
    }
    reader.verify_digest();
}

const sim::Outline& outline() {
    static const sim::Outline all(toy::layout({{.steps = 4, .walkers = 3}, {.steps = 4, .walkers = 3}}),
                                  {.detail = sim::Detail::panels, .panels = 2}, 4);
    return all;
}

void use(const std::filesystem::path& path) {
    static_cast<void>(fuzz::accepted([&] { read_all(sim::ResultsReader(path)); }));
    static_cast<void>(fuzz::accepted([&] {
        const sim::ShardReader shard(path);
        shard.check_belongs_to(outline());
        shard.for_each_block(outline(), [](const sim::Block&) {});
    }));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    fuzz::InputFile file;
    file.append(fuzz::text_of(data + 1, size - 1));
    if (data[0] % 2 == 1) static_cast<void>(fuzz::accepted([&] { sim::put_seal(file.path(), file.path()); }));
    use(file.path());
    return 0;
}
