"""Pages of every public name of the package: which names there are, from its stub, and where each stands.

Signatures and texts are put in by mkdocstrings, from the source and without importing it.
"""

import ast
from pathlib import Path

from sources import ROOT

PACKAGE = ROOT / "analysis" / "jiju"
# The rooms of the package in the order of a study; names of no room are errors and the like.
GROUPS = {
    "runs": ("Runs", "运行"),
    "inputs": ("Scenarios", "情景"),
    "results": ("Results", "结果"),
    "studies": ("Comparison and attribution", "比较与归因"),
    "decisions": ("Decisions", "选择方案"),
    "plot": ("Figures", "图形"),
    "evidence": ("Evidence", "证据"),
    "exports": ("Export", "导出"),
    "reports": ("Reports", "报告"),
    "papers": ("Papers", "论文"),
    "browser": ("In the browser", "在浏览器中"),
    "errors": ("Errors", "错误"),
}
INTRODUCTION = {
    "en": """# Every public name

`import jiju` gives what stands here, and nothing else is promised. Each name has an example that runs as it stands, in
a folder where these commands have been run:

```console
{commands}
```

More replicates make narrower intervals; these are enough to look at. How the functions belong together stands in
the [guide to the package](../python.md).

| name | what it is |
|---|---|
{rows}
""",
    "zh": """# 全部公开名称

`import jiju` 提供这里列出的名称，其余均不保证不变。每个名称都有照抄即可运行的示例，前提是所在文件夹中已运行过下列命令
（说明取自源代码，为英文）：

```console
{commands}
```

重复次数越多，区间越窄；这里的次数足够先看一看。各函数如何配合使用，见[Python 包指南](../python.md)。

| 名称 | 内容 |
|---|---|
{rows}
""",
}
# What examples of docstrings find in their folder; tests/docs/test_api.py runs the same.
COMMANDS = """$ jiju run shaoxing-2011/status-quo shaoxing-2011/plan --replicates 100 -o both.h5
$ jiju run shaoxing-2011/status-quo shaoxing-2011/plan --replicates 10 --record firms --panels 4 -o firms.h5
$ jiju sweep fund-and-land --replicates 20 -o sweep.h5"""


def public_names() -> dict[str, str]:
    """Every public name, as jiju.compare, with the module that defines it, as studies.comparison."""
    found = {}
    for statement in ast.parse((PACKAGE / "__init__.pyi").read_text(encoding="utf-8")).body:
        if isinstance(statement, ast.ImportFrom) and statement.module:
            found |= {f"jiju.{name.asname or name.name}": statement.module for name in statement.names}
    for statement in ast.parse((PACKAGE / "plot" / "__init__.py").read_text(encoding="utf-8")).body:
        if isinstance(statement, ast.ImportFrom) and statement.module:
            module = statement.module.removeprefix("jiju.")
            found |= {f"jiju.plot.{name.name}": module for name in statement.names if name.name != "use"}
    return found


def module_tree(module: str) -> ast.Module:
    path = PACKAGE.joinpath(*module.split(".")).with_suffix(".py")
    return ast.parse(path.read_text(encoding="utf-8"))


def definition(name: str, module: str) -> ast.FunctionDef | ast.ClassDef:
    """The statement that defines a public name."""
    for statement in module_tree(module).body:
        if isinstance(statement, (ast.FunctionDef, ast.ClassDef)) and statement.name == bare(name):
            return statement
    raise LookupError(f"{module} defines no {bare(name)}")


def bare(name: str) -> str:
    return name.rsplit(".", 1)[1]


def returned(names: dict[str, str]) -> list[str]:
    """Classes of the package that these names return, as jiju.studies.comparison.Comparison, each once."""
    found: list[str] = []
    for name, module in names.items():
        node = definition(name, module)
        if not isinstance(node, ast.FunctionDef) or node.returns is None:
            continue
        answer = ast.unparse(node.returns).strip("'\"")
        for statement in module_tree(module).body:
            here = isinstance(statement, ast.ClassDef) and statement.name == answer
            if isinstance(statement, ast.ImportFrom) and (statement.module or "").startswith("jiju."):
                if answer in {each.name for each in statement.names}:
                    found.append(f"{statement.module}.{answer}")
            elif here:
                found.append(f"jiju.{module}.{answer}")
    own = {f"jiju.{module}.{bare(name)}" for name, module in public_names().items()}
    return [each for each in dict.fromkeys(found) if each not in own]


def summary(name: str, module: str) -> str:
    """The first sentence of what a name says of itself."""
    text = " ".join((ast.get_docstring(definition(name, module)) or "").split("\n\n")[0].split())
    return text.replace("|", r"\|").split(". ")[0]


def grouped() -> dict[str, dict[str, str]]:
    names = public_names()
    found = {group: {name: module for name, module in names.items() if module.split(".")[0] == group}
             for group in GROUPS}  # fmt: skip
    left = set(names) - {name for group in found.values() for name in group}
    if left:
        raise LookupError(f"tools/site/reference.py: no group for {', '.join(sorted(left))}")
    return {group: names for group, names in found.items() if names}


def api_navigation(lang: str) -> list[tuple[str, str]]:
    return [(words[lang == "zh"], f"api/{group}.md") for group in grouped() for words in [GROUPS[group]]]


def write_reference(folder: Path, lang: str) -> None:
    """The pages of the reference: an index, and a page a group."""
    (folder / "api").mkdir(parents=True, exist_ok=True)
    rows = []
    for group, names in grouped().items():
        words = GROUPS[group][lang == "zh"]
        rows += [f"| [`{name}`]({group}.md#{name}) | {summary(name, module)} |" for name, module in names.items()]
        blocks = [f"::: {name}\n    options: {{heading: {name}, toc_label: {bare(name)}}}\n" for name in names]
        if answers := returned(names):
            blocks.append("## What these return\n" if lang == "en" else "## 返回的对象\n")
            blocks += [f"::: {name}\n    options: {{heading_level: 3}}\n" for name in answers]
        page = f"# {words}\n\n" + "\n".join(blocks)
        (folder / "api" / f"{group}.md").write_text(page, encoding="utf-8")
    index = INTRODUCTION[lang].format(commands=COMMANDS, rows="\n".join(rows))
    (folder / "api" / "index.md").write_text(index, encoding="utf-8")
