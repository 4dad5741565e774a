// Files written and read back, and files that must not be read.
#include "sim/output/writer.hpp"

#include <cmath>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>

#include <gtest/gtest.h>
#include <unistd.h>

#include "sim/describe/errors.hpp"
#include "sim/output/provenance.hpp"
#include "sim/output/reader.hpp"
#include "tests/toy/walk.hpp"

namespace {

namespace fs = std::filesystem;
using toy::Walk;

constexpr double landmark = 12345.678;  // a value that occurs once in a file

class ResultsFile : public testing::Test {
protected:
    void SetUp() override {
        const auto* test = testing::UnitTest::GetInstance()->current_test_info();
        folder_ = fs::temp_directory_path() / ("jiju_" + std::string(test->name()) + std::to_string(::getpid()));
        fs::create_directories(folder_);
    }
    void TearDown() override { fs::remove_all(folder_); }

    [[nodiscard]] static Walk::Record record(std::size_t replicate) {
        auto filled = Walk::blank(config());
        for (int step = 0; step < config().steps; ++step)
            for (int walker = 0; walker < config().walkers; ++walker)
                filled.sights.put({1000.0 * static_cast<double>(replicate) + 10 * step + walker, landmark}, step,
                                  walker);
        filled.world.put({static_cast<double>(replicate)});
        return filled;
    }
    [[nodiscard]] static Walk::Config config() { return {.steps = 4, .walkers = 3}; }

    fs::path write(std::size_t replicates = 5, bool replace = false) const {
        auto layout = toy::layout(config());
        layout.attributes = sim::provenance({.seed = 18446744073709551615U, .scenario_toml = "a = 1"});
        sim::ResultsWriter writer(path(), layout, {2, replicates}, replace);
        for (std::size_t i = 2; i < 2 + replicates; ++i)
            if (i == 4)
                writer.fail(i, -1, "no world 世界");
            else
                writer.write(i, record(i));
        writer.finish();
        return path();
    }
    [[nodiscard]] fs::path path() const { return folder_ / "walk.h5"; }
    [[nodiscard]] auto files() const { return std::distance(fs::directory_iterator(folder_), {}); }

