"""Pages that only the site has: gallery of figures, scenarios, report, notebooks with their pictures, decisions.

usage: generated.py FOLDER PICTURES      (tools/build_site calls it, with the interpreter of .venv)

FOLDER gets en/ and zh/. PICTURES is where tools/draw_gallery has drawn, and where executed notebooks are kept from one
build to the next, by what they contain; without pictures or notebooks there the pages say how to make them.
"""

import re
import shutil
import sys
from pathlib import Path

from reference import write_reference
from sources import DECISIONS, LANGUAGES, NOTEBOOKS, ROOT, below

import jiju
from notebooks import digest

APPLICATION = ROOT / "build" / "web" / "jiju.html"
WORDS = {
    "figures": ("Figures", "图形"),
    "figures_about": (
        "Every figure of `jiju.plot`, drawn from small runs by `tools/draw_gallery`: the form is what to look at, not "
        "the numbers. [The reference](../api/plot.md) says how each is called, [Figures](../figures.md) what it shows.",
        "`jiju.plot` 的全部图形，由 `tools/draw_gallery` 根据小规模运行绘制：请看图的形式，不要看其中的数字。"
        "调用方法见[参考](../api/plot.md)，各图的含义见[图形](../figures.md)。"),
    "scenarios": ("Scenarios and designs", "情景与试验设计"),
    "scenarios_about": (
        "What comes with the package, as `jiju list` prints it. Each name can be run as it stands: "
        "`jiju run shaoxing-2011/plan --replicates 100`.",
        "随软件包提供的情景，与 `jiju list` 所列相同。每个名称都可以直接运行："
        "`jiju run shaoxing-2011/plan --replicates 100 --lang zh`。"),
    "designs": ("Designs of sweeps", "参数扫描的试验设计"),
    "scenario_columns": ("scenario | name | city", "情景 | 名称 | 城市"),
    "design_columns": ("design | base | factors", "试验设计 | 基准 | 因素"),
    "report": ("Report and application", "报告与应用"),
    "report_there": (
        "[The report of the flagship]({0}): one file that carries its own proof, of the status quo and the plan.",
        "[绍兴案例的报告]({0})：一个自带证明的文件，比较维持现状与规划方案。"),
    "report_missing": (
        "The report of the flagship is not part of this build: `tools/run` simulates it, then `tools/build_site` "
        "puts it here.",
        "本次构建不含绍兴案例的报告：先由 `tools/run` 模拟，再由 `tools/build_site` 放到这里。"),
    "application_there": (
        "[The application]({0}): the model itself in this browser, without a network.",
        "[应用]({0})：模型本身在浏览器中运行，无需联网。"),
    "application_missing": (
        "The application is not part of this build: build it first, then build the site again.",
        "本次构建不含应用：请先构建应用，再重新构建网站。"),
    "tutorial": ("Tutorial", "教程"),
    "tutorial_about": (
        "Six notebooks, executed; `.venv/bin/jupyter lab analysis/notebooks` opens them for work. Each goes on from "
        "the one before.",
        "六个笔记本（英文），已执行；用 `.venv/bin/jupyter lab analysis/notebooks` 打开即可自己操作。依次递进。"),
    "not_executed": (
        "This build shows the notebook without its output: `tools/build_site` without `--quick` executes it.",
        "本次构建没有执行笔记本，因此没有输出：不带 `--quick` 的 `tools/build_site` 会执行它。"),
    "decisions": ("Decisions of design", "设计决定"),
}  # fmt: skip


