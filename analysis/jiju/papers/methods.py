"""A paragraph for the methods section of a paper, read from results files alone.

    print(jiju.methods("status-quo.h5", "plan.h5", lang="zh"))
"""

from __future__ import annotations

import os
from collections.abc import Sequence

import numpy as np
import xarray as xr

from jiju.errors import UsageError
from jiju.languages import Lang, checked, translated
from jiju.results import files, validation
from jiju.results.indicators import scenario_tables
from jiju.results.pairing import check_file, outside_policy
from jiju.results.provenance import commit_of, draws_of, scenarios_of

Results = xr.Dataset | str | os.PathLike[str]
SHOWN_DIGITS = 12  # of a scenario's digest


def methods(*results: Results, lang: Lang = "en") -> str:
    """Says how results were made: program and commit, scenarios with digests, replicates, seeds, draws of the
    parameters and where they come from, what scenarios share, how intervals are made, what the results keep.

    `lang` is the language of names and words: "en" or "zh". Nothing is said that the files do not hold, except how
    intervals are made.

    Example:

        print(jiju.methods("both.h5"))
    """
    checked(lang)
    if not results:
        raise UsageError(translated("methods() needs results, such as jiju.methods('plan.h5')"))
    opened = [files.open(each) if isinstance(each, str | os.PathLike) else each for each in results]
    try:
        for place, data in enumerate(opened):
            if isinstance(data, xr.Dataset):
                check_file(data, f"results {place + 1}")
        datas = [validation.results(data) for data in opened]
        parts = [paragraph(group, lang) for group in alike(datas)]
        parts.append(how_intervals(any(draws_of(data) < data.sizes["replicate"] for data in datas), lang))
        return "\n\n".join(parts) if len(parts) > 2 else ("" if lang == "zh" else " ").join(parts)
    finally:
        for data, given in zip(opened, results, strict=True):
            if data is not given:
                data.close()


def alike(datas: Sequence[xr.Dataset]) -> list[list[xr.Dataset]]:
    """Results that one program made with one seed and as many replicates are described together."""
    groups: dict[tuple[str, ...], list[xr.Dataset]] = {}
    for data in datas:
        key = (*(str(data.attrs.get(name)) for name in ("software_version", "git_sha1", "git_dirty", "seed", "rng",
                                                        "stopping_rule")),
               str(data.sizes["replicate"]), str(draws_of(data)))  # fmt: skip
        groups.setdefault(key, []).append(data)
    return list(groups.values())


def paragraph(datas: Sequence[xr.Dataset], lang: Lang) -> str:
    sentences = [program(datas[0], lang), scenarios(datas, lang), replicates(datas[0], lang), parameters(datas, lang)]
    if sum(data.sizes["scenario"] for data in datas) > 1:
        sentences.append(sharing(datas, lang))
    sentences += failures(datas, lang)
    return ("" if lang == "zh" else " ").join(filter(None, sentences))


def program(data: xr.Dataset, lang: Lang) -> str:
    version, commit = data.attrs.get("software_version", "?"), commit_of(data)
    compiler = data.attrs.get("compiler")
    if lang == "zh":
        built = f"，编译器{compiler}" if compiler else ""
        return f"模拟采用基于主体的模型集聚（Jiju）{version}版（提交{commit}{built}）。"
    built = f", compiled by {compiler}" if compiler else ""
    return f"Simulations use the agent-based model Jiju, version {version} (commit {commit}{built})."


def scenarios(datas: Sequence[xr.Dataset], lang: Lang) -> str:
    """Names with digests, the years that are simulated, and the steps they have."""
    told = []
    for row in (row for data in datas for row in scenarios_of(data)):
        name = row["name_zh"] if lang == "zh" else row["name"]
        digest = row["sha256"][:SHOWN_DIGITS]
        if lang == "zh":
            told.append(f"“{name}”（{row['key']}" + (f"，SHA-256 {digest}…）" if digest else "）"))
        else:
            told.append(f'"{name}" ({row["key"]}' + (f", SHA-256 {digest}…)" if digest else ")"))
    told = list(dict.fromkeys(told))
    when = horizon(datas[0])
    if lang == "zh":
        time = f"，{when[0]}—{when[1]}年，每年{when[2]}步，之前预热{when[3]}年" if when else ""
        return f"情景{len(told)}个：{'、'.join(told)}{time}。"
    time = (f", over {when[0]}–{when[1]} in {when[2]} steps a year after a burn-in of {when[3]} "
            f"{'year' if when[3] == 1 else 'years'}") if when else ""  # fmt: skip
    return f"{'The scenario is' if len(told) == 1 else f'The {len(told)} scenarios are'} {'; '.join(told)}{time}."


