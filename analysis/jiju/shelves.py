"""Where the scenarios are that come with the package: inside it where it is installed, beside it in a checkout."""

from pathlib import Path

_HERE = Path(__file__).parent
SHELF = next((each for each in (_HERE / "scenarios", _HERE.parents[1] / "scenarios") if each.is_dir()), None)
