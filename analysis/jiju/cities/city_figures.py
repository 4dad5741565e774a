"""The figures of a city's scenario, from a table of its firms: industries, places, clusters, parameters, large firms.

Every figure says where it comes from: the table, what the user gave, or judgement. Formulas stand beside the figures;
what they mean in the model stands in docs/model.md, in the terms of scenario files in docs/scenarios.md.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from jiju.cities.firm_table import FirmTable
from jiju.cities.marked_figures import JUDGED, TABLE, Figure, Row, of_firms, too_few
from jiju.cities.presets import Preset
from jiju.inputs.scenario_differences import reference
from jiju.languages import translated

FEWEST = 10  # firms that a median, a spread or a cluster needs
FEWEST_IN_TAIL = 30
TAIL_SHARE = 0.09  # of firms in the Pareto tail: the model's default (docs/parameters.md)
CONCENTRATION = 1.5  # location quotient from which an industry at a place is a cluster
MOST_CLUSTERS, MOST_CELLS = 20, 1024
NEW_LAND = 0.0756  # a year, of the land that all industry stands on: 6000 mu over 6676 / 0.084 in shaoxing-2011
# What the rates of attracted and grafted firms of shaoxing-2011 belong to: sales of 1400, in wages of 0.00036 a year.
WAGES_OF_SHAOXING = 1400 / 0.00036


@dataclass(frozen=True)
class Asked:
    """What the user said of the city; a figure that is None was not given."""

    city: str
    city_zh: str
    year: int
    threshold: Figure  # of sales a year
    all_industry_sales: Figure
    investment: Figure
    growth: Figure
    preset: Preset
    years: int = 5
    named: int = 10
    with_names: bool = False


@dataclass
class City:
    asked: Asked
    industries: dict[str, Row] = field(default_factory=dict)
    places: dict[str, Row] = field(default_factory=dict)
    clusters: dict[str, Row] = field(default_factory=dict)
    firms: dict[str, Row] = field(default_factory=dict)
    factors: dict[str, Row] = field(default_factory=dict)
    loadings: dict[str, Row] = field(default_factory=dict)
    parameters: dict[str, Row] = field(default_factory=dict)

    @property
    def sales(self) -> float:
        return sum(float(row["base_sales"].value) for row in self.industries.values())


def figures_of(table: FirmTable, asked: Asked) -> City:
    """The whole city; `table.firms` is not changed."""
    firms = table.firms.copy()
    firms["industry_key"] = firms["industry"].map(keys_of(firms["industry"], "industry"))
    firms["place_key"] = firms["place"].map(keys_of(firms["place"], "place"))
    firms["above"] = firms["sales"] >= float(asked.threshold.value)
    city = City(asked)
    if not firms["above"].any():
        return city
    large = largest(firms, asked.named)
    for key, own in firms.groupby("industry_key", sort=False):
        if own["above"].any():
            city.industries[str(key)] = industry_row(own, asked)
    firms = firms[firms["industry_key"].isin(list(city.industries))]
    cells = cells_of(firms, large)
    city.clusters = cluster_rows(cells, firms)
    city.places = place_rows(firms, cells, city.clusters, asked)
    city.firms = firm_rows(firms.loc[[row for row in large if row in firms.index]], asked)
    attracted = [row["attraction_share"].value for row in city.industries.values()]
    share_out(city, sum(attracted))
    city.parameters = parameter_rows(firms, large, asked, city.sales)
    for kind in ("industries", "places", "clusters", "firms"):
        for row in getattr(city, kind).values():
            keep_within(row, f"{kind}.<key>")
    for subject, row in city.parameters.items():
        keep_within(row, f"parameters.{subject}")
    return city


def keep_within(row: Row, path: str) -> None:
    """Cuts figures to the bounds that the model has of them, and says so."""
    for name, figure in row.items():
        entry = reference()[f"{path}.{name}"]
        if isinstance(figure.value, bool) or not isinstance(figure.value, int | float):
            continue
        kept = figure.value
        if entry["lower"] is not None:
            kept = max(kept, entry["lower"])
        if entry["upper"] is not None:
            kept = min(kept, entry["upper"])
        if kept != figure.value:
            beyond = translated("{value:g} is beyond what the model takes", value=figure.value)
            note = translated(", ").join(filter(None, [figure.note, beyond]))
            row[name] = Figure(kept, figure.origin, note)


def keys_of(words: pd.Series, otherwise: str) -> dict[str, str]:
    """A key for scenario files from each different word: its letters and digits, or a number where it has none."""
    keys: dict[str, str] = {}
    for number, word in enumerate(pd.unique(words), start=1):
        key = re.sub(r"[^a-z0-9]+", "_", str(word).lower()).strip("_") if str(word).isascii() else ""
        if not key or not key[0].isalpha() or key in keys.values():
            key = f"{otherwise}_{number:02d}"
        keys[str(word)] = key
    return keys


def weighted(own: pd.DataFrame, column: str) -> float:
    return float((own[column] * own["weight"]).sum())


def rounded(value: float, digits: int = 4) -> float:
    return float(f"{value:.{digits}g}")


def ratio(own: pd.DataFrame, over: str, under: str) -> pd.Series[float]:
    """Of firms that have both, above zero."""
    if over not in own or under not in own:
        return pd.Series(dtype=float)
    values = own[over] / own[under]
    return values[(own[over] > 0) & (own[under] > 0)]


def log_spread(values: pd.Series[float]) -> float:
    """Standard deviation of the logarithm, by quartiles, which single wrong rows do not move: IQR / 1.349."""
    low, high = np.quantile(np.log(values.to_numpy()), [0.25, 0.75])
    return float(high - low) / 1.349


def judged(asked: Asked, key: str, why: str) -> Figure:
    """What the preset has of every industry."""
    return Figure(asked.preset.number("every", "industries", key), JUDGED, why)


def median_or(values: pd.Series[float], asked: Asked, key: str, what: str) -> Figure:
    """The median of the table, or the preset's where fewer firms than FEWEST have both figures."""
    if len(values) < FEWEST:
        return judged(asked, key, too_few(what, len(values), FEWEST))
    return Figure(rounded(float(values.median())), TABLE, translated(
        "{what} of {count} firms", what=what, count=len(values)
    ))  # fmt: skip


