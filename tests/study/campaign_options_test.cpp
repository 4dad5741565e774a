// What may be asked of a campaign, and what it means.
#include "study/campaign_options.hpp"

#include <functional>

#include <gtest/gtest.h>

#include "study/campaign.hpp"
#include "study/usage_error.hpp"

namespace {

using namespace jiju;

CampaignOptions options(const std::function<void(CampaignOptions&)>& change) {
    CampaignOptions made;
    made.output = "run.h5";
    change(made);
    return made;
}

TEST(CampaignOptions, ThatMakeNoSenseTogetherAreRefused) {
    EXPECT_NO_THROW(check(options([](auto&) {})));
    EXPECT_THROW(check(options([](auto& o) { o.resume = o.force = true; })), UsageError);
    EXPECT_THROW(check(options([](auto& o) { o.shard = "1/2", o.precision = "p(T1)=0.1@95%"; })), UsageError);
    EXPECT_THROW(check(options([](auto& o) { o.resume = true, o.output.clear(); })), UsageError);
    EXPECT_THROW(check(options([](auto& o) { o.range = {3, 3}; })), UsageError);
    EXPECT_THROW(check(options([](auto& o) { o.range = {0, 3}, o.replicates = 3; })), UsageError);
    EXPECT_THROW(check(options([](auto& o) { o.detail = "targets", o.outputs = "output"; })), UsageError);
    EXPECT_THROW(check(options([](auto& o) { o.threads = 0; })), UsageError);
    EXPECT_THROW(check(options([](auto& o) { o.failures = "some"; })), UsageError);
}

TEST(CampaignOptions, SayWhenItGivesUp) {
    EXPECT_EQ(most_failures("continue"), std::nullopt);
    EXPECT_EQ(most_failures("stop"), 0);
    EXPECT_EQ(most_failures("12"), 12);
    EXPECT_THROW((void)most_failures("-1"), UsageError);
}

TEST(CampaignOptions, BecomeSettings) {
    const auto settings = overrides_of(options([](auto& o) {
        o.settings = {"levers.a.budget=5"};
        o.seed = 7;
        o.outputs = "output,sales";
    }));
    ASSERT_EQ(settings.size(), 3);
    EXPECT_EQ(settings[0].key, "levers.a.budget");
    EXPECT_EQ(settings[1].key, "scenario.seed");
    EXPECT_EQ(settings[2].value, "[\"output\", \"sales\"]");
}

// Parts of every number of parts lie behind each other and are as equal as can be.
TEST(Shards, CoverAllReplicatesOnce) {
    for (const std::size_t parts : {1, 3, 7, 50}) {
        std::size_t next = 0;
        for (std::size_t i = 1; i <= parts; ++i) {
            const auto part = shard_of(std::to_string(i) + "/" + std::to_string(parts), 50);
            EXPECT_EQ(part.first, next);
            EXPECT_LE(part.count, (50 + parts - 1) / parts);
            EXPECT_GE(part.count, 50 / parts);
            next = part.end();
        }
        EXPECT_EQ(next, 50);
    }
    EXPECT_EQ(shard_of("", 50).count, 50);
    for (const auto* wrong : {"0/3", "4/3", "1/51", "1", "a/b", "1/2/3"})
        EXPECT_THROW((void)shard_of(wrong, 50), UsageError) << wrong;
}

}  // namespace
