"""What a history says of industries: known answers, ranges that cover what the series were made of, short series."""

import math

import numpy as np
import pandas as pd
import pytest

from jiju import cli
from jiju.cities import industry_history as history
from jiju.errors import UsageError
from jiju.inputs.scenario import Scenario

WORDS = ["A", "B", "C", "D", "E"]


def made(rng, years, mean=0.1, spread=0.06, correlation=0.4, persistence=0.0, industries=4):
    """Growth of industries that share a factor: an autoregressive series each, of known moments."""
    steps = years + 40
    shocks = rng.normal(size=(steps, industries + 1)) * math.sqrt(1 - persistence**2)
    series = np.zeros((steps, industries + 1))
    for t in range(1, steps):
        series[t] = persistence * series[t - 1] + shocks[t]
    common, own = series[-years:, :1], series[-years:, 1:]
    growth = mean + spread * (math.sqrt(correlation) * common + math.sqrt(1 - correlation) * own)
    return pd.DataFrame(growth, columns=[f"I{k}" for k in range(industries)])


def frame_of(growth, price=0.02, first=2000):
    """The levels that grow so, at prices that rise by `price`."""
    rows = []
    for word in growth:
        level, index = 100.0, 1.0
        for year, each in enumerate([None, *growth[word]], start=first):
            if each is not None:
                level, index = level * math.exp(each + price), index * math.exp(price)
            rows.append({"year": year, "industry": word, "output": level, "price": index, "jobs": 50 * level / index})
    return pd.DataFrame(rows)


def test_known_answers():
    values = np.array([0.10, 0.04, 0.16, 0.10])
    mean = history.mean_of(values, 0.0)
    # s = 0.0489898, t(0.95, 3) = 2.353363: 0.1 +- 2.353363 * 0.0489898 / 2
    assert mean.median == pytest.approx(0.1) and mean.high == pytest.approx(0.1 + 0.0576457, abs=1e-6)
    assert mean.low == pytest.approx(0.1 - 0.0576457, abs=1e-6)
    spread = history.spread_of(values, 0.0)  # chi-squared with 3: 0.3518463, 2.365974, 7.814728; sum of squares 0.0072
    assert [spread.low, spread.median, spread.high] == pytest.approx(
        [math.sqrt(0.0072 / x) for x in (7.814728, 2.365974, 0.3518463)], rel=1e-5
    )


def test_changes_are_real_and_skip_gaps():
    frame = frame_of(pd.DataFrame({"A": [0.05, 0.07, 0.09]}), price=0.03)
    assert history.changes(frame, "output", "price").to_list() == pytest.approx([0.05, 0.07, 0.09])
    assert history.changes(frame, "output").to_list() == pytest.approx([0.08, 0.10, 0.12])
    assert history.changes(frame[frame.year != 2002], "output", "price").to_list() == pytest.approx([0.05])


@pytest.mark.parametrize(("years", "persistence"), [(5, 0.0), (10, 0.0), (10, 0.4)])
def test_ranges_cover(years, persistence):
    rng, covered, count = np.random.default_rng(7), np.zeros(3), np.zeros(3)
    for _ in range(80):
        growth = made(rng, years, persistence=persistence)
        rho = history.persistence(growth)
        for word in growth:
            values = growth[word].to_numpy()
            mean, spread = history.mean_of(values, rho), history.spread_of(values, rho)
            covered[:2] += [mean.low <= 0.1 <= mean.high, spread.low <= 0.06 <= spread.high]
            count[:2] += 1
        z = ((growth - growth.mean()) / growth.std()).to_numpy()
        r = history.mean_correlation(z, rho)
        covered[2] += r.low <= 0.4 <= r.high
        count[2] += 1
    # 90 % wanted; industries share a factor, so some half of them are independent. Of correlations of autocorrelated
    # series the range is wide: the autocorrelation of so few years is no better known
    shares = covered / count
    assert (shares > 0.82).all() and (shares[:2] < 0.98).all(), shares