def industry_row(own: pd.DataFrame, asked: Asked) -> Row:
    above = own[own["above"]]
    word = str(own["industry"].iloc[0])
    count = max(round(float(above["weight"].sum())), 1)
    performs = above["research"].fillna(0) > 0 if "research" in own else pd.Series(dtype=bool)
    known = above["research"].notna() if "research" in own else pd.Series(dtype=bool)
    return {
        "name": Figure(word, TABLE),
        "base_sales": Figure(rounded(weighted(above, "sales"), 6), TABLE,
                             translated("sum of sales, from the threshold")),
        "above_scale_firms": Figure(count, TABLE, translated("firms from the threshold")),
        "fringe_firms": Figure(round(float(own.loc[~own["above"], "weight"].sum())), TABLE,
                               translated("firms below it")),
        "size_spread": size_spread(above),
        "research_share": Figure(rounded(float(performs[known].mean())), TABLE, of_firms(int(known.sum())))
        if known.sum() >= FEWEST
        else judged(asked, "research_share", translated("share of firms with R&D")),
        "research_intensity": median_or(ratio(above, "research", "sales"), asked, "research_intensity",
                                        translated("median R&D over sales")),
        "value_added_ratio": judged(asked, "value_added_ratio", translated("a table of sales does not have it")),
        "capital_output_ratio": median_or(ratio(above, "capital", "sales"), asked, "capital_output_ratio",
                                          translated("median capital over sales")),
        "sales_per_worker": median_or(ratio(above, "sales", "employees"), asked, "sales_per_worker",
                                      translated("median sales per worker")),
        **exports_of(own),
        "demand_growth": asked.growth,
        "burn_in_demand_growth": asked.growth,
        "attraction_share": Figure(weighted(above, "sales"), JUDGED, translated("as the industry's share of sales")),
    }  # fmt: skip


