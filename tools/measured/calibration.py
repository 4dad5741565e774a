"""docs/calibration.md: what a fit of the flagship learnt. Measuring writes the scenario's posterior.toml too."""

import tomllib
from typing import Any

import pandas as pd

from jiju import _engine
from jiju.commands.calibration_report import SURPRISING, headed, posterior_text, span, value
from jiju.evidence.calibrate import Engine, calibrate
from jiju.evidence.calibration_task import Task, read_task
from jiju.languages import Lang
from jiju.printing import text_tables
from jiju.statistics.monte_carlo import effective, sample_priors, sizes
from measured.kept import ROOT, Found, Kept, Measurement
from measured.pages import wrapped

FOLDER = ROOT / "scenarios" / "shaoxing-2011"
TASK = FOLDER / "calibration.toml"
POSTERIOR = FOLDER / "posterior.toml"
SEED, POINTS, CHECKED = 1, 800, 4  # the points checked share one run
FIRST = "first generation"  # the part of the work that a test repeats: some points of the priors


def measure(points: int, part: str | None) -> Found:
    if part == FIRST:
        return Found({}, first_points(read_task(TASK), points))
    task, posterior = TASK.relative_to(ROOT), POSTERIOR.relative_to(ROOT)
    command = f"jiju calibrate {task} --points {points} --seed {SEED} -o {posterior}"
    fit = calibrate(TASK, points, SEED, _engine.usable_processors())
    POSTERIOR.write_text(posterior_text(fit, command), encoding="utf-8")
    about = {
        "p": fit.misfit.p, "met": fit.misfit.met, "summaries": fit.misfit.summaries, "left_out": fit.left_out,
        "effective": effective(fit.posterior.weights),
        "correlations": [list(pair) for pair in fit.posterior.strongest()],
    }  # fmt: skip
    findings = fit.posterior.findings.rename_axis("parameter").reset_index()
    misses = fit.posterior.misfit.rename_axis("statistic").rename("distance").reset_index()
    checks = fit.predictive.rename_axis("statistic").reset_index()
    columns = ["statistic", *(name for name in checks if str(name).startswith(("prior_", "posterior_"))), "tail"]
    tables = {"findings": findings, "misses": misses, "predictive": checks[columns]}
    return Found(tables, fit.points.first[1][list(fit.task.ranges.index)].reset_index(drop=True), about)


def first_points(task: Task, points: int) -> pd.DataFrame:
    """Summaries of the first points of the fit that the page shows: those of one run, hence at most four."""
    shares = sample_priors(task.priors, sizes(POINTS)[0], SEED).head(points)
    with Engine(task, SEED, 1, points) as engine:
        return engine(shares, 0)[list(task.ranges.index)]


def misfit(kept: Kept, lang: Lang = "en") -> str:
    """How far the data lie from what the model can produce."""
    about = kept.about
    if lang == "zh":
        said = "在模型所能产生的范围之内" if about["p"] >= SURPRISING else "**远离**模型所能产生的结果"
        return (
            f"{kept.day_zh}，{kept.replicates}个样本点，种子{SEED}；有效抽样{about['effective']:.0f}个。数据{said}："
            f"{about['p']:.0%}的合成数据集同样远或更远（p = {about['p']:.3f}）。"
            f"单个样本点最多同时满足{about['summaries']}个范围中的{about['met']}个。"
        )
    verdict = "lie within" if about["p"] >= SURPRISING else "lie FAR from"
    return wrapped(
        f"{kept.day}, {kept.replicates} points, seed {SEED}; {about['effective']:.0f} effective draws. "
        f"The data {verdict} what the model can produce: {about['p']:.0%} of synthetic data sets lie as far away or "
        f"further (p = {about['p']:.3f}). At best {about['met']} of {about['summaries']} ranges are met at once."
    )


def table(kept: Kept, lang: Lang = "en") -> str:
    """One parameter a row: prior, posterior, and what the summaries tell of it."""
    parameters = read_task(TASK).parameters
    rows = []
    for _, row in kept.tables["findings"].iterrows():
        each = parameters[row["parameter"]]
        rows.append({
            "parameter": each.name_zh if lang == "zh" else f"{each.name} {each.name_zh}",
            "prior": span(each.prior.low, each.prior.high),
            **{name: text_tables.number(row[name]) for name in ("median", "low", "high")},
            "predicted": f"{row['predicted']:.2f}", "spread": f"{row['spread']:.2f}",
            "identified": value("yes" if row["identified"] else "no", lang), "edge": value(row["edge"], lang),
        })  # fmt: skip
    return text_tables.markdown(headed(pd.DataFrame(rows), lang))


def correlations(kept: Kept, lang: Lang = "en") -> str:
    """The strongest three of the posterior."""
    parameters = read_task(TASK).parameters

    def name(key: str) -> str:
        if lang == "zh":
            return parameters[key].name_zh.split("（")[0]
        full = parameters[key].name.split(", factor")[0]
        return full[0].lower() + full[1:] if full[1].islower() else full

    pair = "{}与{}（{:+.2f}）" if lang == "zh" else "{} and {} ({:+.2f})"
    said = [pair.format(name(one), name(two), size).replace("-", "−")
            for one, two, size in kept.about["correlations"][:3]]  # fmt: skip
    if lang == "zh":
        return f"后验中最强的相关：{'；'.join(said)}。"
    return wrapped(f"The strongest correlations of the posterior are those of {'; '.join(said)}.")


def differs_from_posterior(kept: Kept) -> list[str]:
    """Medians of identified parameters that posterior.toml, which scenarios include, has otherwise."""
    told = tomllib.loads(POSTERIOR.read_text(encoding="utf-8"))
    wrong = []
    for _, row in kept.tables["findings"].iterrows():
        parameter = read_task(TASK).parameters[row["parameter"]]
        key, base = next(iter(parameter.base.items()))
        node: Any = told
        for part in key.split("."):
            node = node.get(part, {})
        if not row["identified"] or not node:
            if bool(row["identified"]) != bool(node):
                wrong.append(f"{row['parameter']}: identified in one of the two alone")
            continue
        median = dict(node["quantiles"])[0.5] / (base if parameter.factor else 1)
        if abs(median / row["median"] - 1) > 0.002:
            wrong.append(f"{row['parameter']}: {row['median']:.4g}, in posterior.toml {median:.4g}")
    return wrong


MEASUREMENT = Measurement(
    "calibration", "jiju calibrate; posterior.toml, which scenarios include, is written too", POINTS, measure,
    (CHECKED, FIRST), {"misfit": misfit, "table": table, "correlations": correlations},
)  # fmt: skip
