"""What the table says of targets beyond their probability, recomputed from the file by numpy."""

import re
import shutil
from pathlib import Path

import h5py
import netcdf_rules
import numpy as np
import pytest
import value_digests
from jiju_command import REFUSED, SHORT, UNLIKE, City, good, jiju, opened, sha256, summary
from statsmodels.stats.proportion import proportion_confint

PER_DRAW, REPLICATES = 4, 40


@pytest.fixture(scope="module")
def data(finished):
    return opened(finished.path).isel(scenario=0)


@pytest.fixture(scope="module")
def rows(finished):
    return {row["key"]: row for row in finished.json["scenarios"][0]["targets"]}


# ---- shortfall, year, the other scope, groups


def test_shortfall_is_what_is_missing(data, rows):
    for key, row in rows.items():
        values, met = data.target_value.sel(target=key).values, data.target_met.sel(target=key).values
        missing = np.where(met > 0, 0, (row["value"] - values) / row["value"])
        assert row["expected_shortfall"] == pytest.approx(missing.mean(), abs=1e-12), key
        if row["probability"] < 1:
            assert row["conditional_shortfall"] == pytest.approx(missing[met == 0].mean(), abs=1e-12), key
        else:
            assert row["conditional_shortfall"] is None and row["expected_shortfall"] == 0


def grows_by_rate(row):
    return row["unit"].startswith("1e8 CNY") or row["key"] in ("T2", "T3")


def test_year_follows_from_the_last_two(data, rows):
    """Each replicate on its own; its path may meet the target before the end."""
    for key, row in rows.items():
        path = data.target_path.sel(target=key).values
        np.testing.assert_array_equal(path[:, -1], data.target_value.sel(target=key))
        needed = row["value"] * (1 - row["tolerance"])
        for (before, now), year in zip(path, data.target_year.sel(target=key).values, strict=True):
            if now >= needed:
                assert year == (2011 if before >= needed else 2012), key
                continue
            if grows_by_rate(row):
                with np.errstate(divide="ignore"):
                    ahead = np.log(needed / now) / np.log(now / before) if now > before else np.inf
            else:
                ahead = (needed - now) / (now - before) if now > before else np.inf
            assert year == pytest.approx(2012 + np.ceil(ahead - 1e-9)), (key, before, now)


def test_table_of_years_is_that_of_the_file(data, rows):
    never = 0
    for key, row in rows.items():
        years = np.sort(data.target_year.sel(target=key).values)
        assert row["year"]["never"] == np.isinf(years).mean()
        never += np.isinf(years).sum()
        for name, share in [("p5", 0.05), ("p50", 0.5), ("p95", 0.95)]:
            around = years[[int(np.floor(share * 59)), int(np.ceil(share * 59))]]
            if np.isinf(around).any():
                assert row["year"][name] is None, (key, name)
            else:
                assert around[0] <= row["year"][name] <= around[1], (key, name)
    assert never, "the case occurs"


def test_both_scopes_of_revenue_are_reported(finished, data, rows):
    for key, above in [("T10", 100), ("T11", 50)]:
        group, local = data[f"groups_above_{above}"].isel(year=-1), data[f"firms_above_{above}"].isel(year=-1)
        np.testing.assert_array_equal(data.target_value.sel(target=key), group)
        np.testing.assert_array_equal(data.target_other_scope.sel(target=key), local)
        other = rows[key]["other_scope"]
        assert other["revenue_scope"] == "local" and other["p50"] == np.median(local)
        assert other["probability"] == float((local >= rows[key]["value"]).mean())
    assert all(row["other_scope"] is None for key, row in rows.items() if key not in ("T10", "T11"))
    lines = finished.table.splitlines()
    for key in ("T10", "T11"):
        place = next(i for i, line in enumerate(lines) if line.startswith(key))
        assert lines[place + 1].strip().startswith("└ by the local units' revenue")


def test_the_scope_that_is_judged_is_the_scenarios_choice(short, finished, tmp_path):
    path = tmp_path / "local.h5"
    good("run", short, "--replicates", 60, "--seed", 5, "--set", "targets.T11.revenue_scope=local", "-o", path)
    before, after = opened(finished.path).sel(target="T11"), opened(path).sel(target="T11")
    np.testing.assert_array_equal(after.target_value, before.target_other_scope)
    np.testing.assert_array_equal(after.target_other_scope, before.target_value)


