"""The tables that `jiju export` writes: what is seen of replicates, over time and of targets, as tidy frames.

A table holds the variables that have the same dimensions. It is long (a row a variable and cell) or wide (a column a
variable), with each replicate's values or with statistics over them. Nothing is loaded before its rows are counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import starmap
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from jiju.errors import UsageError
from jiju.exports.factor_values import factor_names, factor_values
from jiju.labels import axis_name, key_names, unit_name, variable_name
from jiju.languages import Lang, translated
from jiju.results import validation
from jiju.results.indicators import adds_up, over_time, target_table
from jiju.results.parameter_draws import draw_of_replicate, parameter_draws
from jiju.results.validation import REPLICATES
from jiju.statistics.clusters import Clusters, mean_of

TIME = ("year", "time")
QUANTILES = {"q05": 0.05, "q25": 0.25, "q50": 0.5, "q75": 0.75, "q95": 0.95}
STATISTICS = {
    "n": ("Replicates that count", "有效重复试验数"),
    "draws": ("Draws of the parameters among them", "参数抽样数"),
    "mean": ("Mean over replicates", "重复试验均值"),
    "error": ("Standard error of the mean, by draws of the parameters", "均值的标准误，按参数抽样聚类"),
    "sd": ("Standard deviation over replicates", "重复试验标准差"),
    **{
        name: (f"{share:.0%} quantile over replicates", f"重复试验的{share:.0%}分位数")
        for name, share in QUANTILES.items()
    },
}
WIDE = ("mean", "error", "q05", "q50", "q95")  # of a wide table, which has them for each variable

COLUMNS = {
    "scenario": ("Key of the scenario", "情景代码"),
    "scenario_name": ("Scenario", "情景"),
    "replicate": ("Number of the replicate, from 0", "重复试验序号，从0起"),
    "draw": ("Number of the draw of the uncertain parameters", "参数抽样序号"),
    "year": ("Calendar year", "年份"),
    "quarter": ("Quarter of the year", "季度"),
    "variable": ("Name of the variable in the results file", "结果文件中的变量名"),
    "variable_name": ("Variable", "变量"),
    "unit": ("Unit", "单位"),
    "value": ("Value", "数值"),
    "target": ("Key of the target", "目标代码"),
    "target_name": ("Target", "目标"),
    "wanted": ("Value that the plan wants", "规划目标值"),
    "threshold": ("Value from which, or up to which, it counts as met", "判定实现的阈值"),
    "upper": ("Value up to which it counts as met; empty where it has no upper end", "判定实现的上限"),
    "comparison": ("Whether it counts from the threshold on, up to it, or between the two", "判定方向"),
    "judged": ("Year in which it is judged", "考核年份"),
    "probability": ("Share of replicates that meet the target", "实现目标的重复试验占比"),
    "low": ("Lower end of the 95 % interval of the probability", "概率的95%区间下限"),
    "high": ("Upper end of the 95 % interval of the probability", "概率的95%区间上限"),
    "parameter": ("Path of the parameter in a scenario", "参数在情景中的路径"),
    "parameter_name": ("Parameter", "参数"),
}


@dataclass(frozen=True)
class Column:
    """What a reader must know of a column, or of a variable of a long table."""

    name: str
    text: str
    unit: str = ""
    source: str = ""


@dataclass
class Table:
    """A table that can be written: how many rows it has, and on demand its frame and what its columns mean."""

    key: str
    title: str
    rows: int
    build: Callable[[], pd.DataFrame]
    columns: list[Column] = field(default_factory=list)  # those that the frame may have; others explain themselves
    variables: list[Column] = field(default_factory=list)  # of a long table, which has them as rows


@dataclass(frozen=True)
class Form:
    """How replicates and variables are laid out, and in which language names are."""

    each: bool = False
    wide: bool = False
    lang: Lang = "en"

    def word(self, pair: tuple[str, str]) -> str:
        return pair[self.lang == "zh"]


def known_columns(form: Form) -> list[Column]:
    return [Column(name, form.word(pair)) for name, pair in (COLUMNS | STATISTICS).items()]


def dims_beside(array: xr.DataArray) -> tuple[str, ...]:
    return tuple(str(dim) for dim in array.dims if dim not in REPLICATES)


def along(array: xr.DataArray, by: Sequence[str] | None) -> xr.DataArray | None:
    """The variable along `by` and time, the rest added up; None where it does not lie along them or does not add up."""
    if by is None:
        return array
    if not set(by) <= set(array.dims):
        return None
    rest = [dim for dim in dims_beside(array) if dim not in (*by, *TIME)]
    if rest and not adds_up(array):
        return None
    return array.sum(rest, skipna=False, keep_attrs=True) if rest else array


def cells_beside(array: xr.DataArray, by: Sequence[str] | None) -> tuple[str, ...] | None:
    """The dimensions that `along` leaves, without reading any value."""
    if by is None:
        return dims_beside(array)
    if not set(by) <= set(array.dims):
        return None
    kept = tuple(dim for dim in dims_beside(array) if dim in (*by, *TIME))
    return kept if adds_up(array) or kept == dims_beside(array) else None


def output_tables(
    data: xr.Dataset, form: Form, names: Sequence[str] | None, by: Sequence[str] | None
) -> Iterator[Table]:
    """Variables over time and those without, by the dimensions that they have."""
    groups: dict[tuple[str, ...], list[str]] = {}
    usual = [name for name in variables_of(data) if "target" not in data[name].dims]
    for name in usual if names is None else names:
        dims = cells_beside(data[name], by)
        if dims is not None:
            groups.setdefault(dims, []).append(name)
        elif names is not None:
            raise UsageError(
                translated(
                    "{name} cannot be given by {value}: it lies along {value_2}",
                    name=name,
                    value=", ".join(by or ()) or translated("nothing"),
                    value_2=", ".join(dims_beside(data[name])) or translated("no further dimension"),
                )
                + ("" if adds_up(data[name]) else translated(", and does not add up"))
            )
    for dims, group in groups.items():
        yield output_table(data, form, dims, group, by)


def variables_of(data: xr.Dataset) -> list[str]:
    """What each replicate has, first over time, then without."""
    rest = [
        str(name)
        for name, array in data.data_vars.items()
        if set(REPLICATES) <= set(array.dims) and name != "replicate_status" and not set(TIME) & set(array.dims)
    ]
    return [*over_time(data), *rest]


def output_table(
    data: xr.Dataset, form: Form, dims: tuple[str, ...], names: Sequence[str], by: Sequence[str] | None
) -> Table:
    beside = [dim for dim in dims if dim not in TIME]
    key = "_".join(["by", *beside]) if beside else "total"
    if not set(TIME) & set(dims):
        key += "_once"
    rows = int(np.prod([data.sizes[dim] for dim in ("scenario", *dims)]))
    rows *= (data.sizes["replicate"] if form.each else 1) * (1 if form.wide else len(names))
    told = [described(data[name], form) for name in names]
    columns = [*known_columns(form), *starmap(Column, factor_names(data, form.lang)), *key_columns(data, beside, form)]
    if form.wide:
        columns += [each for one in told for each in wide_columns(one, form)]
    title = ", ".join([axis_name(data, dim, form.lang) for dim in beside]) or ("全市" if form.lang == "zh" else "total")

    def build() -> pd.DataFrame:
        arrays = [found for name in names if (found := along(data[name], by)) is not None]
        return laid_out(data, arrays, ("scenario", *dims), form)

    return Table(key, title, rows, build, columns, [] if form.wide else told)


def described(array: xr.DataArray, form: Form) -> Column:
    text = variable_name(array, form.lang)
    source = "; ".join(str(array.attrs[key]) for key in ("price_basis", "source", "cell_methods") if key in array.attrs)
    return Column(str(array.name), text, unit_name(str(array.attrs.get("units", "1")), form.lang), source)


def wide_columns(variable: Column, form: Form) -> Iterator[Column]:
    if form.each:
        yield variable
        return
    for part in WIDE:
        yield Column(f"{variable.name}_{part}", f"{variable.text}: {form.word(STATISTICS[part])}", variable.unit,
                     variable.source)  # fmt: skip


def key_columns(data: xr.Dataset, dims: Sequence[str], form: Form) -> Iterator[Column]:
    for dim in dims:
        name = axis_name(data, dim, form.lang)
        yield Column(dim, f"{name}（代码）" if form.lang == "zh" else f"{name} (key)")
        yield Column(f"{dim}_name", name)


def laid_out(data: xr.Dataset, arrays: Sequence[xr.DataArray], dims: tuple[str, ...], form: Form) -> pd.DataFrame:
    """One frame of variables that have the same dimensions: keys, then values or statistics."""
    parts, wide = [], keys_frame(data, (*dims, "replicate") if form.each else dims, form)
    for array in arrays:
        values = array.transpose(*dims, "replicate").values.astype(float)
        numbers = {"value": values.reshape(-1)} if form.each else statistics_of(values, Clusters.along(data))
        name = str(array.name)
        if form.wide:
            chosen = {name: numbers["value"]} if form.each else {f"{name}_{part}": numbers[part] for part in WIDE}
            wide = pd.concat([wide, pd.DataFrame(chosen)], axis="columns")
            continue
        one = described(array, form)
        front = {"variable": name, "variable_name": one.text, "unit": one.unit}
        parts.append(wide.assign(**front, **numbers))
    if form.wide or not parts:
        return wide
    whole = pd.concat(parts, ignore_index=True)
    return whole.astype({name: "category" for name in ("variable", "variable_name", "unit")})


def keys_frame(data: xr.Dataset, dims: Sequence[str], form: Form) -> pd.DataFrame:
    """The keys of all cells, the last dimension fastest: categories with names, years and quarters as integers."""
    sizes = [data.sizes[dim] for dim in dims]
    columns: dict[str, Any] = {}
    for place, dim in enumerate(dims):
        inner, outer = int(np.prod(sizes[place + 1 :])), int(np.prod(sizes[:place]))
        codes = np.tile(np.repeat(np.arange(sizes[place]), inner), outer)
        if dim == "time":
            columns["year"] = data["calendar_year"].values.astype(np.int32)[codes]
            columns |= {
                name: data[name].values.astype(np.int32)[codes]
                for name in ("quarter", "half", "month", "part")
                if name in data.coords
            }
        elif dim in ("year", "replicate"):
            numbers = data[dim].values.astype(np.int32 if dim == "year" else np.int64)
            columns[dim] = numbers[codes]
            if dim == "replicate":
                columns["draw"] = draw_of_replicate(data)[codes]
        else:
            names = key_names(data, dim, form.lang)
            columns[dim] = pd.Categorical.from_codes(codes, categories=pd.Index(list(names), dtype=object))
            columns[f"{dim}_name"] = named(codes, names)
            if dim == "scenario":
                columns |= {name: values.take(codes) for name, values in factor_values(data, form.lang).items()}
    return pd.DataFrame(columns)


def named(codes: np.ndarray, names: Mapping[str, str]) -> pd.Categorical:
    """Names in place of keys; two keys of one name have the key behind it."""
    words = pd.Series(list(names.values()), dtype=object)
    again = words.duplicated(keep=False)
    full = [f"{name} ({key})" if twice else name for (key, name), twice in zip(names.items(), again, strict=True)]
    return pd.Categorical.from_codes(codes, categories=pd.Index(full, dtype=object))


def statistics_of(values: np.ndarray, clusters: Clusters) -> dict[str, np.ndarray]:
    """Over the last dimension: those of STATISTICS, without missing values; errors by clusters (clusters.py)."""
    flat = values.reshape(-1, values.shape[-1])
    with np.errstate(invalid="ignore"):
        found = mean_of(flat, clusters)
        known = ~np.isnan(flat)
        spread = np.full(len(flat), np.nan)
        many = known.sum(axis=-1) > 1
        spread[many] = np.nanstd(flat[many], axis=-1, ddof=1)
        cuts = np.full((len(QUANTILES), len(flat)), np.nan)
        shares, whole = list(QUANTILES.values()), known.all(axis=-1)
        cuts[:, whole] = np.quantile(flat[whole], shares, axis=-1)
        for row in np.flatnonzero(known.any(axis=-1) & ~whole):
            cuts[:, row] = np.quantile(flat[row, known[row]], shares)
    counts = {"n": found.n.astype(np.int64), "draws": found.draws.astype(np.int64)}
    moments = {"mean": found.mean, "error": np.sqrt(found.variance), "sd": spread}
    return counts | moments | dict(zip(QUANTILES, cuts, strict=True))


# ---- targets


def target_rows(data: xr.Dataset, form: Form) -> Table:
    """Targets: their probability with its interval and statistics of their value, or both of each replicate."""
    seen = [name for name in ("target_value", "target_met", "target_year", "target_other_scope") if name in data]
    rows = data.sizes["scenario"] * data.sizes["target"] * (data.sizes["replicate"] if form.each else 1)
    told = [described(data[name], form) for name in seen]
    build = lambda: targets_of_each(data, form, seen) if form.each else targets_summed(data, form)  # noqa: E731
    return Table("targets", form.word(("Targets", "目标")), rows, build,
                 [*known_columns(form), *starmap(Column, factor_names(data, form.lang)), *told])  # fmt: skip


def target_keys(data: xr.Dataset, form: Form, dims: Sequence[str]) -> pd.DataFrame:
    """Keys with what each target asks for, scenario by scenario where they differ in it."""
    frame = keys_frame(data, dims, form)
    wanted = target_table(data)["value"].reindex([str(key) for key in data["target"].values])
    frame["wanted"] = frame["target"].astype(str).map(wanted).astype(float)
    for column in ("threshold", "upper", "comparison", "judged", "unit"):
        if (name := f"target_{column}") in data.variables:
            cells = data[name].broadcast_like(data["scenario"]).transpose("scenario", "target").values
            place = (frame["scenario"].cat.codes.to_numpy(), frame["target"].cat.codes.to_numpy())
            frame[column] = cells[place]
    if "upper" in frame:
        frame["upper"] = frame["upper"].replace(np.inf, np.nan)
    if "unit" in frame:
        frame["unit"] = frame["unit"].astype(str).map(lambda unit: unit_name(unit, form.lang))
    return frame


def targets_of_each(data: xr.Dataset, form: Form, seen: Sequence[str]) -> pd.DataFrame:
    dims = ("scenario", "target", "replicate")
    frame = target_keys(data, form, dims)
    for name in seen:
        frame[name] = data[name].transpose(*dims).values.reshape(-1).astype(float)
    return frame


def targets_summed(data: xr.Dataset, form: Form) -> pd.DataFrame:
    from jiju.statistics.paired import probability  # which reads scipy

    frame = target_keys(data, form, ("scenario", "target"))
    if "target_met" in data:
        met = data["target_met"]
        shares = [
            probability(met.isel(scenario=s, target=t, drop=True), 0.95)
            for s in range(data.sizes["scenario"]) for t in range(data.sizes["target"])
        ]  # fmt: skip
        frame[["probability", "low", "high"]] = np.array(shares, float)
    if "target_value" in data:
        values = data["target_value"].transpose("scenario", "target", "replicate").values.astype(float)
        frame = frame.assign(**statistics_of(values, Clusters.along(data)))
    return frame


# ---- parameters


def parameter_rows(data: xr.Dataset, form: Form) -> Table | None:
    """Drawn parameters: a row a draw and parameter, or a column a parameter; None where nothing was drawn."""
    if "draw" not in data.dims:
        return None
    keys = [str(key) for key in data["scenario"].values]
    dims = [dim for dim in ("parameter", "scenario_parameter") if dim in data.dims]
    names: dict[str, str] = {}
    units: dict[str, str] = {}
    for dim in dims:
        names |= key_names(data, dim, form.lang)
        unit = f"{dim}_unit"
        if unit in data.variables:
            units |= dict(zip(map(str, data[dim].values), map(str, data[unit].values), strict=True))
    told = [Column(key, name, unit_name(units.get(key, "1"), form.lang)) for key, name in names.items()]
    rows = len(keys) * data.sizes["draw"] * (1 if form.wide else len(names))

    def build() -> pd.DataFrame:
        frames = []
        for key in keys:
            draws = parameter_draws(data, key).rename_axis("draw").reset_index()
            if not form.wide:
                draws = draws.melt("draw", var_name="parameter", value_name="value")
            draws.insert(0, "scenario", key)
            frames.append(draws)
        whole = pd.concat(frames, ignore_index=True)
        whole["scenario"] = pd.Categorical(whole["scenario"], categories=keys)
        if not form.wide:
            codes = pd.Categorical(whole["parameter"], categories=list(names))
            whole["parameter"] = codes
            whole.insert(3, "parameter_name", pd.Series(named(codes.codes, names)))
            whole.insert(4, "unit", whole["parameter"].map({one.name: one.unit for one in told}).astype("category"))
        return whole

    columns = [*known_columns(form), *(told if form.wide else [])]
    return Table("parameters", form.word(("Drawn parameters", "参数抽样值")), rows, build, columns)


def chosen_of(data: xr.Dataset, scenario: Sequence[str] | None, years: Sequence[int] | None) -> xr.Dataset:
    """Some scenarios and years of results."""
    if scenario is not None:
        for key in scenario:
            validation.key(data, "scenario", key)
        data = data.sel(scenario=list(scenario))
    if years is not None:
        there = data["calendar_year"] if "calendar_year" in data.coords else data.get("year")
        known = sorted({int(year) for year in there.values}) if there is not None else []
        for year in years:
            if year not in known:
                raise UsageError(translated(
                    "no year {year} in these results; they have {listed}",
                    year=year, listed=validation.listed(map(str, known)),
                ))
        if "time" in data.dims:
            data = data.isel(time=np.isin(data["calendar_year"].values, years))
        if "year" in data.dims:
            data = data.isel(year=np.isin(data["year"].values, years))
    return data
