"""One file that carries results to people who will install nothing, with the proof that they are what they say.

    jiju.report("both.h5", output="report.html", lang="both")
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Literal, get_args

import pandas as pd

from jiju.errors import FileError, UsageError
from jiju.languages import LANGUAGES, Lang, speaking, translated
from jiju.new_files import check, write_all
from jiju.plot.appearance import chinese_font
from jiju.reports import doubts, outcomes, policy
from jiju.reports.content import Edition
from jiju.reports.figures import Drawer
from jiju.reports.front_page import front_page
from jiju.reports.page import page
from jiju.reports.proof import proof
from jiju.reports.subject import Subject, opened
from jiju.runs import answers
from jiju.studies.ablation_tables import Ablation
from jiju.studies.attribution import Attribution

ReportLang = Literal["en", "zh", "both"]
Name = str | os.PathLike[str]
ABLATION_COLUMNS = ("lever", "way", "outcome", "effect", "low", "high", "measurable", "name", "name_zh", "unit")
BUILD = "tools/build-web"  # which makes a page for `live`


def report(
    *results: Name, output: Name, lang: ReportLang = "both", plan: str | None = None,
    ablation: Ablation | Name | None = None, attribution: Attribution | None = None, live: Name | None = None,
    sample: int = 5, force: bool = False,
) -> Path:  # fmt: skip
    """Writes the report of results files as one HTML file, and returns its path.

    The first scenario of the files is the base; `plan` is the key of the one to report on, the last unless said
    otherwise. Where one scenario stands alone, the report says what is missing. `lang` is "en", "zh" or "both", of
    which readers choose. `ablation` is what `jiju.ablate` gives, or the CSV that `jiju ablate -o effects.csv` writes,
    `attribution` what `jiju.attribute` gives. `live` is the page that `tools/build-web` makes: the model runs in the
    reader's browser then. `sample` replicates of each file are simulated again for the record of its verification,
    always the same ones.

    UsageError where arguments or results make no report; FileError where a file is damaged or missing, or `output`
    exists and `force` is not given.

    Example:

        jiju.report("both.h5", output="report.html", sample=1)
        jiju.report("both.h5", output="minister.html", lang="zh", sample=1)
    """
    if lang not in get_args(ReportLang):
        raise UsageError(translated(
            "lang = {lang!r}: allowed are {allowed}", lang=lang, allowed=", ".join(get_args(ReportLang))
        ))
    target = Path(output)
    if target.suffix.lower() not in (".html", ".htm"):
        raise UsageError(translated("{target}: the name of a report ends in .html", target=target))
    check([target], force)
    languages: tuple[Lang, ...] = LANGUAGES if lang == "both" else (lang,)
    if "zh" in languages and chinese_font() is None:
        raise UsageError(translated(
            "a report in Chinese needs a font with Chinese letters for its figures; on Debian install fonts-noto-cjk, "
            "or ask for lang='en'"
        ))
    model = None if live is None else page_of_model(Path(live))
    found = ablation_of(ablation) if isinstance(ablation, str | os.PathLike) else ablation
    with opened(results, plan) as subject:
        editions = []
        for each in languages:
            with speaking(each):
                editions.append(edition(subject, each, found, attribution, sample))
    text = page(editions, model)
    write_all({target: lambda path: write_text(path, text)}, force)
    return target


def write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def edition(subject: Subject, lang: Lang, ablation: Ablation | pd.DataFrame | None, attribution: Attribution | None,
            sample: int) -> Edition:  # fmt: skip
    """The report in one language, which is that of the process."""
    draw = Drawer(subject, lang)
    base, plan = subject.names(lang)
    checks = {path: answers.verify(path, sample=sample, seed=1) for path in subject.runs}
    front = front_page(subject, lang)
    failed = [path.name for path, found in checks.items() if not found["holds"].all()]
    if failed:
        front = replace(front, missing=[translated(
            "Verification of {files} failed: the record at the end says where. Do not rely on these numbers.",
            files=", ".join(failed),
        ), *front.missing])  # fmt: skip
    return Edition(
        lang, f"{subject.city(lang)}{'：' if lang == 'zh' else ': '}{plan}" if subject.city(lang) else plan,
        subtitle(subject, base, plan), front,
        [
            outcomes.targets(subject, draw, lang), outcomes.industries(subject, draw, lang),
            outcomes.places(subject, draw, lang), policy.levers(subject, draw, lang, ablation, attribution),
            policy.winners(subject, lang), doubts.uncertain(subject, lang), doubts.assumed(subject, lang),
            doubts.fitted(subject, lang), proof(subject, checks, lang),
        ],
        words(),
    )  # fmt: skip


def subtitle(subject: Subject, base: str, plan: str) -> str:
    told = subject.plan.summary
    values = {"first": told["first_year"], "last": told["last_year"], "n": subject.plan.replicates}
    if subject.base is None:
        return translated("“{plan}” simulated, {first} to {last}, {n} replicates", plan=plan, **values)
    return translated(
        "“{plan}” held against “{base}”, {first} to {last}, {n} replicates", plan=plan, base=base, **values
    )


def words() -> dict[str, str]:
    """What the page itself says."""
    return {
        "contents": translated("Contents"), "copy": translated("Copy table"), "copied": translated("Copied"),
        "front": translated("In one page"), "lights": translated("Will the targets be met?"),
        "chance": translated("chance"), "from": translated("from {before}", before="{before}"),
        "unsure": translated("this light is not sure"), "figure": translated("Figure"), "table": translated("Table"),
        "live": translated("Try it: the model in this page"),
        "live_how": translated("Open the model. It runs in this browser, offline, and may take a moment."),
    }  # fmt: skip


def page_of_model(path: Path) -> str:
    if not path.is_file():
        raise FileError(translated(
            "{path}: there is no such page; {command} builds the model for browsers into build/web/jiju.html",
            path=path, command=BUILD,
        ))  # fmt: skip
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        text = ""
    if "<html" not in text[:4096].lower():
        raise FileError(translated(
            "{path} is no page of HTML; wanted is what {command} builds, build/web/jiju.html", path=path, command=BUILD
        ))
    return text


def ablation_of(path: Name) -> pd.DataFrame:
    """The table of effects that `jiju ablate -o effects.csv` writes."""
    try:
        frame = pd.read_csv(path)
    except OSError as error:
        raise FileError(f"{os.fspath(path)}: {error.strerror or error}") from error
    except (ValueError, pd.errors.ParserError) as error:
        raise FileError(f"{os.fspath(path)}: {error}") from error
    missing = [name for name in ABLATION_COLUMNS if name not in frame]
    if missing:
        raise UsageError(translated(
            "{path} has no column {missing}; wanted is the table that jiju ablate -o effects.csv writes",
            path=os.fspath(path), missing=missing[0],
        ))  # fmt: skip
    return frame[frame["way"] != "direct"]
