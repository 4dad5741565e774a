"""`jiju submit`: the scripts say what belongs together, and a stand-in for sbatch gets them; Slurm itself is tried by
tools/check_slurm, Snakemake by tools/check_partners."""

import os
import re
import subprocess

import pytest
from jiju_command import sha256

import jiju
from jiju.commands import submit
from jiju.runs import slurm, snakemake, submission
from jiju.runs.submission import Needs, Work

RUN = ["run", "SHORT", "--replicates", "6", "--seed", "5"]


@pytest.fixture
def words(short):
    return [str(short) if word == "SHORT" else word for word in RUN]


@pytest.fixture
def sbatch(tmp_path, monkeypatch):
    """Stands for Slurm: writes down what it is given, and counts jobs from 41."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "sbatch").write_text(
        f'#!/bin/bash\necho "$@" >> {folder}/asked\necho $((40 + $(wc -l < {folder}/asked)))\n'
    )
    (folder / "sbatch").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    return folder / "asked"


def directives(path):
    return dict(re.findall(r"^#SBATCH --([\w-]+)=?(.*)$", path.read_text(), re.MULTILINE))


def test_the_array_is_merged_after_all_of_it(words, sbatch, tmp_path, capsys):
    output = tmp_path / "whole.h5"
    assert submit.main(["-o", str(output), "--tasks", "3", "--cpus", "2", "--go", *words]) == 0
    assert sbatch.read_text().splitlines() == [
        "--parsable array.sh", "--parsable --dependency=afterok:41 --kill-on-invalid-dep=yes merge.sh"
    ]  # fmt: skip
    assert "array 41; job 42 merges" in capsys.readouterr().out
    said = directives(tmp_path / "whole.h5.slurm" / "array.sh")
    assert (said["array"], said["cpus-per-task"], said["requeue"]) == ("1-3", "2", "")
    assert int(said["mem"].rstrip("M")) >= submission.LEAST_MB and re.fullmatch(r"\d+-\d\d:\d\d:00", said["time"])
    assert said["signal"] == f"B:USR1@{slurm.GRACE}" and said["chdir"] == os.getcwd()


def test_the_scripts_make_the_bytes_of_one_process(words, simulated, short, tmp_path, monkeypatch):
    """By hand, as Slurm runs them: one task after the other, one of them twice, then the merger."""
    output = tmp_path / "with space.h5"
    words = [word if word != "6" else "20" for word in words]
    assert submit.main(["-o", str(output), "--tasks", "3", *words]) == 0
    folder = tmp_path / "with space.h5.slurm"
    for task in (2, 1, 3, 2):
        subprocess.run(["bash", folder / "array.sh"], check=True, env=os.environ | {"SLURM_ARRAY_TASK_ID": str(task)})
    subprocess.run(["bash", folder / "merge.sh"], check=True)
    assert sha256(output) == sha256(simulated.path)


def test_a_task_whose_time_is_up_asks_to_start_again_and_a_cancelled_one_does_not(words, tmp_path, monkeypatch):
    """scontrol stands in; the engine is one that waits for a signal and ends as Jiju does."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "scontrol").write_text(f'#!/bin/bash\necho "$@" >> {folder}/asked\n')
    (folder / "jiju").write_text("#!/bin/bash\ntrap 'exit 143' TERM\necho ready\nsleep 30 & wait\n")
    for each in folder.iterdir():
        each.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    text = slurm.scripts(Work(words, tmp_path / "whole.h5", 3, Needs(1, 300, 512, 300)))["array.sh"]
    script = tmp_path / "array.sh"
    script.write_text(re.sub(r"^\S+ -m jiju ", f"{folder}/jiju ", text, flags=re.MULTILINE))
    job = {"SLURM_ARRAY_TASK_ID": "2", "SLURM_ARRAY_JOB_ID": "41"}
    for name, asked in (("TERM", False), ("USR1", True)):
        with subprocess.Popen(["bash", script], stdout=subprocess.PIPE, text=True, env=os.environ | job) as task:
            assert task.stdout.readline() == "ready\n"
            subprocess.run(["kill", f"-{name}", str(task.pid)], check=True)
            assert task.wait(20) > 128
        assert (folder / "asked").exists() == asked
    assert (folder / "asked").read_text() == "requeue 41_2\n"


