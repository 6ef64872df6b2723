"""The code book of the fieldwork as a page (docs/kodebog.md), from the contracts and code lists.

In Danish: who reads it codes interviews or delivers survey files.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

from evalrapport.contracts.sources import FIELDWORK, REGISTERS
from evalrapport.contracts.sources.declaration import Column, Register
from evalrapport.danish import number

CODES = Path(__file__).parent / "contracts/codes"
ASKED = {"survey_citizens": "borgere", "survey_mentors": "mentorer"}
SENSITIVITY = {
    "identifier": "identificerende",
    "sensitive": "følsom",
    "personal": "personoplysning",
    "plain": "uden personoplysninger",
}
HEADER = """# Kodebog for surveys og interview

Dannet af kontrakterne i `src/evalrapport/contracts/sources/` og kodelisterne i
`src/evalrapport/contracts/codes/` med `python -m evalrapport config-docs`; ret ikke i den.

Filerne læses som CSV (semikolon eller komma, UTF-8 eller Windows-1252), Stata (`.dta`), SPSS
(`.sav`) og Parquet. Svar står med ord, som i listerne nedenfor. En tom celle er et spørgsmål, der
ikke er besvaret. *Uden indhold* mærker svar, der ikke siger noget om sagen; de regnes med i
grundlaget, men aldrig for et ja eller et nej.
"""
Rows = list[dict[str, str]]


def page() -> str:
    """The whole page, in Markdown."""
    answers = rows("survey_answers")
    parts = [HEADER]
    for name in FIELDWORK:
        parts.append(register_text(REGISTERS[name], answers))
    parts.append(codes_text(rows("interview_codes")))
    return "\n".join(parts)


def rows(name: str) -> Rows:
    """The lines of a code list."""
    with (CODES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def register_text(register: Register, answers: Rows) -> str:
    """One file: what a row is, and every variable with its answers."""
    stem = next(iter(register.files.values()))
    lines = [f"\n## {register.label} (`{stem}`)\n", f"En række er {register.unit_of_row}.\n"]
    lines += ["| variabel | spørgsmål | svar | stillet til | kilde |", "|---|---|---|---|---|"]
    own = [row for row in answers if ASKED.get(register.name, "") in row["asked"]]
    for column in register.columns:
        asked = who_was_asked(column, register)
        cells = (f"`{column.name}`", column.label, shown_answers(column, own), asked)
        lines.append(f"| {' | '.join(map(escaped, cells))} | {escaped(column.source)} |")
    return "\n".join([*lines, ""])


def who_was_asked(column: Column, register: Register) -> str:
    """The branch of a question; where none is declared, everybody in the file."""
    if not column.asked_if:
        return "alle" if column.nullable else "alle (skal udfyldes)"
    before, answer = column.asked_if
    raw = {one.typed: one.name for one in register.columns}
    return f"`{raw[before]}` = {answer}"


def shown_answers(column: Column, answers: Rows) -> str:
    """What a cell may hold: answers in order, the bounds of a number, or free words."""
    if column.codes == "survey_answers":
        question = column.question or column.typed
        listed = [row for row in answers if row["question"] == question]
        return "<br>".join(answer_text(row) for row in listed)
    if isinstance(column.codes, Mapping):
        return "<br>".join(str(code) for code in column.codes)
    if isinstance(column.codes, str):
        return "kode fra listen nedenfor"
    if column.low is not None and column.high is not None:
        flag = f"; over {number(column.flag_above)} mærkes" if column.flag_above else ""
        kind = "helt tal" if column.type == "integer" else "tal"
        return f"{kind} fra {number(column.low)} til {number(column.high)}{flag}"
    return f"tekst ({SENSITIVITY[column.sensitivity]})"


def answer_text(row: Mapping[str, str]) -> str:
    """An answer as it stands in the file, marked where it says nothing of substance."""
    return row["label"] if row["substantive"] == "ja" else f"{row['label']} *(uden indhold)*"


def codes_text(codes: Rows) -> str:
    """The codes of the interviews, by theme."""
    lines = ["\n## Koder for interview i jobcentre\n"]
    lines += ["| kode | tema | betydning | kilde |", "|---|---|---|---|"]
    return "\n".join([*lines, *code_lines(codes), ""])


def code_lines(codes: Rows) -> Iterator[str]:
    """One line per code."""
    for row in codes:
        cells = (f"`{row['code']}`", row["theme"], row["label"], row["source"])
        yield f"| {' | '.join(map(escaped, cells))} |"


def escaped(text: str) -> str:
    """Text that a table's cell can hold."""
    return " ".join(text.split()).replace("|", "\\|")
