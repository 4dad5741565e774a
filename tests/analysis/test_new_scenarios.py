"""`jiju new`: every example it writes holds once its # is taken away, alone and all together."""

import hashlib
import os
import subprocess

import pytest
from jiju_command import PROGRAM, SCENARIOS

import jiju
from jiju import cli
from jiju.commands import new
from jiju.inputs.scenario import Scenario


def blocks_of(lines):
    """Positions of lines of examples, as they stand together."""
    blocks = [[]]
    for position, line in enumerate(lines):
        if line.startswith("#") and not line.startswith("# "):
            blocks[-1].append(position)
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def uncommented(lines, block):
    return "\n".join(line[1:] if position in block else line for position, line in enumerate(lines))


@pytest.mark.parametrize("base", ["shaoxing-2011/plan", "shaoxing-2011/status-quo", "tutorial/river-city"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_example_holds_alone_and_with_the_others(base, lang, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert cli.main(["new", "mine", "--from", base, "--lang", lang]) == 0
    lines = (tmp_path / "mine.toml").read_text(encoding="utf-8").splitlines()
    blocks = blocks_of(lines)
    text = "\n".join(lines)
    assert all(f"#[{table}" in text for table in ("levers.", "targets.own", "macro.slow", "parameters.", "places."))
    assert len(blocks) >= 10
    plain = Scenario.load("mine.toml")
    everything = [position for block in blocks for position in block]
    for block in [*blocks, everything]:
        (tmp_path / "changed.toml").write_text(uncommented(lines, block), encoding="utf-8")
        changed = Scenario.load("changed.toml")
        assert plain.to_toml() != changed.to_toml() or "macro" in lines[block[0]], uncommented(lines, block)


def test_from_an_empty_folder_outside_of_the_checkout(tmp_path):
    environment = os.environ | {"PYTHONPATH": ""}

    def run(*words):
        words = [PROGRAM, *words]
        return subprocess.run(words, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60)

    first = run("new", "plans/mine", "--from", "tutorial/river-city")
    assert first.returncode == 0, first.stderr
    # one's own file is extended by its place, a bundled one by its name
    second = run("new", "other", "--from", "plans/mine.toml")
    assert second.returncode == 0, second.stderr
    assert 'extends = "tutorial/river-city"' in (tmp_path / "plans" / "mine.toml").read_text()
    assert 'extends = "plans/mine.toml"' in (tmp_path / "other.toml").read_text()
    assert run("validate", "other.toml").returncode == 0
    listed = run("list").stdout
    assert "other.toml" in listed and "plans/mine.toml" in listed


def test_a_file_is_not_replaced_unless_forced(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.toml").write_text("precious", encoding="utf-8")
    words = ["new", "mine", "--from", "tutorial/river-city"]
    assert cli.main(words) == 3
    assert (tmp_path / "mine.toml").read_text() == "precious" and "mine.toml" in capsys.readouterr().err
    assert cli.main([*words, "--force"]) == 0
    assert (tmp_path / "mine.toml").read_text() != "precious"
    assert cli.main(["new", "mine", "--from", "mine.toml", "--force"]) == 2


def test_a_base_that_is_not_there_is_suggested(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert cli.main(["new", "mine", "--from", "shaoxing-2011/plam"]) == 2
    assert "shaoxing-2011/plan" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_bundled_scenarios_are_those_of_the_checkout():
    assert jiju.Scenario.load("tutorial/river-city").to_toml() == jiju.Scenario.load(
        SCENARIOS / "tutorial" / "river-city.toml"
    ).to_toml()


def test_a_copied_scenario_brings_its_table_of_firms(tmp_path, monkeypatch, capsys):
    """Byte for byte, whatever its line ends, so that the SHA-256 that the scenario says still holds."""
    shelf, mine = tmp_path / "shelf", tmp_path / "mine"
    (shelf / "town" / "tables").mkdir(parents=True)
    mine.mkdir()
    table = b"\xef\xbb\xbfindustry,place,sales\r\n" + b"".join(
        b"machines,old_town,%d\r\n" % k for k in range(1, 9)
    )
    (shelf / "town" / "tables" / "firms.csv").write_bytes(table)
    (shelf / "town" / "town.toml").write_text(
        'extends = "tutorial/river-city"\n[population]\nfirms = "tables/firms.csv"\n'
        f'sha256 = "{hashlib.sha256(table).hexdigest()}"\n', encoding="utf-8",
    )  # fmt: skip
    monkeypatch.setattr(new, "SHELF", shelf)
    monkeypatch.chdir(mine)
    assert cli.main(["new", "copied", "--copy", "town/town"]) == 0
    assert (mine / "tables" / "firms.csv").read_bytes() == table
    scenario = Scenario.load("copied.toml")
    assert scenario["industries.machines.base_sales"] == 36
    assert cli.main(["new", "copied", "--copy", "town/town"]) != 0  # nothing of one's own is replaced
    capsys.readouterr()
