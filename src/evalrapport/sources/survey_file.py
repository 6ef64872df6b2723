"""Reads the files of the fieldwork, in any format, as labelled text; checks and types them.

The files are small, so every broken rule is told with file, line, variable, rule and count; never
with an answer. A line is counted as a text editor counts it: the header is line 1.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from evalrapport.contracts.sources import Column, Register
from evalrapport.contracts.sources.at_hand import at_hand
from evalrapport.errors import PlainError
from evalrapport.sources import sas_files
from evalrapport.sources.csv_files import open_bytes
from evalrapport.sources.findings import Findings
from evalrapport.sources.raw_files import file_format, match_names
from evalrapport.sources.translate import STORAGE
from evalrapport.step import Job

FIRST_LINE = 2
BLANK = ("", ".", "nan", "<NA>", "None")
# UTF-8 read as Windows or Mac text, and what is left when letters got lost.
GARBLED = r"Ã[¦¸¥†˜…]|\ufffd|√[¶∏•]"
ASKED = {"survey_citizens": "borgere", "survey_mentors": "mentorer"}
Lists = Mapping[str, list[dict[str, str]]]


def read_rows(path: Path, register: Register) -> pd.DataFrame:
    """The file's cells as text (blank for missing), with the contract's raw column names."""
    kind = file_format(path)
    try:
        frame = READERS[kind](path)
    except (ValueError, EOFError, KeyError, OSError):
        # The reader's own message may quote an answer, so it is not passed on.
        raise PlainError(f"{path.name}: is no {kind} file, or it is damaged.") from None
    names = match_names(path, [str(name) for name in frame.columns], register)
    chosen = frame[list(names.values())].set_axis(list(names), axis=1)
    return chosen.apply(_as_text)


def _csv(path: Path) -> pd.DataFrame:
    with open_bytes(path) as file:
        data = file.read()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")  # exported from Danish Windows
    header = text.split("\n", 1)[0]
    separator = ";" if header.count(";") >= header.count(",") else ","
    rows = list(csv.reader(io.StringIO(text), delimiter=separator))
    wrong = [line for line, row in enumerate(rows, 1) if len(row) != len(rows[0])]
    if wrong:
        raise PlainError(
            f"{path.name}, line {wrong[0]}: not as many cells as the header has ({len(wrong)} such "
            "lines). Quote texts that hold the separator."
        )
    return pd.DataFrame(rows[1:], columns=rows[0], dtype=str)


def _stata(path: Path) -> pd.DataFrame:
    return pd.read_stata(path, convert_categoricals=True)


def _spss(path: Path) -> pd.DataFrame:
    import pyreadstat

    try:
        return pd.read_spss(path, convert_categoricals=True)
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError) as error:
        raise ValueError from error


def _sas(path: Path) -> pd.DataFrame:
    """SAS keeps value labels in a catalogue of its own: answers must stand in words."""
    return pa.concat_tables(sas_files.batches(path, sas_files.header(path))).to_pandas()


READERS: Mapping[str, Callable[[Path], pd.DataFrame]] = {
    **{".csv": _csv, ".csv.gz": _csv, ".parquet": pd.read_parquet, ".dta": _stata},
    **{".sav": _spss, ".zsav": _spss, ".sas7bdat": _sas},
}


def _as_text(values: pd.Series) -> pd.Series:
    def plain(value: object) -> str:
        if isinstance(value, float):
            return "" if np.isnan(value) else f"{value:.15g}"
        text = str(value).strip()
        return "" if value is None or text in BLANK else text

    return values.astype(object).map(plain, na_action=None).astype(str)


def lines(wrong: pd.Series) -> tuple[int, int | None]:
    """How many rows are marked, and the line of the first."""
    places = np.flatnonzero(wrong.to_numpy(dtype=bool))
    return len(places), int(places[0]) + FIRST_LINE if len(places) else None


def typed(frame: pd.DataFrame, register: Register, lists: Lists, file: str) -> pd.DataFrame:
    """The typed columns; PlainError with all findings if the file breaks its contract."""
    findings = Findings()
    result = {}
    for column in register.columns:
        cells = frame.get(column.name, pd.Series("", index=frame.index))

        def found(rule: str, wrong: pd.Series, name: str = column.name) -> None:
            findings.add(file, name, rule, *lines(wrong))

        found("letters are garbled; save the file as UTF-8", cells.str.contains(GARBLED))
        if not column.nullable:
            found("is empty", cells == "")
        if column.type == "code":
            result[column.typed] = answers(cells, column, register, lists, found)
        elif column.type in ("integer", "decimal"):
            result[column.typed] = figures(cells, column, found)
        else:
            result[column.typed] = cells.where(cells != "", None)
    done = pd.DataFrame(result, index=frame.index)
    check_together(done, register, file, findings)
    findings.stop_if_any()
    return done


def answers(
    cells: pd.Series,
    column: Column,
    register: Register,
    lists: Lists,
    found: Callable[[str, pd.Series], None],
) -> pd.Series:
    """Answer ids for labels; unknown ones are told, as are answers that these people had not."""
    if isinstance(column.codes, Mapping):
        labels: dict[str, str] = {str(k): str(v) for k, v in column.codes.items()}
        foreign: set[str] = set()
    else:
        rows = lists[str(column.codes)]
        if "question" in rows[0]:
            question = column.question or column.typed
            rows = [row for row in rows if row["question"] == question]
            labels = {row["label"]: row["code"] for row in rows}
        else:
            labels = {row["code"]: row["code"] for row in rows}
        who = ASKED.get(register.name)
        foreign = {r["label"] for r in rows if who and who not in r.get("asked", who)}
    # What config.yaml says that an answer in the file means; a list holds many questions' answers.
    there = set(labels.values())
    labels |= {own: code for own, code in column.same_as.items() if code in there}
    given = cells != ""
    if given.any() and not cells[given].isin(labels).any() and cells[given].str.isdigit().all():
        found("holds numbers, not answers: the value labels are missing", given)
        return pd.Series(None, index=cells.index, dtype=object)
    found("answers that the codebook doesn't know", given & ~cells.isin(labels))
    found("answers that these people were not offered", cells.isin(foreign))
    return cells.map(labels).astype(object).where(given, None)


def figures(cells: pd.Series, column: Column, found: Callable[[str, pd.Series], None]) -> pd.Series:
    """Numbers, with decimal comma or point, within the contract's bounds."""
    numbers = pd.to_numeric(cells.str.replace(",", ".", regex=False), errors="coerce")
    found("not a number", (cells != "") & numbers.isna())
    if column.type == "integer":
        found("not a whole number", numbers.notna() & (numbers % 1 != 0))
    if column.low is not None and column.high is not None:
        beyond = (numbers < column.low) | (numbers > column.high)
        found(f"outside {column.low:g}-{column.high:g}", beyond)
    return numbers


