// usage: write_fuzz_seeds FOLDER: small whole files of the toy model, for mutations to start from.
#include <fstream>

#include "sim/output/writer.hpp"
#include "tests/toy/walk.hpp"

namespace {

namespace fs = std::filesystem;

sim::Block block_of(const sim::Outline& outline) {
    sim::Collector collector(outline.view, 2, outline.layout.panel.size(), 0);
    for (std::size_t replicate = 0; replicate < 4; ++replicate)
        for (std::size_t scenario = 0; scenario < 2; ++scenario) {
            auto record = toy::Walk::blank({.steps = 4, .walkers = 3});
            record.own_drift.put({static_cast<double>(replicate)});
            if (replicate == 3 && scenario == 1)
                collector.fail({scenario, replicate, 2, "why it failed"});
            else
                collector.write(scenario, replicate, record, replicate < 2 ? sim::Panel{{0, 1}, {2, 3}} : sim::Panel{});
        }
    return collector.take();
}

// Sealed or not, with the byte in front that fuzz_files takes its mode from.
void write(const fs::path& folder, const sim::Outline& outline, sim::FileKind kind, const char* name) {
    const auto path = folder / "file.h5";
    sim::ResultsWriter writer(path, outline, {0, 4, 4}, kind, true);
    writer.write(block_of(outline));
    writer.finish();
    std::ifstream file(path, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    for (const char mode : {'\0', '\1'}) {
        const auto body = bytes.substr(0, bytes.size() - 112);
        std::ofstream(folder / (name + std::to_string(mode)), std::ios::binary) << mode << body;
    }
    fs::remove(path);
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 2) return 2;
    const fs::path folder = arguments[1];
    fs::create_directories(folder);
    const sim::Outline outline(toy::layout({{.steps = 4, .walkers = 3}, {.steps = 4, .walkers = 3}}),
                               {.detail = sim::Detail::panels, .panels = 2}, 4);
    write(folder, outline, sim::FileKind::results, "results");
    write(folder, outline, sim::FileKind::shard, "shard");
    return 0;
}