def test_groups_are_met_where_all_their_targets_are(city, tmp_path):
    """With targets of a size that some replicates meet; a joint probability is no product."""
    scenario = city.write(SHORT + '[targets]\nT4.value = 560\nT5.value = 330\nT6.value = 160\n[target_groups.three]\n'
                          'name = "Three"\nname_zh = "三项"\ntargets = ["T4", "T6", "T5"]\n')  # fmt: skip
    path = tmp_path / "out.h5"
    good("run", scenario, "--replicates", 60, "-o", path)
    (seen,) = summary("show", path)["scenarios"]
    groups = {group["key"]: group for group in seen["groups"]}
    met = opened(path).target_met.isel(scenario=0)
    expected = {"all": met, "industries": met.sel(target=[f"T{i}" for i in range(4, 10)]),
                "three": met.sel(target=["T4", "T5", "T6"])}  # fmt: skip
    for key, of in expected.items():
        assert groups[key]["probability"] == float(of.all("target").mean()), key
    assert 0 < groups["three"]["probability"] < 1, "the case occurs"
    assert groups["three"]["targets"] == "T4–T6" and groups["all"]["targets"] == "T1–T17"
    table = good("show", path)
    assert re.search(r"^Three +T4–T6 +0\.\d{3} \(±", table, re.MULTILINE)
    assert re.search(r"^三项 ", good("show", path, "--lang", "zh"), re.MULTILINE)


def test_a_group_names_targets_that_exist(city):
    scenario = city.write(SHORT + '[target_groups.mine]\nname = "Mine"\nname_zh = "我"\ntargets = ["T4", "T44"]\n')
    result = jiju("validate", scenario)
    assert result.returncode == REFUSED and '"T44"' in result.stderr and "T4" in result.stderr


def test_a_target_may_be_a_limit(short):
    (seen,) = summary("run", short, "--replicates", 20, "--set", "targets.T14.comparison=at_most", "--set",
                      "targets.T14.value=4")["scenarios"]  # fmt: skip
    (reached,) = summary("run", short, "--replicates", 20, "--set", "targets.T14.value=5")["scenarios"]
    limit, target = (next(row for row in each["targets"] if row["key"] == "T14") for each in (seen, reached))
    assert limit["p50"] == target["p50"]
    assert 0 < limit["probability"] < 1
    assert limit["probability"] + target["probability"] == pytest.approx(1), "4 at most, or 5 at least"


# ---- what comparisons mix


def test_warnings_are_reported_wherever_targets_are(finished, short):
    validated = good("validate", short).splitlines()
    assert validated[0].startswith("ok: ")
    seen = [line for line in finished.table.splitlines() if line.startswith("Warning: ")]
    assert validated[1:] == seen and len(seen) == 3
    assert "T1, T2, T4–T9: the figure of 2012 is gross output, that of 2010 is sales" in seen[0]
    assert "T3: " in seen[1] and "value added" in seen[1]
    assert "from 5 million CNY" in seen[2] and "from 20 million" in seen[2]
    warnings = finished.json["scenarios"][0]["warnings"]
    assert [f"Warning: {warning['text']}" for warning in warnings] == seen
    assert [warning["kind"] for warning in warnings] == ["mixed_figures", "mixed_figures", "mixed_thresholds"]
    chinese = good("validate", short, "--lang", "zh").splitlines()[1:]
    assert chinese == [f"注意：{warning['text_zh']}" for warning in warnings]


def test_no_warning_where_nothing_is_mixed(short):
    same = ["--set", "parameters.population.new_threshold=0.05"]
    assert "million" not in good("validate", short, *same)


# ---- parameters and chance


@pytest.fixture(scope="module")
def nested(tmp_path_factory):
    """Ten draws of four replicates."""
    scenario = City(tmp_path_factory.mktemp("nested")).write(SHORT, "short.toml")
    path = scenario.parent / "nested.h5"
    table = good("run", scenario, "--replicates", REPLICATES, "--replicates-per-draw", PER_DRAW, "-o", path)
    return scenario, path, table


def nested_run(scenario, *words):
    return jiju("run", scenario, "--replicates", REPLICATES, "--replicates-per-draw", PER_DRAW, *words)


