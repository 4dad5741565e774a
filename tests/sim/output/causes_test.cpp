// What the system refuses is reported by its cause, and before a wrong cause could be guessed.
#include "sim/output/causes.hpp"

#include <cerrno>
#include <fstream>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "sim/output/new_file.hpp"
#include "sim/output/reader.hpp"
#include "tests/toy/files.hpp"

namespace {

namespace fs = std::filesystem;
using toy::expect_error;

class Cause : public toy::Folder {
protected:
    void expect_refused(const fs::path& path, const std::string& why) const {
        expect_error<sim::FileError>([&] { sim::ResultsReader reader(path); }, {path.string() + ": " + why});
    }
    [[nodiscard]] fs::path file(const std::string& content) const {
        std::ofstream(folder_ / "a.h5") << content;
        return folder_ / "a.h5";
    }
};

TEST_F(Cause, WhatIsNoFileIsNotWaitedFor) {
    expect_refused(folder_, "is a folder");
    expect_refused(folder_ / "none.h5", "there is no such file");
    expect_refused(file("x") / "under.h5", "there is no such file: a folder in its path is a file");
    ASSERT_EQ(::mkfifo((folder_ / "pipe").c_str(), 0600), 0);
    expect_refused(folder_ / "pipe", "is a pipe, not a file");
    expect_refused("/dev/null", "is a device, not a file");
    fs::create_symlink("nowhere.h5", folder_ / "link.h5");
    expect_refused(folder_ / "link.h5", "is a link to nowhere.h5, which does not exist");
    fs::create_symlink("round.h5", folder_ / "round.h5");
    expect_refused(folder_ / "round.h5", "cannot open: Too many levels of symbolic links");
}

TEST_F(Cause, WhatIsNoHdf5IsReported) {
    expect_refused(file(""), "is empty");
    expect_refused(file("no HDF5"), "is no HDF5 file");
    expect_refused(file(std::string("\x89HDF\r\n\x1A\n\x09", 9)), "is of a newer version of HDF5");
}

// The superblock of version 2 says how long the file is; here 4096 bytes.
TEST_F(Cause, WhatWasCutShortIsReported) {
    std::string start("\x89HDF\r\n\x1A\n\x02\x08\x08\x00", 12);
    start += std::string(16, '\0') + std::string("\x00\x10\0\0\0\0\0\0", 8) + std::string(12, '\0');
    expect_refused(file(start), "was cut short: of 4096 bytes it holds 48");
}

TEST(CauseOf, NamesTheSettingThatHelps) {
    EXPECT_NE(sim::cause_of(EMFILE).find("Too many open files (raise the limit with 'ulimit -n'"), std::string::npos);
    EXPECT_NE(sim::cause_of(ENOLCK).find("HDF5_USE_FILE_LOCKING=FALSE"), std::string::npos);
    EXPECT_NE(sim::cause_of(524).find("has no locks"), std::string::npos);
    EXPECT_EQ(sim::cause_of(EACCES), "Permission denied");
}

TEST_F(Cause, OutputThatCannotBeIsRefusedBeforeTheWork) {
    const auto refused = [&](const fs::path& path, const std::string& why) {
        expect_error<sim::FileError>([&] { sim::NewFile::check(path, 0, true); }, {path.string(), why});
    };
    refused(folder_ / "nowhere" / "a.h5", "make it with: mkdir -p " + (folder_ / "nowhere").string());
    refused(file("x") / "a.h5", "is no folder");
    refused(folder_, "is a folder");
    refused(folder_ / (std::string(200, 'a') + ".h5"), "its name is too long");
    fs::create_symlink("nowhere.h5", folder_ / "link.h5");
    refused(folder_ / "link.h5", "is a link to nowhere.h5, which does not exist");
    sim::NewFile::check(folder_ / (std::string(170, 'a') + ".h5"), 0, true);
}

TEST_F(Cause, NewFileIsWholeAndReplacesOnlyWhenAsked) {
    const auto path = folder_ / "page.md";
    sim::write_file(path, "one", false);
    expect_error<sim::FileError>([&] { sim::write_file(path, "two", false); }, {path.string(), "--force"});
    EXPECT_EQ(toy::bytes_of(path), "one");
    sim::write_file(path, "two", true);
    EXPECT_EQ(toy::bytes_of(path), "two");
    EXPECT_EQ(files(), std::vector<std::string>{"page.md"});
}

// As a signal handler does it.
TEST_F(Cause, TemporariesCanBeTakenAwayAtOnce) {
    sim::NewFile one(folder_ / "one", 0, false), two(folder_ / "two", 0, false);
    EXPECT_EQ(files().size(), 2U);
    sim::NewFile::remove_all_temporaries();
    EXPECT_TRUE(files().empty());
}

}  // namespace
