"""What a calibration found: as text, as a scenario's data file, and as a page with pictures."""

from __future__ import annotations

from datetime import date
from importlib.metadata import version
from pathlib import Path

import pandas as pd

from jiju import _engine
from jiju.evidence.calibrate import Fit
from jiju.evidence.calibration import IDENTIFIED
from jiju.evidence.calibration_task import Parameter
from jiju.languages import Lang, checked, translated
from jiju.printing.text_tables import markdown, number, plain
from jiju.statistics.monte_carlo import effective

SURPRISING = 0.05  # a probability below which data are called far from what the model can produce

WORDS = {
    "title": {"en": "Calibration", "zh": "校准"},
    "fit_of": {"en": "Fit of", "zh": "校准对象："},
    "misfit": {"en": "Misfit", "zh": "失配"},
    "far": {
        "en": "The data lie FAR from what the model can produce: {share:.0%} of synthetic data sets lie as far away or "
        "further (p = {p:.3f}). Nothing below makes up for that: somewhere the model is wrong.",
        "zh": "数据远离模型所能产生的结果：仅{share:.0%}的合成数据集同样远或更远"
        "（p = {p:.3f}）。下列结果均无法弥补：模型必有不当之处。",
    },
    "near": {
        "en": "The data lie within what the model can produce: {share:.0%} of synthetic data sets lie as far away or "
        "further (p = {p:.3f}).",
        "zh": "数据在模型所能产生的范围之内：{share:.0%}的合成数据集同样远或更远（p = {p:.3f}）。",
    },
    "distance": {
        "en": "Distance of the nearest twentieth of the priors' points {own:.3f} prior standard deviations, of "
        "synthetic data sets {median:.3f} at the median; at best {met} of {all} ranges are met at once.",
        "zh": "先验样本中最近二十分之一的距离为{own:.3f}个先验标准差，合成数据集的中位数为"
        "{median:.3f}；单个样本最多同时满足{all}个范围中的{met}个。",
    },
    "left_out": {
        "en": "Left out, as too few points could be measured: {names}.",
        "zh": "因可测样本过少而略去：{names}。",
    },
    "learnt": {"en": "What was learnt", "zh": "所得参数"},
    "identified": {
        "en": "Identified: the summaries predict at least {share:.0%} of the prior's variance out of sample. Spread: "
        "over the prior's. {points} points, {accepted:.0f} effective draws.",
        "zh": "可识别：汇总统计量能在样本外预测先验方差的至少{share:.0%}。"
        "离散度：与先验之比。样本{points}个，有效抽样{accepted:.0f}个。",
    },
    "edges": {
        "en": "At the edge of the prior: {names}. The data ask for more than the prior allows: widen it with a source, "
        "or correct the mechanism that asks for it.",
        "zh": "位于先验边缘：{names}。数据所需超出先验允许：应据文献放宽先验，或修正相应机制。",
    },
    "outside": {
        "en": "Outside their ranges among the nearest points (mean distance, prior standard deviations)",
        "zh": "最近样本落在范围之外者（平均距离，先验标准差）",
    },
    "none": {"en": "none", "zh": "无"},
    "pairs": {"en": "Strongest correlations of the posterior", "zh": "后验中最强的相关"},
    "checks": {"en": "Predictive checks", "zh": "预测检验"},
    "checked": {
        "en": "5, 50 and 95 % of what draws of the prior and of the posterior simulate. Tail: twice the smaller of the "
        "shares of posterior draws below the range's upper end and above its lower one; near 0, the range is missed. "
        "No fit sees what is marked judge.",
        "zh": "先验与后验抽样所得模拟结果的5%、50%、95%分位。尾部概率：后验抽样低于范围上限与"
        "高于下限的比例中较小者的两倍；接近0即偏离范围。标为检验者从不用于拟合。",
    },
    "margins": {"en": "Prior and posterior of every parameter", "zh": "各参数的先验与后验"},
    "pair_plot": {"en": "Draws of the pairs that are correlated most", "zh": "相关最强的参数对"},
}
HEADINGS = {
    "parameter": "参数", "prior": "先验", "median": "中位数", "low": "5%", "high": "95%", "predicted": "可预测份额",
    "spread": "离散度", "identified": "可识别", "edge": "边缘", "statistic": "统计量", "use": "用途",
    "posterior": "后验", "range": "范围", "tail": "尾部概率", "distance": "距离", "correlation": "相关系数",
    "pair": "参数对",
}  # fmt: skip
VALUES = {"yes": "是", "no": "否", "low": "下端", "high": "上端", "fit": "拟合", "judge": "检验", "": ""}


def words(key: str, lang: Lang, **values: object) -> str:
    return WORDS[key][lang].format(**values)


def headed(table: pd.DataFrame, lang: Lang) -> pd.DataFrame:
    return table.rename(columns=HEADINGS) if lang == "zh" else table


