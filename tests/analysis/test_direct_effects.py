"""Put in, found again: on made-up results whose direct effects are worked out by hand, and on the engine with nothing
in the way."""

import math

import numpy as np
import pytest
import xarray as xr

import jiju
from jiju.inputs import schedules
from jiju.inputs.scenario import Scenario
from jiju.studies.direct_effects import CHANNELS, PREFIX, USES, Sources, direct_effects, followed

YEARS = [2011, 2012]
TOML = """
[scenario]
steps_per_year = 4
[levers.bureau]
effort = 1
budget = 0
realised = 0.5
[levers.fund]
effort = 0
budget = { step = 2.0, from = "2011Q3" }
realised = 1.0
[levers.port]
effort = 1
realised = 1.0
eligible = { places = ["harbour"] }
[responses.founding]
lever = "bureau"
dose = "effort"
channel = "start_ups"
effect = 1.21
reach = 0.5
scale = 0
lag_years = 0
memory_years = 0
[responses.orders]
lever = "bureau"
dose = "effort"
channel = "procurement"
effect = 3.0
reach = 1
scale = 0
lag_years = 0
memory_years = 0
[responses.better_firms]
lever = "bureau"
dose = "effort"
channel = "efficiency"
effect = 0.1
reach = 1
scale = 0
lag_years = 0
memory_years = 0
[responses.large_performers]
lever = "fund"
dose = "budget"
channel = "own_research"
effect = 1.5
reach = 1
scale = 2.0
lag_years = 0
memory_years = 0
tiers = ["leading"]
[responses.local_founding]
lever = "port"
dose = "effort"
channel = "start_ups"
effect = 2.0
reach = 1
scale = 0
lag_years = 0
memory_years = 0
[grants.projects]
lever = "fund"
share = 0.5
use = "research"
misuse = 0.4
additionality_small = 1.2
additionality_large = 0.8
[subsidies.deduction]
lever = "bureau"
base = "research"
rate = 0.4
take_up = 0.25
elasticity_small = 0.5
elasticity_large = 0.5
"""


def by_year(values):
    return xr.DataArray(np.array(values, float)[None, :], dims=("replicate", "year"), coords={"year": YEARS})


@pytest.fixture
def sources():
    plan = xr.Dataset(
        {"scenario_toml": ("scenario", [TOML])}, coords={"scenario": ["plan"], "replicate": [0], "year": YEARS}
    )
    tiers = xr.DataArray(
        np.array([[[60.0, 40.0], [75.0, 25.0]]]), dims=("replicate", "year", "tier"),
        coords={"year": YEARS, "tier": ["other", "leading"]},
    )  # fmt: skip
    money = xr.DataArray(
        np.array([[[0.0, 1.0], [0.0, 2.0]]]), dims=("replicate", "year", "lever"),
        coords={"year": YEARS, "lever": ["bureau", "fund"]},
    )  # fmt: skip
    without = xr.Dataset({
        PREFIX + "entries[start_up]": by_year([100, 200]), PREFIX + "sales": by_year([1000, 1000]),
        PREFIX + "research": by_year([10, 20]), PREFIX + "tier_sales": tiers, PREFIX + "lever_allotted": 0 * money,
    })  # fmt: skip
    return Sources(plan, without, without.assign({PREFIX + "lever_allotted": money}))


def put_in(sources, lever):
    found, unknown = direct_effects(sources, lever)
    means = {key: (own.key, float(each.mean())) for own, parts in found.items() for key, each in parts.items()}
    return means, unknown


def test_direct_effects_are_those_worked_out_by_hand(sources):
    found, unknown = put_in(sources, "bureau")
    # half an effort realised of a factor whose logarithm reaches half: 1.21 ** 0.25
    assert found["founding"] == ("entries[start_up]", pytest.approx(300 * (1.21**0.25 - 1)))
    assert found["orders"] == ("sales", pytest.approx(3.0 * 0.5 * 2))
    # 0.2 of the cost refunded to a quarter of them
    assert found["deduction"] == ("research", pytest.approx(30 * 0.25 * (0.8**-0.5 - 1)))
    assert unknown == ["better_firms"]


