"""The scenario folder of a city: files of TOML, every figure with its source in a comment."""

from __future__ import annotations

from collections.abc import Mapping

from jiju.cities.city_figures import City
from jiju.cities.firm_rows import FILE
from jiju.cities.marked_figures import GIVEN, JUDGED, TABLE, Figure, Row
from jiju.cities.presets import Preset
from jiju.inputs.scenario import toml_of
from jiju.languages import to_translate, translated

LIBRARY = "../instruments.toml"
OWN_NOTE = to_translate("a row to begin with: give it a dose and components (docs/scenarios.md)")
OWN_LEVER = """
[levers.own]  # {note}
name = "A lever of your own"
name_zh = "自定政策工具"
"""
LIBRARY_UNITS = ("1e8 CNY", "mu")  # of its amounts
FIRM_FILE_NOTE = to_translate(
    "The largest firms, followed one by one; the others are drawn in each replicate from the other files."
)


def line(key: str, figure: Figure) -> str:
    return f"{key} = {toml_of(figure.value)}  # {figure.comment()}"


def rows_text(title: str, table: str, rows: Mapping[str, Row]) -> str:
    lines = [f"# {title}"]
    for key, row in rows.items():
        lines += ["", f"[{table}.{key}]", *(line(name, figure) for name, figure in row.items())]
    return "\n".join(lines) + "\n"


def files_of(city: City, source: str, rows: str = "") -> dict[str, str]:
    """Name and text of each file; `source` is the table's name, `rows` its text as the engine reads it, empty where
    each replicate is to draw its firms."""
    marks = translated(
        "From {source}. Behind each figure: table, given by the user, or judged; change what is judged first.",
        source=source,
    )
    money = translated("Money: {money}.", money=city.asked.preset.unit("money"))
    defaults = translated("Others keep the model's defaults: jiju describe parameters.")
    shared, felt = translated("What the industries share."), translated("How much of it an industry feels.")
    own = translated("Replace these by the plan's own.")
    files = {
        "industries.toml": rows_text(f"{marks} {money}", "industries", city.industries),
        "places.toml": rows_text(marks, "places", city.places),
        "clusters.toml": rows_text(marks, "clusters", city.clusters),
        "firms.toml": rows_text(f"{marks}\n# {translated(FIRM_FILE_NOTE)}", "firms", city.firms),
        "parameters.toml": rows_text(f"{marks} {defaults}", "parameters", city.parameters),
        "factors.toml": rows_text(f"{marks} {shared}", "factors", city.factors)
        + (rows_text(felt, "loadings", city.loadings) if city.loadings else ""),
        "macro.toml": rows_text(marks, "macro", {"expected": macro_row(city)}),
        "targets.toml": rows_text(f"{marks} {own}", "targets", target_rows(city)),
    }  # fmt: skip
    kept = {name: text for name, text in files.items() if "\n[" in text}
    kept["status-quo.toml"] = scenario_text(city, marks, [name for name in kept], bool(rows))
    return kept | ({FILE: rows} if rows else {})


def macro_row(city: City) -> Row:
    growth = city.asked.growth
    return {
        "name": Figure("As expected", JUDGED),
        "name_zh": Figure("预期走势", JUDGED),
        "source": Figure(translated("judged: growth of the base year continues"), JUDGED),
        "industrial_growth": growth,
        "price_growth": Figure(0.0, JUDGED),
        "lending_rate": Figure(0.06, JUDGED),
        "wage_growth": growth,
    }


def target_rows(city: City) -> dict[str, Row]:
    asked = city.asked
    years = translated("the base year's growth for {years} years", years=asked.years)
    goal = city.sales * (1 + float(asked.growth.value)) ** asked.years
    rows: dict[str, Row] = {
        "T1": {
            "name": Figure("Output as at the growth of the base year", JUDGED),
            "name_zh": Figure("产值按基年增速增长", JUDGED),
            "output": Figure("output", JUDGED),
            "value": Figure(
                float(f"{goal:.3g}"),
                JUDGED,
                translated("{origin}: {note}", origin=asked.preset.unit("money/year"), note=years),
            ),
        }
    }
    if city.clusters:
        rows["T2"] = {
            "name": Figure("Every cluster half as large again", JUDGED),
            "name_zh": Figure("各集聚区产值增长一半", JUDGED),
            "output": Figure("output", JUDGED),
            "measure": Figure("ratio", JUDGED, translated("over the base year's")),
            "count": Figure("clusters", JUDGED, translated("the number of those that reach the bound")),
            "bound": Figure(1.5, JUDGED),
            "value": Figure(len(city.clusters), JUDGED),
        }
    return rows


def is_in_library_units(preset: Preset) -> bool:
    return (preset.unit("money"), preset.unit("area")) == LIBRARY_UNITS


def library(preset: Preset) -> str:
    """The library of instruments, where it is in the same units."""
    if not is_in_library_units(preset):
        why = translated("The library of instruments is in 1e8 CNY and mu, so levers of this city are rows of its own.")
        return f"# {why}\n"
    sized = translated("the library of instruments, every dose zero; sized for some 1400 of sales")
    return f'extends = "{LIBRARY}"  # {sized}\n'


def population(preset: Preset) -> str:
    """The part of the scenario that names the table of firms, with the unit that its money is in."""
    drawn = translated("the city's firms at the start; what a row does not say is drawn in each replicate")
    unit = translated("its columns of money are in {money}", money=preset.unit("money"))
    return (
        f"\n[population]  # {drawn}\n"
        + line("firms", Figure(FILE, TABLE, translated("one row a firm"))) + "\n"
        + line("unit", Figure(preset.money, TABLE, unit)) + "\n"
    )  # fmt: skip


def scenario_text(city: City, marks: str, parts: list[str], with_rows: bool) -> str:
    asked = city.asked
    general: dict[str, Figure] = {
        "city": Figure(asked.city, GIVEN),
        "city_zh": Figure(asked.city_zh or asked.city, GIVEN),
        "macro": Figure("expected", JUDGED),
        "start_year": Figure(asked.year + 1, GIVEN, translated("the figures are of the year before")),
        "years": Figure(asked.years, GIVEN),
        "replicates": Figure(200, JUDGED),
        "base_all_industry_sales": asked.all_industry_sales,
        "base_investment": asked.investment,
    }
    title = translated("{city} as it was, without any lever.", city=asked.city)
    own_plan = translated("A plan of your own: jiju new PLAN --from the path of this file")
    listed = "\n".join(f"    {toml_of(name)}," for name in (asked.preset.name, *parts))
    figures = "\n".join(line(key, each) for key, each in general.items())
    return (
        f"# {title} {marks}\n# {own_plan}\n"
        f"{library(asked.preset)}"
        f"include = [\n{listed}\n]\n\n[scenario]\n"
        f'name = "Status quo"\nname_zh = "维持现状"\n{figures}\n'
        + (population(asked.preset) if with_rows else "")
        + ("" if is_in_library_units(asked.preset) else OWN_LEVER.format(note=translated(OWN_NOTE)))
    )