def exports_of(own: pd.DataFrame) -> Row:
    """Of those that say it, exports over sales; nothing where none does."""
    if "exports_share" not in own or not own["exports_share"].notna().any():
        return {}
    told = own[own["exports_share"].notna()]
    exported = float((told["exports_share"] * told["sales"] * told["weight"]).sum())
    return {"exports_share": Figure(rounded(exported / weighted(told, "sales")), TABLE, of_firms(len(told)))}


def size_spread(above: pd.DataFrame) -> Figure:
    """ln(84 % quantile) - ln(50 %): one standard deviation of a lognormal, from its upper half, which no threshold
    cuts off."""
    if len(above) < FEWEST:
        return Figure(1.3, JUDGED, translated("{count} firms are too few for a spread", count=len(above)))
    middle, upper = above["sales"].quantile([0.5, 0.8413])
    return Figure(
        rounded(math.log(upper / middle)), TABLE,
        translated("logarithm of the 84 % quantile of sales over the median"),
    )  # fmt: skip


def share_out(city: City, total: float) -> None:
    """Shares that add up to one, the last taking what rounding left."""
    rest = 1.0
    rows = list(city.industries.values())
    for row in rows:
        share = round(row["attraction_share"].value / total, 4) if row is not rows[-1] else round(rest, 4)
        rest -= share
        row["attraction_share"] = Figure(share, JUDGED, row["attraction_share"].note)


def largest(firms: pd.DataFrame, most: int) -> list[int]:
    """The rows of the firms that are followed one by one: the largest that are certain, a weight of one."""
    certain = firms[firms["above"] & (firms["weight"] == 1) & (firms["sales"] >= 0.05)]
    return list(certain["sales"].nlargest(most).index)


def firm_rows(firms: pd.DataFrame, asked: Asked) -> dict[str, Row]:
    rows = {}
    for number, (_, firm) in enumerate(firms.iterrows(), start=1):
        named = asked.with_names and "name" in firm and isinstance(firm["name"], str)
        research = firm.get("research", math.nan)
        group = firm.get("group_sales", math.nan)
        row = {
            "name": Figure(firm["name"] if named else f"Large firm {number}", TABLE),
            **({} if named else {"name_zh": Figure(f"大企业{number}", TABLE)}),
            "source": Figure(translated("row {row} of the table", row=firm["row"]), TABLE),
            "industry": Figure(firm["industry_key"], TABLE),
            "place": Figure(firm["place_key"], TABLE),
            "base_sales": Figure(rounded(firm["sales"]), TABLE),
            "group_ratio": Figure(rounded(group / firm["sales"]), TABLE)
            if group > 0
            else Figure(1.0, JUDGED, translated("no revenue of a group")),
            "research_intensity": Figure(rounded(research / firm["sales"]), TABLE)
            if research >= 0
            else Figure(0.02, JUDGED),
        }  # fmt: skip
        if firm.get("exports_share", math.nan) >= 0:
            row["exports_share"] = Figure(rounded(firm["exports_share"]), TABLE)
        if "listed" in firm:
            row["listed"] = Figure(bool(firm["listed"]), TABLE)
        rows[f"firm_{number:02d}"] = row
    return rows


