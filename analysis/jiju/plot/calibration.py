"""Pictures of a calibration: what was believed before and after, how parameters hang together, what draws predict."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from scipy.stats import norm

from jiju.evidence.calibration import weighted_deviation
from jiju.languages import Lang, checked
from jiju.plot import appearance
from jiju.statistics.monte_carlo import Prior, effective

if TYPE_CHECKING:
    from jiju.evidence.calibrate import Fit

WORDS = {
    "prior": {"en": "prior", "zh": "先验"},
    "posterior": {"en": "posterior", "zh": "后验"},
    "not": {"en": "not identified: the prior stays", "zh": "不可识别：保留先验"},
    "edge": {"en": "at the edge of the prior", "zh": "位于先验边缘"},
    "scale": {"en": "half-widths of the range from its middle", "zh": "距范围中点（以半宽计）"},
    "judge": {"en": "judged", "zh": "检验"},
    "range": {"en": "accepted range", "zh": "接受范围"},
}
MOST = 6.0  # half-widths from the middle of a range at which bands are cut
PER_ROW = 3


def panels(number: int, width: float, height: float) -> tuple[Figure, list[Axes]]:
    rows = math.ceil(number / PER_ROW)
    figure, axes = plt.subplots(
        rows, PER_ROW, figsize=(PER_ROW * width, rows * height), layout="constrained", squeeze=False
    )
    flat = list(axes.flat)
    for unused in flat[number:]:
        unused.set_axis_off()
    return figure, flat[:number]


def label_of(fit: Fit, key: str, lang: Lang, most: int = 30) -> str:
    parameter = fit.task.parameters[key]
    return appearance.cut(parameter.name_zh if lang == "zh" else parameter.name, most)


def density(values: np.ndarray, weights: np.ndarray, at: np.ndarray) -> np.ndarray:
    """By normal kernels of Silverman's width, folded back at the ends 0 and 1, beyond which nothing may lie."""
    own = weights / weights.sum()
    width = max(0.9 * weighted_deviation(values, own) * effective(own) ** -0.2, 0.01)
    folded = np.concatenate([values, -values, 2 - values])
    return np.asarray(norm.pdf(at[:, None], folded, width) @ np.tile(own, 3))


def along(ax: Axes, axis: Literal["x", "y"], prior: Prior) -> None:
    """The whole range of a prior, with its ends and its middle marked."""
    ticks = prior.at(np.array([0.0, 0.5, 1.0]))
    ax.set(**{f"{axis}scale": "log" if prior.log else "linear"})
    ax.minorticks_off()
    labels = [f"{tick:.3g}" for tick in ticks]
    ax.set(**{f"{axis}ticks": ticks, f"{axis}ticklabels": labels, f"{axis}lim": ticks[[0, 2]]})


def margins(fit: Fit, *, lang: Lang = "en") -> Figure:
    """The prior and the posterior of every parameter, as densities over the prior's range."""
    checked(lang)
    with mpl.rc_context(appearance.letters()):
        figure, axes = panels(len(fit.task.parameters), 3.0, 1.9)
        for ax, (key, parameter) in zip(axes, fit.task.parameters.items(), strict=True):
            appearance.apply(ax, lang)
            share = np.linspace(0, 1, 200)
            finding = fit.posterior.findings.loc[key]
            own = parameter.prior.share(fit.posterior.draws[key].to_numpy())
            at = parameter.prior.at(share)
            known = appearance.BLUE if finding["identified"] else appearance.GREY
            colour = appearance.VERMILION if finding["edge"] else known
            ax.fill_between(at, np.ones(len(at)), color=appearance.GREY, alpha=0.25, linewidth=0,
                            label=WORDS["prior"][lang])  # fmt: skip
            ax.plot(at, density(own, fit.posterior.weights, share), color=colour, label=WORDS["posterior"][lang])
            along(ax, "x", parameter.prior)
            ax.set_yticks([])
            ax.set_ylim(bottom=0)
            ax.set_title(label_of(fit, key, lang), fontsize="small")
            note = WORDS["edge"][lang] if finding["edge"] else "" if finding["identified"] else WORDS["not"][lang]
            ax.set_xlabel(note, fontsize="small", color=colour)
        axes[0].legend(frameon=False, fontsize="small")
    return figure


def pairs(fit: Fit, *, lang: Lang = "en") -> Figure:
    """Accepted draws of the pairs of parameters whose correlations are largest, by weight."""
    checked(lang)
    found = fit.posterior.strongest()
    size = fit.posterior.weights / fit.posterior.weights.max()
    with mpl.rc_context(appearance.letters()):
        figure, axes = panels(len(found), 3.1, 2.7)
        for ax, (one, other, correlation) in zip(axes, found, strict=True):
            appearance.apply(ax, lang)
            draws = fit.posterior.draws
            ax.scatter(draws[one], draws[other], s=3 + 15 * size, color=appearance.BLUE, alpha=0.45, linewidths=0)
            along(ax, "x", fit.task.parameters[one].prior)
            along(ax, "y", fit.task.parameters[other].prior)
            ax.set_xlabel(label_of(fit, one, lang), fontsize="small")
            ax.set_ylabel(label_of(fit, other, lang, 24), fontsize="small")
            ax.set_title(f"{correlation:+.2f}")
    return figure


def checks(fit: Fit, *, lang: Lang = "en") -> Figure:
    """What draws of the prior (grey) and of the posterior (blue) simulate, 5 to 95 %, on the scale of each range."""
    checked(lang)
    table = fit.predictive[np.isfinite(fit.predictive["low"]) & np.isfinite(fit.predictive["high"])]
    with mpl.rc_context(appearance.letters()):
        figure, ax = plt.subplots(figsize=(8.5, 1.2 + 0.27 * len(table)), layout="constrained")
        appearance.apply(ax, lang)
        ax.axvspan(-1, 1, color=appearance.GREEN, alpha=0.15, linewidth=0, label=WORDS["range"][lang])
        middle, half = (table["low"] + table["high"]) / 2, (table["high"] - table["low"]) / 2
        for place, key in enumerate(table.index):
            for kind, colour, shift in (("prior", appearance.GREY, 0.16), ("posterior", appearance.BLUE, -0.16)):
                ends = [(table.loc[key, f"{kind}_{part}"] - middle[key]) / half[key] for part in ("q05", "q50", "q95")]
                low, mid, high = np.clip(ends, -MOST, MOST)
                named = WORDS[kind][lang] if place == 0 else None
                ax.plot([low, high], [-place + shift] * 2, color=colour, linewidth=2.5, label=named)
                ax.plot(mid, -place + shift, "o", color=colour, markersize=4)
        names = [
            (row["name_zh"] if lang == "zh" else row["name"])
            + (f" ({WORDS['judge'][lang]})" if row["use"] == "judge" else "")
            for _, row in table.iterrows()
        ]
        ax.set_yticks(-np.arange(len(table)), names, fontsize="small")
        ax.set_ylim(-len(table) + 0.4, 0.6)
        ax.set_xlim(-MOST, MOST)
        ax.set_xlabel(WORDS["scale"][lang])
        ax.legend(frameon=False, loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=3)
    return figure


def save(figure: Figure, path: Path) -> None:
    figure.savefig(path, dpi=130)
    plt.close(figure)
