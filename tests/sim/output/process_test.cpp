// Whose a temporary file is, and whether that process can still be at work.
#include "sim/output/process.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

using sim::Process;
using Life = Process::Life;

Process of_a_child_that_ended() {
    int channel[2] = {};
    EXPECT_EQ(::pipe(channel), 0);
    const auto child = ::fork();
    if (child == 0) {
        const auto text = Process::own().text();
        ::_exit(::write(channel[1], text.data(), text.size()) > 0 ? 0 : 1);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    char text[512] = {};
    EXPECT_GT(::read(channel[0], text, sizeof text - 1), 0);
    ::close(channel[0]);
    ::close(channel[1]);
    const auto process = Process::parse(text);
    EXPECT_TRUE(process && process->id == child);
    return process.value_or(Process{});
}

TEST(ProcessText, ComesBack) {
    const auto& own = Process::own();
    const auto read = Process::parse(own.text());
    ASSERT_TRUE(read);
    EXPECT_EQ(read->text(), own.text());
    for (const auto* text : {"", "process", "process 1 of x", "process x of y (machine 0, boot 0, space 0, begun 0)"})
        EXPECT_FALSE(Process::parse(text)) << text;
}

TEST(ProcessLife, IsKnownOnThisMachine) {
    EXPECT_EQ(Process::own().life(), Life::alive);
    EXPECT_EQ(of_a_child_that_ended().life(), Life::over);
}

TEST(ProcessLife, OfAnIdThatIsUsedAgainIsOver) {
    auto earlier = Process::own();
    ASSERT_GT(earlier.begun, 0U);
    earlier.begun -= 1;
    EXPECT_EQ(earlier.life(), Life::over);
}

TEST(ProcessLife, ElsewhereIsUnknownAndBeforeARebootOver) {
    auto elsewhere = of_a_child_that_ended();
    elsewhere.machine = "00000000";
    EXPECT_EQ(elsewhere.life(), Life::unknown);
    auto container = of_a_child_that_ended();
    container.space = "00000000";
    EXPECT_EQ(container.life(), Life::unknown);
    auto earlier = Process::own();
    earlier.boot = "00000000";
    EXPECT_EQ(earlier.life(), Life::over);
}

TEST(TemporaryName, NamesItsWriterAndIsNoAccident) {
    const std::filesystem::path target = "/somewhere/out.h5";
    const auto name = sim::temporary_name(target, 3);
    EXPECT_EQ(name.parent_path(), target.parent_path());
    const auto writer = sim::writer_of(name, target);
    ASSERT_TRUE(writer);
    EXPECT_EQ(writer->id, ::getpid());
    EXPECT_EQ(writer->life(), Life::alive);
    EXPECT_FALSE(sim::writer_of(name, "/somewhere/t.h5"));
    EXPECT_FALSE(sim::writer_of(name.string() + "0", target));
    auto altered = name.string();
    altered.back() = altered.back() == '0' ? '1' : '0';
    EXPECT_FALSE(sim::writer_of(altered, target));
}

}  // namespace
