"""Tables as LaTeX: booktabs, a caption, a label and a note each; every character of an entry is shown as it is."""

from __future__ import annotations

import re
import unicodedata

import pandas as pd

from jiju.printing import text_tables

# What TeX takes for a command, and symbols that its usual fonts lack.
SIGNS = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "^": r"\textasciicircum{}",
    "_": r"\_", "~": r"\textasciitilde{}", "%": r"\%", "<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}",
    '"': r"\textquotedbl{}", "–": "--", "—": "---", "…": r"\ldots{}", "∞": r"$\infty$", "≥": r"$\geq$",
    "≤": r"$\leq$", "≈": r"$\approx$", "±": r"$\pm$", "×": r"$\times$", "✗": r"$\times$", "−": "$-$", "└": r"\quad ",
}  # fmt: skip
PATTERN = re.compile("|".join(map(re.escape, SIGNS)))
LONG_TEXT = 40  # columns of a terminal, from which an entry is broken into lines
PAGE = 105  # as many fit into a line of the page
LONG_TABLE = 40  # rows, from which a table may break across pages


def escaped(text: str) -> str:
    return PATTERN.sub(lambda found: SIGNS[found[0]], text).replace("\n", " ")


def number_escaped(text: str) -> str:
    """A minus in front of digits is a sign of mathematics, a dash between them is none."""
    return re.sub(r"(?<![-\w.)])-(?=[\d.∞$])", "$-$", escaped(text))


def latex(found: text_tables.Tables) -> str:
    """All tables, with the packages that they need named in a comment."""
    needs = "booktabs, array, graphicx" + (", longtable" if any(is_long(table) for _, table in found.tables) else "")
    lines = [f"% \\usepackage{{{needs.replace(', ', ',')}}}"]
    if any(is_wide_script(text) for text in texts_of(found)):
        lines.append("% Chinese: \\usepackage{ctex}, and xelatex or lualatex")
    notes = [part for part in (found.reading.replace("*", ""), *found.remarks, found.made) if part]
    for place, (caption, table) in enumerate(found.tables, start=1):
        label = f"tab:{slug(found.title)}" + (f"-{place}" if len(found.tables) > 1 else "")
        own = notes if place == len(found.tables) else [found.made] if found.made else []
        lines += ["", one_table(caption, table, label, own, found.lang)]
    return "\n".join(lines) + "\n"


def sentences(notes: list[str], lang: str) -> list[str]:
    """Each with its full stop."""
    stop = "。" if lang == "zh" else "."
    return [note if note.endswith((".", "。", "!", "?")) else note + stop for note in notes]


def texts_of(found: text_tables.Tables) -> list[str]:
    return [found.title, *(caption for caption, _ in found.tables),
            *(str(entry) for _, table in found.tables for entry in table.to_numpy().reshape(-1))]  # fmt: skip


def is_wide_script(text: str) -> bool:
    return any(unicodedata.east_asian_width(sign) in "WF" for sign in text)


def is_long(table: pd.DataFrame) -> bool:
    return len(table) > LONG_TABLE


def slug(text: str) -> str:
    """A label of letters and digits; of a title without any, `table`."""
    words = re.findall(r"[a-z0-9]+", text.lower())
    return "-".join(words[:6]) or "table"


def one_table(caption: str, table: pd.DataFrame, label: str, notes: list[str], lang: str) -> str:
    widths = [max(map(text_tables.columns_wide, [str(name), *map(str, table[name])])) for name in table.columns]
    specification = "".join(column_of(table, name, width) for name, width in zip(table.columns, widths, strict=True))
    heading = " & ".join(escaped(str(name)) for name in table.columns) + r" \\"
    body = [" & ".join(number_escaped(str(entry)) for entry in row) + r" \\" for row in table.to_numpy()]
    lead = ("注：" if lang == "zh" else r"\emph{Notes:} ") if notes else ""
    below = [rf"\par\smallskip\begin{{minipage}}{{\linewidth}}\footnotesize {lead}"
             + " ".join(map(number_escaped, sentences(notes, lang))) + r"\end{minipage}"] if notes else []  # fmt: skip
    if is_long(table):
        return "\n".join([
            r"\begingroup\small", rf"\begin{{longtable}}{{{specification}}}",
            rf"\caption{{{escaped(caption)}}}\label{{{label}}}\\", r"\toprule", heading, r"\midrule", r"\endfirsthead",
            r"\toprule", heading, r"\midrule", r"\endhead", *body, r"\bottomrule", r"\end{longtable}", *below,
            r"\endgroup",
        ])  # fmt: skip
    tabular = [rf"\begin{{tabular}}{{{specification}}}", r"\toprule", heading, r"\midrule", *body, r"\bottomrule",
               r"\end{tabular}"]  # fmt: skip
    if sum(min(width, LONG_TEXT) + 2 for width in widths) > PAGE:
        tabular = [r"\resizebox{\linewidth}{!}{%", *tabular[:-1], r"\end{tabular}}"]
    return "\n".join([r"\begin{table}[htbp]", r"\centering\small", rf"\caption{{{escaped(caption)}}}",
                      rf"\label{{{label}}}", *tabular, *below, r"\end{table}"])  # fmt: skip


def column_of(table: pd.DataFrame, name: str, width: int) -> str:
    """Numbers to the right, words to the left, and long texts in lines of a fixed width."""
    if text_tables.is_numeric(table[name]):
        return "r"
    return r">{\raggedright\arraybackslash}p{0.35\linewidth}" if width > LONG_TEXT else "l"
