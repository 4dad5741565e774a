"""How to cite, what to write about methods, and replication packages that a referee can trust."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import zipfile
from datetime import date

import jsonschema
import numpy as np
import pandas as pd
import pytest
import yaml
from jiju_command import PROGRAM, ROOT, SHORT, good
from jiju_command import jiju as program

import jiju
from jiju import cli
from jiju.commands import bundle as bundle_command
from jiju.papers.citation import apa, bibtex, source
from made_results import results

VERSION = re.search(r"project\(jiju VERSION ([0-9.]+)", (ROOT / "CMakeLists.txt").read_text(encoding="utf-8"))[1]

# What Citation File Format 1.2.0 demands of the keys that are used (citation-file-format.github.io).
PERSON = {"type": "object", "properties": {key: {"type": "string", "minLength": 1} for key in (
    "family-names", "given-names", "orcid", "affiliation", "email", "website")}, "minProperties": 1,
    "additionalProperties": False}  # fmt: skip
GROUP = {"type": "object", "properties": {key: {"type": "string", "minLength": 1} for key in ("name", "website")},
         "required": ["name"], "additionalProperties": False}  # fmt: skip
CFF = {
    "type": "object",
    "required": ["authors", "cff-version", "message", "title", "version", "date-released", "license"],
    "properties": {
        "cff-version": {"const": "1.2.0"}, "message": {"type": "string"}, "title": {"type": "string"},
        "type": {"enum": ["software", "dataset"]}, "abstract": {"type": "string"}, "version": {"type": "string"},
        "license": {"enum": ["BSD-3-Clause"]}, "date-released": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"},
        "keywords": {"type": "array", "items": {"type": "string"}, "uniqueItems": True},
        "authors": {"type": "array", "items": {"anyOf": [PERSON, GROUP]}, "minItems": 1, "uniqueItems": True},
    },
    "additionalProperties": False,
}  # fmt: skip


# ---- citing


def test_citation_file_is_complete_and_of_this_version():
    text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    facts = yaml.load(text, yaml.BaseLoader)
    jsonschema.validate(facts, CFF)
    date.fromisoformat(facts["date-released"])
    assert facts["version"] == VERSION == jiju.__version__
    assert jiju.cite("cff") == text


def test_references_say_what_the_file_says():
    facts = source()
    for style in ("bibtex", "apa"):
        text = jiju.cite(style)
        assert VERSION in text and str(facts["date-released"].year) in text and facts["title"] in text
    assert jiju.cite().startswith(f"@software{{jiju-{jiju.__version__},\n  author = {{{{The Jiju authors}}}},")
    assert jiju.cite().count("{") == jiju.cite().count("}")


def test_names_and_special_characters():
    facts = {"title": "A & B_C", "version": "2", "date-released": "2020-03-01",
             "authors": [{"family-names": "Wang", "given-names": "Fang"}, {"name": "R&D Group"}]}  # fmt: skip
    assert r"{Wang, Fang} and {R\&D Group}" in bibtex(facts) and r"A \& B\_C" in bibtex(facts)
    assert apa(facts).startswith("Wang, Fang, & R&D Group (2020). A & B_C (Version 2)")


def test_results_name_the_version_that_made_them(simulated):
    commit = simulated.memory.attrs["git_sha1"]
    assert f"commit {commit}" in jiju.cite("bibtex", simulated.path)
    assert good("cite", simulated.path, "--to", "apa").strip() == jiju.cite("apa", simulated.path)
    with pytest.raises(jiju.UsageError, match="bibtex, apa, cff"):
        jiju.cite("mla")


# ---- methods


def test_methods_say_what_the_file_holds(simulated):
    text, chinese = jiju.methods(simulated.path), good("methods", simulated.path, "--lang", "zh")
    data = simulated.memory
    drawn = data.sizes["parameter"]
    for each in (text, chinese):
        assert data.attrs["git_sha1"][:10] in each and str(data["scenario_sha256"].values[0])[:12] in each
        assert all(re.search(rf"(?<!\d){number}(?!\d)", each) for number in (20, 5, drawn)), each
    assert "20 replicates" in text and "seed 5" in text
    assert "2011–2012 in 4 steps a year after a burn-in of 1 year" in text
    assert "common random numbers" not in text  # of one scenario
    assert "模拟20次" in chinese and "种子5" in chinese


def test_methods_of_several_scenarios(simulated):
    same = results({"base": [90.0, 100], "plan": [95.0, 110]})
    assert "common random numbers" in jiju.methods(same) and "differ in policy alone" in jiju.methods(same)
    other = results({"plan": [95.0, 110]}, depreciation=0.12)
    text = jiju.methods(same.isel(scenario=[0]), other)
    assert "more than policy" in text and "The 2 scenarios are" in text
    apart = jiju.methods(same.isel(scenario=[0]), results({"plan": [95.0, 110]}, seed=8))
    assert "seed 7" in apart and "seed 8" in apart and "common random numbers" not in apart
    assert "公共随机数" in jiju.methods(same, lang="zh")


def test_methods_know_shared_draws_and_failures():
    data = results({"base": np.arange(40.0)}).assign_coords(replicate_draw=("replicate", np.arange(40) // 4))
    data = data.assign(parameter_value=(("draw", "parameter"), np.zeros((10, 1))),
                       replicate_status=(("scenario", "replicate"), np.eye(1, 40, dtype=np.int8)))
    data = data.assign_coords(draw=np.arange(10), parameter=["parameters.knowledge.depreciation"])
    text = jiju.methods(data)
    assert "10 draws that replicates share" in text and "one cluster" in text and "1 uncertain parameters" in text
    assert "1 simulations broke an identity" in text


# ---- replication packages


@pytest.fixture(scope="module")
def made(short, tmp_path_factory):
    """Results of two scenarios, and two packages of them: with the results, and with digests alone."""
    folder = tmp_path_factory.mktemp("bundle")
    plan = short.parent / "plan.toml"
    plan.write_text(SHORT.replace("status-quo", "plan"), encoding="utf-8")
    jiju.run(short, plan, replicates=6, seed=3, output=folder / "both.h5", progress=False).close()
    jiju.bundle(folder / "both.h5", output=folder / "whole.zip")
    assert bundle_command.main([str(folder / "both.h5"), "-o", str(folder / "digests.zip"), "--digests-only"]) == 0
    return folder


def rewritten(archive, target, change=None, sums=False, without=(), extra=None):
    """The package with a file changed, and with checksums made again as a forger would."""
    with zipfile.ZipFile(archive) as source:
        files = {name: source.read(name) for name in source.namelist() if name not in without}
    files |= extra or {}
    for name, edit in (change or {}).items():
        files[name] = edit(files[name])
    if sums:
        listed = sorted(files.keys() - {"SHA256SUMS"})
        lines = [f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in listed]
        files["SHA256SUMS"] = "".join(lines).encode()
    with zipfile.ZipFile(target, "w") as copy:
        for name, data in files.items():
            copy.writestr(name, data)
    return target


def test_a_referee_verifies_by_one_command(made, capsys):
    said = program("bundle", "--verify", made / "whole.zip", "--sample", 2, "--seed", 1)
    assert said.returncode == 0 and said.stdout.endswith(f"{made / 'whole.zip'}: verified\n"), said.stdout
    assert "FAILED" not in said.stdout
    assert bundle_command.main(["--verify", str(made / "digests.zip")]) == 0
    assert "simulated again: the same data" in capsys.readouterr().out
    assert (made / "digests.zip").stat().st_size < (made / "both.h5").stat().st_size / 10


def test_equal_results_give_equal_packages(made, tmp_path):
    shutil.copy(made / "both.h5", tmp_path / "both.h5")
    jiju.bundle(tmp_path / "both.h5", output=tmp_path / "whole.zip")
    assert (tmp_path / "whole.zip").read_bytes() == (made / "whole.zip").read_bytes()


def test_the_package_is_complete_and_its_commands_make_the_results(made, tmp_path):
    with zipfile.ZipFile(made / "whole.zip") as archive:
        archive.extractall(tmp_path)
    listed = subprocess.run(["sha256sum", "-c", "--strict", "SHA256SUMS"], cwd=tmp_path, capture_output=True, text=True)
    assert listed.returncode == 0, listed.stdout
    assert (tmp_path / "results" / "both.h5").read_bytes() == (made / "both.h5").read_bytes()
    (row,) = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))["results"]
    assert [text.rsplit("/", 1)[1] for text in row["scenario_files"]] == ["short.toml", "plan.toml"]
    shutil.rmtree(tmp_path / "results")
    path = {"PATH": f"{PROGRAM.parent}:{os.environ['PATH']}"}
    again = subprocess.run(["sh", "run.sh"], cwd=tmp_path, env=os.environ | path, capture_output=True, text=True)
    assert again.returncode == 0, again.stderr
    assert (tmp_path / "results" / "both.h5").read_bytes() == (made / "both.h5").read_bytes()
    page = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert "jiju bundle --verify whole.zip" in page and "6 replicates" in page


def with_seed(text):
    assert b"seed = 3" in text
    return text.replace(b"seed = 3", b"seed = 4")


def flipped(data):
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]


SCENARIO, BASE = "scenarios/both/plan.toml", "scenarios/both/short.toml"
TAMPERED = {
    "a changed scenario": ("whole", {"change": {SCENARIO: with_seed}}, "checksum"),
    "a changed scenario with checksums made again": ("whole", {"change": {SCENARIO: with_seed}, "sums": True},
                                                     "NOT the scenario of results/both.h5"),
    "a flipped bit in results": ("whole", {"change": {"results/both.h5": flipped}}, "checksum"),
    "a flipped bit with checksums made again": ("whole", {"change": {"results/both.h5": flipped}, "sums": True},
                                                "FAILED"),
    "a file less": ("whole", {"without": [SCENARIO]}, "not in the package"),
    "results left out": ("whole", {"without": ["results/both.h5"], "sums": True}, "is not in the package"),
    "a file more": ("whole", {"extra": {"more.txt": b"x"}}, "not in the list"),
    "a file outside": ("whole", {"extra": {"../out.txt": b"x"}, "sums": True}, "outside"),
    "no list": ("whole", {"without": ["SHA256SUMS"]}, "SHA256SUMS"),
    "other scenarios of digests": ("digests", {"change": {SCENARIO: with_seed, BASE: with_seed}, "sums": True},
                                   "the data's digest is"),
    "another digest in the manifest": ("whole", {"change": {"manifest.json": lambda data: re.sub(
        rb'"content_digest": "sha256:..', b'"content_digest": "sha256:zz', data)}, "sums": True}, "the manifest says"),
}  # fmt: skip


@pytest.mark.parametrize("case", TAMPERED)
def test_a_tampered_package_is_found_out(made, tmp_path, case, capsys):
    name, how, said = TAMPERED[case]
    forged = rewritten(made / f"{name}.zip", tmp_path / "forged.zip", **how)
    assert bundle_command.main(["--verify", str(forged), "--sample", "1"]) == 4
    printed = capsys.readouterr().out
    assert said in printed and "FAILED" in printed and printed.endswith("NOT VERIFIED\n")
    assert not (tmp_path.parent / "out.txt").exists()


def test_other_results_in_their_place_are_found_out(made, tmp_path):
    """Results of another seed, whole and sealed, in the place of those that were packed."""
    other = tmp_path / "both.h5"
    scenario = jiju.open(made / "both.h5")
    texts = dict(zip(scenario["scenario"].values, scenario["scenario_toml"].values, strict=True))
    for key, text in texts.items():
        (tmp_path / f"{key}.toml").write_text(str(text).replace("seed = 3", "seed = 4"), encoding="utf-8")
    jiju.run(*(tmp_path / f"{key}.toml" for key in texts), output=other, progress=False).close()
    forged = rewritten(made / "whole.zip", tmp_path / "forged.zip", sums=True,
                       change={"results/both.h5": lambda _: other.read_bytes()})  # fmt: skip
    found = jiju.verify_bundle(forged, sample=1)
    wrong = found[~found["holds"]]
    assert set(wrong["check"]) == {"manifest", "scenarios"}


def test_what_is_no_package_is_refused(made, tmp_path):
    (tmp_path / "a.zip").write_bytes(b"no zip")
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("manifest.json", "[]")
    for name in ("a.zip", "b.zip", "missing.zip"):
        with pytest.raises(jiju.FileError, match=re.escape(name)):
            jiju.verify_bundle(tmp_path / name)
    assert program("bundle", "--verify", tmp_path / "a.zip").returncode == 3
    newer = rewritten(made / "whole.zip", tmp_path / "c.zip", change={
        "manifest.json": lambda data: data.replace(b'"version": 1,', b'"version": 9,', 1)})  # fmt: skip
    with pytest.raises(jiju.FileError, match="version 9"):
        jiju.verify_bundle(newer)


def exit_of(*words):
    """As the console script would end."""
    try:
        return cli.main([*map(str, words)])
    except SystemExit as stopped:
        return stopped.code


def test_what_cannot_be_packed_is_refused(made, tmp_path, capsys):
    both = made / "both.h5"
    for words, code, said in (
        ([both], 2, "-o OUT.zip"), ([], 2, "which results"), ([both, "-o", tmp_path / "a.tar"], 2, "ends in .zip"),
        ([both, both, "-o", tmp_path / "a.zip"], 2, "two results files are called both.h5"),
        ([both, "-o", made / "whole.zip"], 3, "exists"), ([both, "--verify", made / "whole.zip"], 2, "alone"),
    ):  # fmt: skip
        assert exit_of("bundle", *words) == code and said in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_checks_as_a_frame(made):
    found = jiju.verify_bundle(made / "whole.zip", sample=0)
    assert isinstance(found, pd.DataFrame) and found["holds"].all()
    assert {"files", "digest", "manifest", "scenarios"} <= set(found["check"])