def value(word: str, lang: Lang) -> str:
    return VALUES[word] if lang == "zh" else word


def span(low: float, high: float) -> str:
    return f"{low:.4g} – {high:.4g}"


def parameter_name(parameter: Parameter, lang: Lang) -> str:
    return parameter.name_zh if lang == "zh" else parameter.name


def learnt_table(fit: Fit, lang: Lang) -> pd.DataFrame:
    """One row a parameter, as people read it."""
    rows = []
    for key, row in fit.posterior.findings.iterrows():
        parameter = fit.task.parameters[str(key)]
        rows.append({
            "parameter": parameter_name(parameter, lang), "prior": span(parameter.prior.low, parameter.prior.high),
            "median": number(row["median"]), "low": number(row["low"]), "high": number(row["high"]),
            "predicted": f"{row['predicted']:.2f}", "spread": f"{row['spread']:.2f}",
            "identified": value("yes" if row["identified"] else "no", lang), "edge": value(row["edge"], lang),
        })  # fmt: skip
    return headed(pd.DataFrame(rows), lang)


def outside_table(fit: Fit, lang: Lang) -> pd.DataFrame:
    worst = fit.posterior.misfit[fit.posterior.misfit > 0.005].sort_values(ascending=False)
    names = fit.task.ranges["name_zh" if lang == "zh" else "name"]
    rows = [{"statistic": names[str(name)], "distance": f"{gap:.2f}"} for name, gap in worst.items()]
    return headed(pd.DataFrame(rows, columns=["statistic", "distance"]), lang)


def pairs_table(fit: Fit, lang: Lang) -> pd.DataFrame:
    rows = [
        {"pair": " × ".join(parameter_name(fit.task.parameters[name], lang) for name in pair),
         "correlation": f"{size:+.2f}"}
        for *pair, size in fit.posterior.strongest()
    ]  # fmt: skip
    return headed(pd.DataFrame(rows, columns=["pair", "correlation"]), lang)


def checks_table(fit: Fit, lang: Lang) -> pd.DataFrame:
    rows = []
    for _, row in fit.predictive.iterrows():
        bands = {kind: " ".join(number(row[f"{kind}_{part}"]) for part in ("q05", "q50", "q95"))
                 for kind in ("prior", "posterior")}  # fmt: skip
        rows.append({"statistic": row["name_zh" if lang == "zh" else "name"], "use": value(row["use"], lang)} | bands
                    | {"range": span(row["low"], row["high"]), "tail": f"{row['tail']:.2f}"})  # fmt: skip
    return headed(pd.DataFrame(rows), lang)


def edges(fit: Fit, lang: Lang) -> list[str]:
    at = fit.posterior.findings.query("edge != ''")
    return [f"{parameter_name(fit.task.parameters[str(key)], lang)} ({value(row['edge'], lang)})"
            for key, row in at.iterrows()]  # fmt: skip


def sections(fit: Fit, lang: Lang) -> list[tuple[str, list[str], pd.DataFrame | None]]:
    """Heading, sentences and table of every part, the misfit first."""
    found = fit.misfit
    kind = "far" if found.p < SURPRISING else "near"
    own = [
        words(kind, lang, share=found.p, p=found.p),
        words("distance", lang, own=found.distance, median=float(pd.Series(found.synthetic).median()), met=found.met,
              all=found.summaries),
    ]  # fmt: skip
    if fit.left_out:
        own.append(words("left_out", lang, names=", ".join(fit.left_out)))
    known = [words("identified", lang, share=IDENTIFIED, points=len(fit.points.shares),
                   accepted=effective(fit.posterior.weights))]  # fmt: skip
    if at := edges(fit, lang):
        known.append(words("edges", lang, names=("、" if lang == "zh" else "; ").join(at)))
    outside, pairs = outside_table(fit, lang), pairs_table(fit, lang)
    return [
        (words("misfit", lang), own, None),
        (words("learnt", lang), known, learnt_table(fit, lang)),
        (words("outside", lang), [] if len(outside) else [words("none", lang)], outside if len(outside) else None),
        (words("pairs", lang), [] if len(pairs) else [words("none", lang)], pairs if len(pairs) else None),
        (words("checks", lang), [words("checked", lang)], checks_table(fit, lang)),
    ]