class Writer:
    """Writes the pages of one language."""

    def __init__(self, folder: Path, kept: Path, lang: str):
        self.folder, self.kept, self.lang = folder / lang, kept, lang

    def word(self, key: str, *values: str) -> str:
        return WORDS[key][self.lang == "zh"].format(*values)

    def page(self, place: str, title: str, *parts: str) -> None:
        path = self.folder / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n\n".join([f"# {title}", *parts]) + "\n", encoding="utf-8")

    def bring(self, source: Path, place: str) -> None:
        path = self.folder / place
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, path)

    def figures(self) -> None:
        """The pictures by the function that draws them."""
        parts = []
        for picture in sorted((self.kept / "pictures").glob(f"*-{self.lang}.png")):
            name = picture.stem.removesuffix(f"-{self.lang}")
            function = next((each for each in sorted(jiju.plot.__all__, key=len, reverse=True)
                             if name == each or name.startswith(f"{each}-")), name)  # fmt: skip
            if f"## {function}" not in parts:
                parts.append(f"## {function}")
            self.bring(picture, f"gallery/{name}.png")
            parts.append(f"![{name.replace('-', ', ')}]({name}.png)")
        self.page("gallery/figures.md", self.word("figures"), self.word("figures_about"), *parts)

    def scenarios(self) -> None:
        listed = jiju.list()
        name = "name_zh" if self.lang == "zh" else "name"
        city = "city_zh" if self.lang == "zh" else "city"
        rows = [f"| `{each['key']}` | {each[name]} | {each[city]} |" for each in listed["scenarios"]]
        designs = [f"| `{each['key']}` | `{Path(each['base']).name}` | {cross(each, self.lang)} |"
                   for each in listed["designs"]]  # fmt: skip
        self.page("gallery/scenarios.md", self.word("scenarios"), self.word("scenarios_about"),
                  table(self.word("scenario_columns"), rows), f"## {self.word('designs')}",
                  table(self.word("design_columns"), designs))  # fmt: skip

    def report(self) -> None:
        """Report and application, where they have been made."""
        parts = []
        for what, made in (("report", self.kept / f"report-{self.lang}.html"), ("application", APPLICATION)):
            if made.exists():
                self.bring(made, f"gallery/{what}-file.html")
                # as HTML: a file that is no page is not MkDocs's to check
                text = self.word(f"{what}_there", f"{what}-file.html")
                parts.append(re.sub(r"\[(.*?)\]\((.*?)\)", r'<a href="\2">\1</a>', text))
            else:
                parts.append(self.word(f"{what}_missing"))
        self.page("gallery/report.md", self.word("report"), *parts)

    def tutorial(self) -> None:
        rows = []
        for notebook in sorted(NOTEBOOKS.glob("*.ipynb")):
            folders = [self.kept / "notebooks" / f"{digest(notebook)}{kind}" for kind in ("", "-code")]
            made = next(each for each in folders if each.exists())
            text = (made / f"{notebook.stem}.md").read_text(encoding="utf-8")
            rows.append(f"- [{text.partition(chr(10))[0].removeprefix('# ')}]({notebook.stem}.md)")
            for picture in made.glob("*.png"):
                self.bring(picture, f"tutorial/{picture.name}")
            head, _, rest = text.partition("\n")
            note = "" if list(made.glob("*.png")) else f"\n!!! note\n    {self.word('not_executed')}\n"
            path = self.folder / "tutorial" / f"{notebook.stem}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"{head}\n{note}{rest}", encoding="utf-8")
        self.page("tutorial/index.md", self.word("tutorial"), self.word("tutorial_about"), "\n".join(rows))

    def decisions(self) -> None:
        rows = [f"- [{words}]({Path(place).name})" for words, place in below(DECISIONS)]
        self.page("adr/index.md", self.word("decisions"), "\n".join(rows))


def cross(design: dict, lang: str) -> str:
    """The factors of a design in words."""
    return " × ".join(factor["name_zh" if lang == "zh" else "name"] for factor in design["factors"])


def table(columns: str, rows: list[str]) -> str:
    return "\n".join([f"| {columns} |", "|" + "---|" * (columns.count("|") + 1), *rows])


def main(folder: Path, kept: Path) -> None:
    for lang in LANGUAGES:
        writer = Writer(folder, kept, lang)
        writer.figures()
        writer.scenarios()
        writer.report()
        writer.tutorial()
        writer.decisions()
        write_reference(folder / lang, lang)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
