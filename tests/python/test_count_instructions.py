"""tools/count_instructions must fail on a rise and on nothing else."""

import importlib.machinery
import importlib.util
import json
from pathlib import Path

import pytest

TOOL = Path(__file__).parents[2] / "tools" / "count_instructions"
BUILT = {"compiler": "GNU 12.2.0", "flags": "-O3"}
RECORDED = 1_000_000


@pytest.fixture
def tool(tmp_path, monkeypatch):
    loader = importlib.machinery.SourceFileLoader("count_instructions", str(TOOL))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(loader.name, loader))
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    loader.exec_module(module)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(module, "build", lambda: BUILT)
    Path("benchmarks").mkdir()
    write_record(module)
    return module


def write_record(tool, **changes):
    record = {"instructions": RECORDED, **BUILT, "date": "2026-11-24", "note": "first", **changes}
    Path(tool.RECORD).write_text(json.dumps(record))


def compare(tool, monkeypatch, instructions):
    monkeypatch.setattr(tool, "count", lambda: instructions)
    return tool.compare()


@pytest.mark.parametrize(("change", "expected"), [(0, 0), (0.04, 0), (0.06, 1), (-0.5, 0)])
def test_a_rise_of_more_than_five_percent_fails(tool, monkeypatch, change, expected):
    assert compare(tool, monkeypatch, round(RECORDED * (1 + change))) == expected


def test_a_fall_is_to_be_held_on_to(tool, monkeypatch, capsys):
    compare(tool, monkeypatch, RECORDED * 97 // 100)
    assert "--update" in capsys.readouterr().out


@pytest.mark.parametrize("changes", [{"compiler": "Clang 14.0.6"}, {"flags": "-O2"}])
def test_another_build_is_counted_and_not_judged(tool, monkeypatch, capsys, changes):
    write_record(tool, **changes)
    before = Path(tool.RECORD).read_text()
    assert compare(tool, monkeypatch, 2 * RECORDED) == 0
    assert capsys.readouterr().out.startswith("NOT JUDGED: 2,000,000 instructions")
    assert Path(tool.RECORD).read_text() == before


def test_an_update_keeps_its_reason_and_is_the_new_measure(tool, monkeypatch):
    monkeypatch.setattr(tool, "count", lambda: 2 * RECORDED)
    tool.update("a new mechanism")
    record = json.loads(Path(tool.RECORD).read_text())
    assert (record["note"], record["compiler"]) == ("a new mechanism", BUILT["compiler"])
    assert compare(tool, monkeypatch, 2 * RECORDED) == 0


def test_an_update_needs_a_reason(tool, monkeypatch):
    monkeypatch.setattr("sys.argv", ["count_instructions", "--update", " "])
    with pytest.raises(SystemExit) as refused:
        tool.main()
    assert refused.value.code == 2
