"""Docstrings of the package as Markdown.

Two forms that the package uses have no Markdown of their own. An example stands indented below `Example:`; words with
their meanings stand in two columns, as `first  what the factor does by itself`, longer meanings indented below.
"""

import re

EXAMPLE = re.compile(r"^Example:\n\n?((?:(?:    .*)?\n)*(?:    .*))$", re.MULTILINE)
TERM = re.compile(r"(\w[\w, .*]*?)  +(\S.*)")


def readable(text: str) -> str:
    """A docstring with a block of Python for its example and a list for two columns."""
    parts = []
    for part in re.split(r"\n\n(?! )", EXAMPLE.sub(block, text)):
        parts.append(part if part.startswith(("```", "    ")) else columns(part))
    return "\n\n".join(parts)


def block(found: re.Match[str]) -> str:
    code = "\n".join(line[4:] for line in found[1].split("\n"))
    return f"```python\n{code.strip()}\n```"


def columns(part: str) -> str:
    """A paragraph whose lines are terms with meanings as a list; others as they are."""
    lines = part.split("\n")
    begin = next((place for place, line in enumerate(lines) if TERM.fullmatch(line)), None)
    if begin is None:
        return part
    items: list[str] = []
    for line in lines[begin:]:
        if found := TERM.fullmatch(line):
            items.append(f"- **{found[1]}**: {found[2]}")
        elif line.startswith("  "):
            items[-1] += " " + line.strip()
        else:
            return part
    return "\n".join([*lines[:begin], "", *items])
