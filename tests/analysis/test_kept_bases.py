"""Scenarios that are kept: made once, extended, found by what their numbers hang on, and by nothing else."""

import json

import numpy as np
import pytest

import jiju
from jiju.commands import bases as bases_command
from jiju.runs import kept_bases
from jiju.runs.kept_bases import bases, digest_of, forget, keep
from jiju.studies.ablation import ablate

# Few outputs: a file of all takes longer to write than a few replicates to simulate.
SEED = {"seed": 5, "outputs": ["output"], "progress": False}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("JIJU_BASES", str(tmp_path / "bases"))
    return tmp_path / "bases"


@pytest.fixture
def counted(monkeypatch):
    """Numbers of replicates that were simulated, one a run."""
    seen = []

    def run(*scenarios, **options):
        seen.append(options["replicates"])
        return jiju.run(*scenarios, **options)

    monkeypatch.setattr(kept_bases, "run", run)
    return seen


def test_a_base_is_simulated_once_and_then_extended(short, folder, counted):
    expected = jiju.run(short, replicates=12, **SEED)
    for replicates in (8, 8, 5, 12, 8, 12):
        with keep(short, replicates, **SEED) as data:
            assert data.sizes["replicate"] == replicates
            np.testing.assert_array_equal(data["output"], expected["output"][:, :replicates])
    assert counted == [8, 12], "what is there is taken, of a longer file the first replicates"
    assert len(list(folder.iterdir())) == 1, "nothing is left beside it"
    (row,) = bases().to_dict("records")
    assert (row["replicates"], row["seed"], row["record"], row["usable"]) == (12, 5, "yearly", True)


def test_whatever_moves_a_number_has_a_file_of_its_own(short):
    first = jiju.Scenario.load(short)
    digests = {digest_of(first), digest_of(first, seed=6), digest_of(first, replicates_per_draw=2)}
    for key, value in {"levers.tax.effort": 0.1, "parameters.population.mean_age": 3.0, "targets.T1.value": 1.0,
                       "scenario.seed": 7}.items():  # fmt: skip
        other = first.copy()
        other[key] = value
        digests.add(digest_of(other))
    assert len(digests) == 7
    assert digest_of(first, seed=7) in digests, "the same seed by another way"
    same = first.copy("another name")
    same.set({"scenario.replicates": 99, "record.panels": 3, "record.detail": "targets"})
    assert digest_of(same) == digest_of(first)


def test_another_program_or_a_damaged_file_is_never_taken(short, folder, counted, monkeypatch):
    with keep(short, 4, **SEED) as data:
        expected = data["output"].values
    (path,) = folder.iterdir()
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with keep(short, 4, **SEED) as data:
        np.testing.assert_array_equal(data["output"], expected)
    monkeypatch.setattr(kept_bases, "program", lambda: "00000000")
    keep(short, 4, **SEED).close()
    assert counted == [4, 4, 4]
    assert bases()["usable"].tolist().count(True) == 1 and len(bases()) == 2
    assert forget(stale=True) == [path.name] and len(bases()) == 1
    with pytest.raises(jiju.UsageError, match=r"no base 'x\.h5' is kept; there are: 00000000"):
        forget("x.h5")
    assert len(forget()) == 1 and bases().empty


def test_nothing_is_kept_where_that_is_wished(short, monkeypatch):
    monkeypatch.setenv("JIJU_BASES", "")
    assert kept_bases.folder() is None and bases().empty
    assert keep(short, 3, **SEED).sizes["replicate"] == 3


def test_processes_that_keep_at_a_time_leave_one_whole_file(short, folder):
    """The second one to finish finds the first one's file in its place, and replaces it by the same."""
    with kept_bases.own_file(folder / "a.h5") as one, kept_bases.own_file(folder / "a.h5") as other:
        assert one != other
    keep(short, 4, **SEED).close()
    (path,) = folder.iterdir()
    before = path.read_bytes()
    with kept_bases.own_file(path) as mine:
        assert mine.read_bytes() == before
        path.unlink()
    assert not list(folder.iterdir()), "what was begun goes away"


def with_promotion(short):
    plan = jiju.Scenario.load(short)
    plan["levers.project_promotion.effort"] = 1.0
    return plan


def test_compare_takes_the_kept_base_and_says_so(short, folder):
    base, plan = (jiju.run(each, replicates=12, **SEED) for each in (short, with_promotion(short)))
    without = jiju.compare(base, plan)
    keep(short, 60, **SEED).close()
    found = jiju.compare(base, plan)
    assert any("60 replicates that is kept" in note for note in found.notes)
    assert not any("kept" in note for note in [*without.notes, *jiju.compare(base, plan, control=False).notes])
    plain, controlled = (each.indicators.set_index("indicator").loc["output"] for each in (without, found))
    assert controlled["worth"] > 12
    assert controlled["high"] - controlled["low"] < plain["high"] - plain["low"]
    all_of_them = jiju.indicator(jiju.run(short, replicates=60, **SEED), "output")
    assert controlled["base"] == pytest.approx(float(all_of_them.mean()))
    # What was changed is not what is kept.
    changed = base.assign(output=(2 * base["output"]).assign_attrs(base["output"].attrs))
    assert not any("kept" in note for note in jiju.compare(changed, plan).notes)


def test_ablation_makes_its_controls_and_says_so(short):
    plain, found = (ablate(with_promotion(short), short, replicates=16, progress=False, control=control)
                    for control in (False, True))  # fmt: skip
    assert any("48 further replicates" in note for note in found.notes) and not plain.notes
    one, two = plain.effects, found.effects
    assert (one["worth"] == 16).all() and (two["worth"] >= 16).all()
    unmoved = two["worth"] == 16
    assert two[unmoved][["effect", "low", "high"]].equals(one[unmoved][["effect", "low", "high"]])


def test_the_command(short, folder, capsys):
    def said(*words):
        assert bases_command.main([str(word) for word in words]) == 0
        return capsys.readouterr().out

    assert "replicates" in said("--keep", short, "--replicates", 3, "--record", "targets", "--quiet")
    assert [(row["replicates"], row["record"]) for row in json.loads(said("--json"))] == [(3, "targets")]
    with pytest.raises(SystemExit):
        bases_command.main(["--stale"])
    assert json.loads(said("--delete", "--json")) == []
