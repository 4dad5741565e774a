"""A small tree that a check of tools/ reads, for the tests of these checks."""

import subprocess
import sys
from pathlib import Path

TOOLS = Path(__file__).parents[2] / "tools"


def write(root, name, text):
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def write_all(root, texts):
    for name, text in texts.items():
        write(root, name, text)
    return root


def check(tool, root):
    return subprocess.run([sys.executable, TOOLS / tool, root], capture_output=True, text=True)
