"""The command `jiju import`."""

from __future__ import annotations

import argparse
import math
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jiju import _engine
from jiju.commands.terminal import add_language, file_name, parser_of, text, whole
from jiju.errors import UsageError
from jiju.languages import to_translate, translated

if TYPE_CHECKING:
    from jiju.cities.presets import Preset

EPILOG = to_translate("""examples:
  jiju import firms.csv --city Hefei --year 2010 --preset presets/china-2010 --unit 1e4 --threshold 500 \\
      --all-industry-sales 31000000 --investment 2400000 --growth 0.15
  jiju import firms.xlsx --mapping columns.toml -o hefei --names
  jiju import firms.dta --column sales=rev --place "East Zone" … --judge-missing

A row is a firm: industry, place and sales are needed; employees, founded, research, capital, patents, group_sales,
exports or exports_share, listed, weight and name are used where they are there. Money is in units of --unit
throughout. The firms of the scenario are then those of the table; what a row does not say is drawn in each replicate.
docs/how-to/own-city.md walks through it.
""")

# What is asked for besides the table, with what an assumption would be.
QUESTIONS = {
    "city": to_translate("the city's name"),
    "year": to_translate("the year that the figures are of, such as 2010"),
    "preset": to_translate(
        "the file of what the country decides, its currency and units of money and land among them, such as "
        "presets/china-2010"
    ),
    "unit": to_translate("what one unit of the money columns is, such as 1, 1e4 or 1e6 of the currency"),
    "threshold": to_translate(
        "the sales from which statistics count a firm, in that unit; 0 where the table has all firms"
    ),
    "all_industry_sales": to_translate("sales of all industry of the city in that year, in that unit"),
    "investment": to_translate("investment of these firms in that year, in that unit"),
    "growth": to_translate("growth of these industries' sales in that year, as 0.12 for 12 %"),
}
ALWAYS = ("city", "year", "preset", "unit")
JUDGED_BY_SHARE = {"all_industry_sales": 4.0, "investment": 0.12}  # of the table's sales
JUDGED_GROWTH = 0.08
LEAST_THRESHOLD = 0.001  # of a unit of money: the model's bound


def number(word: str) -> float:
    try:
        value = float(word)
    except ValueError:
        raise argparse.ArgumentTypeError(translated("{word!r} is no number", word=word)) from None
    if not math.isfinite(value):
        raise argparse.ArgumentTypeError(translated("{word} is not finite", word=word))
    return value


def column(word: str) -> tuple[str, str]:
    name, equals, heading = word.partition("=")
    if not (name and equals and heading):
        raise argparse.ArgumentTypeError(translated(
            "{word!r}; wanted is COLUMN=HEADING, such as sales=revenue",
            word=word,
        ))
    return name, heading


def parser() -> argparse.ArgumentParser:
    words = parser_of("import", EPILOG)
    words.add_argument("firms", type=file_name, metavar="FIRMS", help=translated(
        "table: .csv, .parquet, .dta or .xlsx"
    ))
    words.add_argument("-o", "--output", type=file_name, metavar="FOLDER",
                       help=translated("folder to write; default: the city's name"))  # fmt: skip
    words.add_argument("--mapping", type=file_name, metavar="FILE.toml",
                       help=translated("[columns] and [city]: what follows, in a file"))  # fmt: skip
    words.add_argument("--column", type=column, action="append", default=[], metavar="COLUMN=HEADING",
                       help=translated("heading of a column; may be given again"))  # fmt: skip
    words.add_argument("--place", type=text, default=None, metavar="NAME", help=translated(
        "the place of all firms"
    ))
    words.add_argument("--city", type=text, default=None, metavar="NAME", help=translated(QUESTIONS["city"]))
    words.add_argument("--city-zh", type=text, default=None, metavar="NAME", help=translated("its Chinese name"))
    words.add_argument("--year", type=whole(1989, 2049), default=None, metavar="YEAR", help=translated(
        QUESTIONS["year"]
    ))
    words.add_argument("--preset", type=text, default=None, metavar="FILE", help=translated(QUESTIONS["preset"]))
    for name in ("unit", "threshold", "all_industry_sales", "investment", "growth"):
        words.add_argument(f"--{name.replace('_', '-')}", type=number, default=None, metavar="X",
                           help=translated(QUESTIONS[name]).replace("%", "%%"))  # fmt: skip
    words.add_argument("--named", type=whole(0, 200), default=None, metavar="N",
                       help=translated(
                           "with --without-rows: how many of the largest firms are followed one by one (10)"
                       ))  # fmt: skip
    words.add_argument("--names", action="store_true", help=translated(
        "write their names; without it they are numbered"
    ))
    words.add_argument("--totals", type=file_name, metavar="FILE.csv",
                       help=translated(
                           "totals to compare with: industry, place, and any of firms, sales, employees"
                       ))  # fmt: skip
    words.add_argument("--history", type=file_name, metavar="FILE.csv",
                       help=translated(
                           "output, price and jobs by industry and year: growth, volatility and correlation with "
                           "their uncertainty"
                       ))  # fmt: skip
    words.add_argument("--without-rows", action="store_true", help=translated(
        "write sums and distributions, no row: each replicate draws its firms"
    ))
    words.add_argument("--judge-missing", action="store_true", help=translated(
        "judge what was not given, and say so"
    ))
    words.add_argument("--check", action="store_true", help=translated("only report what was found"))
    words.add_argument("--force", action="store_true", help=translated("replace files that are there"))
    add_language(words)
    return words


