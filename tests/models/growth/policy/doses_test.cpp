// Doses: what is scheduled, what is realised of it, and purses that several levers draw from.
#include "models/growth/policy/doses.hpp"

#include "tests/models/growth/trial.hpp"

namespace {

using namespace growth;
using growth_tests::component;
using growth_tests::delivered;
using growth_tests::lever;
using growth_tests::PolicyRun;

// (E44) levers that ask for 4 of 3 get three quarters; of 5, all they ask for
TEST(Doses, E44PurseShareByHand) {
    EXPECT_EQ(purse_share(3, 4), 0.75);
    EXPECT_EQ(purse_share(5, 4), 1.0);
    EXPECT_EQ(purse_share(4, 4), 1.0);
    EXPECT_EQ(purse_share(0, 4), 0.0);
}

TEST(Doses, AreWhatIsRealisedOfTheSchedule) {
    PolicyRun run({lever("plain", "budget = 2, loans = 3, land = 4, persons = 5, effort = 0.4"),
                   lever("half", "budget = 2, effort = 0.4, realised = 0.5"),
                   lever("double", "budget = 2, effort = 0.8, realised = 2"),
                   lever("off", "budget = 2, effort = 0.8, on = false")});
    run.step();
    EXPECT_EQ(run.lever("plain").dose, (std::array<double, scheduled_doses>{2, 3, 4, 5, 0.4}));
    EXPECT_EQ(run.lever("half").dose, (std::array<double, scheduled_doses>{1, 0, 0, 0, 0.2}));
    // effort is a share, and never more than all
    EXPECT_EQ(run.lever("double").dose, (std::array<double, scheduled_doses>{4, 0, 0, 0, 1}));
    EXPECT_EQ(run.lever("off").dose, (std::array<double, scheduled_doses>{}));
}

constexpr const char* purse = "{ name = \"Common\", name_zh = \"共用\", money = 2, realised = 1 }";

TEST(Doses, OfOnePurseAreCutAlike) {
    PolicyRun run({{"purses.common", purse},
                   lever("large", "budget = 3, loans = 7, effort = 0.5, purse = \"common\""),
                   lever("small", "budget = 1, purse = \"common\""),
                   lever("other", "budget = 5")});
    run.step();
    EXPECT_EQ(run.lever("large").given(Dose::budget), 1.5);
    EXPECT_EQ(run.lever("small").given(Dose::budget), 0.5);
    EXPECT_EQ(run.lever("other").given(Dose::budget), 5.0);  // money of its own
    EXPECT_EQ(run.lever("large").given(Dose::loans), 7.0);   // a purse holds money alone
    EXPECT_EQ(run.lever("large").given(Dose::effort), 0.5);
    EXPECT_EQ(run.lever("large").account.allotted, 1.5 / 4);
}

// What was asked is kept beside what was given; who has money of its own is given all.
TEST(Doses, WhatWasAskedForIsReported) {
    PolicyRun run({{"purses.common", purse},
                   lever("large", "budget = 3, purse = \"common\""),
                   lever("small", "budget = 1, realised = 2, purse = \"common\""),
                   lever("apart", "budget = 5, purse = \"own\""),
                   lever("other", "budget = 5")});
    run.step();
    EXPECT_EQ(run.lever("large").account.asked, 3.0 / 4);
    EXPECT_EQ(run.lever("large").account.allotted, 3 * (2.0 / 5) / 4);
    EXPECT_EQ(run.lever("small").account.asked, 2.0 / 4);
    for (const auto* each : {"apart", "other"}) {
        EXPECT_EQ(run.lever(each).account.asked, 5.0 / 4);
        EXPECT_EQ(run.lever(each).account.allotted, 5.0 / 4);
    }
}

TEST(Doses, OfAFullPurseAreNotCut) {
    PolicyRun run({{"purses.common", purse}, lever("trial", "budget = 1.5, purse = \"common\"")});
    run.step();
    EXPECT_EQ(run.lever().given(Dose::budget), 1.5);
}

// Money from province and state is there a step later: (2 + 0.8) / 4 of what is asked.
TEST(Doses, FundsFromAboveFillThePurse) {
    PolicyRun run({{"purses.common", purse},
                   lever("large", "budget = 3, purse = \"common\""),
                   lever("small", "budget = 1, purse = \"common\""),
                   lever("trial", "effort = 1, purse = \"common\""),
                   component("responses", "dose = \"effort\", channel = \"funds\", effect = 1")});
    run.step();
    EXPECT_EQ(run.lever("large").given(Dose::budget), 1.5);
    for (int k = 0; k < 3; ++k) {
        run.step();
        EXPECT_NEAR(run.lever("large").given(Dose::budget), 3 * (2 + delivered) / 4, 1e-14);
        EXPECT_NEAR(run.lever("small").given(Dose::budget), 1 * (2 + delivered) / 4, 1e-14);
    }
}

}  // namespace
