"""Numbers in the pages are those that commands print: kept in docs/measured, written from there, and still true.

Of each measurement a few replicates are simulated again. The program gives the same bits for the same replicate, so
these differ by nothing until the model changes; if by more than chance and the page's own precision allow, the page
must be measured again (`tools/measure_docs NAME`).
"""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "tools"))

from measured import MEASUREMENTS, agreement, calibration, kept, pages  # noqa: E402
from measured.kept import Found, Kept, Measurement  # noqa: E402


@pytest.mark.parametrize("name", MEASUREMENTS)
def test_what_is_kept_still_holds(name):
    measurement = MEASUREMENTS[name]
    replicates, part = measurement.small
    told = agreement.problems(kept.read(name), measurement.measure(replicates, part), whole=not measurement.some)
    assert not told, f"measure again by tools/measure_docs {name}:\n" + "\n".join(told)


def test_every_page_is_written_from_what_is_kept():
    result = subprocess.run([ROOT / "tools" / "measure_docs", "--check"], capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr


def test_every_measurement_is_shown_by_a_page():
    shown = {mark.split(".")[0] for page in pages.pages() for mark, _ in pages.MARKED.findall(page.read_text("utf-8"))}
    assert shown == set(MEASUREMENTS)


def test_the_page_of_calibration_tells_of_the_posterior_that_scenarios_include():
    assert calibration.differs_from_posterior(kept.read("calibration")) == []


def made(values, replicates=100, shown=3, mean=None):
    """A measurement of made-up values, kept and read again."""
    frame = pd.DataFrame(values)
    table = pd.DataFrame([{"what": "a", "mean": mean or float(frame["a"].mean()), "none": float("nan")}])
    measurement = Measurement("made", "made up", replicates, lambda number, part: None, (shown, None), {})
    found = Found({"means": table}, frame, {"note": "made"})
    return kept.parsed("made", kept.as_json(measurement, found, replicates, shown))


@pytest.fixture
def values():
    draws = np.random.default_rng(1)
    return {"a": draws.normal(10, 1, 100), "b": draws.normal(0, 2, 100)}


def again(values, **change):
    return Found({"means": pd.DataFrame([{"what": "a", "mean": 0.0, "none": 0.0}])},
                 pd.DataFrame({key: value[:3] for key, value in (values | change).items()}))  # fmt: skip


def test_what_is_kept_is_read_as_it_was(values):
    read = made(values)
    assert isinstance(read, Kept) and (read.replicates, read.about) == (100, {"note": "made"})
    assert read.first["a"].to_numpy() == pytest.approx(values["a"][:3], rel=1e-5)
    assert read.errors["b"] == pytest.approx(np.std(values["b"], ddof=1) / 10, rel=1e-5)
    assert read.tables["means"]["mean"][0] == pytest.approx(values["a"].mean(), rel=1e-5)
    assert np.isnan(read.tables["means"]["none"][0])


def test_the_same_program_agrees_and_so_does_a_shift_within_the_pages_precision(values):
    assert agreement.problems(made(values), again(values)) == []
    assert agreement.problems(made(values), again(values, a=values["a"] + 0.3)) == []


def test_a_shift_beyond_it_is_found_though_three_replicates_scatter_by_more(values):
    [told] = agreement.problems(made(values), again(values, a=values["a"] + 0.7))
    assert told.startswith("a: ")


def test_what_only_one_of_the_two_has_is_found(values):
    told = agreement.problems(made(values), again(values | {"c": values["a"]}))
    assert told == ["measured and not kept: c"]
    told = agreement.problems(made(values), again({"a": values["a"]}))
    assert told == ["kept and no longer measured: b"]
    assert agreement.problems(made(values), again({"a": values["a"]}), whole=False) == []
    other = again(values)
    other.tables["means"] = other.tables["means"].rename(columns={"mean": "median"})
    assert "columns" in agreement.problems(made(values), other)[0]


def test_marked_places_are_filled_within_a_line_and_on_lines_of_their_own():
    page = "Of <!-- measured x.count 2 -->9<!-- end --> trials\n\n<!-- measured x.table -->\n| old |\n<!-- end -->\n"
    parts = {"x.count": lambda word: f"{word}1", "x.table": lambda: "| new |"}
    filled = pages.written(page, lambda name: pages.lookup(parts, name))
    assert filled == page.replace(">9<", ">21<").replace("old", "new")
    assert pages.written(filled, lambda name: pages.lookup(parts, name)) == filled
    with pytest.raises(KeyError, match=r"no part 'x.tabel' .*x.count, x.table"):
        pages.written(page.replace("x.table", "x.tabel"), lambda name: pages.lookup(parts, name))