def main(argv: Sequence[str]) -> int:
    asked = parser().parse_args(argv)
    # pandas takes half a second to load, which the help does not need.
    from jiju.cities.city_figures import figures_of, keys_of
    from jiju.cities.city_files import files_of
    from jiju.cities.firm_rows import engine_rows
    from jiju.cities.firm_rows import text_of as text_of_rows
    from jiju.cities.firm_table import read
    from jiju.cities.history_figures import apply_history
    from jiju.cities.import_report import history_report, report, totals_report
    from jiju.cities.industry_history import history_of
    from jiju.cities.industry_history import read as read_history
    from jiju.cities.presets import preset_of

    columns = dict(asked.column)
    if asked.mapping is not None:
        columns = mapped(asked) | columns
    refuse_missing(asked)
    preset = preset_of(asked.preset)
    table = read(asked.firms, columns, asked.unit / preset.money, asked.year, asked.place or "")
    what = city_of(asked, table, preset)
    city = figures_of(table, what)
    history = None
    if asked.history is not None:
        keys = keys_of(table.firms["industry"], "industry")
        history = history_of(read_history(asked.history), list(keys))
        apply_history(city, history, keys)
    rows, changed = engine_rows(table, city)
    table.notes.extend(changed if not asked.without_rows else [])
    print(report(table, city, asked.lang))
    if history is not None:
        print("\n" + history_report(history))
    if asked.totals is not None:
        print(totals_report(table, what, asked.totals, asked.unit / preset.money, asked.lang))
    if not city.industries:
        raise UsageError(
            translated(
                "no firm sells {value:g} ({unit}) a year or more; is --threshold in the unit of the table?",
                value=what.threshold.value, unit=preset.unit("money"),
            )
        )
    if asked.check:
        return 0
    folder = asked.output or Path(slug(what.city))
    write(folder, files_of(city, asked.firms.name, "" if asked.without_rows else text_of_rows(rows)),
          asked.force)  # fmt: skip
    check_scenario(folder / "status-quo.toml")
    shown = folder / "status-quo.toml"
    print(f"\n已写入 {folder}；下一步：jiju run {shown}" if asked.lang == "zh"
          else f"\nwrote {folder}; next: jiju run {shown}")  # fmt: skip
    return 0