def test_file_has_the_draw_of_each_replicate(nested):
    _, path, _ = nested
    assert netcdf_rules.broken_rules(path) == {}
    data = opened(path)
    assert data.replicate_draw.dims == ("replicate",) and "replicate_draw" in data.output.coords
    assert data.replicate_draw.values.tolist() == [replicate // PER_DRAW for replicate in range(REPLICATES)]
    assert jiju("verify", path).returncode == 0


def test_one_replicate_a_draw_is_what_it_was(finished, short, tmp_path):
    path = tmp_path / "one.h5"
    good("run", short, "--replicates", 60, "--seed", 5, "--replicates-per-draw", 1, "-o", path)
    assert sha256(path) == sha256(finished.path)
    assert "replicate_draw" not in opened(path) and "parameters:" not in finished.table
    assert all(row["variance"] is None for row in finished.json["scenarios"][0]["targets"])


def analysis_of_variance(values):
    """Variances between and within rows, by the sums of squares of textbooks."""
    draws, size = values.shape
    means = values.mean(1)
    within = ((values - means[:, None]) ** 2).sum() / (draws * (size - 1))
    between = size * ((means - values.mean()) ** 2).sum() / (draws - 1)
    return (between - within) / size, within


def test_variance_is_split_between_parameters_and_chance(nested):
    _, path, table = nested
    seen = summary("show", path)
    assert (seen["replicates"], seen["replicates_per_draw"], seen["draws"]) == (REPLICATES, PER_DRAW, 10)
    data = opened(path).isel(scenario=0)
    for row in seen["scenarios"][0]["targets"]:
        values = data.target_value.sel(target=row["key"]).values.reshape(10, PER_DRAW)
        between, within = analysis_of_variance(values)
        if np.ptp(values) == 0:
            assert row["variance"]["parameters"] is None
            continue
        assert row["variance"]["of_parameters"] == pytest.approx(between, rel=1e-9, abs=1e-12), row["key"]
        assert row["variance"]["of_chance"] == pytest.approx(within, rel=1e-9, abs=1e-12), row["key"]
        share = row["variance"]["parameters"]
        assert share == pytest.approx(between / (between + within), rel=1e-9, abs=1e-12)
        assert row["variance"]["low"] <= share <= row["variance"]["high"]
        met = data.target_met.sel(target=row["key"]).values.reshape(10, PER_DRAW).mean(1)
        assert row["standard_error"] == pytest.approx(met.std(ddof=1) / np.sqrt(10), abs=1e-9), row["key"]
        if row["probability"] == 0:
            assert row["bound"] == pytest.approx(1 - 0.05 ** (1 / 10), abs=1e-12)
    line = next(line for line in table.splitlines() if line.startswith("T1 "))
    shown = next(row for row in seen["scenarios"][0]["targets"] if row["key"] == "T1")["variance"]
    assert line.endswith(
        f" {100 * shown['parameters']:.0f} % ({max(0, 100 * shown['low']):.0f}–{100 * shown['high']:.0f})"
    )
    assert "40 replicates of 10 draws of the parameters" in table and good("show", path) == table
    assert "参数占比" in good("show", path, "--lang", "zh")


def test_fewer_than_ten_draws_give_no_error(nested, tmp_path):
    scenario, _, _ = nested
    words = ["run", scenario, "--replicates", 36, "--replicates-per-draw", 4]
    seen = summary(*words)["scenarios"][0]
    assert seen["clusters"] == 9 and "fewer than 10. Give more --replicates" in seen["errors"]
    for row in seen["targets"] + seen["groups"]:
        assert row["standard_error"] is None and row["bound"] is None and row["interval"]["low"] is None
    table = good(*words)
    assert "No errors: 9 draws of the parameters of 4 replicates each are fewer than 10." in table
    assert "(±" not in table and "(<" not in table
    assert "少于10组" in good(*words, "--lang", "zh")
    refused = jiju(*words, "--precision", "p(T1)=0.1@95%")
    assert refused.returncode == REFUSED and "give --replicates 37 or more" in refused.stderr


def test_intervals_are_reported(nested):
    scenario, path, _ = nested
    seen = summary("show", path)["scenarios"][0]
    assert seen["clusters"] == 10 and seen["errors"] is None
    met = opened(path).isel(scenario=0).target_met
    for row in seen["targets"]:
        low, high = row["interval"]["low"], row["interval"]["high"]
        assert row["interval"]["level"] == 0.95 and 0 <= low <= row["probability"] <= high <= 1
        if 0 < row["probability"] < 1:  # never narrower than of as many independent replicates
            alone = proportion_confint(int(met.sel(target=row["key"]).sum()), REPLICATES, method="wilson")
            assert high - low > alone[1] - alone[0] - 1e-9
    alone = summary("run", scenario, "--replicates", 40)["scenarios"][0]
    assert alone["clusters"] == 40
    for row in alone["targets"]:
        expected = proportion_confint(round(40 * row["probability"]), 40, method="wilson")
        assert (row["interval"]["low"], row["interval"]["high"]) == pytest.approx(expected, abs=1e-9)


def test_a_rule_on_a_probability_waits_for_both_outcomes(nested):
    """A wide interval is enough after a hundred replicates; a target that none met is not reported by them."""
    scenario, _, _ = nested
    seen = summary("run", scenario, "--replicates", 200, "--precision", "p(T1)=0.4@95%")
    share = next(row for row in seen["scenarios"][0]["targets"] if row["key"] == "T1")["probability"]
    assert (seen["replicates"] == 200) == (min(share, 1 - share) * seen["replicates"] < 10)


def test_without_uncertainty_parameters_explain_nothing(nested):
    scenario, _, _ = nested
    with_draws = summary("run", scenario, "--replicates", 160, "--replicates-per-draw", 4)
    without = summary("run", scenario, "--replicates", 160, "--replicates-per-draw", 4, "--set",
                      "scenario.parameter_uncertainty=false")  # fmt: skip
    share = [next(row for row in seen["scenarios"][0]["targets"] if row["key"] == "T1")["variance"]
             for seen in (with_draws, without)]  # fmt: skip
    assert share[0]["low"] > 0 > share[1]["low"]


def test_shards_and_resumed_runs_may_cut_a_draw(nested, tmp_path):
    scenario, path, table = nested
    parts = [tmp_path / f"{i}.h5" for i in (1, 2, 3)]
    for i, part in enumerate(parts, 1):
        assert nested_run(scenario, "--shard", f"{i}/3", "-o", part).returncode == 0
    merged = tmp_path / "merged.h5"
    assert good("merge", *parts, "-o", merged) == table
    assert sha256(merged) == sha256(path)
    few = jiju("run", scenario, "--replicates", REPLICATES, "--replicates-per-draw", 5, "--shard", "1/3", "-o",
               parts[0], "--resume")  # fmt: skip
    assert few.returncode != 0 and "another run" in few.stderr


def test_replay_has_its_draw(nested, tmp_path):
    _, path, _ = nested
    good("replay", path, "--replicate", 6, "-o", tmp_path / "six.h5")
    again, data = opened(tmp_path / "six.h5"), opened(path)
    assert again.replicate_draw.values.tolist() == [1]
    np.testing.assert_array_equal(again.target_value.values[:, 0], data.target_value.values[:, 6])


def test_a_forged_draw_is_found(nested, tmp_path):
    _, path, _ = nested
    forged = Path(shutil.copy(path, tmp_path / "forged.h5"))
    with h5py.File(forged, "r+") as file:
        file["replicate_draw"][5] = 0
        netcdf_rules.digest_again(file)
    value_digests.put_seal(forged)
    result = jiju("verify", forged, "--sample", 0)
    assert result.returncode == UNLIKE and "'replicate_draw' [5] is 0" in result.stdout


def test_precision_counts_draws(nested, tmp_path):
    """A rule that a hundred replicates just meet asks for more where ten share a draw."""
    scenario, _, _ = nested
    good("run", scenario, "--replicates", 100, "--record", "targets", "-o", tmp_path / "pilot.h5")
    deviation = float(opened(tmp_path / "pilot.h5").target_value.sel(target="T1").std(ddof=1))
    rule = f"mean(T1)={1.7 * deviation / 10:.6f}@90%"  # Student's t of 99 is 1.66
    alone = summary("run", scenario, "--replicates", 130, "--precision", rule)
    shared = summary("run", scenario, "--replicates", 130, "--precision", rule, "--replicates-per-draw", 10)
    assert alone["replicates"] == 100 < shared["replicates"]
    assert shared["draws"] == -(-shared["replicates"] // 10)


def test_scenarios_of_a_run_share_their_draws(nested, tmp_path):
    scenario, _, _ = nested
    other = scenario.with_name("other.toml")
    other.write_text(SHORT.replace("years = 2\n", "years = 2\nreplicates_per_draw = 2\n", 1), encoding="utf-8")
    result = jiju("run", scenario, other)
    assert result.returncode == REFUSED and "another number of replicates a draw (2)" in result.stderr
