// Files written and read back, and files that must not be read.
#include "sim/output/writer.hpp"

#include <cmath>
#include <filesystem>
#include <fstream>
#include <functional>

#include <gtest/gtest.h>

#include "sim/output/provenance.hpp"
#include "sim/output/reader.hpp"
#include "tests/toy/files.hpp"

namespace {

namespace fs = std::filesystem;
using Strings = std::vector<std::string>;
using toy::Walk;

class ResultsFile : public toy::Folder {
protected:
    [[nodiscard]] static Walk::Config config() { return {.steps = 4, .walkers = 3}; }
    [[nodiscard]] static sim::Outline outline(const sim::Recording& recording = {.detail = sim::Detail::steps},
                                              std::size_t planned = 100) {
        return {toy::layout({config(), config()}), recording, planned};
    }
    // Replicates from 2 on, of which the fourth has failed.
    fs::path write(std::size_t replicates = 5, bool replace = false) const {
        const auto all = outline();
        toy::write_file(path(), all, toy::block_of(all, config(), 2, replicates, 4), sim::FileKind::results, replace);
        return path();
    }
    [[nodiscard]] fs::path path() const { return folder_ / "walk.h5"; }

    // Changes a good file through HDF5 itself.
    void edit(const std::function<void(hid_t)>& change) const {
        const auto file = H5Fopen(path().c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
        ASSERT_GE(file, 0);
        change(file);
        ASSERT_GE(H5Fclose(file), 0);
    }
    void expect_refused(const std::string& why) const {
        toy::expect_error<sim::FileError>([&] { sim::ResultsReader reader(path()); }, {why, path().string()});
    }
};

// Their texts no longer fit beside their description, and HDF5 has no checksum for them.
TEST_F(ResultsFile, HoldsThousandsOfScenarios) {
    constexpr std::size_t many = 2500;
    const sim::Outline all(toy::layout(std::vector(many, config())), {.detail = sim::Detail::outcomes}, 1);
    toy::write_file(path(), all, toy::block_of(all, config(), 0, 1));
    const sim::ResultsReader reader(path());
    EXPECT_EQ(reader.read_texts("scenario").size(), many);
    EXPECT_EQ(reader.scenarios().back().toml, reader.scenarios().front().toml);
    EXPECT_NO_THROW(reader.verify_digest());
}

// Replicates 2 to 6 by threes: the first is the last of its draw.
TEST_F(ResultsFile, ListsDrawsWhereReplicatesShareThem) {
    auto all = outline();
    all.layout.replicates_per_draw = 3;
    toy::write_file(path(), all, toy::block_of(all, config(), 2, 5));
    const sim::ResultsReader reader(path());
    EXPECT_EQ(reader.read_integers("replicate_draw"), (std::vector<std::int64_t>{0, 1, 1, 1, 2}));
    EXPECT_EQ(reader.dims("replicate_draw"), Strings{"replicate"});
    EXPECT_NE(reader.text("coordinates", "position").find(" replicate_draw"), std::string::npos);
    EXPECT_EQ(reader.text("coordinates", "position_statistics").find(" replicate_draw"), std::string::npos);
    EXPECT_FALSE(sim::ResultsReader(write(5, true)).has("replicate_draw"));
}

TEST_F(ResultsFile, IsReadBackAsWritten) {
    const sim::ResultsReader reader(write());
    EXPECT_EQ(reader.variables(), (Strings{"position", "distance", "move", "mean_position", "drift"}));
    EXPECT_EQ(reader.dims("position"), (Strings{"scenario", "replicate", "time", "walker"}));
    EXPECT_EQ(reader.dims("position_statistics"), (Strings{"scenario", "statistic", "year", "walker"}));
    const auto [shape, values] = reader.read("position");
    EXPECT_EQ(shape, (std::vector<std::size_t>{2, 5, 4, 3}));
    EXPECT_EQ(values[(5 + 1) * 12 + 2 * 3 + 1], 1'003'021);  // scenario 1, replicate 3, step 2, walker 1
    EXPECT_EQ(values[2 * 12], 4000);
    EXPECT_TRUE(std::isnan(values[(5 + 2) * 12]));  // replicate 4 failed in scenario 1
    EXPECT_EQ(reader.read_rows("position", 1, 3, 1)[4], 1'005'011);
    EXPECT_EQ(reader.read("replicate").values, (std::vector<double>{2, 3, 4, 5, 6}));
    EXPECT_EQ(reader.read("replicate_status").values, (std::vector<double>{0, 0, 0, 0, 0, 0, 0, 1, 0, 0}));
    const auto failures = reader.failures();
    ASSERT_EQ(failures.size(), 1);
    EXPECT_EQ(failures[0].scenario, 1);
    EXPECT_EQ(failures[0].replicate, 4);
    EXPECT_EQ(failures[0].step, -1);
    EXPECT_EQ(failures[0].message, "no draw 抽样");
    EXPECT_EQ(reader.keys("walker")[2], "walker_2");
    EXPECT_EQ(reader.labels("walker", sim::Language::zh)[2], "行者2");
    EXPECT_EQ(reader.labels("walker", sim::Language::en)[0], "Walker 0");
    EXPECT_EQ(reader.keys("scenario"), (Strings{"walk", "walk-1"}));
    EXPECT_EQ(reader.scenarios()[1].name_zh, "玩具随机游走");
    EXPECT_EQ(reader.text("units", "position"), "m");
    EXPECT_EQ(reader.text("cell_methods", "mean_position"), "time: mean");
    EXPECT_EQ(reader.text("status"), "complete");
    EXPECT_EQ(reader.integers("replicates"), (std::vector<std::int64_t>{5}));
    EXPECT_NO_THROW(reader.verify_digest());
    EXPECT_THROW(static_cast<void>(reader.read("failure_cause")), sim::FileError);
    EXPECT_THROW(static_cast<void>(reader.read("nothing")), sim::FileError);
    EXPECT_THROW(static_cast<void>(reader.read_rows("position", 2, 0, 1)), sim::FileError);
    EXPECT_THROW(static_cast<void>(reader.read_rows("position", 0, 5, 1)), sim::FileError);
    EXPECT_EQ(files(), Strings{"walk.h5"});
}

TEST_F(ResultsFile, HoldsTheLargestSeedAsText) {
    auto layout = toy::layout({config()});
    layout.attributes = sim::provenance(18446744073709551615U);
    const sim::Outline large(layout, {}, 2);
    toy::write_file(path(), large, toy::block_of(large, config(), 0, 2));
    EXPECT_EQ(sim::ResultsReader(path()).text("seed"), "18446744073709551615");
}

TEST_F(ResultsFile, OfOutcomesAloneHasTheirStatisticsAlone) {
    const auto few = outline({.detail = sim::Detail::outcomes});
    toy::write_file(path(), few, toy::block_of(few, config(), 0, 5));
    const sim::ResultsReader reader(path());
    EXPECT_EQ(reader.variables(), Strings{"drift"});
    EXPECT_TRUE(reader.has("drift_statistics"));
    EXPECT_FALSE(reader.has("position_statistics"));
}

TEST_F(ResultsFile, OfStepsHasStatisticsOfYears) {
    const auto all = outline();
    toy::write_file(path(), all, toy::block_of(all, config(), 0, 5));
    const sim::ResultsReader reader(path());
    const auto [shape, values] = reader.read("position_statistics");
    EXPECT_EQ(shape, (std::vector<std::size_t>{2, 10, 1, 3}));
    EXPECT_EQ(values[0], 5);                     // of scenario 0, walker 0: count,
    EXPECT_EQ(values[3], 2030);                  // mean over replicates 0 to 4 of the last step's position,
    EXPECT_EQ(values[2 * 3], std::sqrt(2.5e6));  // standard deviation of 0, 1000, 2000, 3000, 4000,
    EXPECT_EQ(values[3 * 3], 30);                // least
    EXPECT_EQ(values[9 * 3 + 2], 4032);          // and greatest, of walker 2
    EXPECT_EQ(values[30 + 3], 1'002'030);        // scenario 1
}

TEST_F(ResultsFile, SaysWhichAgentsWereObserved) {
    const auto seen = outline({.detail = sim::Detail::panels, .panels = 3});
    toy::write_file(path(), seen, toy::block_of(seen, config(), 2, 2));
    const sim::ResultsReader reader(path());
    EXPECT_EQ(reader.read("panel_scenario").values, (std::vector<double>{0, 0, 1, 1}));
    EXPECT_EQ(reader.read("panel_replicate").values, (std::vector<double>{2, 2, 2, 2}));
    EXPECT_EQ(reader.read("seen_position").values, (std::vector<double>{2, -2, 2, -2}));
    EXPECT_EQ(reader.dims("seen_step"), Strings{"observation"});
}

TEST_F(ResultsFile, HasThePointsOfADesign) {
    auto layout = toy::layout({config(), config()});
    layout.factors = {{"dose", "levers.fund.budget", "Dose", "剂量"}};
    layout.scenarios[0].design = {0.5};
    layout.scenarios[1].design = {std::nan("")};
    const sim::Outline points(layout, {}, 1);
    toy::write_file(path(), points, toy::block_of(points, config(), 0, 1));
    const sim::ResultsReader reader(path());
    EXPECT_EQ(reader.factors()[0].setting, "levers.fund.budget");
    EXPECT_EQ(reader.scenarios()[0].design, std::vector<double>{0.5});
    EXPECT_TRUE(std::isnan(reader.scenarios()[1].design[0]));
    EXPECT_EQ(reader.variables(), (Strings{"position", "distance", "move", "mean_position", "drift"}));
}

TEST_F(ResultsFile, IsWrittenInOrderAndWhole) {
    const auto all = outline();
    sim::ResultsWriter writer(path(), all, {0, 3, 3}, sim::FileKind::results, false);
    EXPECT_THROW(writer.write(toy::block_of(all, config(), 1, 1)), std::logic_error);
    writer.write(toy::block_of(all, config(), 0, 2));
    EXPECT_THROW(writer.write(toy::block_of(all, config(), 1, 1)), std::logic_error);
    EXPECT_THROW(writer.write(toy::block_of(all, config(), 2, 2)), std::logic_error);
    EXPECT_THROW(writer.finish(), std::logic_error);
    writer.write(toy::block_of(all, config(), 2, 1));
    EXPECT_NO_THROW(writer.finish());
}

// Among them variables and draws that fill several chunks, whose places in the file take turns.
TEST_F(ResultsFile, HasTheSameBytesHoweverItsReplicatesCameInBlocks) {
    constexpr std::size_t replicates = 300;
    const Walk::Config wide{.steps = 4, .walkers = 100};
    sim::Outline all(toy::layout({wide, wide}), {.detail = sim::Detail::panels, .panels = 20}, replicates);
    auto& drawn = all.layout.drawn;
    drawn.shared = {.name = "parameter"};
    for (int i = 0; i < 500; ++i) drawn.shared.keys.push_back("number_" + std::to_string(i));
    drawn.shared_row = [&](std::size_t draw, std::vector<double>& row) {
        row.insert(row.end(), drawn.shared.keys.size(), static_cast<double>(draw));
    };
    const auto write_in_blocks = [&](const std::vector<std::size_t>& counts) {
        sim::ResultsWriter writer(path(), all, {0, replicates, replicates}, sim::FileKind::results, true);
        std::size_t first = 0;
        for (const auto count : counts) {
            writer.write(toy::block_of(all, wide, first, count, 7));
            first += count;
        }
        writer.finish();
        return sim::sha256(toy::bytes_of(path()));
    };
    const auto whole = write_in_blocks({replicates});
    EXPECT_EQ(write_in_blocks({7, 1, 292}), whole);
    EXPECT_EQ(write_in_blocks({99, 101, 100}), whole);
    EXPECT_EQ(write_in_blocks(std::vector<std::size_t>(replicates, 1)), whole);
}

TEST_F(ResultsFile, IsNotLeftBehindUnfinished) {
    const auto all = outline();
    {
        sim::ResultsWriter writer(path(), all, {0, 2, 2}, sim::FileKind::results, false);
        writer.write(toy::block_of(all, config(), 0, 1));
        EXPECT_EQ(files().size(), 1);  // the temporary one
        EXPECT_FALSE(fs::exists(path()));
    }
    EXPECT_TRUE(files().empty());
}

TEST_F(ResultsFile, IsNotReplacedUnlessAsked) {
    write();
    EXPECT_THROW(write(), sim::FileError);
    EXPECT_NO_THROW(write(1, true));
    EXPECT_EQ(sim::ResultsReader(path()).integers("replicates")[0], 1);
}

TEST_F(ResultsFile, KeepsASymbolicLink) {
    fs::create_symlink("real.h5", path());
    std::ofstream(folder_ / "real.h5") << "old";
    write(3, true);
    EXPECT_TRUE(fs::is_symlink(path()));
    EXPECT_FALSE(fs::is_symlink(folder_ / "real.h5"));
    EXPECT_EQ(sim::ResultsReader(folder_ / "real.h5").integers("replicates")[0], 3);
}

TEST_F(ResultsFile, IsEstimatedBeforeItIsWritten) {
    const auto all = outline();
    for (const std::size_t replicates : {1, 100, 3000}) {
        toy::write_file(path(), all, toy::block_of(all, config(), 0, replicates), sim::FileKind::results, true);
        const auto size = fs::file_size(path());
        const auto estimate = sim::estimated_size(all, replicates, sim::FileKind::results);
        EXPECT_GE(estimate, size);
        EXPECT_LE(estimate, size + size / 5 + (192 << 10));
    }
}

TEST_F(ResultsFile, ThatDoesNotFitTheDiskIsRefusedBeforeTheRun) {
    auto layout = toy::layout({config()});
    layout.axes.push_back({.name = "crowd", .long_name = "crowd", .length = 1'000'000});
    layout.variables.push_back({"mass", "kg", "Mass", "", "", {"crowd"}});
    const sim::Outline large(layout, {}, 1'000'000'000);
    EXPECT_THROW(sim::ResultsWriter(path(), large, {0, 1'000'000'000, 1'000'000'000}, sim::FileKind::results, false),
                 sim::FileError);
    EXPECT_TRUE(files().empty());
}

TEST_F(ResultsFile, DigestOfDataIsThatOfEveryBuild) {
    const auto digest = [&] { return sim::ResultsReader(path()).text("data_digest"); };
    write();
    const auto first = digest();
    auto layout = toy::layout({config(), config()});
    layout.attributes = sim::provenance(1);
    const sim::Outline other(layout, {.detail = sim::Detail::steps}, 100);
    toy::write_file(path(), other, toy::block_of(other, config(), 2, 5, 4), sim::FileKind::results, true);
    EXPECT_EQ(digest(), first);
    write(4, true);
    EXPECT_NE(digest(), first);
}

TEST_F(ResultsFile, IsReportedFromOtherFiles) {
    expect_refused("no such file");
    std::ofstream(path()) << "just text";
    expect_refused("no HDF5 file");
    const auto file = H5Fcreate(path().c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
    ASSERT_GE(H5Fclose(file), 0);
    expect_refused("no 'jiju results'");
}

TEST_F(ResultsFile, CutShortIsRefused) {
    write();
    fs::resize_file(path(), fs::file_size(path()) / 2);
    EXPECT_THROW(sim::ResultsReader{path()}, sim::FileError);
}

TEST_F(ResultsFile, OfANewerFormatIsRefused) {
    write();
    edit([](hid_t file) {
        H5Adelete(file, "schema_version");
        sim::hdf5::write_attribute(sim::hdf5::Check{}, file, {"schema_version", std::vector<std::int32_t>{9, 0}});
    });
    expect_refused("version 9.0");
}

TEST_F(ResultsFile, WithALinkElsewhereIsRefused) {
    write();
    edit([](hid_t file) { H5Lcreate_external("/etc/passwd", "/", file, "elsewhere", H5P_DEFAULT, H5P_DEFAULT); });
    expect_refused("not followed");
}

TEST_F(ResultsFile, WithValuesElsewhereIsRefused) {
    write();
    edit([](hid_t file) {
        const sim::hdf5::Properties creation(H5Pcreate(H5P_DATASET_CREATE));
        H5Pset_external(creation, "/etc/passwd", 0, 8);
        const hsize_t length = 8;
        const sim::hdf5::Space space(H5Screate_simple(1, &length, nullptr));
        const sim::hdf5::Dataset made(
            H5Dcreate2(file, "stolen", H5T_STD_I8LE, space, H5P_DEFAULT, creation, H5P_DEFAULT));
    });
    expect_refused("takes its values from another file");
}

TEST_F(ResultsFile, ThatClaimsMoreThanItHoldsIsRefused) {
    write();
    edit([](hid_t file) {
        const sim::hdf5::Check check{};
        const sim::hdf5::File borrowed(H5Freopen(file));
        static_cast<void>(
            sim::hdf5::create_dataset(check, borrowed, "bomb", H5T_IEEE_F64LE, {100'000'000'000}, {1024}));
    });
    expect_refused("claims more values");
}

TEST(Sha256, GivesThePublishedAnswers) {  // FIPS 180-4
    EXPECT_EQ(sim::sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(sim::sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Build, SaysWhatItIs) {
    const auto build = sim::build();
    EXPECT_TRUE(build.commit == "unknown" || build.commit.size() == 40);
    EXPECT_NE(build.flags.find("-ffp-contract=off"), std::string_view::npos);
}

}  // namespace
