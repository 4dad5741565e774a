"""The command `jiju diff`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from jiju.commands.terminal import add_language, parser_of, print_json, text
from jiju.languages import Lang, to_translate, translated

if TYPE_CHECKING:
    from jiju.inputs.scenario_differences import Difference

EPILOG = to_translate("""examples:
  jiju diff shaoxing-2011/status-quo shaoxing-2011/plan
  jiju diff shaoxing-2011/plan my-plan.toml --lang zh
  jiju diff shaoxing-2011/plan shaoxing-2011/plan --set levers.special_fund.budget.times=2
""")


def parser() -> argparse.ArgumentParser:
    words = parser_of("diff", EPILOG)
    words.add_argument("base", type=text, metavar="A", help=translated(
        "scenario: a file, or a name such as shaoxing-2011/plan"
    ))
    words.add_argument("other", type=text, metavar="B", help=translated(
        "scenario whose changes of A are listed"
    ))
    words.add_argument("--set", action="append", default=[], type=text, metavar="KEY=VALUE",
                       help=translated("a value of B in place of its own"))  # fmt: skip
    words.add_argument("--json", action="store_true", help=translated(
        "as JSON: path, values, names, meaning, unit"
    ))
    add_language(words)
    return words


def main(argv: Sequence[str]) -> int:
    asked = parser().parse_args(argv)
    from jiju.inputs.scenario import Scenario
    from jiju.inputs.scenario_differences import differences

    base, other = Scenario.load(asked.base), Scenario.load(asked.other).with_settings(asked.set)
    found = differences(base.to_dict(), other.to_dict())
    if asked.json:
        print_json({"format": "jiju diff", "version": 1, "base": base.key, "other": other.key,
                    "differences": [each.to_dict() for each in found]})  # fmt: skip
    else:
        print(told(found, asked.lang))
    return 0


def told(found: Sequence[Difference], lang: Lang) -> str:
    """A sentence a line."""
    if not found:
        return "两个情景相同" if lang == "zh" else "The two scenarios say the same."
    return "\n".join(each.sentence(lang) for each in found)
