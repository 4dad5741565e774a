// Bytes that claim to be a sealed file: none but an unchanged one may get past its seal.
#include "sim/output/causes.hpp"
#include "sim/output/reader.hpp"
#include "sim/output/seal.hpp"
#include "tests/fuzz/input.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto bytes = fuzz::text_of(data, size);
    // As it comes: whatever passes for a seal must be one.
    fuzz::InputFile raw;
    raw.append(bytes);
    sim::Seal seal;
    if (fuzz::accepted([&] { seal = sim::check_seal(raw.path()); }) && seal.state == sim::Seal::State::whole)
        fuzz::InputFile::must(seal.bytes + sim::seal_length() == size);
    static_cast<void>(fuzz::accepted([&] { sim::check_readable_hdf5(raw.path()); }));
    // With a seal of other bytes behind it: no reader may accept it, whatever it is.
    fuzz::InputFile broken;
    broken.append(bytes);
    broken.append(fmt::format("\njiju seal 1\nbytes {:020}\nsha256 {:064}\n", size, 0));
    fuzz::InputFile::must(!fuzz::accepted([&] { const sim::ResultsReader reader(broken.path()); }));
    return 0;
}
