"""What the past of industries says of their future: growth, its volatility and how far industries move together.

A history has one row an industry and year: output, and where they are known a price index and jobs. From a handful of
years all three are known badly, so each comes with its 5, 50 and 95 % quantiles, which a scenario draws from.

Growth of a year is the change of the logarithm of output over its price. Of `n` such changes with mean `m`, standard
deviation `s` and autocorrelation `r`:

- the mean grows by Student's t: m + t sqrt(f / n) sd, where f = 1 + 2 sum (1 - k/n) r^k is what autocorrelation does
  to the variance of a mean, sd^2 = s^2 (n - 1) / (n - f) is unbiased given r, and t has n / f - 1 degrees of freedom;
- the spread follows nu s^2 / sigma^2 ~ chi-squared with nu = (n - 1) (1 - r^2) / (1 + r^2) degrees of freedom
  (Bartlett 1946 on the effective number of observations);
- r is shared by the industries: the mean of theirs, with Marriott and Pope's (1954) correction for short series,
  (n r + 1) / (n - 4), kept in [0, 0.6]; zero where there are fewer than FEWEST_FOR_PERSISTENCE changes in all;
- the mean correlation of industries is the intraclass correlation of their standardised changes, years against the
  rest, with its interval from the F distribution (McGraw, Wong 1996, case 3);
- single correlations are drawn to that mean, by as much as their differences are what chance makes of so few years
  (Ledoit, Wolf 2004, constant correlation), and one factor is fitted to them by least squares off the diagonal (minres:
  Harman, Jones 1966).
"""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from jiju.cities.firm_table import delimited, numbers
from jiju.errors import UsageError
from jiju.languages import translated
from jiju.results.validation import listed, nearest

HEADINGS: dict[str, tuple[str, ...]] = {
    "year": ("year", "年份", "年"),
    "industry": ("industry", "sector", "行业", "产业"),
    "output": ("output", "sales", "revenue", "产值", "销售收入"),
    "price": ("price", "price_index", "deflator", "价格指数", "价格"),
    "jobs": ("jobs", "employees", "employment", "从业人数", "从业人员"),
}
FEWEST_CHANGES = 3  # of years, that an industry needs
FEWEST_FOR_PERSISTENCE = 20  # changes of all industries together
MOST_PERSISTENCE = 0.6
SHARES = (0.05, 0.5, 0.95)

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Estimate:
    """A number by its 5, 50 and 95 % quantiles."""

    low: float
    median: float
    high: float

    def times(self, factor: float) -> Estimate:
        return Estimate(self.low * factor, self.median * factor, self.high * factor)


@dataclass(frozen=True)
class Series:
    """Of one industry: growth of a year, its spread, and the same of its price; None without a price."""

    changes: int  # years with a year before them
    growth: Estimate
    spread: Estimate
    recent: float  # mean growth of the last three years
    price_growth: Estimate | None
    price_spread: Estimate | None
    jobs_growth: Estimate | None
    is_real: bool


@dataclass(frozen=True)
class Common:
    """One factor: `loadings` are correlations with it; `scale` is its spread over the one estimated, which is one."""

    correlation: Estimate  # mean over pairs of industries
    loadings: dict[str, float]
    scale: Estimate


@dataclass
class History:
    first: int
    last: int
    industries: dict[str, Series]
    common: Common | None
    persistence: float
    notes: list[str] = field(default_factory=list)


def read(path: str | os.PathLike[str]) -> pd.DataFrame:
    """Columns of `HEADINGS` that the file has, sorted by industry and year.

    Raises UsageError for a missing column, a year that is none, a value that is not above zero, or a row twice.
    """
    raw = delimited(Path(path))
    small = {str(heading).strip().lower(): heading for heading in reversed(list(raw.columns))}
    found = {name: next((small[word] for word in words if word in small), None) for name, words in HEADINGS.items()}
    missing = [name for name in ("year", "industry", "output") if found[name] is None]
    if missing:
        raise UsageError(
            translated(
                "{path}: no column {missing}; a history has year, industry, output and, where known, price and jobs; "
                "there are {headings}",
                path=path, missing=listed(missing), headings=listed([str(heading) for heading in raw.columns]),
            )
        )
    notes: list[str] = []
    frame = pd.DataFrame({name: raw[heading] for name, heading in found.items() if heading is not None})
    frame["line"] = np.arange(2, len(frame) + 2)
    frame["industry"] = frame["industry"].astype("string").str.strip()
    for name in ("year", "output", "price", "jobs"):
        if name in frame:
            frame[name] = numbers(frame[name], name, notes)
    if notes:
        raise UsageError("\n".join(f"{path}: {note}" for note in notes))
    problems = []
    for name, wrong in {
        "year": frame["year"].isna() | (frame["year"] % 1 != 0),
        "industry": frame["industry"].isna() | (frame["industry"] == ""),
        **{name: frame[name] <= 0 for name in ("output", "price", "jobs") if name in frame},
    }.items():
        for _, row in frame[wrong.fillna(True)].head(3).iterrows():
            wanted = {"year": translated("a year such as 2008"), "industry": translated("a name")}.get(
                name, translated("a number above 0, or nothing")
            )
            problems.append(translated(
                "{path}:{line}: {name} = {value!r}; right would be {wanted}",
                path=path, line=row["line"], name=name, value=row[name], wanted=wanted,
            ))  # fmt: skip
    for _, row in frame[frame.duplicated(["industry", "year"])].head(3).iterrows():
        problems.append(translated(
            "{path}:{line}: {industry} has a row of {year:.0f} already",
            path=path, line=row["line"], industry=row["industry"], year=row["year"],
        ))  # fmt: skip
    if problems:
        raise UsageError("\n".join(problems))
    return frame.sort_values(["industry", "year"]).reset_index(drop=True)


