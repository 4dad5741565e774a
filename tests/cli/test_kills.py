"""A few kills at random moments of commands of either kind; tools/campaign_kills does a thousand of all."""

import re
import subprocess
import sys

from jiju_command import PROGRAM, ROOT


def test_killed_commands_leave_what_they_should(tmp_path):
    done = subprocess.run(
        [sys.executable, ROOT / "tools" / "campaign_kills", "--count", "10", "--seconds", "20", "--jiju", PROGRAM,
         "--cases", "run,merge,compare", "--folder", tmp_path],
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(re.search(r"^(\d+) kills in", done.stdout, re.MULTILINE)[1]) > 0
    assert not any(tmp_path.iterdir())
