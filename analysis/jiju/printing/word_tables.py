"""Tables as a Word document: a heading, tables with three rules and captions, and notes below them."""

from __future__ import annotations

from pathlib import Path

import docx
import pandas as pd
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from jiju.printing import text_tables

SIZE, SMALL = Pt(9), Pt(8)
CHINESE = "SimSun"
PAGE = 95  # columns of a terminal that fit into a page on end


def save(found: text_tables.Tables, path: Path) -> None:
    document = docx.Document()
    normal = document.styles["Normal"]
    normal.font.size = SIZE
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), CHINESE)
    document.core_properties.title = found.title
    document.core_properties.author = ""
    if max((width_of(table) for _, table in found.tables), default=0) > PAGE:
        lay_across(document)
    document.add_heading(found.title, level=1)
    for remark in found.remarks:
        document.add_paragraph(remark, style="List Bullet")
    if found.reading:
        document.add_paragraph(found.reading.replace("*", ""))
    for caption, table in found.tables:
        heading = document.add_paragraph(caption, style="Caption")
        heading.paragraph_format.keep_with_next = True
        add_table(document, table)
        if found.made:
            small(document.add_paragraph(found.made))
    document.save(str(path))


def width_of(table: pd.DataFrame) -> int:
    widths = [max(map(text_tables.columns_wide, [str(name), *map(str, table[name])])) for name in table.columns]
    return sum(min(width, 40) + 2 for width in widths)


def lay_across(document: Document) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width


def small(paragraph: Paragraph) -> None:
    for run in paragraph.runs:
        run.font.size = SMALL


def add_table(document: Document, table: pd.DataFrame) -> None:
    """Rules above and below the headings and at the end, as papers have them; numbers to the right."""
    grid = document.add_table(rows=1, cols=len(table.columns))
    numeric = [text_tables.is_numeric(table[name]) for name in table.columns]
    rows = [[str(name) for name in table.columns], *([str(entry) for entry in row] for row in table.to_numpy())]
    for _ in rows[1:]:
        grid.add_row()
    for line, (row, words) in enumerate(zip(grid.rows, rows, strict=True)):
        for cell, word, right in zip(row.cells, words, numeric, strict=True):
            paragraph = cell.paragraphs[0]
            run = paragraph.add_run(word)
            run.font.size, run.bold = SMALL, line == 0
            paragraph.paragraph_format.space_after = Pt(0)
            if right:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            for edge in ({"top", "bottom"} if line == 0 else set()) | ({"bottom"} if line == len(rows) - 1 else set()):
                rule(cell._tc, edge)


def rule(cell: object, edge: str) -> None:
    """A line at an edge of a cell, which the library has no name for."""
    properties = cell.get_or_add_tcPr()  # type: ignore[attr-defined]
    borders = properties.find(qn("w:tcBorders"))
    if borders is None:
        borders = OxmlElement("w:tcBorders")
        properties.append(borders)
    line = OxmlElement(f"w:{edge}")
    for name, value in (("val", "single"), ("sz", "8"), ("color", "000000")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
