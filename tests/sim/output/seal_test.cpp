// Any byte changed, added or lost breaks the seal, and no reader sees it.
#include "sim/output/seal.hpp"

#include <fstream>

#include <gtest/gtest.h>

#include "sim/output/reader.hpp"
#include "tests/toy/files.hpp"

namespace {

namespace fs = std::filesystem;
using State = sim::Seal::State;

class Sealed : public toy::Folder {
protected:
    [[nodiscard]] fs::path path() const { return folder_ / "file"; }
    void write(const std::string& bytes) const { std::ofstream(path(), std::ios::binary) << bytes; }
    void seal(const std::string& bytes) const {
        write(bytes);
        sim::put_seal(path(), path());
    }
    [[nodiscard]] State state() const { return sim::check_seal(path()).state; }
};

// By the sha256sum of coreutils: of "abc", and of the 64 digits of that.
TEST_F(Sealed, IsTextWithThePublishedDigest) {
    seal("abc");
    EXPECT_EQ(toy::bytes_of(path()),
              "abc\njiju seal 1\nbytes 00000000000000000003\nsha256 " +
                  sim::sha256("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad") + "\n");
    EXPECT_EQ(sim::seal_length(), 112);
}

TEST_F(Sealed, IsBrokenByEveryChange) {
    const std::string bytes(3000, 'x');
    seal(bytes);
    EXPECT_EQ(state(), State::whole);
    EXPECT_EQ(sim::check_seal(path()).bytes, bytes.size());
    const auto whole = toy::bytes_of(path());
    for (const std::size_t place : {0, 1, 1500, 2999}) {
        auto altered = whole;
        altered[place] ^= 4;
        write(altered);
        EXPECT_EQ(state(), State::broken) << place;
    }
    for (const auto& altered : {whole.substr(1), "x" + whole, whole.substr(0, 10) + whole.substr(20)}) {
        write(altered);
        EXPECT_EQ(state(), State::broken);
    }
    for (std::size_t place = bytes.size(); place < whole.size(); ++place) {
        auto altered = whole;
        altered[place] ^= 1;
        write(altered);
        EXPECT_NE(state(), State::whole) << place;
    }
    for (const auto& altered : {std::string(), bytes, whole.substr(0, whole.size() - 1), whole + "x"}) {
        write(altered);
        EXPECT_EQ(state(), State::absent);
    }
}

// More pieces than threads, and a last one that is not full.
TEST_F(Sealed, IsOfThePiecesInAnyOrderOfReading) {
    std::string bytes((9 << 20) + 7, 'a');
    bytes[5 << 20] = 'b';
    std::vector<std::string> digests;
    for (std::size_t at = 0; at < bytes.size(); at += 1 << 20)
        digests.push_back(sim::sha256(bytes.substr(at, 1 << 20)));
    write(bytes);
    EXPECT_EQ(sim::digest_of_pieces(path(), bytes.size()), sim::digest_of_slices(digests));
    sim::put_seal(path(), path());
    EXPECT_EQ(state(), State::whole);
    std::fstream(path(), std::ios::in | std::ios::out | std::ios::binary).seekp((8 << 20) + 1).put('c');
    EXPECT_EQ(state(), State::broken);
}

TEST_F(Sealed, WhatCannotBeReadIsAnError) {
    EXPECT_THROW(static_cast<void>(sim::check_seal(path())), sim::FileError);
}

}  // namespace
