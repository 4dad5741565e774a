"""Commands written in Python behave like the program's: streams, signals, values."""

import argparse
import importlib
import json
import os
import signal
import subprocess
import sys

import pandas as pd
import pytest

import jiju
from jiju.commands import terminal
from jiju.errors import UsageError
from jiju.evidence import calibrate
from jiju.runs import workers
from jiju.statistics.monte_carlo import Prior, sample_priors

COMMAND = """
import sys, time
from jiju.commands import terminal

def work():
    print("集聚 begun", flush=True)
    time.sleep(60)
    return 0

sys.exit(terminal.carry_out(work))
"""


def started(**how):
    return subprocess.Popen([sys.executable, "-c", COMMAND], stdout=subprocess.PIPE, stderr=subprocess.PIPE, **how)


@pytest.mark.parametrize("sent", workers.POLITE_SIGNALS, ids=lambda sent: sent.name)
def test_a_signal_ends_a_command_without_a_traceback(sent):
    process = started()
    process.stdout.readline()
    process.send_signal(sent)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == 128 + sent
    assert errors.decode() == f"jiju: stopped by {sent.name}\n"


def test_characters_that_a_terminal_lacks_are_replaced():
    process = started(env={**os.environ, "PYTHONIOENCODING": "latin-1"})
    assert process.stdout.readline() == b"?? begun\n"
    process.kill()
    process.communicate()


def test_a_reader_that_has_seen_enough_is_no_error():
    text = COMMAND.replace("time.sleep(60)", "[print(n) for n in range(100_000)]")
    process = subprocess.Popen([sys.executable, "-c", text], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b"" and process.wait(timeout=30) == 128 + signal.SIGPIPE


def test_json_keeps_its_characters_in_any_encoding():
    text = 'from jiju.commands import terminal; terminal.print_json({"name": "集聚"})'
    for encoding in ("utf-8", "latin-1", "ascii"):
        out = subprocess.run([sys.executable, "-c", text], capture_output=True, check=True,
                             env={**os.environ, "PYTHONIOENCODING": encoding}).stdout  # fmt: skip
        assert json.loads(out) == {"name": "集聚"}


def test_values():
    assert terminal.whole(0)("010") == 10
    for word in ("", "1e3", "0x10", "1_000", "٣", "-1", str(2**63)):
        with pytest.raises(argparse.ArgumentTypeError):
            terminal.whole(0)(word)
    assert terminal.share("0.9") == 0.9
    for word in ("nan", "inf", "0", "1", "95"):
        with pytest.raises(argparse.ArgumentTypeError):
            terminal.share(word)
    with pytest.raises(argparse.ArgumentTypeError, match=r"it is 0\.9"):
        terminal.share("0,9")


def test_draws_of_another_seed_are_refused(tmp_path):
    priors = {"a": Prior(0, 1, False), "b": Prior(1, 2, True)}
    mine, other = (sample_priors(priors, 5, seed) for seed in (1, 2))
    path = tmp_path / "draws.csv"
    summaries = pd.DataFrame({"mean": range(5)})
    pd.concat([mine.add_prefix(calibrate.DRAWN), summaries], axis="columns").to_csv(path, index=False)
    pd.testing.assert_frame_equal(calibrate.read_draws(path, mine, ["mean"]), summaries)
    for shares in (other, mine.rename(columns={"a": "c"}), mine.head(4)):
        with pytest.raises(UsageError):
            calibrate.read_draws(path, shares, ["mean"])
    with pytest.raises(UsageError, match="lacks median"):
        calibrate.read_draws(path, mine, ["mean", "median"])


def test_seeds_that_no_scenario_can_hold_are_refused(short):
    with pytest.raises(UsageError, match="allowed are 0 to 9223372036854775807"):
        jiju.run(short, seed=2**63)


def test_a_signal_within_an_import_is_a_signal(capsys):
    """A compiled module whose import a signal breaks off raises an ImportError."""

    def work():
        try:
            signal.raise_signal(signal.SIGTERM)
        except terminal.Stopped as stopped:
            raise ImportError("initialization failed") from stopped
        return 0

    assert terminal.carry_out(work) == 128 + signal.SIGTERM
    assert capsys.readouterr().err == "jiju: stopped by SIGTERM\n"
    with pytest.raises(ImportError):
        terminal.carry_out(lambda: importlib.import_module("jiju.no_such_module"))