    // Changes a good file through HDF5 itself.
    void edit(const std::function<void(hid_t)>& change) const {
        const auto file = H5Fopen(path().c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
        ASSERT_GE(file, 0);
        change(file);
        ASSERT_GE(H5Fclose(file), 0);
    }
    void expect_refused(const std::string& why) const {
        try {
            const sim::ResultsReader reader(path());
            FAIL() << "opened";
        } catch (const sim::FileError& error) {
            EXPECT_NE(std::string(error.what()).find(why), std::string::npos) << error.what();
            EXPECT_NE(std::string(error.what()).find(path().string()), std::string::npos) << error.what();
        }
    }

    fs::path folder_;
};

TEST_F(ResultsFile, IsReadBackAsWritten) {
    const sim::ResultsReader reader(write());
    EXPECT_EQ(reader.variables(), (std::vector<std::string>{"position", "distance", "mean_position", "drift"}));
    EXPECT_EQ(reader.dims("position"), (std::vector<std::string>{"replicate", "time", "walker"}));
    const auto [shape, values] = reader.read("position");
    EXPECT_EQ(shape, (std::vector<std::size_t>{5, 4, 3}));
    EXPECT_EQ(values[12 + 2 * 3 + 1], 3021);  // replicate 3, step 2, walker 1
    EXPECT_TRUE(std::isnan(values[2 * 12]));  // replicate 4 failed
    EXPECT_EQ(reader.read("position", 3, 1).values[4], 5011);
    EXPECT_EQ(reader.read("replicate").values, (std::vector<double>{2, 3, 4, 5, 6}));
    EXPECT_EQ(reader.read("replicate_status").values, (std::vector<double>{0, 0, 1, 0, 0}));
    EXPECT_EQ(reader.failures()[2], "before the first step: no world 世界");
    EXPECT_EQ(reader.failures()[1], "");
    EXPECT_EQ(reader.keys("walker")[2], "walker_2");
    EXPECT_EQ(reader.labels("walker", sim::Language::zh)[2], "行者2");
    EXPECT_EQ(reader.labels("walker", sim::Language::en)[0], "Walker 0");
    EXPECT_EQ(reader.text("units", "position"), "m");
    EXPECT_EQ(reader.text("seed"), "18446744073709551615");
    EXPECT_EQ(reader.text("scenario_name"), "");
    EXPECT_EQ(reader.text("status"), "complete");
    EXPECT_EQ(reader.integers("replicates"), (std::vector<std::int64_t>{5}));
    EXPECT_NO_THROW(reader.verify_digest());
    EXPECT_THROW(static_cast<void>(reader.read("failure")), sim::FileError);
    EXPECT_THROW(static_cast<void>(reader.read("nothing")), sim::FileError);
    EXPECT_EQ(files(), 1);
}

TEST_F(ResultsFile, IsWrittenInOrderAndWhole) {
    sim::ResultsWriter writer(path(), toy::layout(config()), {0, 2}, false);
    EXPECT_THROW(writer.write(1, record(1)), std::logic_error);
    writer.write(0, record(0));
    EXPECT_THROW(writer.write(0, record(0)), std::logic_error);
    EXPECT_THROW(writer.write(1, Walk::blank({.steps = 4, .walkers = 2})), std::invalid_argument);
    EXPECT_THROW(writer.finish(), std::logic_error);
    writer.write(1, record(1));
    EXPECT_THROW(writer.write(2, record(2)), std::logic_error);
    EXPECT_NO_THROW(writer.finish());
}

TEST_F(ResultsFile, IsNotLeftBehindUnfinished) {
    {
        sim::ResultsWriter writer(path(), toy::layout(config()), {0, 2}, false);
        writer.write(0, record(0));
        EXPECT_EQ(files(), 1);  // the temporary one
        EXPECT_FALSE(fs::exists(path()));
    }
    EXPECT_EQ(files(), 0);
}

TEST_F(ResultsFile, IsNotReplacedUnasked) {
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
    for (const std::size_t replicates : {1, 100, 3000}) {
        sim::ResultsWriter writer(path(), toy::layout(config()), {0, replicates}, true);
        for (std::size_t i = 0; i < replicates; ++i) writer.write(i, record(i));
        writer.finish();
        const auto size = fs::file_size(path());
        const auto estimate = sim::estimated_size(toy::layout(config()), replicates);
        EXPECT_GE(estimate, size);
        EXPECT_LE(estimate, size + size / 5 + (128 << 10));
    }
}

TEST_F(ResultsFile, ThatDoesNotFitTheDiskIsRefusedBeforeTheRun) {
    auto layout = toy::layout(config());
    sim::Axis crowd{.name = "crowd", .long_name = "crowd", .length = 1'000'000'000};
    layout.axes.push_back(crowd);
    layout.variables.push_back({"mass", "kg", "Mass", "", "", {"replicate", "crowd"}});
    EXPECT_THROW(sim::ResultsWriter(path(), layout, {0, 1'000'000}, false), sim::FileError);
    EXPECT_EQ(files(), 0);
}

TEST_F(ResultsFile, DigestTellsAChangedValue) {
    write();
    std::fstream file(path(), std::ios::in | std::ios::out | std::ios::binary);
    std::string bytes(std::istreambuf_iterator<char>(file), {});
    const auto place = bytes.find(std::string(reinterpret_cast<const char*>(&landmark), sizeof landmark));
    ASSERT_NE(place, std::string::npos);
    file.seekp(static_cast<std::streamoff>(place));
    file.put(static_cast<char>(bytes[place] ^ 1));
    file.close();
    EXPECT_THROW(sim::ResultsReader(path()).verify_digest(), sim::FileError);
}

TEST_F(ResultsFile, DigestIsOfTheContentAlone) {
    const auto digest = [&] { return sim::ResultsReader(path()).text("content_digest"); };
    write();
    const auto first = digest();
    auto layout = toy::layout(config());
    layout.attributes = sim::provenance({.seed = 1, .scenario_toml = "b = 2"});
    sim::ResultsWriter writer(path(), layout, {2, 5}, true);
    for (std::size_t i = 2; i < 7; ++i)
        if (i == 4)
            writer.fail(i, -1, "no world 世界");
        else
            writer.write(i, record(i));
    writer.finish();
    EXPECT_EQ(digest(), first);
    write(4, true);
    EXPECT_NE(digest(), first);
}

TEST_F(ResultsFile, IsToldFromOtherFiles) {
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
        sim::hdf5::write_attribute(sim::hdf5::Check{}, file, {"schema_version", std::vector<std::int32_t>{2, 0}});
    });
    expect_refused("version 2.0");
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
