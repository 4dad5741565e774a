"""What is given on the command line means what it looks like, or is refused with what would be right."""

import json
import os
import subprocess

import pytest
from jiju_command import FILE, OK, PROGRAM, REFUSED, good, jiju, sha256

BROKEN_PIPE = 141


def refused(*words, **how):
    result = jiju(*words, **how)
    assert (result.returncode, result.stdout) == (REFUSED, ""), result.stderr
    return result.stderr


def test_a_number_with_leading_zeros_is_decimal(short, tmp_path):
    for seed in ("10", "010", "+10"):
        good("run", short, "--replicates", "02", f"--seed={seed}", "-o", tmp_path / f"{seed}.h5")
    assert len({sha256(path) for path in tmp_path.iterdir()}) == 1


@pytest.mark.parametrize(
    "words, message",
    [
        (["--seed", "9223372036854775808"], "allowed are -9223372036854775808 to 9223372036854775807"),
        (["--seed", "0x10"], "--seed 0x10: is no whole number"),
        (["--seed", "1e3"], "--seed 1e3: is no whole number"),
        (["--replicates", "1,000"], "--replicates 1,000: is no whole number"),
        (["--replicates", "3.0"], "--replicates 3.0: is no whole number"),
        (["--threads", "0"], "--threads 0: allowed are 1 to 1024"),
        (["--threads", "1025"], "--threads 1025: allowed are 1 to 1024"),
        (["--checkpoint", "nan"], "--checkpoint nan: is no number"),
        (["--checkpoint", "inf"], "--checkpoint inf: is no number"),
        (["--checkpoint", "1e999"], "--checkpoint 1e999: is no number"),
        (["--checkpoint", "0,5"], "--checkpoint 0,5: is no number; with a decimal point it is 0.5"),
        (["--checkpoint", "90000"], "--checkpoint 90000: allowed are 0 to 86400"),
        (["--seed", ""], "an empty value after --seed"),
        (["--seed="], "an empty value for --seed"),
        (["--shard", "", "-o", "x.h5"], "an empty value after --shard"),
        (["-o", ""], "an empty value after -o"),
        (["--outputs", ""], "an empty value after --outputs"),
        (["--set", ""], "an empty value after --set"),
        (["--shard", "0/16", "-o", "x.h5"], "counted from 1; in a Slurm array, --array=1-16"),
        (["--precision", "p(T1)=0,01@95%"], "p(T1)=0,01@95%"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_with_what_would(short, tmp_path, monkeypatch, words, message):
    monkeypatch.chdir(tmp_path)
    assert message in refused("run", short, *words)
    assert not any(tmp_path.iterdir())


def test_values_of_other_commands(finished):
    assert "allowed are 0 to 18446744073709551615" in refused("verify", finished.path, "--seed", 2**64)
    assert jiju("verify", finished.path, "--seed", 2**64 - 1, "--sample", 1).returncode == OK
    assert "--sample -1: allowed are 0 to" in refused("verify", finished.path, "--sample=-1")
    assert "an empty value" in refused("show", "")


def test_seeds_that_no_file_can_hold_are_refused(city):
    path = city.write('extends = "../shaoxing-2011/status-quo.toml"\n[scenario]\nseed = 9223372036854775808\n')
    assert f"{path}:3:" in refused("validate", path)


@pytest.mark.parametrize("text", ['name = "a\\u0000b"', '"na\\u0000me" = 1', 'name = "a\\U00000000b"'])
def test_the_character_zero_is_refused_at_its_place(city, text):
    path = city.write(f'extends = "../shaoxing-2011/status-quo.toml"\n[scenario]\n{text}\n')
    errors = refused("validate", path)
    assert f"{path}:3:" in errors and "U+0000" in errors


def test_the_character_zero_in_a_setting_is_refused(short):
    assert refused("validate", short, "--set", 'scenario.name="a\\u0000b"') == (
        "--set scenario.name: error: the character U+0000 has no place in a scenario\n"
    )


def test_controls_of_terminals_are_shown_and_not_sent(city, tmp_path):
    evil = "\x1b[31mred\x1b[0m\x07\u009b31m"
    errors = refused("run", tmp_path / f"{evil}.toml") + jiju("show", tmp_path / f"{evil}.h5").stderr
    named = city.write('extends = "../shaoxing-2011/status-quo.toml"\n[scenario]\nyears = 1\nname = "\\u001b[31mred"\n')
    shown = good("run", named, "--replicates", 1)
    for text in (errors, shown):
        assert not any((ord(c) < 32 and c not in "\n\t") or 0x7F <= ord(c) < 0xA0 for c in text)
    assert "\\x1B[31mred\\x1B[0m\\x07\\u009B31m" in errors and "?[31mred" in shown


def test_a_reader_that_has_seen_enough_is_no_error(finished):
    with subprocess.Popen(
        [PROGRAM, "describe", "parameters"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == BROKEN_PIPE


def test_talk_that_nobody_hears_ends_no_run(short, tmp_path):
    path = tmp_path / "out.h5"
    reading, writing = os.pipe()
    os.close(reading)
    result = subprocess.run([PROGRAM, "run", short, "--replicates", "2", "-o", path], stderr=writing, timeout=60)
    os.close(writing)
    assert result.returncode == OK and path.exists()


def test_terminals_of_other_encodings(finished):
    env = {**os.environ, "LC_ALL": "C", "LANG": "C"}
    assert "T1" in good("show", finished.path, "--lang", "zh", env=env)
    assert json.loads(good("show", finished.path, "--json", env=env))


@pytest.mark.parametrize(
    "command", [["show"], ["verify"], ["merge", "-o", "new.h5"], ["replay", "-o", "new.h5", "--replicate", "0"]]
)
def test_what_is_no_file_is_not_waited_for(tmp_path, monkeypatch, command):
    monkeypatch.chdir(tmp_path)
    os.mkfifo("pipe")
    result = jiju(command[0], "pipe", *command[1:])
    assert result.returncode == FILE and "pipe: is a pipe, not a file" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["pipe"]


def test_a_dangling_link_as_output_is_refused_before_the_run(short, tmp_path):
    link = tmp_path / "link.h5"
    link.symlink_to("nowhere.h5")
    for option in ([], ["--force"]):
        result = jiju("run", short, "--replicates", 100_000, "-o", link, *option)
        assert result.returncode == FILE and "is a link to nowhere.h5, which does not exist" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["link.h5"]
