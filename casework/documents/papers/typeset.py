"""The pages of a docx as Typst source, so that the pdf says exactly what the docx says.

It reads what our papers use: paragraphs with alignment, indents and spacing, runs, line breaks, tables with widths,
merged cells and borders, page breaks, a footer. Text goes in as string literals, never as markup.
"""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Length
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

FAMILY = "Dong Hanh Serif"
# A line as high as Word makes it, so that marks above capitals (Ễ, Ẩ) touch nothing and both forms break pages alike.
_LINE = "top-edge: 0.891em, bottom-edge: -0.216em"
_ALIGN = {
    WD_ALIGN_PARAGRAPH.CENTER: "center",
    WD_ALIGN_PARAGRAPH.RIGHT: "right",
    WD_ALIGN_PARAGRAPH.LEFT: "left",
    WD_ALIGN_PARAGRAPH.JUSTIFY: "left",
}


def typst_of(document: Document, code: str) -> str:
    """The whole document as Typst source; `code` stands at the foot of every page beside its number."""
    section = document.sections[0]
    lines = [_page(section, code), _text_rules(document)]
    lines += [_block(one) for one in document.iter_inner_content()]
    return "\n".join(lines)


def literal(text: str) -> str:
    """A text as a Typst string literal: nothing in it is markup."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "    ")
    return f'"{escaped}"'


def _page(section: Any, code: str) -> str:
    width, height = section.page_width, section.page_height
    margins = ", ".join(
        f"{side}: {_pt(getattr(section, f'{side}_margin'))}" for side in ("left", "right", "top", "bottom")
    )
    foot = (
        "context { set text(size: 9pt); grid(columns: (1fr, auto), "
        f"{literal(code)}, [#counter(page).display() / #counter(page).final().first()]) }}"
    )
    return f"#set page(width: {_pt(width)}, height: {_pt(height)}, margin: ({margins}), footer: {foot})"


def _text_rules(document: Document) -> str:
    size = document.styles["Normal"].font.size
    return (
        f'#set text(font: "{FAMILY}", size: {_pt(size)}, lang: "vi", region: "VN", hyphenate: false, '
        f"{_LINE})\n"
        "#set par(leading: 0.042em, spacing: 0pt)"
    )


def _block(item: Paragraph | Table) -> str:
    return _paragraph(item) if isinstance(item, Paragraph) else _table(item)


def _paragraph(paragraph: Paragraph) -> str:
    style: Any = paragraph.paragraph_format
    align = _ALIGN.get(paragraph.alignment, "left")  # type: ignore[arg-type]
    justify = "true" if paragraph.alignment == WD_ALIGN_PARAGRAPH.JUSTIFY else "false"
    first, left = style.first_line_indent or Length(0), style.left_indent or Length(0)
    body = "".join(_run(run) for run in paragraph.runs)
    if not body:
        body = f"#{literal(chr(0xA0))}"  # an empty line is as high as any other
    broken = "#pagebreak(weak: true)\n" if style.page_break_before else ""
    return (
        f"{broken}#block(width: 100%, above: {_pt(style.space_before)}, below: {_pt(style.space_after)}, "
        f"inset: (left: {_pt(left)}), breakable: true, sticky: {'true' if style.keep_with_next else 'false'})"
        f"[#set align({align})\n#par(justify: {justify}, first-line-indent: (amount: {_pt(first)}, all: true))[{body}]]"
    )


def _run(run: Run) -> str:
    options = []
    if run.bold:
        options.append('weight: "bold"')
    if run.italic:
        options.append('style: "italic"')
    if run.font.size:
        options.append(f"size: {_pt(run.font.size)}")
    text = "".join(_pieces(run))
    if not text:
        return ""
    styled = f"#text({', '.join(options)})[{text}]" if options else text
    return f"#underline[{styled}]" if run.underline else styled


def _pieces(run: Run) -> Iterator[str]:
    for child in run._element:
        if child.tag == qn("w:t") and child.text:
            yield f"#{literal(child.text)}"
        elif child.tag == qn("w:tab"):
            yield "#h(1.2em)"
        elif child.tag == qn("w:br"):
            yield "#pagebreak(weak: true)" if child.get(qn("w:type")) == "page" else "#linebreak()"


def _table(table: Table) -> str:
    widths = ", ".join(_pt(column.width) for column in table.columns)
    ruled = table.style is not None and table.style.name == "Table Grid"
    rows = [_cells(row) for row in table.rows]
    heads = sum(
        1 for row in table.rows if row._tr.trPr is not None and row._tr.trPr.find(qn("w:tblHeader")) is not None
    )
    header = f"table.header({', '.join(chain(*rows[:heads]))}), " if heads else ""
    body = ", ".join(chain(*rows[heads:]))
    stroke = "0.5pt" if ruled else "none"
    inset = "(x: 4pt, y: 3pt)" if ruled else "(x: 2pt, y: 0pt)"
    # Heads and signatures stay whole; a ruled table may run over pages.
    whole = "true" if ruled else "false"
    return (
        f"#block(width: 100%, above: 4pt, below: 6pt, breakable: {whole})[#set align(center)\n"
        f"#table(columns: ({widths},), stroke: {stroke}, inset: {inset}, {header}{body})]"
    )


def _cells(row: Any) -> list[str]:
    cells = []
    for element in row._tr.tc_lst:
        inside = list(_Cell(element, row._parent).iter_inner_content())
        cells.append(_cell(inside, element.grid_span))
    return cells


def _cell(inside: list[Paragraph | Table], span: int) -> str:
    """A cell. One plain paragraph, as in lists of hundreds of members, needs no block of its own: half the memory."""
    if len(inside) == 1 and isinstance(inside[0], Paragraph) and not inside[0].paragraph_format.space_after:
        align = _ALIGN.get(inside[0].alignment, "left")  # type: ignore[arg-type]
        return f"table.cell(colspan: {span}, align: {align})[{''.join(_run(run) for run in inside[0].runs)}]"
    return f"table.cell(colspan: {span})[{chr(10).join(_block(one) for one in inside)}]"


def _pt(length: Any) -> str:
    """A length of the docx in points."""
    return f"{Length(length).pt:.2f}pt" if length else "0pt"
