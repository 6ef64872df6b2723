"""The documentation page of the registers, generated from their contracts."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path

from evalrapport.contracts.sources import OPTIONAL, REGISTERS, UNREAD, Column, Register
from evalrapport.contracts.sources.later import LATER
from evalrapport.contracts.sources.names import OTHER_NAMES

PATH = Path("docs/registers.md")
CODES = Path(__file__).parent / "contracts" / "codes"
HEADER = """# The registers and surveys

Generated from the contracts in `src/evalrapport/contracts/sources/` by
`python -m evalrapport config-docs`; do not edit.

Nothing but these columns is read. Names may come in any case and order, and under the older and
newer names below; what a file calls otherwise is set under `sources.names` in config.yaml, codes
that mean the same under `sources.codes`. `confidence` says how sure the contract is of a column:
*confirmed* by a public source, *evident* from several, or *assumed*. The report's appendix prints
what is assumed.
"""
EVERY = (*REGISTERS.values(), *LATER.values(), *UNREAD.values())
FEW = 12  # lists of no more codes are printed whole
SERIES = 4  # so many alike columns in a row are one line


def page() -> str:
    """The whole page, in Markdown."""
    parts = [HEADER]
    for register in EVERY:
        parts.append("\n".join(section(register)) + "\n")
    parts.append("\n".join(other_names()) + "\n")
    parts.append("\n".join(code_lists()) + "\n")
    return "\n".join(parts)


def section(register: Register) -> Iterator[str]:
    """One register: its files, its key, its columns."""
    yield f"## {register.name}: {register.label}\n"
    yield f"One row: {register.unit_of_row}. Source: {register.source}."
    stems = list(register.files.values())
    shown = ", ".join(f"`{stem}`" for stem in (stems if len(stems) < 5 else (stems[0], stems[-1])))
    more = f" ({len(stems)} files, the first and the last shown)" if len(stems) >= 5 else ""
    yield f"Files: {shown}{more}. Key: {', '.join(f'`{name}`' for name in register.key) or 'none'}."
    if register.name in OPTIONAL:
        yield "Optional: without it a run goes on, and says which covariates are left out."
    if register.name in LATER:
        yield "A later delivery: read by a study whose `dream_delivery` it is."
    if register.name in UNREAD:
        yield "Declared only: no study reads it."
    yield ""
    yield from (f"- {note}" for note in register.notes)
    yield "\n| column | becomes | type | values | label | sensitivity | confidence |"
    yield "|---|---|---|---|---|---|---|"
    for _, group in groupby(register.columns, kind):
        alike = list(group)
        whole = [alike] if len(alike) >= SERIES else [[column] for column in alike]
        yield from map(line, whole)


def kind(column: Column) -> tuple[str, ...]:
    """What columns of a series have in common."""
    series = column.name.rstrip("0123456789_KV")
    same = (column.type, column.unit, str(column.codes), column.sensitivity, column.confidence)
    return (series.rstrip("0123456789_"), *same)


def line(columns: list[Column]) -> str:
    """One column, or a series of alike ones, as a row of the table."""
    first, last = columns[0], columns[-1]
    name = f"`{first.name}`"
    typed = f"`{first.typed}`"
    label = first.label
    if len(columns) > 1:
        name = f"`{first.name}` … `{last.name}` ({len(columns)})"
        typed = f"`{first.typed}` … `{last.typed}`"
        label = f"{first.label} … {last.label}"
    optional = " (may be missing)" if first.optional else ""
    unit = f", {first.unit}" if first.unit else ""
    told = [name + optional, typed, first.type + unit, values(first), label]
    told += [first.sensitivity, first.confidence]
    return "| " + " | ".join(text.replace("|", "\\|") for text in told) + " |"


def values(column: Column) -> str:
    """The codes or the range of a column."""
    if isinstance(column.codes, str):
        return f"[{column.codes}](#{column.codes})"
    if isinstance(column.codes, Mapping):
        return ", ".join(
            f"{code}" if code == str(meaning) else f"{code} = {meaning}"
            for code, meaning in column.codes.items()
        )
    low, high = ("…" if bound is None else f"{bound:g}" for bound in (column.low, column.high))
    return "" if low == high == "…" else f"{low} to {high}"


def other_names() -> Iterator[str]:
    """The older and newer names of columns."""
    yield "## Older and newer names\n"
    yield "| register | column | other name | deliveries | confidence | source |"
    yield "|---|---|---|---|---|---|"
    for name in OTHER_NAMES:
        told = f"`{name.column}` | `{name.other}` | {name.deliveries} | {name.confidence}"
        yield f"| {name.register} | {told} | {name.source} |"


def code_lists() -> Iterator[str]:
    """Every code list that a column uses; short ones whole, with the time that codes are valid."""
    used = dict.fromkeys(stem for register in EVERY for stem in register.code_lists)
    yield "## Code lists"
    for stem in used:
        with (CODES / f"{stem}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        yield f"\n### {stem}\n"
        yield f"{len(rows)} codes in `src/evalrapport/contracts/codes/{stem}.csv`."
        key = "code" if "code" in rows[0] else ""
        if key and len(rows) <= FEW:
            yield "\n| code | label | valid from |\n|---|---|---|"
            for row in rows:
                yield f"| {row['code']} | {row.get('label', '')} | {row.get('valid_from', '')} |"
