// What is left of a run that ended early, and who may resume it.
#include "sim/run/parts.hpp"

#include <algorithm>
#include <fstream>
#include <memory>
#include <string>
#include <utility>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sim/output/process.hpp"
#include "tests/sim/run/unfinished.hpp"

namespace {

namespace fs = std::filesystem;
using run_tests::Unfinished;
using sim::FileKind;
using sim::Leftover;
using toy::expect_error;
using toy::Walk;
using Strings = std::vector<std::string>;

// A finished file of fewer replicates is the beginning: nothing else of it is needed than what it holds.
TEST_F(Unfinished, ExtendsAFinishedFile) {
    const auto expected = whole();
    auto layout = toy::layout(scenarios());
    layout.attributes = sim::provenance(7);
    for (const auto& recording :
         {sim::Recording{.detail = sim::Detail::panels, .panels = 30}, sim::Recording{.detail = sim::Detail::steps},
          sim::Recording{.detail = sim::Detail::years}, sim::Recording{.detail = sim::Detail::outcomes}}) {
        const sim::Outline shorter(layout, recording, 29), longer(layout, recording, planned);
        const auto block = [&](const sim::Outline& of, std::size_t first, std::size_t count) {
            sim::Collector collector(of.view, 2, of.layout.panel.size(), first);
            const auto configs = scenarios();
            const sim::Plan plan{.seed = 7, .replicates = count, .first_replicate = first, .panels = recording.panels};
            static_cast<void>(sim::run_ensemble<Walk>(std::span<const Walk::Config>(configs), plan, collector));
            return collector.take();
        };
        fs::remove(path());
        toy::write_file(path(), shorter, block(shorter, 0, 29));
        toy::write_file(folder_ / "longer.h5", longer, block(longer, 0, planned));
        const auto before = toy::bytes_of(path());
        const sim::Target target{path(), FileKind::results, false, false, true};
        {
            sim::Parts interrupted(target, longer, {0, planned, planned}, Leftover::resume);
            EXPECT_EQ(interrupted.end(), 29);
            interrupted.add(block(longer, 29, 4));
            interrupted.save();
        }
        EXPECT_EQ(toy::bytes_of(path()), before) << "the old file is whole until the new one is";
        sim::Parts parts(target, longer, {0, planned, planned}, Leftover::resume);
        EXPECT_EQ(parts.end(), 33);
        parts.add(block(longer, 33, planned - 33));
        parts.assemble();
        EXPECT_EQ(toy::bytes_of(path()), toy::bytes_of(folder_ / "longer.h5"));
        fs::remove(folder_ / "longer.h5");
    }
}

TEST_F(Unfinished, GoesOnToTheSameFile) {
    leave(11, 26);
    {
        const auto resumed = parts(Leftover::resume);
        EXPECT_EQ(resumed->end(), 26);
        std::size_t seen = 0;
        resumed->for_each_block([&](const sim::Block& block) {
            EXPECT_EQ(block.first, seen);
            seen = block.end();
        });
        EXPECT_EQ(seen, 26);
        resumed->add(simulated(26, planned - 26));
        resumed->assemble();
    }
    EXPECT_EQ(files(), Strings{"walk.h5"});
    EXPECT_TRUE(toy::bytes_of(path()) == whole());
}

TEST_F(Unfinished, IsNotOverwrittenUnlessAsked) {
    leave(5, 10);
    expect_error<sim::FileError>([&] { static_cast<void>(parts(Leftover::refuse)); },
                                 {path().string(), "--resume", "--force"});
    EXPECT_EQ(parts(Leftover::resume)->end(), 10) << "being refused costs nothing";
}

TEST_F(Unfinished, IsThrownAwayWhenAsked) {
    leave(5, 10);
    EXPECT_EQ(parts(Leftover::discard)->end(), 0);
    EXPECT_TRUE(files().empty());
}

TEST_F(Unfinished, OfAnotherRunIsRefused) {
    leave(5, 10);
    const auto other = outline(8);
    expect_error<sim::FileError>(
        [&] {
            sim::Parts({path()}, other, {0, planned, planned}, Leftover::resume);
        },
        {left().string(), "another run"});
    expect_error<sim::FileError>(
        [&] {
            sim::Parts({path()}, all_, {10, 30, planned}, Leftover::resume);
        },
        {left().string()});
    expect_error<sim::FileError>(
        [&] {
            sim::Parts({path()}, all_, {0, 9, planned}, Leftover::resume);
        },
        {left().string()});
    EXPECT_EQ(parts(Leftover::resume)->end(), 10);
}

TEST_F(Unfinished, WithAnAlteredPartIsRefusedByItsName) {
    leave(5, 10);
    const auto second = left() / "0000000005-0000000009.h5";
    ASSERT_TRUE(fs::exists(second));
    auto bytes = toy::bytes_of(second);
    const double drift = simulated(7, 1).rows[0].back();  // in the middle of the part
    const auto place = bytes.find(std::string(reinterpret_cast<const char*>(&drift), sizeof drift));
    ASSERT_NE(place, std::string::npos);
    bytes[place] = static_cast<char>(bytes[place] ^ 1);
    std::ofstream(second, std::ios::binary) << bytes;
    expect_error<sim::FileError>([&] { static_cast<void>(parts(Leftover::resume)); },
                                 {second.string(), "damaged or altered"});
    EXPECT_TRUE(fs::exists(second)) << "what cannot be used is not thrown away";
}

TEST_F(Unfinished, WithAPartMissingIsRefused) {
    leave(5, 10);
    fs::remove(left() / "0000000000-0000000004.h5");
    expect_error<sim::FileError>([&] { static_cast<void>(parts(Leftover::resume)); },
                                 {"no file holds replicates 0 to 4"});
}

TEST_F(Unfinished, IsWrittenByOneAtATime) {
    const auto one = parts(Leftover::refuse);
    for (const auto leftover : {Leftover::refuse, Leftover::resume, Leftover::discard})
        expect_error<sim::FileError>([&] { static_cast<void>(parts(leftover)); },
                                     {path().string(), "another run is writing it"});
    one->add(simulated(0, 4));
    EXPECT_EQ(one->end(), 4);
    one->add(simulated(4, planned - 4));
    one->assemble();
    EXPECT_TRUE(toy::bytes_of(path()) == whole());
}

// A temporary file as a killed process leaves it.
fs::path left_by_a_killed_process(const fs::path& target) {
    const auto child = ::fork();
    if (child == 0) {
        std::ofstream(sim::temporary_name(target, 0)) << "half";
        ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    for (const auto& entry : fs::directory_iterator(target.parent_path()))
        if (const auto writer = sim::writer_of(entry.path(), target); writer && writer->id == child)
            return entry.path();
    ADD_FAILURE() << "nothing is left";
    return {};
}

TEST_F(Unfinished, SweepsAwayWhatWasBeingWritten) {
    leave(5, 10);
    const std::vector<fs::path> half{left_by_a_killed_process(left() / "0000000010-0000000019.h5"),
                                     left_by_a_killed_process(path())};
    const std::vector<fs::path> foreign{left() / "0000000010-0000000019.h5.tmp123",
                                        left() / "notes.h5",
                                        left() / "notes.h5.tmp-1",
                                        path().string() + ".tmp" + std::to_string(::getppid()),
                                        path().string() + ".tmp-0-0-0-1-1-0-00000000",
                                        path().string() + ".tmp.bak"};
    for (const auto& file : foreign) std::ofstream(file) << "precious";
    {
        const auto resumed = parts(Leftover::resume);
        EXPECT_EQ(resumed->end(), 10);
        for (const auto& file : half) EXPECT_FALSE(fs::exists(file)) << file;
        resumed->add(simulated(10, planned - 10));
        resumed->assemble();
    }
    EXPECT_TRUE(toy::bytes_of(path()) == whole());
    for (const auto& file : foreign) EXPECT_EQ(toy::bytes_of(file), "precious") << file;
    EXPECT_EQ(std::distance(fs::directory_iterator(left()), {}), 3) << "nothing of its own";
    fs::remove(path());
    leave(5, 10);
    { const auto discarded = parts(Leftover::discard); }
    for (const auto& file : foreign) EXPECT_EQ(toy::bytes_of(file), "precious") << file;
    EXPECT_EQ(std::distance(fs::directory_iterator(left()), {}), 3) << "nothing of its own";
}

TEST_F(Unfinished, WhatHasTheNameOfAPartAloneIsNotThrownAway) {
    leave(5, 10);
    const auto foreign = left() / "0000000099-0000000100.h5";
    std::ofstream(foreign) << "precious";
    expect_error<sim::FileError>([&] { static_cast<void>(parts(Leftover::discard)); }, {foreign.string(), "move it"});
    EXPECT_EQ(toy::bytes_of(foreign), "precious");
    fs::remove(foreign);
    fs::resize_file(left() / "0000000000-0000000004.h5", fs::file_size(left() / "0000000000-0000000004.h5") - 200);
    EXPECT_EQ(parts(Leftover::discard)->end(), 0) << "a damaged part is one";
}

TEST_F(Unfinished, PartsBesideAFinishedFileGoWhenTheyAreItsOwnAndNobodyWrites) {
    leave(5, 10);
    {
        const auto at_work = parts(Leftover::resume);
        EXPECT_FALSE(sim::Parts::sweep_finished(path(), all_.run_sha256));
        EXPECT_EQ(std::distance(fs::directory_iterator(left()), {}), 3) << "two parts and the lock";
    }
    EXPECT_FALSE(sim::Parts::sweep_finished(path(), outline(8).run_sha256)) << "parts of another run";
    EXPECT_EQ(parts(Leftover::resume)->end(), 10);
    EXPECT_TRUE(sim::Parts::sweep_finished(path(), all_.run_sha256));
    EXPECT_TRUE(files().empty());
}

TEST_F(Unfinished, LeavesNothingWhereNothingWasSaved) {
    { const auto nothing = parts(Leftover::refuse); }
    EXPECT_TRUE(files().empty());
    expect_error<sim::FileError>(
        [&] {
            sim::Parts({folder_ / "nowhere" / "walk.h5"}, all_, {0, planned, planned}, Leftover::refuse);
        },
        {"nowhere/walk.h5", "cannot write in its folder"});
}

TEST_F(Unfinished, BecomesAShardAsWell) {
    const sim::Extent extent{10, 20, planned};
    {
        sim::Parts part({path(), FileKind::shard}, all_, extent, Leftover::refuse);
        part.add(simulated(10, 3));
        part.save();
        part.add(simulated(13, 17));
        part.assemble();
    }
    toy::write_file(folder_ / "whole.h5", all_, simulated(10, 20), FileKind::shard);
    EXPECT_TRUE(toy::bytes_of(path()) == toy::bytes_of(folder_ / "whole.h5"));
}

// Saved after every replicate or never: the same file.
TEST_F(Unfinished, IsSavedAsTheRunGoesOn) {
    const auto expected = whole();
    for (const double seconds : {0.0, 1000.0}) {
        const auto all = std::make_unique<sim::Parts>(sim::Target{.path = path(), .replace = true}, all_,
                                                      sim::Extent{0, planned, planned}, Leftover::refuse);
        sim::Saver saver(*all, all_, std::chrono::duration<double>(seconds));
        simulate(0, planned, saver);
        saver.finish();
        EXPECT_EQ(all->end(), planned);
        const auto parts = std::count_if(fs::directory_iterator(left()), {},
                                         [](const auto& entry) { return entry.path().extension() == ".h5"; });
        EXPECT_EQ(parts > 0, seconds == 0);
        all->assemble();
        EXPECT_TRUE(toy::bytes_of(path()) == expected) << seconds;
    }
}

// What is not saved yet is handed out as well.
TEST_F(Unfinished, ReportsPartsAndWhatWaits) {
    const auto all = parts(Leftover::refuse);
    all->add(simulated(0, 6));
    all->save();
    all->add(simulated(6, 5));
    all->add(simulated(11, 1));
    std::vector<std::size_t> ends;
    all->for_each_block([&](const sim::Block& block) { ends.push_back(block.end()); });
    EXPECT_EQ(ends, (std::vector<std::size_t>{6, 11, 12}));
}

// The file grows beside the parts, and goes with a run that does not come to its end.
TEST_F(Unfinished, LeavesNoHalfFile) {
    {
        const auto all = parts(Leftover::refuse);
        all->add(simulated(0, 6));
        EXPECT_EQ(files().size(), 2) << "the folder of parts and the file in the making";
        all->save();
    }
    EXPECT_EQ(files(), Strings{"walk.h5.parts"});
}

// Rows that came before their statistics are worth as much as others when the file has to be given up.
TEST_F(Unfinished, IsRescuedWithRowsThatAwaitTheirStatistics) {
    {
        const auto all = parts(Leftover::refuse);
        sim::Collector collector(all_.view, 2, all_.layout.panel.size(), 0);
        simulate(0, 6, collector);
        all->add(collector.take_rows());
        simulate(6, 5, collector);
        all->rescue(collector.take());
        EXPECT_EQ(files(), Strings{"walk.h5.parts"}) << "the unfinished file made room";
    }
    {
        const auto resumed = parts(Leftover::resume);
        EXPECT_EQ(resumed->end(), 11);
        resumed->add(simulated(11, planned - 11));
        resumed->assemble();
    }
    EXPECT_TRUE(toy::bytes_of(path()) == whole());
}

// A replicate that came under its first scenario only, seen or failed, is taken back before the run ends.
TEST_F(Unfinished, HoldsNothingOfAReplicateThatWasWithdrawn) {
    struct First {
        sim::Collector& collector;
        void write(std::size_t scenario, std::size_t replicate, const Walk::Record& record, const sim::Panel& panel) {
            if (scenario == 0) collector.write(scenario, replicate, record, panel);
        }
        void fail(const sim::Failure& failure) {
            if (failure.scenario == 0) collector.fail(failure);
        }
    };
    const auto expected = whole();
    for (const std::size_t cut : {std::size_t{6}, std::size_t{25}}) {  // replicate 25 fails
        const auto all = parts(Leftover::discard);
        sim::Collector collector(all_.view, 2, all_.layout.panel.size(), 0);
        simulate(0, cut, collector);
        First first{collector};
        simulate(cut, 1, first);
        collector.withdraw();
        simulate(cut, planned - cut, collector);
        all->add(collector.take());
        all->assemble();
        EXPECT_TRUE(toy::bytes_of(path()) == expected) << cut;
        fs::remove(path());
    }
}

// A rule ended the run: how long the file is was known at the end only.
TEST_F(Unfinished, MayEndEarly) {
    {
        sim::Parts all({.path = path(), .may_end_early = true}, all_, {0, planned, planned}, Leftover::refuse);
        all.add(simulated(0, 6));
        EXPECT_EQ(files(), Strings{"walk.h5.parts"});
        all.save();
        all.add(simulated(6, 5));
        all.assemble();
    }
    toy::write_file(folder_ / "short.h5", all_, simulated(0, 11));
    EXPECT_TRUE(toy::bytes_of(path()) == toy::bytes_of(folder_ / "short.h5"));
}

// The folder has no place for the file, as when a stranger puts one there meanwhile: no replicate is lost.
TEST_F(Unfinished, IsKeptWhereTheFileCannotBeWritten) {
    {
        const auto all = parts(Leftover::refuse);
        all->add(simulated(0, 10));
        all->save();
        std::ofstream(path()) << "precious";
        all->add(simulated(10, 30));
        expect_error<sim::FileError>([&] { all->assemble(); }, {"exists"});
    }
    EXPECT_EQ(toy::bytes_of(path()), "precious");
    fs::remove(path());
    {
        const auto resumed = parts(Leftover::resume);
        EXPECT_EQ(resumed->end(), planned);
        resumed->assemble();
    }
    EXPECT_EQ(files(), Strings{"walk.h5"});
    EXPECT_TRUE(toy::bytes_of(path()) == whole());
}

}  // namespace