def history_of(frame: pd.DataFrame, known: Sequence[str]) -> History:
    """Estimates of each industry of `known` that the frame has; UsageError where it has another one."""
    words = [str(word) for word in frame["industry"].unique()]
    if strange := [word for word in words if word not in known]:
        lines = [translated(
            "history: no firm has the industry {word!r}{nearest}", word=word, nearest=nearest(word, known)
        ) for word in strange]  # fmt: skip
        raise UsageError("\n".join(lines))
    real = pd.DataFrame({word: changes(own, "output", "price") for word, own in frame.groupby("industry")})
    rho = persistence(real)
    found = History(int(frame["year"].min()), int(frame["year"].max()), {}, None, rho)
    for word, own in frame.groupby("industry"):
        series = real[word].dropna()
        if len(series) < FEWEST_CHANGES:
            found.notes.append(
                translated(
                    "{word}: {count} changes from one year to the next, {needed} are needed; not used",
                    word=word, count=len(series), needed=FEWEST_CHANGES,
                )
            )
            continue
        prices = changes(own, "price").dropna() if "price" in own else pd.Series(dtype=float)
        jobs = changes(own, "jobs").dropna() if "jobs" in own else pd.Series(dtype=float)
        has_prices = len(prices) >= FEWEST_CHANGES
        found.industries[str(word)] = Series(
            changes=len(series),
            growth=mean_of(array_of(series), rho),
            spread=spread_of(array_of(series), rho),
            recent=float(series.tail(3).mean()),
            price_growth=mean_of(array_of(prices), 0.0) if has_prices else None,
            price_spread=spread_of(array_of(prices), 0.0) if has_prices else None,
            jobs_growth=mean_of(array_of(jobs), rho) if len(jobs) >= FEWEST_CHANGES else None,
            is_real=bool("price" in own and own["price"].notna().any()),
        )
    found.common = common_factor(real[list(found.industries)], rho)
    return found


def array_of(values: pd.Series[float]) -> Array:
    return np.asarray(values, dtype=np.float64)


def changes(own: pd.DataFrame, over: str, under: str | None = None) -> pd.Series[float]:
    """Changes of the logarithm from one year to the next, by year; a gap between years has none."""
    level = own.set_index("year")[over]
    if under is not None and under in own and own[under].notna().any():
        level = level / own.set_index("year")[under]
    level = level.dropna()
    steps: pd.Series[float] = np.log(level).diff()
    found: pd.Series[float] = steps[np.diff(level.index.to_numpy(), prepend=np.nan) == 1]
    return found


def variance_factor(rho: float, n: int) -> float:
    """n Var(mean) / Var of an autoregressive series: 1 + 2 sum_{k<n} (1 - k/n) rho^k."""
    k = np.arange(1, n)
    return float(1 + 2 * np.sum((1 - k / n) * rho**k))


def mean_of(values: Array, rho: float) -> Estimate:
    n = len(values)
    f = min(variance_factor(rho, n), n / 2)  # one degree of freedom at least
    deviation = math.sqrt(float(np.var(values)) * n / (n - f))
    scale = deviation * math.sqrt(f / n)
    low, median, high = (float(np.mean(values) + scale * stats.t.ppf(share, n / f - 1)) for share in SHARES)
    return Estimate(low, median, high)


def spread_of(values: Array, rho: float) -> Estimate:
    n = len(values)
    degrees = degrees_of_freedom(n, rho)
    f = min(variance_factor(rho, n), n / 2)
    squares = float(np.var(values)) * n / (n - f) * degrees
    low, median, high = (math.sqrt(squares / float(stats.chi2.ppf(1 - share, degrees))) for share in SHARES)
    return Estimate(low, median, high)


