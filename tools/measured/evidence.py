"""docs/evidence.md, docs/trust.md: what the code and the flagship say of their numbers; nothing is simulated."""

import re
from typing import Any

import pandas as pd

import jiju
from measured.kept import Found, Kept, Measurement

PLAN = "shaoxing-2011/plan"
KINDS = ("responses", "grants", "deals", "credits", "subsidies", "treatments", "sites")
ROW = re.compile(r"\b(?:model|fact|form) ([A-F]\.?\d+(?:\.\d+)?)\b")


def measure(_: int, __: Any) -> Found:
    components = [row for kind in KINDS for row in jiju.Scenario.load(PLAN).to_dict().get(kind, {}).values()]
    grades = pd.Series([str(row["grade"]) for row in components]).value_counts().sort_index()
    rows = [
        {"row": code, "parameter": about["path"], "value": about["default"], "prior": about["prior"]}
        for about in jiju.describe("parameters")["parameters"]
        for code in ROW.findall(about["source"])
    ]
    counts = {f"components of grade {grade}": float(count) for grade, count in grades.items()}
    values = counts | {f"{row['row']}: {row['parameter']} {row['value']} {row['prior']}".strip(): 1.0 for row in rows}
    tables = {"parameters": pd.DataFrame(rows), "grades": grades.rename_axis("grade").rename("count").reset_index()}
    return Found(tables, pd.DataFrame([values]))


def place_of(code: str) -> tuple[str, float]:
    """Rows in the order of the page."""
    return code[0], float(code[1:].lstrip("."))


def parameters(kept: Kept) -> str:
    """By row of evidence the parameters that name it as their source, with their defaults and priors."""
    lines = ["| row | parameters, with their defaults and, of uncertain ones, 5 to 95 % |", "|---|---|"]
    found = kept.tables["parameters"]
    for code in sorted(found["row"].unique(), key=place_of):
        said = [f"`{row['parameter'].removeprefix('parameters.')}` {row['value']}"
                + (f" ({row['prior'].split(', ', 1)[1]})" if row["prior"] else "")
                for _, row in found[found["row"] == code].iterrows()]  # fmt: skip
        lines.append(f"| {code} | {'; '.join(said)} |")
    return "\n".join(lines)


def grade(kept: Kept, *asked: str) -> str:
    """How many components of the plan have these grades."""
    counts = kept.tables["grades"].set_index("grade")["count"]
    return f"{int(sum(counts.get(each, 0) for each in asked))}"


def components(kept: Kept) -> str:
    return f"{int(kept.tables['grades']['count'].sum())}"


MEASUREMENT = Measurement(
    "evidence", "jiju describe parameters, and grades of the plan's components", 1, measure, (1, None),
    {"parameters": parameters, "grade": grade, "components": components},
)  # fmt: skip
