"""A released table as one semantic HTML table, which serves the page, the PDF and Word alike.

Plain thead/tbody/th/td with scope, rowspan and colspan; classes say what a cell is, never how it
looks: `tal` (number), `tekst`, `skjult` (suppressed), `ikke-oplyst`, `ikke-relevant`; rows carry
`total`, `base` or `summary`; row headers `indent-1`. The caption stands in the prose.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import groupby
from typing import Any

from evalrapport.exhibits.printed import SIGNS, cell_for_spreadsheet, cell_text
from evalrapport.exhibits.released import Cell, Released, read_released
from evalrapport.step import Job

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
    columns = printed_columns(table)
    lines = [f'<table class="resultat" data-tabel="{escape(table.table)}">']
    lines += column_groups(columns)
    lines += ["<thead>", *header_rows(table, columns), "</thead>"]
    for group, rows in row_blocks(table):
        lines.append("<tbody>")
        if group:
            lines.append(group_row(group, len(columns) + 1))
        lines += [body_row(table, row, columns, grouped=bool(group)) for row in rows]
        lines.append("</tbody>")
    return "\n".join([*lines, "</table>", ""])


def printed_columns(table: Released) -> list[dict[str, Any]]:
    """The columns in printed order; those of the file where the contract names none."""
    if table.columns:
        return list(table.columns.values())
    return [{"id": column} for column in dict.fromkeys(cell.column for cell in table.cells)]


def printed_rows(table: Released) -> list[dict[str, Any]]:
    """The rows in printed order; those of the file where the contract leaves them open."""
    if table.rows:
        return list(table.rows.values())
    return [{"id": row} for row in dict.fromkeys(cell.row for cell in table.cells)]


def spans(columns: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Neighbouring columns under the same spanning header; "" where there is none."""
    return [
        (span, list(members))
        for span, members in groupby(columns, key=lambda column: column.get("span") or "")
    ]


def column_groups(columns: list[dict[str, Any]]) -> list[str]:
    """One <colgroup> for the row headers and one per spanning header."""
    groups = ["<colgroup><col></colgroup>"]
    return groups + [
        f"<colgroup>{'<col>' * len(members)}</colgroup>" for _, members in spans(columns)
    ]


def header_rows(table: Released, columns: list[dict[str, Any]]) -> list[str]:
    """One header row, or two where a spanning header stands over some columns."""
    depth = 2 if any(span for span, _ in spans(columns)) else 1
    upper = [corner(table.contract.get("row_header", ""), depth)]
    lower: list[str] = []
    for span, members in spans(columns):
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


def column_header(table: Released, column: dict[str, Any], depth: int) -> str:
    """One column's header, aligned as the cells below it."""
    rowspan = f' rowspan="{depth}"' if depth > 1 else ""
    kind = "tekst" if is_text_column(table, column["id"]) else "tal"
    label = escape(str(column.get("label", column["id"])))
    return f'<th scope="col" class="{kind}"{rowspan}>{label}</th>'


def is_text_column(table: Released, column: str) -> bool:
    """Whether a column holds words rather than numbers."""
    shown = [cell for cell in table.cells if cell.column == column and cell.ok]
    return bool(shown) and all(not cell.value for cell in shown)


def row_blocks(table: Released) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Rows as they stand together: the row group's label ("" for rows in none) and its rows."""
    labels = {group["id"]: group["label"] for group in table.contract.get("row_groups", [])}
    rows = printed_rows(table)
    for group, members in groupby(rows, key=lambda row: labels.get(row.get("group") or "", "")):
        yield group, list(members)


def group_row(label: str, width: int) -> str:
    """The row that heads a row group."""
    return f'<tr class="gruppe"><th scope="rowgroup" colspan="{width}">{escape(label)}</th></tr>'


def body_row(
    table: Released, row: dict[str, Any], columns: list[dict[str, Any]], *, grouped: bool
) -> str:
    """One row: its header and its cells."""
    role = f' class="{escape(row["role"])}"' if row.get("role") else ""
    indent = int(row.get("indent", 0)) + (1 if grouped else 0)
    shift = f' class="indent-{indent}"' if indent else ""
    label = escape(str(row.get("label", row["id"])))
    cells = "".join(data_cell(table, row["id"], column["id"]) for column in columns)
    return f'<tr{role}><th scope="row"{shift}>{label}</th>{cells}</tr>'


def data_cell(table: Released, row: str, column: str) -> str:
    """One cell, with its address and base for those who ask where a number comes from."""
    cell = table.cell(row, column)
    if cell is None:
        return "<td></td>"
    about = f' data-adresse="{escape(cell.address)}"' + (f' data-n="{cell.n}"' if cell.n else "")
    if cell.status != "ok":
        return f'<td class="tal {STATUS_CLASSES[cell.status]}"{about}>{sign(cell)}</td>'
    kind = "tal" if cell.value else "tekst"
    return f'<td class="{kind}"{about}>{escape(cell_text(cell, table.decimals(row, column)))}</td>'


def sign(cell: Cell) -> str:
    """The sign of a cell without a value; what it means is for screen readers only."""
    mark, meaning = SIGNS[cell.status]
    return f'{mark}<span class="kun-skaermlaeser"> {meaning}</span>'


def table_for_spreadsheet(table: Released) -> str:
    """The table as Danish spreadsheets open it: semicolon, decimal comma, one line per row."""
    columns = printed_columns(table)
    lines = [["", str(table.contract.get("row_header", "")), *(full_label(c) for c in columns)]]
    for group, rows in row_blocks(table):
        for row in rows:
            places = [(row["id"], column["id"]) for column in columns]
            cells = [(table.cell(*place), table.decimals(*place)) for place in places]
            texts = [cell_for_spreadsheet(*pair) if pair[0] else "" for pair in cells]  # type: ignore[arg-type]
            lines.append([group, str(row.get("label", row["id"])), *texts])
    return "".join(";".join(map(quoted, line)) + "\r\n" for line in lines)


def full_label(column: dict[str, Any]) -> str:
    """A column's label with its spanning header before it."""
    label = str(column.get("label", column["id"]))
    return f"{column['span']}: {label}" if column.get("span") else label


def quoted(text: str) -> str:
    """A field of a semicolon file, in quotes where it must be."""
    return f'"{text.replace(chr(34), chr(34) * 2)}"' if set(text) & set(';"\r\n') else text
