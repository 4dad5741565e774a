"""What `jiju import` found in a table of firms, as text in English or Chinese."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from jiju.cities.city_figures import Asked, City
from jiju.cities.firm_table import FirmTable, delimited
from jiju.cities.industry_history import Estimate, History
from jiju.cities.marked_figures import JUDGED
from jiju.cities.presets import Preset
from jiju.errors import UsageError
from jiju.labels import unit_name
from jiju.languages import Lang, translated
from jiju.printing.text_tables import heading, in_habit, number, percent, plain
from jiju.results.validation import listed

WORDS_ZH = {
    "column": "列", "heading": "表头", "missing": "缺失", "firms": "企业数",
    "above": "规模以上", "sales": "销售收入", "employees": "从业人数", "place": "地区", "given": "给定",
    "in the table": "表中", "all": "全部", "of": "范围", "figure": "指标",
}  # fmt: skip
PER_WORKER = (1.4, 560.0)  # in wages of a year: what a worker sells


def word(text: str, lang: Lang) -> str:
    return WORDS_ZH.get(text, heading(text, lang)) if lang == "zh" else text


def report(table: FirmTable, city: City, lang: Lang) -> str:
    firms, zh = table.firms, lang == "zh"
    threshold = float(city.asked.threshold.value)
    parts = [f"{table.rows}行，{len(firms)}行可用" if zh else f"{table.rows} rows, {len(firms)} used"]
    missing = table.missing()
    parts.append(plain(pd.DataFrame({
        word("column", lang): missing.index,
        word("heading", lang): [table.found[column] for column in missing.index],
        word("missing", lang): [in_habit(f"{100 * share:.1f} %", lang) for share in missing],
    })))  # fmt: skip
    for by in ("industry", "place"):
        parts.append(plain(totals(firms, by, threshold, unit_name(city.asked.preset.unit("money"), lang), lang)))
    notes = [*table.notes, *unit_notes(firms, city.asked.preset)]
    judged = [
        f"{kind}.{key}.{name}"
        for kind in ("industries", "places", "clusters", "parameters")
        for key, row in getattr(city, kind).items()
        for name, figure in row.items()
        if figure.origin == JUDGED
    ]
    title = "须注意：" if zh else "To look at:"
    if notes:
        parts.append("\n".join([title, *(f"  {note}" for note in notes)]))
    names = {name.rsplit(".", 1)[1]: None for name in judged}
    parts.append(
        f"{len(city.industries)} industries, {len(city.places)} places, {len(city.clusters)} clusters, "
        f"{len(city.firms)} large firms; {len(judged)} figures are judged, not of the table: {', '.join(names)}"
        if not zh
        else f"{len(city.industries)}个产业，{len(city.places)}个地区，{len(city.clusters)}个集聚区，"
        f"{len(city.firms)}家大企业；{len(judged)}个数值为判断而非取自表中：{'、'.join(names)}"
    )
    return "\n\n".join(parts)


def totals(firms: pd.DataFrame, by: str, threshold: float, money: str, lang: Lang) -> pd.DataFrame:
    weights = firms["weight"]
    rows = pd.DataFrame({by: firms[by], "firms": weights, "above": weights * (firms["sales"] >= threshold),
                         "sales": firms["sales"] * weights})  # fmt: skip
    if "employees" in firms:
        rows["employees"] = firms["employees"].fillna(0) * weights
    sums = rows.groupby(by, sort=False).sum().sort_values("sales", ascending=False)
    sums.loc[word("all", lang)] = sums.sum()
    shown = pd.DataFrame({word(by, lang): sums.index.astype(str)})
    for column in sums.columns:
        unit = f" ({money})" if column == "sales" else ""
        shown[word(column, lang) + unit] = [
            number(value) if column == "sales" else f"{value:,.0f}" for value in sums[column]
        ]
    return shown


def unit_notes(firms: pd.DataFrame, preset: Preset) -> list[str]:
    """Where all firms together look as if their money were in another unit."""
    if "employees" not in firms or not (firms["employees"] > 0).any():
        return []
    median = float((firms["sales"] / firms["employees"])[firms["employees"] > 0].median())
    wage = preset.number("parameters", "production", "wage")
    low, high = (wage * times for times in PER_WORKER)
    if low <= median <= high:
        return []
    return [
        translated(
            "sales: the median is {median:.3g} ({unit}) a worker, outside {low:.3g} to {high:.3g}: is --unit what a "
            "unit of the money columns is?",
            median=median, unit=preset.unit("money"), low=low, high=high,
        )
    ]


def history_report(history: History) -> str:
    """What was found of each industry, 5 to 95 %, in percent a year."""

    def span(estimate: Estimate | None) -> str:
        return "" if estimate is None else " – ".join(f"{100 * each:.1f}" for each in (estimate.low, estimate.high))

    titles = [translated("industry"), translated("changes"), translated("growth %"), translated("volatility %"),
              translated("price growth %"), translated("jobs growth %")]  # fmt: skip
    rows = [
        [word, str(each.changes), span(each.growth), span(each.spread), span(each.price_growth), span(each.jobs_growth)]
        for word, each in history.industries.items()
    ]
    years = f"{history.first}–{history.last}"
    if history.common:
        r = history.common.correlation
        found, low, high = (f"{each:.2f}" for each in (r.median, r.low, r.high))
        shared = translated(
            "{years}: mean correlation of the industries' growth {found} (90 % interval {low} to {high})",
            years=years, found=found, low=low, high=high,
        )  # fmt: skip
    else:
        shared = translated("{years}: no growth that the industries share is found", years=years)
    return "\n".join([plain(pd.DataFrame(rows, columns=titles)), shared, *history.notes])


def amounts(said: float, there: float) -> list[str]:
    """What was given, what is in the table, and the difference: whole where both are."""
    if said.is_integer() and there.is_integer():
        return [f"{value:,.0f}" for value in (said, there, there - said)]
    return [number(said, 6), number(there, 6), number(there - said, 4)]


def totals_report(table: FirmTable, asked: Asked, path: Path, unit: float, lang: Lang) -> str:
    """Given totals, of firms from the threshold, beside those of the table; money in the table's unit, of
    which one is `unit` of the scenario's."""
    given = delimited(path)
    measures = [name for name in ("firms", "sales", "employees") if name in given]
    if not measures:
        raise UsageError(translated(
            "{path}: no column firms, sales or employees; there are {listed}",
            path=path, listed=listed(map(str, given.columns)),
        ))
    firms = table.firms[table.firms["sales"] >= float(asked.threshold.value)]
    lines = []
    for _, row in given.iterrows():
        own = firms
        for by in ("industry", "place"):
            if by in given and isinstance(row[by], str) and row[by].strip():
                own = own[own[by] == row[by].strip()]
                if own.empty:
                    raise UsageError(translated(
                        "{path}: no firm of the table has {by} {row!r}",
                        path=path, by=by, row=row[by],
                    ))
        where = [str(row[by]) for by in ("industry", "place") if by in given and isinstance(row[by], str)]
        for name in measures:
            if pd.isna(row[name]):
                continue
            values = own["weight"] if name == "firms" else own[name] * own["weight"]
            there = float(values.sum()) * (1 / unit if name == "sales" else 1.0)
            said = float(row[name])
            lines.append([", ".join(where) or word("all", lang), word(name, lang), *amounts(said, there),
                          percent(there / said - 1)])  # fmt: skip
    titles = [word(text, lang) for text in ("of", "figure", "given", "in the table", "difference")]
    return plain(pd.DataFrame(lines, columns=[*titles, "%"]))
