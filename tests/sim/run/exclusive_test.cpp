// One writer at a time, and no lock that outlives its process. How it is without locks of the file system is tested
// from outside (tests/python/test_without_locks.py).
#include "sim/run/exclusive.hpp"

#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

#include "sim/output/process.hpp"
#include "tests/toy/files.hpp"

namespace {

namespace fs = std::filesystem;
using sim::Exclusive;

class Lock : public toy::Folder {
protected:
    [[nodiscard]] fs::path place() const {
        fs::create_directories(folder_ / "parts");
        return folder_ / "parts";
    }
    void claim(const std::string& text) const { std::ofstream(place() / "lock.holder") << text; }
};

TEST_F(Lock, IsHadByOneAtATime) {
    std::string holder;
    {
        const auto one = Exclusive::take(place(), &holder);
        ASSERT_TRUE(one);
        EXPECT_FALSE(Exclusive::take(place(), &holder));
        EXPECT_NE(holder.find("another run is writing it (process " + std::to_string(::getpid())), std::string::npos);
    }
    EXPECT_FALSE(fs::exists(folder_ / "parts")) << "nothing was left in it";
    EXPECT_TRUE(Exclusive::take(place()));
}

TEST_F(Lock, LeavesWhatIsNotItsOwn) {
    std::ofstream(place() / "notes") << "precious";
    { const auto one = Exclusive::take(place()); }
    EXPECT_EQ(files(), std::vector<std::string>{"parts"});
    EXPECT_EQ(toy::bytes_of(place() / "notes"), "precious");
    EXPECT_EQ(std::distance(fs::directory_iterator(place()), {}), 1);
}

// Somebody holds it where the file system has no locks.
TEST_F(Lock, FileOfAnotherMachineIsRespected) {
    auto elsewhere = sim::Process::own();
    elsewhere.host = "node17";
    elsewhere.machine = "00000000";
    claim(elsewhere.text());
    std::string holder;
    EXPECT_FALSE(Exclusive::take(place(), &holder));
    EXPECT_NE(holder.find("of node17; if that is over, remove"), std::string::npos) << holder;
    claim("nonsense");
    EXPECT_FALSE(Exclusive::take(place(), &holder));
    EXPECT_NE(holder.find("lock.holder"), std::string::npos) << holder;
}

TEST_F(Lock, StaleFileIsTakenOver) {
    auto earlier = sim::Process::own();
    earlier.boot = "00000000";
    claim(earlier.text());
    EXPECT_TRUE(Exclusive::take(place()));
}

}  // namespace
