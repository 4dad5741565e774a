"""How to cite Jiju, from CITATION.cff alone: as BibTeX, in the style of the APA, or as that file.

    print(jiju.cite())                       # the version that is installed
    print(jiju.cite("apa", "plan.h5"))       # the version that made the results
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

import yaml

from jiju import __version__
from jiju.errors import FileError, UsageError
from jiju.languages import translated
from jiju.printing import latex_tables

if TYPE_CHECKING:
    import xarray as xr

Style = Literal["bibtex", "apa", "cff"]
STYLES: tuple[Style, ...] = get_args(Style)
# Inside the package where it was installed, else in the checkout.
PLACES = (Path(__file__).parents[1], Path(__file__).parents[3])


@cache
def text_of_source() -> str:
    for folder in PLACES:
        path = folder / "CITATION.cff"
        if path.is_file():
            return path.read_text(encoding="utf-8")
    raise FileError(translated(
        "CITATION.cff is neither in the package nor beside it; install the package again"
    ))


def source() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(text_of_source())
    return found


def cite(style: Style = "bibtex", results: xr.Dataset | str | os.PathLike[str] | None = None) -> str:
    """A reference to Jiju; to the version and commit that made results, where those are given.

    Styles: "bibtex" (an entry @software, as biblatex has it), "apa" (seventh edition), "cff" (CITATION.cff itself).

    Example:

        print(jiju.cite("apa", "both.h5"))                     # the version that made these results
    """
    if style not in STYLES:
        raise UsageError(translated(
            "style = {style!r}: allowed are {STYLES}",
            style=style, STYLES=", ".join(STYLES),
        ))
    facts = source() | made_by(results)
    if style == "cff":
        return text_of_source() if results is None else yaml.safe_dump(facts, sort_keys=False, allow_unicode=True)
    return bibtex(facts) if style == "bibtex" else apa(facts)


def made_by(results: xr.Dataset | str | os.PathLike[str] | None) -> dict[str, Any]:
    """Version and commit of the program that made results; the date of release is known of this version alone."""
    if results is None:
        return {}
    if isinstance(results, str | os.PathLike):
        from jiju.results import files

        with files.open(results) as data:
            return made_by(data)
    version, commit = str(results.attrs["software_version"]), str(results.attrs.get("git_sha1", "unknown"))
    dated = {} if version == __version__ else {"date-released": None}
    return {"version": version, **({"commit": commit} if commit != "unknown" else {}), **dated}


def authors_of(facts: Mapping[str, Any]) -> list[str]:
    """Of a group its name, of a person family name and given names."""
    parts = ("family-names", "given-names")
    return [each.get("name") or ", ".join(each[part] for part in parts if part in each) for each in facts["authors"]]


def day_of(facts: Mapping[str, Any]) -> date | None:
    """YAML gives a date where it sees one."""
    found = facts.get("date-released")
    return found if found is None or isinstance(found, date) else date.fromisoformat(str(found))


def bibtex(facts: Mapping[str, Any]) -> str:
    """Groups in braces of their own, so that no name is taken apart."""
    names = " and ".join(f"{{{latex_tables.escaped(name)}}}" for name in authors_of(facts))
    day = day_of(facts)
    fields = {
        "author": names,
        "title": f"{{{latex_tables.escaped(str(facts['title']))}}}",
        "version": str(facts["version"]),
        "date": day.isoformat() if day else "",
        "year": str(day.year) if day else "",
        "note": f"commit {facts['commit']}" if "commit" in facts else "",
        "url": str(facts.get("url") or facts.get("repository-code") or ""),
        "doi": str(facts.get("doi") or ""),
    }
    lines = [f"  {key} = {{{value}}}," for key, value in fields.items() if value]
    return "\n".join([f"@software{{jiju-{facts['version']},", *lines, "}"])


def apa(facts: Mapping[str, Any]) -> str:
    day, title, names = day_of(facts), str(facts["title"]), authors_of(facts)
    who = names[0] if len(names) == 1 else ", ".join(names[:-1]) + f", & {names[-1]}"
    commit = f"; commit {str(facts['commit'])[:10]}" if "commit" in facts else ""
    where = str(facts.get("doi") or facts.get("url") or "")
    year = day.year if day else "n.d."
    return f"{who} ({year}). {title} (Version {facts['version']}{commit}) [Computer software]. {where}".rstrip()