def persistence(real: pd.DataFrame) -> float:
    """The autocorrelation that industries share, corrected for the length of the series."""
    if int(real.count().sum()) < FEWEST_FOR_PERSISTENCE:
        return 0.0
    found = []
    for word in real:
        x = real[word].dropna().to_numpy()
        if len(x) < 5 or np.ptp(x) == 0:
            continue
        deviation = x - x.mean()
        found.append((len(x), float(deviation[1:] @ deviation[:-1] / (deviation @ deviation))))
    if not found:
        return 0.0
    n = float(np.mean([length for length, _ in found]))
    r = float(np.mean([each for _, each in found]))
    return min(max((n * r + 1) / max(n - 4, 1), 0.0), MOST_PERSISTENCE)


def common_factor(real: pd.DataFrame, rho: float = 0.0) -> Common | None:
    """From the years that all industries have; None where they do not move together, or of one, or of few years."""
    whole = real.dropna()
    n, p = whole.shape
    if p < 2 or n < FEWEST_CHANGES + 1 or (whole.std() == 0).any():
        return None
    z = ((whole - whole.mean()) / whole.std()).to_numpy()
    correlation = mean_correlation(z, rho)
    if correlation.median <= 0:
        return None
    shrunk = shrunk_correlations(np.corrcoef(z, rowvar=False), n)
    loadings = one_factor(shrunk)
    scale = [math.sqrt(max(each, 0.0) / correlation.median) for each in (correlation.low, correlation.high)]
    return Common(correlation, dict(zip(whole.columns, map(float, loadings), strict=True)),
                  Estimate(scale[0], 1.0, scale[1]))  # fmt: skip


def degrees_of_freedom(n: int, rho: float) -> float:
    """Of a variance of n autocorrelated values (Bartlett 1946)."""
    return max((n - 1) * (1 - rho**2) / (1 + rho**2), 1.0)


def mean_correlation(z: Array, rho: float = 0.0) -> Estimate:
    """Intraclass correlation of years (rows) against industries (columns) of standardised changes, by mean squares
    B between years and W within: (B - W) / (B + (p - 1) W); its ends are those of F = B / W over its quantiles."""
    n, p = z.shape
    years = z.mean(axis=1)
    between = p * float(years @ years) / (n - 1)
    within = max(float(((z - years[:, None]) ** 2).sum()) / ((n - 1) * (p - 1)), 1e-12)
    ratio = between / within
    degrees = degrees_of_freedom(n, rho)
    free = (degrees, degrees * (p - 1))
    ends = [ratio / float(stats.f.ppf(0.95, *free)), ratio, ratio / float(stats.f.ppf(0.05, *free))]
    low, median, high = ((each - 1) / (each + p - 1) for each in ends)
    return Estimate(low, median, high)


def shrunk_correlations(r: Array, n: int) -> Array:
    """(1 - w) r + w r_mean off the diagonal: w is the variance of a correlation, (1 - r_mean^2)^2 / (n - 1), over the
    mean square of their differences, at most 1; alone with one pair it is 1."""
    p = len(r)
    above = r[np.triu_indices(p, 1)]
    mean = float(above.mean())
    differences = float(((above - mean) ** 2).sum())
    chance = len(above) * (1 - mean**2) ** 2 / (n - 1)
    w = min(chance / differences, 1.0) if differences > 0 else 1.0
    shrunk = (1 - w) * r + w * mean
    np.fill_diagonal(shrunk, 1.0)
    return shrunk


def one_factor(r: Array, most: float = 0.95) -> Array:
    """Loadings l that minimise the sum over pairs of (r_ij - l_i l_j)^2, by turns; each within +-`most`."""
    p = len(r)
    if p == 2:
        return np.full(2, min(math.sqrt(max(float(r[0, 1]), 0.0)), most))
    off = r - np.diag(np.diag(r))
    loadings = np.full(p, math.sqrt(max(float(off.sum()) / (p * (p - 1)), 1e-6)))
    for _ in range(500):
        before = loadings.copy()
        for i in range(p):
            squares = float(loadings @ loadings - loadings[i] ** 2)
            loadings[i] = np.clip(float(off[i] @ loadings) / max(squares, 1e-12), -most, most)
        if np.abs(loadings - before).max() < 1e-10:
            break
    return loadings


def own_share(loading: float) -> float:
    """Of an industry's spread what its own shocks have: sqrt(1 - loading^2)."""
    return math.sqrt(1 - loading**2)
