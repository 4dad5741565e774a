"""Lays a report out as one HTML file that asks nothing of the network: templates/ with style and script inside."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from jiju.reports.content import Edition, Number

# What a page may do. A page with the model inside must run the model's script and its workers, from itself alone.
RULES = ("default-src 'none'; img-src data:; style-src-elem {style}; style-src-attr 'unsafe-inline'; "
         "script-src {script}; base-uri 'none'; form-action 'none'")  # fmt: skip
RULES_LIVE = ("default-src 'none'; img-src data: blob:; font-src data:; style-src 'unsafe-inline'; "
              "script-src 'unsafe-inline' 'wasm-unsafe-eval' blob: data:; worker-src blob: data:; "
              "connect-src blob: data:; frame-src 'self' blob: data:; base-uri 'none'; form-action 'none'")  # fmt: skip


@cache
def environment() -> Environment:
    made = Environment(
        loader=PackageLoader("jiju.reports", "templates"), autoescape=select_autoescape(default=True),
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    made.tests["number"] = lambda cell: isinstance(cell, Number)
    return made


def part_of_page(name: str) -> str:
    """Style or script, as it stands."""
    loader = environment().loader
    assert loader is not None
    return loader.get_source(environment(), name)[0].strip()


def allowed(text: str) -> str:
    """A text by its digest, as a policy of content names it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def page(editions: Sequence[Edition], live: str | None = None) -> str:
    """The file's text. `live` is a page that holds the model, put into a frame of its own."""
    style, script = part_of_page("report.css"), part_of_page("report.js")
    rules = RULES_LIVE if live else RULES.format(style=allowed(style), script=allowed(script))
    return environment().get_template("report.html").render(
        editions=editions, style=Markup(style), script=Markup(script), rules=rules, live=live,
    )  # fmt: skip
