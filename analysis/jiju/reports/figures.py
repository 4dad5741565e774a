"""Figures of a report: those of jiju.plot as vector drawings that stand within the page.

Letters are drawn as shapes, so that a page looks alike where a font is missing; names within a drawing are made unique,
since a page has one name space.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
from markupsafe import Markup, escape
from matplotlib.axes import Axes
from matplotlib.collections import QuadMesh
from matplotlib.figure import Figure

from jiju import plot
from jiju.languages import Lang, translated
from jiju.plot.appearance import figure_of
from jiju.reports import content
from jiju.reports.subject import Subject
from jiju.results.indicators import filter_of, is_level, target_table
from jiju.studies.ablation_tables import Ablation
from jiju.studies.attribution import Attribution

# Nothing of a drawing depends on the clock or on chance.
SETTINGS: Any = {"svg.fonttype": "path", "svg.hashsalt": "jiju"}
UNWANTED = r"<metadata>.*?</metadata>|<defs>\s*<style.*?</style>\s*</defs>|<!--.*?-->"
NOTHING = {"Date": None, "Creator": None, "Format": None, "Type": None}


@dataclass(frozen=True)
class Drawer:
    """Figures in one language; None where results do not hold what one shows."""

    subject: Subject
    lang: Lang

    def figure(self, key: str, caption: str, alt: str, draw: Callable[[], Axes]) -> content.Figure:
        with mpl.rc_context(SETTINGS):
            axes = draw()
            try:
                return content.Figure(key, inline(axes, f"{key}-{self.lang}", alt), caption)
            finally:
                plt.close(figure_of(axes))

    @property
    def names(self) -> dict[str, str]:
        base, plan = self.subject.names(self.lang)
        return {"base": base, "plan": plan}

    def targets(self) -> content.Figure | None:
        subject = self.subject
        if not subject.plan.targets:
            return None
        arms = [arm.data for arm in (subject.base, subject.plan) if arm is not None]
        alone = translated("Chance of each target in {plan}.", **self.names)
        both = translated("Chance of each target in {plan} and {base}.", **self.names)
        told = translated(
            "A row a target, dots at the chances with lines for their intervals; the numbers stand in the table “How "
            "likely each target is met”."
        )
        return self.figure("figure-targets", alone if subject.base is None else both, told,
                           lambda: plot.targets(*arms, lang=self.lang))  # fmt: skip

    def fan(self) -> content.Figure | None:
        subject = self.subject
        if "output" not in subject.plan.data:
            return None
        data = subject.both("output")
        return self.figure(
            "figure-fan", translated("Output over the years, with the spread of the replicates."),
            translated("Lines of the medians over the years within bands that hold half and nine tenths of the "
                       "replicates."),
            lambda: plot.fan(data, "output", target=target_of_output(subject), lang=self.lang),
        )  # fmt: skip

    def forest(self, dim: str, variable: str) -> content.Figure | None:
        found = self.subject.comparison
        if found is None or self.subject.changes(variable, dim).empty:
            return None
        return self.figure(
            f"figure-{dim}", translated("What {plan} changes against {base}, in percent.", **self.names),
            translated("A row each, a dot at the effect on a line for its interval; the numbers stand in the table."),
            lambda: plot.forest(found, dim, variable, relative=True, lang=self.lang),
        )  # fmt: skip

    def difference_fan(self, variable: str) -> content.Figure | None:
        base, plan = self.subject.base, self.subject.plan
        if base is None or any(variable not in arm.data for arm in (base, plan)):
            return None
        return self.figure(
            f"figure-difference-{variable}",
            translated("The difference over the years: how well it is known, and how much it varies."),
            translated("A line of the mean difference by year within a narrow band, its interval, and a wide one, "
                       "which holds nine tenths of the replicates."),
            lambda: plot.difference_fan(base.data, plan.data, variable=variable, lang=self.lang),
        )  # fmt: skip

    def map(self) -> content.Figure | None:
        base, plan = self.subject.base, self.subject.plan
        if base is None or any({"industry", "cluster"} - set(map(str, arm.data["output"].dims))
                               for arm in (base, plan) if "output" in arm.data):  # fmt: skip
            return None
        if any("output" not in arm.data for arm in (base, plan)):
            return None
        return self.figure(
            "figure-map", translated("What changes where: each cluster and industry."),
            translated("A field for each cluster and industry with the difference of output in it."),
            lambda: plot.heat_map(base.data, plan.data, lang=self.lang),
        )  # fmt: skip

    def ablation(self, found: Ablation) -> content.Figure:
        return self.figure(
            "figure-ablation", translated("What each lever does alone on the base, and within the plan."),
            translated("Two dots a lever on lines for their intervals; hollow ones do not stand out."),
            lambda: plot.forest(found, lang=self.lang),
        )  # fmt: skip

    def attribution(self, found: Attribution) -> content.Figure:
        return self.figure(
            "figure-attribution", translated("What each lever contributes to the difference."),
            translated("A dot a lever on a line for its interval."), lambda: plot.forest(found, lang=self.lang),
        )  # fmt: skip


def target_of_output(subject: Subject) -> str | None:
    """The first target that asks for the output of the whole city, as it is."""
    for key, row in target_table(subject.plan.data).iterrows():
        told = row.to_dict()
        if told.get("output") == "output" and is_level(told) and not filter_of(told):
            return str(key)
    return None


def as_vectors(figure: Figure) -> None:
    """Maps and bars of colours as fields that stay sharp at any size, in place of pictures of pixels."""
    for ax in figure.axes:
        ax.autoscale(False)
        for image in list(ax.images):
            left, right, bottom, top = image.get_extent()
            values: Any = image.get_array()
            norm: Any = image.norm
            x, y = np.linspace(left, right, values.shape[1] + 1), np.linspace(top, bottom, values.shape[0] + 1)
            ax.pcolormesh(x, y, values, cmap=image.get_cmap(), norm=norm, zorder=image.get_zorder())
            image.remove()
        for each in ax.collections:
            if isinstance(each, QuadMesh):
                each.set(rasterized=False, edgecolor="face", linewidth=0.2)


def inline(axes: Axes, name: str, alt: str) -> Markup:
    """A drawing as it stands in a page: no prologue, no addresses, names of its own, and what it shows in words."""
    as_vectors(figure_of(axes))
    stream = io.StringIO()
    figure_of(axes).savefig(stream, format="svg", metadata=NOTHING, transparent=True)
    text = stream.getvalue()
    text = text[text.index("<svg") :]
    text = re.sub(UNWANTED, "", text, flags=re.DOTALL)
    text = re.sub(r'\sxmlns(:\w+)?="[^"]*"', "", text).replace("xlink:href", "href")
    text = re.sub(r'\bid="', f'id="{name}-', text)
    text = text.replace('href="#', f'href="#{name}-').replace("url(#", f"url(#{name}-")
    head = re.sub(r'\s(width|height|version)="[^"]*"', "", text[: text.index(">") + 1])
    title = f'<title id="{name}-title">{escape(alt)}</title>'
    head = head[:-1] + f' role="img" aria-labelledby="{name}-title">'
    return Markup(head + title + text[text.index(">") + 1 :])