def test_scripts_are_shell_and_carry_more_options(words, tmp_path):
    texts = slurm.scripts(Work(words, tmp_path / "whole.h5", 3, Needs(1, 90_061, 700, 300), ["--partition=short"]))
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
        subprocess.run(["shellcheck", tmp_path / name], check=True)
    assert "#SBATCH --partition=short" in texts["array.sh"] and "#SBATCH --partition=short" in texts["merge.sh"]
    assert directives(tmp_path / "array.sh")["time"] == "1-01:02:00"


def test_what_is_there_is_not_replaced_and_not_half_written(words, tmp_path):
    output = tmp_path / "whole.h5"
    output.write_text("mine")
    with pytest.raises(jiju.FileError, match="exist"):
        submit.main(["-o", str(output), "--tasks", "3", *words])
    assert not (tmp_path / "whole.h5.slurm").exists()


@pytest.mark.parametrize(("given", "why"), [
    (["show", "plan.h5"], "'show': what is submitted is a run or a sweep"),
    ([], "is a run or a sweep"),
    (["run", "SHORT", "--threads", "3"], "--threads: each task gets its own"),
    (["run", "SHORT", "--shard=1/2"], "--shard: each task gets its own"),
    (["run", "SHORT", "--replicates", "2"], "2 replicates make no 3 parts"),
    (["run", "SHORT", "--set", "scenario.yeers=3"], "yeers"),
])  # fmt: skip
def test_mistakes_are_said_before_anything_is_submitted(short, given, why, tmp_path, sbatch):
    given = [str(short) if word == "SHORT" else word for word in given]
    with pytest.raises(ValueError, match=re.escape(why)):
        submit.main(["-o", str(tmp_path / "whole.h5"), "--tasks", "3", "--go", *given])
    assert not sbatch.exists()


def test_where_slurm_refuses_its_reason_is_given(words, tmp_path, sbatch):
    (sbatch.parent / "sbatch").write_text("#!/bin/bash\necho 'sbatch: error: invalid partition' >&2\nexit 1\n")
    with pytest.raises(jiju.UsageError, match="invalid partition"):
        submit.main(["-o", str(tmp_path / "whole.h5"), "--tasks", "3", "--go", *words])


def test_rules_say_what_a_shard_needs_and_put_nothing_in_where_a_name_has_braces(words, tmp_path):
    """The text alone; what Snakemake makes of it tests/partners/test_snakemake.py asks."""
    output = tmp_path / "{x} y" / "whole.h5"
    texts = snakemake.scripts(Work(words, output, 3, Needs(2, 90_061, 700, 300), ["--executor=slurm", "--jobs=64"]))
    rules = texts["Snakefile"]
    assert "threads: 2" in rules and "mem_mb=700" in rules and "runtime=1502" in rules and "range(1, 3 + 1)" in rules
    assert f"--output '{tmp_path}/{{{{x}}}} y/whole.h5'" in rules
    assert "--shard {wildcards.number}/3 --threads {threads}" in rules
    assert "--keep-going --executor=slurm --jobs=64 " in texts["submit.sh"]
    (tmp_path / "submit.sh").write_text(texts["submit.sh"])
    subprocess.run(["shellcheck", tmp_path / "submit.sh"], check=True)


def test_a_name_that_snakemake_would_not_take_is_refused(words, tmp_path):
    with pytest.raises(jiju.UsageError, match="wildcards"):
        submit.main(["-o", str(tmp_path / "{x}.h5"), "--tasks", "3", "--engine", "snakemake", *words])
    assert not list(tmp_path.iterdir())


def test_where_snakemake_gives_up_its_code_is_reported(words, tmp_path, monkeypatch):
    (tmp_path / "snakemake").write_text("#!/bin/bash\nexit 1\n")
    (tmp_path / "snakemake").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with pytest.raises(jiju.InvariantError, match=r"code 1; .*whole.h5.snakemake/submit.sh goes on"):
        submit.main(["-o", str(tmp_path / "whole.h5"), "--tasks", "3", "--engine", "snakemake", "--go", *words])