def cells_of(firms: pd.DataFrame, large: list[int]) -> pd.DataFrame:
    """By industry and place: firms and sales from the threshold, of all (`firms`) and without the named (`others`)."""
    above = firms[firms["above"]].assign(
        money=lambda each: each["sales"] * each["weight"],
        others=lambda each: np.where(each.index.isin(large), 0.0, each["weight"]),
        other_money=lambda each: np.where(each.index.isin(large), 0.0, each["money"]),
    )
    groups = above.groupby(["industry_key", "place_key"], sort=False)
    return groups.agg(
        firms=("weight", "sum"), money=("money", "sum"), others=("others", "sum"), other_money=("other_money", "sum")
    ).reset_index()


def cluster_rows(cells: pd.DataFrame, firms: pd.DataFrame) -> dict[str, Row]:
    """An industry at a place with at least FEWEST firms, more than CONCENTRATION times as many of the industry's firms
    as the place has of all firms (the location quotient)."""
    by_industry, by_place = (cells.groupby(key)["firms"].transform("sum") for key in ("industry_key", "place_key"))
    quotient = (cells["firms"] / by_industry) / (by_place / cells["firms"].sum())
    chosen = cells.assign(quotient=quotient)[(quotient >= CONCENTRATION) & (cells["firms"] >= FEWEST)]
    chosen = chosen.nlargest(MOST_CLUSTERS, "firms")
    words = {
        "industry": dict(zip(firms["industry_key"], firms["industry"], strict=True)),
        "place": dict(zip(firms["place_key"], firms["place"], strict=True)),
    }
    totals = cells.groupby("industry_key")[["others", "other_money"]].sum()
    rows: dict[str, Row] = {}
    for cell in chosen.to_dict("records"):
        industry, place = str(cell["industry_key"]), str(cell["place_key"])
        others, money = (float(total) for total in totals.loc[industry].to_numpy())
        rows[f"{industry}_{place}"] = {
            "name": Figure(f"{words['industry'][industry]}, {words['place'][place]}", TABLE),
            "industry": Figure(industry, TABLE),
            "places": Figure([place], TABLE),
            "share": Figure(part(cell["other_money"], money), TABLE,
                            translated("of sales, large firms apart")),
            "firm_share": Figure(part(cell["others"], others), TABLE,
                                 translated("of firms; {times:.1f} times the place's share of all firms",
                                            times=cell["quotient"])),
        }  # fmt: skip
    return rows


def part(some: float, all_of_it: float) -> float:
    return math.floor(1e6 * some / all_of_it) / 1e6 if all_of_it > 0 and some < all_of_it else float(all_of_it > 0)


def place_rows(firms: pd.DataFrame, cells: pd.DataFrame, clusters: Mapping[str, Row], asked: Asked) -> dict[str, Row]:
    claimed = {(row["industry"].value, row["places"].value[0]) for row in clusters.values()}
    is_claimed = pd.Series(
        [pair in claimed for pair in zip(cells["industry_key"], cells["place_key"], strict=True)], index=cells.index
    )
    rest = cells[~is_claimed].groupby("place_key")["other_money"].sum()
    share = cells.groupby("place_key")["money"].sum() / cells["money"].sum()
    output_per_area = asked.preset.number("parameters", "rest", "output_per_area")
    land = NEW_LAND * float(asked.all_industry_sales.value) / output_per_area
    rows: dict[str, Row] = {}
    for word, key in firms.groupby("place", sort=False)["place_key"].first().items():
        supply = max(land * float(share.get(key, 0.0)), 1.0)
        rows[str(key)] = {
            "name": Figure(str(word), TABLE),
            "weight": Figure(place_weight(float(rest.get(key, 0.0)), float(rest.sum())), TABLE,
                             translated("share of sales outside of clusters")),
            "land_supply": Figure(rounded(supply, 3), JUDGED,
                                  translated("{percent:g} % of the land of all industry, by its sales",
                                             percent=100 * NEW_LAND)),
            "governance": Figure(0.8, JUDGED, translated("share of a policy's dose that arrives")),
        }  # fmt: skip
    return rows


