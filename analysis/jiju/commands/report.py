"""The command `jiju report`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from jiju import _engine
from jiju.browser import page
from jiju.commands.terminal import file_name, parser_of, text, whole
from jiju.languages import LANGUAGES, to_translate, translated

OWN = Path()  # the page that this jiju has

EPILOG = to_translate("""examples:
  jiju report both.h5 -o report.html
  jiju report status-quo.h5 plan.h5 -o report.html --lang zh
  jiju report all.h5 -o report.html --plan plan-double-fund
  jiju report both.h5 -o report.html --ablation effects.csv
  jiju report both.h5 -o report.html --live
""")


def parser() -> argparse.ArgumentParser:
    words = parser_of("report", EPILOG)
    words.add_argument("results", type=text, nargs="+", metavar="RESULTS.h5", help=translated(
        "results files; the first scenario of the first is the base"
    ))
    words.add_argument("-o", "--output", type=file_name, required=True, metavar="REPORT.html", help=translated(
        "page to write"
    ))
    words.add_argument("--plan", type=text, metavar="KEY", help=translated("scenario to report on (the last)"))
    words.add_argument("--ablation", type=file_name, metavar="EFFECTS.csv", help=translated(
        "what each lever does, as jiju ablate writes it"
    ))
    words.add_argument("--live", type=file_name, nargs="?", const=OWN, metavar="PAGE.html", help=translated(
        "put the model inside: a page that tools/build-web makes (the one that jiju explore opens)"
    ))
    words.add_argument("--sample", type=whole(0, 10_000_000), default=5, metavar="N", help=translated(
        "replicates of each file that are simulated again for its verification (%(default)s)"
    ))
    words.add_argument("--force", action="store_true", help=translated("replace existing files"))
    words.add_argument("--lang", choices=(*LANGUAGES, "both"), default="both", help=translated(
        "language of the report; of both, readers choose (%(default)s)"
    ))
    return words


def main(argv: Sequence[str]) -> int:
    asked = parser().parse_args(argv)
    _engine.check_output(str(asked.output), asked.force)
    live = page.path() if asked.live == OWN else asked.live
    from jiju.reports.report import report  # with the libraries of figures, which `--help` does without

    written = report(
        *asked.results, output=asked.output, lang=asked.lang, plan=asked.plan, ablation=asked.ablation,
        live=live, sample=asked.sample, force=asked.force,
    )  # fmt: skip
    print(translated("wrote {path}", path=written))
    return 0