def horizon(data: xr.Dataset) -> tuple[int, int, int, int] | None:
    """First and last year, steps a year, years of burn-in."""
    if "scenario_toml" not in data:
        return None
    table = scenario_tables(data)[0].get("scenario", {})
    if not {"start_year", "years", "steps_per_year", "burn_in_years"} <= table.keys():
        return None
    start = int(table["start_year"])
    return start, start + int(table["years"]) - 1, int(table["steps_per_year"]), int(table["burn_in_years"])


def replicates(data: xr.Dataset, lang: Lang) -> str:
    count, seed, rng = data.sizes["replicate"], data.attrs.get("seed", "?"), data.attrs.get("rng", "philox4x32-10")
    rule = data.attrs.get("stopping_rule")
    if lang == "zh":
        stopped = f"，达到精度{rule}时停止" if rule else ""
        return f"每个情景模拟{count}次{stopped}；随机数为{rng}，种子{seed}。"
    stopped = f", the simulation having stopped when {rule} was reached" if rule else ""
    return f"Each scenario is simulated in {count} replicates{stopped}; random numbers are {rng} with seed {seed}."


def parameters(datas: Sequence[xr.Dataset], lang: Lang) -> str:
    """How many parameters are drawn, how often, and how many of them jointly from a calibration's posterior."""
    data = datas[0]
    dims = [dim for dim in ("parameter", "scenario_parameter") if dim in data.dims]
    if not dims:
        return "参数取中位数，未抽样。" if lang == "zh" else "Parameters are held at their medians; none is drawn."
    count, draws = sum(data.sizes[dim] for dim in dims), draws_of(data)
    joint = jointly_drawn(data)
    if lang == "zh":
        each = "每次重复试验各抽一组" if draws == data.sizes["replicate"] else f"共抽{draws}组，由重复试验共用"
        fitted = (f"其中{joint}个参数取自校准所得的联合后验分布，其余取自先验分布" if joint else
                  "均取自情景给出的边际分布，彼此独立")  # fmt: skip
        return f"{count}个不确定参数随机抽取，{each}；{fitted}。"
    each = "one draw for each replicate" if draws == data.sizes["replicate"] else f"{draws} draws that replicates share"
    fitted = (f"{joint} of them come from the joint posterior of a calibration and the others from their priors"
              if joint else "all come from the scenario's distributions, independently of each other")  # fmt: skip
    return f"{count} uncertain parameters are drawn, {each}; {fitted}."


def jointly_drawn(data: xr.Dataset) -> int:
    """Parameters that the effective scenario draws together ([joint], docs/calibration.md)."""
    if "scenario_toml" not in data:
        return 0
    keys: set[str] = set()
    for row in scenario_tables(data)[0].get("joint", {}).values():
        keys |= set(map(str, row.get("keys", [])))
    drawn = {str(key) for dim in ("parameter", "scenario_parameter") if dim in data.dims for key in data[dim].values}
    return len(keys & drawn)


def sharing(datas: Sequence[xr.Dataset], lang: Lang) -> str:
    """Common random numbers, and whether scenarios differ in more than policy."""
    tables = [table for data in datas for table in (scenario_tables(data) if "scenario_toml" in data else [])]
    outside = [outside_policy(table) for table in tables]
    same = all(each == outside[0] for each in outside)
    if lang == "zh":
        other = "情景之间除政策外尚有其他设定不同，差异并非政策单独的效果"
        rest = "情景之间仅政策不同，差异即政策效果" if same else other
        return f"各情景使用相同的随机数（公共随机数），逐次配对比较；{rest}。"
    rest = (
        "scenarios differ in policy alone, so that differences are its effects" if same
        else "scenarios differ in more than policy, so that differences are not its effects alone"
    )  # fmt: skip
    return f"All scenarios share their draws (common random numbers) and are compared replicate by replicate; {rest}."


def how_intervals(shared: bool, lang: Lang) -> str:
    """As clusters.py and paired.py make them; docs/analysis.md has the sources."""
    if lang == "zh":
        grouped = "共用一组参数的重复试验视为一个整群，标准误按整群计算；" if shared else ""
        return (f"{grouped}均值与差异给出Student区间，概率给出Wilson区间，"
                "配对概率之差给出Tango区间，比值给出自助法区间；"
                "区间反映有限次模拟的误差，不反映模型是否正确。")  # fmt: skip
    grouped = "Replicates that share a draw of the parameters are one cluster, by which all errors go. "
    return (f"{grouped if shared else ''}Intervals are Student's for means and differences, Wilson's for "
            "probabilities, Tango's for differences of paired probabilities, and by bootstrap for ratios; they tell "
            "the error of a finite number of replicates, and not whether the model is right.")  # fmt: skip


def failures(datas: Sequence[xr.Dataset], lang: Lang) -> list[str]:
    """Replicates that did not run to their end count nowhere."""
    lost = sum(int(np.sum(data["replicate_status"].values != 0)) for data in datas if "replicate_status" in data)
    if not lost:
        return []
    return [f"{lost}次模拟未能完成，不计入结果。" if lang == "zh" else
            f"{lost} simulations broke an identity of the model and are left out."]  # fmt: skip