def place_weight(own: float, whole: float) -> float:
    return rounded(max(own / whole, 1e-6)) if whole > 0 else 1.0


def parameter_rows(firms: pd.DataFrame, large: list[int], asked: Asked, sales: float) -> dict[str, Row]:
    above, below = firms[firms["above"]], firms[~firms["above"]]
    others = above[~above.index.isin(large)]
    threshold = rounded(float(asked.threshold.value))
    largest_other = float(others["sales"].max()) if len(others) else threshold
    population: Row = {
        "base_threshold": asked.threshold,
        "new_threshold": Figure(threshold, asked.threshold.origin, translated("as in the base year")),
        "size_cap": Figure(rounded(max(1.5 * largest_other, 20 * threshold)), TABLE,
                           translated("half above the largest that is not named")),
        "labour_spread": spread_or(above, "sales", "employees", 0.6, translated("sales per worker")),
        "technique_spread": spread_or(above, "capital", "sales", 0.35, translated("capital over sales")),
        "intensity_spread": spread_or(above, "research", "sales", 0.7,
                                      translated("R&D over sales of performers")),
        "tail_exponent": tail_exponent(others),
        "mean_age": mean_age(above, asked.year),
    }  # fmt: skip
    if len(below) >= FEWEST:
        population["fringe_median"] = Figure(rounded(float(below["sales"].median())), TABLE, of_firms(len(below)))
        population["fringe_spread"] = Figure(rounded(log_spread(below["sales"])), TABLE)
    else:
        population["fringe_median"] = Figure(rounded(0.4 * threshold), JUDGED, translated("0.4 of the threshold"))
    wages = sales / asked.preset.number("parameters", "production", "wage")
    entry: Row = {
        key: Figure(rounded(standard * wages / WAGES_OF_SHAOXING, 3), JUDGED,
                    translated("{standard:g} for sales of {wages:.3g} wages a year (shaoxing-2011)",
                               standard=standard, wages=WAGES_OF_SHAOXING))
        for key, standard in (("attracted_rate", 8.0), ("grafted_rate", 12.0))
    }  # fmt: skip
    return {"population": population, "entry": entry, "macro": {"normal_growth": asked.growth}}


def spread_or(own: pd.DataFrame, over: str, under: str, standard: float, what: str) -> Figure:
    """Within industries: each ratio over the median of its industry."""
    values = ratio(own, over, under)
    if len(values) < FEWEST_IN_TAIL:
        return Figure(standard, JUDGED, too_few(what, len(values), FEWEST_IN_TAIL))
    within = values / values.groupby(own["industry_key"]).transform("median")
    return Figure(rounded(log_spread(within)), TABLE, translated("{what}, within industries", what=what))


def tail_exponent(others: pd.DataFrame) -> Figure:
    """Hill's estimator over the largest TAIL_SHARE of firms: k / sum ln(x_i / x_(k+1)) (Hill 1975)."""
    count = int(TAIL_SHARE * len(others))
    if count < FEWEST_IN_TAIL:
        return Figure(1.15, JUDGED, translated(
            "{count} firms in the tail, {needed} are needed", count=count, needed=FEWEST_IN_TAIL
        ))  # fmt: skip
    top = others["sales"].nlargest(count + 1).to_numpy()
    logs = np.log(top[:-1] / top[-1]).sum()
    note = translated("Hill's estimator over the largest {count} firms", count=count)
    return Figure(rounded(count / logs if logs > 0 else math.inf), TABLE, note)


def mean_age(above: pd.DataFrame, year: int) -> Figure:
    founded = above["founded"].dropna() if "founded" in above else pd.Series(dtype=float)
    if len(founded) < FEWEST:
        return Figure(8.0, JUDGED, translated(
            "{count} founding years, {needed} are needed", count=len(founded), needed=FEWEST
        ))  # fmt: skip
    return Figure(rounded(float((year - founded).mean()), 3), TABLE, of_firms(len(founded)))
