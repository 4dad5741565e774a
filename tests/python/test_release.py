"""tools/release, on a small repository: what it writes, what stands in its way. Workflows name what there is."""

import hashlib
import re
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
CHANGELOG = "# Changelog\n\n## [Unreleased] 0.2.0\n\n### Added\n- Trees.\n\n## [0.1.0] - 2026-01-01\n- Earth.\n"


def run(*words, cwd):
    return subprocess.run([str(word) for word in words], cwd=cwd, capture_output=True, text=True)


@pytest.fixture
def tree(tmp_path):
    """A repository with what a release touches, and the tag of the version before."""
    (tmp_path / "tools").mkdir()
    shutil.copy(ROOT / "tools" / "release", tmp_path / "tools")
    (tmp_path / "CHANGELOG.md").write_text(CHANGELOG)
    for name in ("CMakeLists.txt", "CITATION.cff"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / ".gitignore").write_text("build/\n")
    for words in (["init", "-q"], ["config", "user.name", "A"], ["config", "user.email", "a@b"], ["add", "."],
                  ["commit", "-qm", "First"], ["tag", "v0.1.0"]):  # fmt: skip
        assert run("git", *words, cwd=tmp_path).returncode == 0
    return tmp_path


def test_a_release_is_one_commit_a_tag_and_an_archive(tree):
    done = run("tools/release", "0.2.0", "--date", "2026-12-01", cwd=tree)
    assert done.returncode == 0, done.stderr
    assert "project(jiju VERSION 0.2.0 " in (tree / "CMakeLists.txt").read_text()
    citation = yaml.safe_load((tree / "CITATION.cff").read_text())
    assert (citation["version"], str(citation["date-released"])) == ("0.2.0", "2026-12-01")
    headings = re.findall("^## .*", (tree / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert headings == ["## [Unreleased]", "## [0.2.0] - 2026-12-01", "## [0.1.0] - 2026-01-01"]
    assert run("git", "status", "--porcelain", cwd=tree).stdout == ""
    assert run("git", "tag", "-l", "--format=%(contents)", "v0.2.0", cwd=tree).stdout.strip() == "### Added\n- Trees."
    folder = tree / "build" / "releases" / "0.2.0"
    digest, name = (folder / "SHA256SUMS").read_text().split()
    assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
    with tarfile.open(folder / name) as archive:
        text = archive.extractfile("jiju-0.2.0/CITATION.cff").read()
    assert text == (tree / "CITATION.cff").read_bytes()


@pytest.mark.parametrize(("version", "why"), [
    ("0.1.0", "tag v0.1.0 already"), ("0.0.9", "not after 0.1.0"), ("next", "no version such as"),
])  # fmt: skip
def test_versions_go_forward(tree, version, why):
    done = run("tools/release", version, cwd=tree)
    assert done.returncode == 1 and why in done.stderr
    assert (tree / "CHANGELOG.md").read_text() == CHANGELOG


def test_nothing_is_released_of_a_tree_with_changes_or_without_notes(tree):
    (tree / "CHANGELOG.md").write_text(CHANGELOG.replace("### Added\n- Trees.\n", ""))
    assert "not committed" in run("tools/release", "0.2.0", cwd=tree).stderr
    run("git", "commit", "-qam", "No notes", cwd=tree)
    assert "nothing is written" in run("tools/release", "0.2.0", cwd=tree).stderr
    assert run("git", "status", "--porcelain", cwd=tree).stdout == ""


def test_workflows_call_tools_that_are_there():
    for path in (ROOT / ".github" / "workflows").glob("*.yml"):
        text = path.read_text(encoding="utf-8")
        assert yaml.safe_load(text)["jobs"], path
        for tool in re.findall(r"(?<![\w/])(?:tools|\.ci)/\w+", text):
            assert (ROOT / tool).exists() or (ROOT / f"{tool}.txt").exists(), f"{path.name}: {tool}"
