// Processors that a process was given, against made-up control groups.
#include "sim/parallel/processors.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>
#include <sched.h>
#include <unistd.h>

namespace {

namespace fs = std::filesystem;

class Processors : public testing::Test {
protected:
    void SetUp() override {
        root_ = fs::temp_directory_path() / ("jiju_processors" + std::to_string(::getpid()));
        fs::remove_all(root_);
        ::unsetenv("SLURM_CPUS_PER_TASK");
        ASSERT_EQ(::sched_getaffinity(0, sizeof before_, &before_), 0);
        cpu_set_t all;
        CPU_ZERO(&all);
        for (int i = 0; i < CPU_SETSIZE; ++i) CPU_SET(i, &all);
        ::sched_setaffinity(0, sizeof all, &all);  // as far as this machine and its groups go
        bound_ = sim::usable_processors(root_);
    }
    void TearDown() override {
        ::sched_setaffinity(0, sizeof before_, &before_);
        ::unsetenv("SLURM_CPUS_PER_TASK");
        fs::remove_all(root_);
    }
    void file(const fs::path& path, const std::string& text) const {
        fs::create_directories((root_ / path).parent_path());
        std::ofstream(root_ / path) << text;
    }
    void expect(int processors) const { EXPECT_EQ(sim::usable_processors(root_), std::min(processors, bound_)); }

    fs::path root_;
    cpu_set_t before_{};
    int bound_ = 1;
};

TEST_F(Processors, AreThoseThatTheProcessIsBoundTo) {
    cpu_set_t one;
    CPU_ZERO(&one);
    for (int i = 0; i < CPU_SETSIZE; ++i)
        if (CPU_ISSET(i, &before_)) {
            CPU_SET(i, &one);
            break;
        }
    ASSERT_EQ(::sched_setaffinity(0, sizeof one, &one), 0);
    EXPECT_EQ(sim::usable_processors(root_), 1);
    EXPECT_EQ(sim::usable_processors(), 1);
}

TEST_F(Processors, AreThoseOfTheQuotaOfItsGroupAndThoseAbove) {
    file("proc/self/cgroup", "0::/slice/job/step\n");
    file("sys/fs/cgroup/slice/job/step/cpu.max", "max 100000\n");
    expect(1024);
    file("sys/fs/cgroup/slice/cpu.max", "100000 100000\n");
    expect(1);
    file("sys/fs/cgroup/slice/cpu.max", "110000 100000\n");
    expect(2);
    file("sys/fs/cgroup/slice/job/cpu.max", "50000 100000\n");
    expect(1);
}

TEST_F(Processors, OfAContainerStandAtTheTop) {
    file("proc/self/cgroup", "0::/../../outside\n");
    file("sys/fs/cgroup/cpu.max", "100000 100000\n");
    expect(1);
}

TEST_F(Processors, OfVersionOneAreReadToo) {
    file("proc/self/cgroup", "4:memory:/job\n3:cpu,cpuacct:/job\n");
    file("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us", "-1\n");
    file("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us", "100000\n");
    expect(1024);
    file("sys/fs/cgroup/cpu,cpuacct/job/cpu.cfs_quota_us", "90000\n");
    file("sys/fs/cgroup/cpu,cpuacct/job/cpu.cfs_period_us", "100000\n");
    expect(1);
}

TEST_F(Processors, OfASlurmTaskAreItsShare) {
    ::setenv("SLURM_CPUS_PER_TASK", "1", 1);
    expect(1);
    ::setenv("SLURM_CPUS_PER_TASK", "4096", 1);
    expect(4096);
    for (const auto* nonsense : {"", "0", "-3", "many"}) {
        ::setenv("SLURM_CPUS_PER_TASK", nonsense, 1);
        expect(1024);
    }
}

TEST_F(Processors, FilesThatMakeNoSenseLimitNothing) {
    file("proc/self/cgroup", "nonsense\n0::\n:::\n0::/job\n");
    file("sys/fs/cgroup/job/cpu.max", "0 0\n");
    expect(1024);
    file("sys/fs/cgroup/job/cpu.max", "\n");
    expect(1024);
}

TEST(Threads, ThatCanBeStartedAreCounted) {
    EXPECT_EQ(sim::startable_threads(1), 1);
    EXPECT_EQ(sim::startable_threads(8), 8);
    EXPECT_EQ(sim::startable_threads(0), 1);
}

}  // namespace