def test_money_counts_when_it_is_allotted_and_tiers_by_their_sales(sources):
    found, _ = put_in(sources, "fund")
    assert found["projects"] == ("research", pytest.approx(1.0 * 0.5 * 3.0))  # nothing of it misused
    # 2 a year from the middle of 2011: 63 % of the response, in half of the first year
    full = 1.5 ** (1 - math.exp(-1)) - 1
    assert found["large_performers"] == ("research", pytest.approx(10 * 0.4 * full / 2 + 20 * 0.25 * full))


def test_what_acts_in_some_places_alone_is_not_recorded(sources):
    assert put_in(sources, "port") == ({}, ["local_founding"])


def test_a_dose_is_late_by_its_lag_and_kept_for_a_while():
    dose = np.concatenate([np.ones((400, 1)), np.zeros((40, 1))])
    none, year, ten = np.array([0.0]), np.array([1.0]), np.array([10.0])
    assert followed(dose, none, none, 4)[:, 0] == pytest.approx(dose[:, 0])
    late = followed(dose, year, none, 4)[:, 0]
    # an Erlang-2 lag of mean one year: the area that is missing is one year's dose
    assert (1 - late[:400]).sum() / 4 == pytest.approx(1, abs=0.15) and late[399] == pytest.approx(1)
    assert followed(dose, none, ten, 4)[-1, 0] == pytest.approx(math.exp(-1), rel=0.01)


def test_schedules_are_as_the_engine_reads_them():
    ramp = {"ramp": [1.0, 3.0], "from": "2011Q3", "to": "2012Q3"}
    assert [schedules.value_at(ramp, time) for time in (2011.25, 2011.5, 2012.0, 2012.5, 2015)] == [0, 1, 2, 3, 3]
    assert [schedules.value_at({"step": 2, "from": "2011Q2"}, time) for time in (2011.0, 2011.25)] == [0, 2]
    years = {"by_year": {"2012": 5, "2011": 4}}
    assert [schedules.value_at(years, time) for time in (2010.75, 2011.75, 2012.0)] == [0, 4, 5]
    assert schedules.value_at({"table": [["2011Q1", 1], [2011.5, 7]]}, 2011.5) == 7
    assert schedules.value_at(0.25, 1900) == 0.25


def test_every_outcome_that_a_channel_is_said_to_move_is_one_of_results():
    channels = {row["channel"] for row in jiju.describe("channels")["channels"]}
    assert set(CHANNELS) <= channels
    outputs = {row["name"] for row in jiju.describe("outputs")["outputs"]}
    assert {own.output for own in [*CHANNELS.values(), *USES.values()]} <= outputs


def test_with_nothing_in_the_way_what_is_put_in_is_found_again():
    """Reports that outrun output, everything delivered: put in and found are the same numbers."""
    base = Scenario.load("tutorial/river-city")
    plan = base.copy()
    for scenario in (base, plan):
        scenario.set({f"places.{place}.governance": 1.0 for place in ("old_town", "east_zone")})
    idle = [f"responses.{key}.on" for key, row in plan.to_dict()["responses"].items() if row["lever"] == "assessment"]
    plan.set(dict.fromkeys(idle, False) | {
        "levers.assessment.effort": {"step": 1.0, "from": "2011Q3"}, "levers.assessment.realised": 0.8,
        "responses.assessed_reporting.on": True, "responses.assessed_reporting.effect": 0.05,
    })  # fmt: skip
    found = jiju.ablate(plan, base, replicates=10, progress=False)
    row = found.direct.set_index("outcome").loc["output_reported"]
    assert row["put_in"] > 0 and row["ratio"] == pytest.approx(1, rel=0.02)