def check_together(frame: pd.DataFrame, register: Register, file: str, findings: Findings) -> None:
    """What takes more than one column to see: keys, branches, units and hours of a week."""
    raw = {column.typed: column.name for column in register.columns}
    twice = frame.duplicated(list(register.key))
    findings.add(file, raw[register.key[-1]], "the same key twice", *lines(twice))
    for column in register.columns:
        if column.asked_if:
            before, needed = column.asked_if
            outside = frame[column.typed].notna() & (frame[before] != needed)
            rule = f"answered although {raw[before]} is not “{needed}”"
            findings.add(file, column.name, rule, *lines(outside))
        unit = f"{column.typed}_per"
        if unit in raw:
            known = frame[column.typed].notna()
            without = known & frame[unit].isna()
            findings.add(file, raw[unit], "no unit (week or month) for the time", *lines(without))
            week = frame[column.typed].where(frame[unit] != "maaned", frame[column.typed] * 12 / 52)
            findings.add(file, column.name, "more than 168 hours a week", *lines(week > 168))


def read_lists(register: Register, inputs: Mapping[str, Path]) -> dict[str, list[dict[str, str]]]:
    """The code lists that a register's columns use."""
    found = {}
    for stem in register.code_lists:
        with inputs[stem].open(encoding="utf-8", newline="") as file:
            found[stem] = list(csv.DictReader(file))
    return found


def write(frame: pd.DataFrame, register: Register, path: Path) -> None:
    """The typed Parquet file."""
    schema = pa.schema([(c.typed, STORAGE[c.storage]) for c in register.columns])
    pq.write_table(pa.Table.from_pandas(frame, schema, preserve_index=False), path)


def run(register: Register, job: Job) -> None:
    """Raw file and code lists in, typed file out."""
    register = at_hand(register, job.settings.get("names", {}), job.settings.get("codes", {}))
    stems: Iterable[str] = register.files.values()
    path = job.input[next(iter(stems))]
    done = typed(read_rows(path, register), register, read_lists(register, job.input), path.name)
    write(done, register, job.output[register.name])
