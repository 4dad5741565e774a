"""A city of a million firms: refused where nothing could hold it, and given up on its way when that is asked for."""

import signal
import subprocess
import time
from pathlib import Path

import pytest
from jiju_command import INTERRUPTED, PROGRAM, REFUSED, jiju

LARGE = """extends = "../tutorial/river-city.toml"
[scenario]
replicates = 1
years = 10
steps_per_year = 52
[industries.machines]
fringe_firms = 1000000
"""


def resident_megabytes(process):
    lines = Path(f"/proc/{process.pid}/status").read_text().splitlines()
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), 0.0)


# Its only replicate would take minutes. Under way: half of the firms are there, or they all are and live.
@pytest.mark.parametrize("megabytes", [150, 400])
def test_a_replicate_is_given_up_on_its_way(city, megabytes):
    command = [PROGRAM, "run", city.write(LARGE), "--quiet"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        latest = time.monotonic() + 50
        while resident_megabytes(process) < megabytes and time.monotonic() < latest:
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        out, seen = process.communicate(timeout=30)  # well below what the replicate takes, well above a second
    assert (process.returncode, out) == (INTERRUPTED, "")
    assert "stopped by SIGINT after 0 of 1 replicates" in seen


@pytest.mark.parametrize(
    "text, problem",
    [
        ("[industries.medicine]\nfringe_firms = 1000000\n[industries.machines]\nabove_scale_firms = 1000000\n"
         "base_sales = 1000000\n", "firms are too many; at most 2000000 in a city"),
        ("[industries.machines]\nfringe_firms = 1000000\n[scenario]\nyears = 30\n"
         "[parameters.entry]\nstart_up_rate = 1\n",
         "GB a replicate; at most 4e+06: lower the rates of entry, the numbers of firms, or `years`"),
        ("[industries.machines]\nfringe_firms = 1000000\n"
         "[scenario]\nyears = 29\nburn_in_years = 10\nsteps_per_year = 52\n[parameters.entry]\n"
         "start_up_rate = 0.02\n", "minutes a replicate; at most 10"),
    ],
)
def test_what_no_machine_holds_is_refused_with_an_estimate(city, text, problem):
    result = jiju("validate", city.write('extends = "../tutorial/river-city.toml"\n' + text))
    assert result.returncode == REFUSED
    assert problem in result.stderr