def test_loadings_are_found_again():
    """Of many years: loadings of one factor, and of few the mean correlation alone."""
    rng, truth = np.random.default_rng(3), np.array([0.9, 0.7, 0.5, 0.3])
    common, own = rng.normal(size=(4000, 1)), rng.normal(size=(4000, 4))
    growth = pd.DataFrame(common * truth + own * np.sqrt(1 - truth**2), columns=WORDS[:4])
    found = history.common_factor(growth)
    assert list(found.loadings.values()) == pytest.approx(truth, abs=0.05)
    few = history.common_factor(growth.head(6))
    if few is not None:
        assert np.ptp(list(few.loadings.values())) < 0.35
    shrunk = history.shrunk_correlations(np.array([[1, 0.6, 0.4], [0.6, 1, 0.5], [0.4, 0.5, 1]]), 5)
    assert shrunk[0, 1] == shrunk[1, 2] == pytest.approx(0.5)  # differences no larger than chance makes of five years


def test_no_correlation_means_no_factor():
    rng = np.random.default_rng(5)
    growth = made(rng, 12, correlation=0.0)
    growth["I0"] = -growth["I1"]
    growth["I2"] = -growth["I3"]
    assert history.common_factor(growth) is None
    assert history.common_factor(growth[["I1"]]) is None


def test_short_series_are_named_and_left_out():
    frame = pd.concat([frame_of(pd.DataFrame({"A": [0.05, 0.07, 0.09]})), frame_of(pd.DataFrame({"B": [0.1, 0.2]}))])
    found = history.history_of(frame, WORDS)
    assert list(found.industries) == ["A"] and "B: 2 changes" in found.notes[0]


def test_mistakes(tmp_path):
    def refused(text):
        path = tmp_path / "history.csv"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(UsageError) as error:
            history.history_of(history.read(path), WORDS)
        return str(error.value)

    assert "no column output" in refused("year,industry\n2000,A\n")
    assert "history.csv:3: output = -4.0; right would be a number above 0" in refused(
        "year,industry,output\n2000,A,3\n2001,A,-4\n"
    )
    assert "history.csv:3: A has a row of 2000 already" in refused("year,industry,output\n2000,A,3\n2000,A,4\n")
    assert "'many'" in refused("year,industry,output\n2000,A,many\n")
    assert "no firm has the industry 'AA'" in refused("year,industry,output\n2000,AA,3\n2001,AA,4\n")


def test_import_writes_what_the_history_says(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    frame_of(made(np.random.default_rng(11), 12, correlation=0.7, industries=2).set_axis(["A", "B"], axis=1)).to_csv(
        "history.csv", index=False
    )
    rows = [{"industry": word, "place": "P", "sales": 1.0 + k} for word in "AB" for k in range(12)]
    pd.DataFrame(rows).to_csv("firms.csv", index=False)
    words = ["--city", "X", "--year", "2012", "--preset", "presets/china-2010", "--unit", "1e8", "--judge-missing",
             "--history", "history.csv"]  # fmt: skip
    assert cli.main(["import", "firms.csv", *words]) == 0
    assert "mean correlation" in capsys.readouterr().out
    values = Scenario.load("x/status-quo.toml").to_dict()
    row = values["industries"]["a"]
    assert row["demand_growth"]["low"] < 0.1 < row["demand_growth"]["high"]
    assert row["price_growth"] == pytest.approx(0.02)
    total = [
        math.hypot(values["industries"][key]["demand_volatility"]["median"],
                   values["loadings"][f"common_{key}"]["loading"] * values["factors"]["common"]["volatility"]["median"])
        for key in "ab"
    ]  # fmt: skip
    assert total == pytest.approx([0.06, 0.06], rel=0.5)
    assert "history: mean of 2000-2012, 12 changes" in (tmp_path / "x" / "industries.toml").read_text(encoding="utf-8")
