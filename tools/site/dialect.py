"""What GitHub reads in Markdown and Python-Markdown, of which MkDocs is made, does not: said so that both agree.

GitHub's dialect lets a list follow a line of text and nest by two or three spaces; marks of measured numbers are
comments, which here would end a paragraph.
"""

import re

from sources import FENCED

COMMENT = re.compile(r"^<!--.*?-->\n|<!--.*?-->", re.MULTILINE | re.DOTALL)
ITEM = re.compile(r" *(?:[-*]|\d+\.) +")


def adapted(text: str) -> str:
    """A page in the dialect of the site."""
    parts = FENCED.split(text)
    return "".join(part if part.startswith("```") else prose(part) for part in parts)


def prose(text: str) -> str:
    """Text without code blocks: comments gone, lists set off and nested by four spaces."""
    lines: list[str] = []
    inside, before = False, ""
    for line in COMMENT.sub("", text).split("\n"):
        indent = len(line) - len(line.lstrip(" "))
        item = ITEM.match(line)
        if item and not inside and before.strip():
            lines.append("")
        if item or (not before.strip() and line.strip()):
            inside = bool(item) or (inside and indent > 0)
        if inside and (item or not before.strip()):
            line = "    " * ((indent + 1) // 3) + line.lstrip(" ")
        lines.append(line)
        before = line
    return "\n".join(lines)
