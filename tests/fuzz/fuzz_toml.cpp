// A scenario's text, and a value given on the command line.
#include "sim/scenario/document.hpp"
#include "tests/fuzz/input.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(fuzz::text_of(data, size));
    try {
        static_cast<void>(sim::parse(text, "input.toml"));
    } catch (const sim::ScenarioError&) {
    }
    try {
        const auto half = text.substr(0, text.size() / 2);
        static_cast<void>(sim::parse(half, "input.toml", std::vector{sim::Override::parse(text)}));
    } catch (const sim::ScenarioError&) {
    }
    return 0;
}