def mapped(asked: argparse.Namespace) -> dict[str, str]:
    """The columns of a mapping file; its figures stand where the command line gives none."""
    from jiju.reading.table_reader import text_of

    name = str(asked.mapping)
    try:
        content = tomllib.loads(text_of(asked.mapping))
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{name}: {error}") from None
    readers: dict[str, Callable[[Any], bool]] = {
        **{key: lambda value: isinstance(value, int | float) and not isinstance(value, bool) for key in QUESTIONS},
        **{key: lambda value: isinstance(value, str) for key in ("city", "city_zh", "place", "preset")},
        **{key: lambda value: isinstance(value, int) for key in ("year", "named")},
    }
    problems = [translated(
        "{name}: {key}: is not known here; a mapping has [columns] and [city]",
        name=name, key=key,
    )
                for key in content if key not in ("columns", "city")]  # fmt: skip
    columns = content.get("columns", {})
    problems += [translated(
        "{name}: columns.{key}: {heading!r}; wanted is a heading",
        name=name, key=key, heading=heading,
    )
                 for key, heading in columns.items() if not isinstance(heading, str)]  # fmt: skip
    for key, value in content.get("city", {}).items():
        if key not in readers:
            problems.append(translated(
                "{name}: city.{key}: is not known here; there are {readers}",
                name=name, key=key, readers=", ".join(readers),
            ))
        elif not readers[key](value):
            problems.append(translated(
                "{name}: city.{key}: {value!r} is not of the right kind",
                name=name, key=key, value=value,
            ))
        elif getattr(asked, key) is None:
            setattr(asked, key, value)
    if problems:
        raise UsageError("\n".join(problems))
    return dict(columns)


def refuse_missing(asked: argparse.Namespace) -> None:
    """Everything that is missing at once; some of it can be judged."""
    needed = ALWAYS if asked.judge_missing else tuple(QUESTIONS)
    missing = [key for key in needed if getattr(asked, key) is None]
    lines = [translated(
        "--{option} is missing: {what}",
        option=key.replace("_", "-"), what=translated(QUESTIONS[key]),
    ) for key in missing]
    if any(key not in ALWAYS for key in missing):
        lines.append(translated("with --judge-missing the last four are judged from the table, and marked so"))
    for key in ("unit", "all_industry_sales", "investment"):
        if getattr(asked, key) is not None and getattr(asked, key) <= 0:
            lines.append(translated(
                "--{replace} {getattr:g} is not above 0",
                replace=key.replace("_", "-"), getattr=getattr(asked, key),
            ))
    if asked.growth is not None and not -0.2 <= asked.growth <= 0.3:
        lines.append(translated("--growth {growth:g} is outside -0.2 to 0.3; 12 % is 0.12", growth=asked.growth))
    if lines:
        raise UsageError("\n".join(lines))


def city_of(asked: argparse.Namespace, table: Any, preset: Preset) -> Any:
    from jiju.cities.city_figures import Asked
    from jiju.cities.marked_figures import GIVEN, JUDGED, Figure

    firms = table.firms
    scale = asked.unit / preset.money
    sales = float((firms["sales"] * firms["weight"]).sum())

    def money(key: str) -> Figure:
        if getattr(asked, key) is not None:
            return Figure(float(f"{getattr(asked, key) * scale:.6g}"), GIVEN)
        times = JUDGED_BY_SHARE[key]
        return Figure(float(f"{max(times * sales, 1.0):.4g}"), JUDGED, translated(
            "{times:g} times the table's sales", times=times
        ))

    growth = Figure(asked.growth, GIVEN) if asked.growth is not None else Figure(JUDGED_GROWTH, JUDGED)
    if asked.threshold is None:
        below = float(f"{firms['sales'].min() / 1.1:.3g}")
        why = translated("just below the smallest sales of the table")
        threshold = Figure(max(below, LEAST_THRESHOLD), JUDGED, why)
    else:
        threshold = Figure(max(scale * asked.threshold, LEAST_THRESHOLD), GIVEN)
    return Asked(
        city=asked.city, city_zh=asked.city_zh or "", year=asked.year, threshold=threshold,
        all_industry_sales=money("all_industry_sales"), investment=money("investment"), growth=growth,
        named=0 if not asked.without_rows else 10 if asked.named is None else asked.named, with_names=asked.names,
        preset=preset,
    )  # fmt: skip


def slug(city: str) -> str:
    return re.sub(r"\W+", "-", city.lower()).strip("-") or "city"


def write(folder: Path, files: Mapping[str, str], force: bool) -> None:
    """All or none: what is there is looked for before the first is written."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in files:
        _engine.check_output(str(folder / name), force)
    for name, content in files.items():
        _engine.write_file(str(folder / name), content, force)


def check_scenario(path: Path) -> None:
    """ScenarioError where the figures do not fit together."""
    from jiju.runs.answers import validate

    validate(path)