def report(fit: Fit, *, lang: Lang = "en") -> str:
    """The findings as text. `lang` is the language of names and words: "en" or "zh"."""
    parts = []
    for heading, sentences, table in sections(fit, checked(lang)):
        lines = [heading, *sentences]
        if table is not None:
            lines += ["", plain(table)]
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def check_report(table: pd.DataFrame, names: dict[str, str]) -> str:
    """The outcome of simulation-based calibration as text."""
    shown = table.rename(index=names).assign(sets=table["sets"].astype(int).to_numpy())
    worst = float(table["p_adjusted"].min())
    verdict = (
        translated("ranks are uniform as far as these sets can tell") if worst >= SURPRISING
        else translated("ranks are NOT uniform: the posterior is too narrow, too wide or beside the truth")
    )  # fmt: skip
    return "\n".join([
        translated(
            "Simulation-based calibration: {verdict} (least adjusted p = {worst:.3f}).", verdict=verdict, worst=worst
        ),
        translated(
            "p: ranks of the truth against a uniform distribution (Kolmogorov-Smirnov); p_adjusted: for the number of "
            "parameters (Holm); covered: truths within the 90 % interval, with the 95 % interval of that share."
        ),
        "",
        shown.to_string(float_format=lambda x: f"{x:.3f}"),
    ])  # fmt: skip


def key_list(parameter: Parameter) -> str:
    return "[" + ", ".join(f'"{key}"' for key in parameter.keys) + "]"


def posterior_text(fit: Fit, command: str) -> str:
    """The posterior as a scenario's data file, with how it was made: margins, and how they hang together."""
    findings = fit.posterior.findings
    tools = ", ".join(f"{name} {version(name)}" for name in ["jiju", "numpy", "scipy", "scikit-learn"])
    lines = [
        "# Calibrated parameters: their joint distribution (docs/calibration.md). Written by",
        f"#   {command}",
        f"# on {date.today().isoformat()} with {tools}.",
        "#",
        f"# Misfit: p = {fit.misfit.p:.3f}, the share of synthetic data sets as far from what the model can produce.",
        "# Quantiles are those of the posterior. predicted: share of the prior's variance that the summaries predict",
        "# out of sample. spread: standard deviation of the posterior over that of the prior.",
        "#",
        f"# Not identified (predicted below {IDENTIFIED:g}), so left as the rest of the scenario has them:",
    ]
    lines += [f"#   {key}: {said(row)}" for key, row in findings[~findings["identified"]].iterrows()] or ["#   none"]
    known = findings[findings["identified"]]
    if known.empty:
        return "\n".join(lines) + "\n"
    joint = fit.posterior.joint()
    for key, row in known.iterrows():
        parameter = fit.task.parameters[str(key)]
        lines += ["", f"# {parameter.name}: {said(row)}"]
        for path, was in parameter.base.items():
            scale = was if parameter.factor else 1.0
            pairs = (f"[{share:g}, {scale * at:.4g}]" for share, at in joint.quantiles.loc[str(key)].items())
            lines.append(f"{path} = {{ quantiles = [{', '.join(pairs)}] }}")
    lines += ["", "# One draw a row; keys of a row share it. correlation: with each row above, in their order."]
    for place, key in enumerate(known.index):
        parameter = fit.task.parameters[str(key)]
        lines += ["", f"[joint.{key}]", f'name = "{parameter.name}"', f'name_zh = "{parameter.name_zh}"',
                  f"keys = {key_list(parameter)}"]  # fmt: skip
        if place:
            row = joint.correlation.iloc[place, :place]
            lines.append(f"correlation = [{', '.join(f'{each:g}' for each in row)}]")
    return "\n".join(lines) + "\n"


def said(row: pd.Series) -> str:
    edge = f", at the {row['edge']} end of its prior" if row["edge"] else ""
    return f"predicted {row['predicted']:.2f}, spread {row['spread']:.2f}{edge}"


def write_page(fit: Fit, path: Path, command: str, *, lang: Lang = "en", force: bool = False) -> list[Path]:
    """The findings as a page of Markdown, with its pictures beside it; the files written, the page first.

    The pictures are named after the page: report.md has report-margins.png and so on. FileExistsError where one of them
    exists, unless `force`.
    """
    from jiju.plot import calibration as pictures

    checked(lang)
    drawn = {"margins": pictures.margins, "pair_plot": pictures.pairs, "checks": pictures.checks}
    if not fit.posterior.strongest():
        del drawn["pair_plot"]
    files = {key: path.with_name(f"{path.stem}-{key.split('_')[0]}.png") for key in drawn}
    for file in (path, *files.values()):
        _engine.check_output(str(file), force)
    for key, draw in drawn.items():
        pictures.save(draw(fit, lang=lang), files[key])
    lines = [f"# {words('title', lang)}", "", f"{words('fit_of', lang)} {fit.task.scenario}", "", "```console",
             f"$ {command}", "```"]  # fmt: skip
    for heading, sentences, table in sections(fit, lang):
        lines += ["", f"## {heading}", ""]
        for sentence in sentences:
            lines += [sentence, ""]
        for key, title in (("margins", "learnt"), ("pair_plot", "pairs"), ("checks", "checks")):
            if key in files and heading == words(title, lang):
                lines += [f"![{words(key, lang)}]({files[key].name})", ""]
        if table is not None:
            lines.append(markdown(table))
    _engine.write_file(str(path), "\n".join(lines).rstrip() + "\n", force)
    return [path, *files.values()]
