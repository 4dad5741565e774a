"""The text of a new scenario file: what it extends, and examples, commented out, of what can be changed.

A line of prose begins with "# ", an example with "#" and no space: an example is in force once its "#" are taken away.
Each is made from the scenario that the file extends, so that it names levers, places and paths which that one has.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from jiju.inputs.scenario import Scenario, last_year, toml_of
from jiju.inputs.scenario_differences import median_of, reference
from jiju.languages import Lang

DOSES = ("budget", "loans", "land", "persons", "effort")

PROSE = {
    "head": (
        "{name}, laid over {base}. What stands here replaces what that scenario says, value by value; the rest stays.\n"
        "Take the # before an example away to use it, then: jiju validate {file}\n"
        "Everything a file can say: jiju describe keys; one lever: jiju describe lever KEY; docs/scenarios.md.",
        "{name}，以{base}为基础。此处所写逐项替换该情景的取值，其余不变。\n"
        "去掉示例行首的 # 即可生效，然后运行：jiju validate {file}\n"
        "可写的全部内容：jiju describe keys；单项工具：jiju describe lever KEY；另见 docs/scenarios.md。",
    ),
    "macro": ("The path of the macro economy: {paths}.", "宏观经济路径：{paths}。"),
    "dose": ("A lever's dose, over time: a number, a step, a ramp, a table or by year.",
             "政策工具的力度随时间变化：数值、step、ramp、table 或 by_year。"),
    "eligible": ("Who may receive it.", "谁可以获得。"),
    "off": ("A lever without effect, whatever its dose.", "停用一项工具。"),
    "purse": ("Money that several levers share: a larger dose of one takes from the others unless this grows.",
              "多项工具共用的资金：若不增加，一项工具加大会挤占其他工具。"),
    "target": ("A target of your own: any output that jiju describe outputs lists; see docs/targets.md.",
               "自定目标：可为 jiju describe outputs 所列任一产出；另见 docs/targets.md。"),
    "changed": ("A target that is there, with another value.", "修改已有目标的数值。"),
    "path": ("A path of the macro economy of your own; to use it, name it under [scenario].",
             "自定宏观经济路径；在 [scenario] 中写明后生效。"),
    "parameter": ("A parameter of the model that is uncertain: median, and 5 and 95 % quantiles.",
                  "不确定的模型参数：中位数与5%、95%分位数。"),
    "place": ("A place.", "一个地区。"),
    "own": ("Own target", "自定目标"),
    "slow": ("Slower growth", "较低增速"),
    "source": ("judged", "判断"),
}  # fmt: skip


def text_of(name: str, source: str, file: str, base: Scenario, lang: Lang) -> str:
    """The whole file: `name` is the scenario's name, `source` what `extends` says, `file` its own name."""
    values = base.to_dict()

    def say(what: str, **words: Any) -> str:
        return PROSE[what][lang == "zh"].format(**words)

    def prose(what: str, **words: Any) -> list[str]:
        return [f"# {line}" for line in say(what, **words).splitlines()]

    general = values["scenario"]
    title = general["name_zh" if lang == "zh" else "name"]
    lines = [*prose("head", name=name, base=f"{title} ({source})", file=file), f"extends = {quoted(source)}", ""]
    lines += ["[scenario]", f"name = {quoted(name)}", f"name_zh = {quoted(name)}", *example({"replicates": 100})]
    paths = list(values["macro"])
    lines += [*prose("macro", paths=", ".join(paths)), *example({"macro": paths[-1]})]
    for what, table, row in examples(values, say):
        lines += ["", *prose(what), *example(row, table)]
    return "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def example(row: Mapping[str, Any], table: str = "") -> list[str]:
    return [*([f"#[{table}]"] if table else []), *(f"#{key} = {toml_of(value)}" for key, value in row.items())]


def examples(values: Mapping[str, Any], say: Any) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """What each is about, the table it stands in, and its values; none of what the scenario does not have."""
    years = int(values["scenario"]["start_year"]), last_year(values["scenario"])
    levers = values["levers"]
    if levers:
        lever = chosen_lever(levers)
        dose = next((word for word in DOSES if levers[lever][word] not in (0, 0.0)), "effort")
        size = largest(levers[lever][dose]) or (0.5 if dose == "effort" else 1.0)
        again = size if dose == "effort" else 2 * size
        yield "dose", f"levers.{lever}", {dose: {"by_year": {str(year): round(again, 4) for year in span(years)}}}
        small = float(values["parameters"]["standing"]["large_sales"])
        yield "eligible", f"levers.{lever}.eligible", {"max_sales": small, "places": list(values["places"])[:2]}
        yield "off", f"levers.{list(levers)[-1]}", {"on": False}
    for key, purse in list(values["purses"].items())[:1]:
        yield "purse", f"purses.{key}", {"money": {"step": 2 * (largest(purse["money"]) or 1.0), "from": years[0]}}
    industry, row = next(iter(values["industries"].items()))
    yield "target", "targets.own", {
        "name": say("own"), "output": "output", "where": {"industry": industry},
        "value": float(f"{2 * median_of(row['base_sales']):.3g}"),
    }  # fmt: skip
    for key, row in list(values["targets"].items())[:1]:
        value = 0.8 * median_of(row["value"])
        yield "changed", f"targets.{key}", {"value": float(f"{value:.4g}")}
    yield "path", "macro.slow", {
        "name": say("slow"), "source": say("source"),
        "industrial_growth": {"ramp": [0.06, 0.04], "from": years[0], "to": years[1] + 1},
        "lending_rate": 0.05, "wage_growth": 0.06,
    }  # fmt: skip
    place, row = next(iter(values["places"].items()))
    yield "place", f"places.{place}", {"land_supply": float(f"{1.5 * median_of(row['land_supply']):.3g}")}
    yield "parameter", *uncertain_parameter()


def span(years: tuple[int, int]) -> range:
    return range(years[0], years[1] + 1)


def chosen_lever(levers: Mapping[str, Mapping[str, Any]]) -> str:
    """One that the scenario doses with money, as the example that is asked for most."""
    by_money = [key for key, row in levers.items() if row["on"] and row["budget"] not in (0, 0.0)]
    by_any = [key for key, row in levers.items() if any(row[dose] not in (0, 0.0) for dose in DOSES)]
    dosed = by_money or by_any
    return next((key for key in ("special_fund", *dosed) if key in dosed), next(iter(levers)))


def largest(schedule: Any) -> float:
    """The largest value of a schedule."""
    match schedule:
        case {"step": value}:
            return float(value)
        case {"ramp": ends}:
            return float(max(ends))
        case {"table": rows}:
            return float(max(value for _, value in rows))
        case {"by_year": by_year}:
            return float(max(by_year.values()))
    return float(schedule)


def uncertain_parameter() -> tuple[str, dict[str, Any]]:
    """The first that has a prior, with half its range."""
    entry = next(row for path, row in reference().items() if path.startswith("parameters.") and row["prior"])
    shape, ends = entry["prior"].split(", ")
    median = float(entry["default"])
    low, high = (float(f"{(float(end) + median) / 2:.4g}") for end in ends.split(" to "))
    table, key = entry["path"].rsplit(".", 1)
    return table, {key: {"median": median, "low": low, "high": high, "distribution": shape}}
