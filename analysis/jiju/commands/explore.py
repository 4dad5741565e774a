"""The command `jiju explore`."""

from __future__ import annotations

import argparse
import contextlib
import threading
import webbrowser
from collections.abc import Sequence

from jiju.commands.terminal import parser_of, text, whole
from jiju.languages import to_translate, translated

EPILOG = to_translate("""examples:
  jiju explore
  jiju explore shaoxing-2011/plan
  jiju explore my-plan.toml --port 8000 --no-browser

The page is for this machine alone: its address holds a token that is new at every start. Ctrl-C ends it.
""")


def parser() -> argparse.ArgumentParser:
    words = parser_of("explore", EPILOG)
    words.add_argument("scenarios", type=text, metavar="SCENARIO", nargs="*", help=translated(
        "files, or bare names such as shaoxing-2011/plan; the page opens with the first"
    ))
    words.add_argument("--port", type=whole(0, 65535), default=0, metavar="N", help=translated(
        "of 127.0.0.1; 0 is any that is free (%(default)s)"
    ))
    words.add_argument("--no-browser", action="store_true", help=translated("print the address and open no browser"))
    return words


def main(argv: Sequence[str]) -> int:
    asked = parser().parse_args(argv)
    from jiju.browser.arms import Shelf
    from jiju.browser.page import page
    from jiju.browser.server import Server, serving

    server = Server(Shelf(asked.scenarios), page(), asked.port)
    end = serving(server)
    print(server.address, flush=True)
    if not asked.no_browser:
        webbrowser.open(server.address)
    with contextlib.closing(contextlib.ExitStack()) as ending:
        ending.callback(end)
        threading.Event().wait()
    return 0
