"""A released table as one semantic HTML table, which serves the page, the PDF and Word alike.

Plain thead/tbody/th/td with scope, rowspan and colspan; classes say what a cell is, never how it
looks: `tal` (number), `tekst`, `skjult` (suppressed), `ikke-oplyst`, `ikke-relevant`; rows carry
`total`, `base` or `summary`; row headers `indent-1`. The caption stands in the prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from evalrapport.contracts.result_table import Column, Row
from evalrapport.danish import capitalised, interval
from evalrapport.exhibits.printed import MEANINGS, cell_for_spreadsheet, cell_text, spreadsheet
from evalrapport.exhibits.released import Cell, Released, read_released
from evalrapport.step import Job

OPERATOR = re.compile(r"\b(?:AND|OR)\b")  # a search string, which is printed to the letter
STATUS_CLASSES = {
    "suppressed": "skjult",
    "not_published": "ikke-oplyst",
    "not_applicable": "ikke-relevant",
}


def step(job: Job) -> None:
    """Write one table as HTML and as a spreadsheet file for the reader."""
    table = read_released(job.input["csv"], job.input["json"])
    job.output["html"].write_text(table_html(table), encoding="utf-8")
    job.output["csv"].write_text(table_for_spreadsheet(table), encoding="utf-8-sig", newline="")


def table_html(table: Released) -> str:
    """The table as HTML, one row per line."""
    lines = [f'<table class="resultat" data-tabel="{escape(table.table)}">']
    lines += column_groups(table.contract.columns)
    lines += ["<thead>", *header_rows(table), "</thead>"]
    for group, rows in row_blocks(table):
        lines.append("<tbody>")
        if group:
            lines.append(group_row(group, len(table.columns) + 1))
        lines += [body_row(table, row, grouped=bool(group)) for row in rows]
        lines.append("</tbody>")
    return "\n".join([*lines, "</table>", ""])


def spans(columns: Sequence[Column]) -> list[tuple[str, list[Column]]]:
    """Neighbouring columns under the same spanning header; "" where there is none."""
    grouped = groupby(columns, key=lambda column: column.span or "")
    return [(span, list(members)) for span, members in grouped]


def column_groups(columns: Sequence[Column]) -> list[str]:
    """One <colgroup> for the row headers and one per spanning header."""
    sizes = [1, *(len(members) for _, members in spans(columns))]
    return [f"<colgroup>{'<col>' * size}</colgroup>" for size in sizes]


def header_rows(table: Released) -> list[str]:
    """One header row, or two where a spanning header stands over some columns."""
    grouped = spans(table.contract.columns)
    depth = 2 if any(span for span, _ in grouped) else 1
    upper = [corner(table.contract.row_header, depth)]
    lower: list[str] = []
    for span, members in grouped:
        if span:
            upper.append(f'<th scope="colgroup" colspan="{len(members)}">{escape(span)}</th>')
        (lower if span else upper).extend(
            column_header(table, column, 1 if span else depth) for column in members
        )
    return [f"<tr>{''.join(cells)}</tr>" for cells in (upper, lower) if cells]


def corner(label: str, depth: int) -> str:
    """The cell above the row headers; an empty one is no header."""
    rowspan = f' rowspan="{depth}"' if depth > 1 else ""
    return f'<th scope="col"{rowspan}>{escape(label)}</th>' if label else f"<td{rowspan}></td>"


def column_header(table: Released, column: Column, depth: int) -> str:
    """One column's header, aligned as the cells below it."""
    rowspan = f' rowspan="{depth}"' if depth > 1 else ""
    kind = "tekst" if holds_words(table, column.id) else "tal"
    return f'<th scope="col" class="{kind}"{rowspan}>{escape(column.label)}</th>'


def holds_words(table: Released, column: str) -> bool:
    """Whether a column holds words rather than numbers."""
    shown = [cell for cell in table.cells if cell.column == column and cell.ok]
    return bool(shown) and all(not cell.value for cell in shown)


def row_blocks(table: Released) -> Iterator[tuple[str, list[Row]]]:
    """Rows as they stand together: the row group's label ("" for rows in none) and its rows."""
    grouped = groupby(table.contract.rows, key=lambda row: table.groups.get(row.group or "", ""))
    for group, members in grouped:
        yield group, list(members)


def group_row(label: str, width: int) -> str:
    """The row that heads a row group."""
    return f'<tr class="gruppe"><th scope="rowgroup" colspan="{width}">{escape(label)}</th></tr>'


def body_row(table: Released, row: Row, *, grouped: bool) -> str:
    """One row: its header and its cells."""
    role = f' class="{row.role}"' if row.role else ""
    indent = row.indent + (1 if grouped else 0)
    shift = f' class="indent-{indent}"' if indent else ""
    cells = "".join(data_cell(table, row.id, column) for column in table.columns)
    return f'<tr{role}><th scope="row"{shift}>{escape(row.label)}</th>{cells}</tr>'


def data_cell(table: Released, row: str, column: str) -> str:
    """One cell, with its address and base for those who ask where a number comes from."""
    cell = table.cell(row, column)
    if cell is None:
        return "<td></td>"
    about = f' data-adresse="{cell.address}"' + (f' data-n="{cell.n}"' if cell.n else "")
    hidden = table.contract.hidden_sign
    text = escape(cell_text(cell, table.decimals(row, column), hidden))
    about += uncertainty(cell, table.decimals(row, column))
    if cell.status != "ok":
        return f'<td class="tal {STATUS_CLASSES[cell.status]}"{about}>{text}{meaning(cell)}</td>'
    if cell.value:
        return f'<td class="tal"{about}>{text}</td>'
    words = text if OPERATOR.search(text) else capitalised(text)
    return f'<td class="tekst"{about}>{words}</td>'


def uncertainty(cell: Cell, decimals: int) -> str:
    """The cell's interval as an attribute, which the report prints on request (interval=ja)."""
    if not (cell.ok and cell.lower and cell.upper):
        return ""
    return f' data-interval="{interval(cell.lower, cell.upper, decimals)}"'


def meaning(cell: Cell) -> str:
    """What the sign of a cell without a value means, for screen readers only."""
    return f'<span class="kun-skaermlaeser"> {MEANINGS[cell.status]}</span>'


def table_for_spreadsheet(table: Released) -> str:
    """The table as Danish spreadsheets open it: semicolon, decimal comma, one line per row."""
    lines = [["", table.contract.row_header, *map(full_label, table.contract.columns)]]
    for group, rows in row_blocks(table):
        for row in rows:
            cells = [spreadsheet_cell(table, row.id, column) for column in table.columns]
            lines.append([group, row.label, *cells])
    return spreadsheet(lines)


def spreadsheet_cell(table: Released, row: str, column: str) -> str:
    """A cell of the spreadsheet file; empty where the table has none."""
    cell = table.cell(row, column)
    sign = table.contract.hidden_sign
    return cell_for_spreadsheet(cell, table.decimals(row, column), sign) if cell else ""


def full_label(column: Column) -> str:
    """A column's label with its spanning header before it."""
    return f"{column.span}: {column.label}" if column.span else column.label
