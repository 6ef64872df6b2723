"""Raw files to one typed Parquet file, block by block, sorted by person."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from evalrapport.contracts.sources import Register
from evalrapport.errors import PlainError
from evalrapport.sources import raw_files
from evalrapport.sources.findings import Findings
from evalrapport.sources.translate import STORAGE, CodeValues, Translator, code_values
from evalrapport.step import Job

ROWS = 65_536


def schema(register: Register) -> pa.Schema:
    """The typed file's columns: the period first where there is one, then the contract's."""
    fields = [pa.field(register.period_column, pa.int32())] if register.period_column else []
    fields += [pa.field(column.typed, STORAGE[column.storage]) for column in register.columns]
    return pa.schema(fields)


def translators_of(register: Register, file: str, lists: dict[str, Path]) -> dict[str, Translator]:
    """A translator per raw column; columns with the same codes share what was read."""
    shared: dict[tuple[object, ...], CodeValues] = {}
    result = {}
    for column in register.columns:
        values = None
        if column.type == "code":
            key = (
                str(column.codes),
                column.storage,
                column.codes == "survey_answers" and column.typed,
            )
            values = shared.setdefault(key, {}) or code_values(column, lists)
            shared[key] = values
        result[column.name] = Translator(column, file, values)
    return result


def translated(
    path: Path, register: Register, period: str, lists: dict[str, Path], findings: Findings
) -> Iterator[pa.Table]:
    """One raw file's rows as typed tables; what breaks the contract is counted."""
    translators = translators_of(register, path.name, lists)
    for batch in raw_files.batches(path, register):
        arrays = (
            [pa.array(np.full(len(batch), int(period)), pa.int32())]
            if register.period_column
            else []
        )
        for column in register.columns:
            if column.name in batch.column_names:
                arrays.append(translators[column.name](batch.column(column.name), findings))
            else:
                arrays.append(pa.nulls(len(batch), STORAGE[column.storage]))
        table = pa.Table.from_arrays(arrays, schema=schema(register))
        check_order(table, register, path.name, findings)
        yield table


def check_order(table: pa.Table, register: Register, file: str, findings: Findings) -> None:
    """Dates that must come in order."""
    raw = {column.typed: column.name for column in register.columns}
    for earlier, later in register.order:
        wrong = pc.sum(pc.greater(table.column(earlier), table.column(later))).as_py() or 0
        findings.add(file, raw[later], f"lies before {raw[earlier]}", wrong)


class Keys:
    """Watches whether keys come in order and whether one comes twice."""

    def __init__(self) -> None:
        self.last = -1
        self.sorted = True

    def see(self, ids: pa.ChunkedArray, findings: Findings, file: str) -> None:
        """Look at the next batch of one file's person ids."""
        values = np.asarray(pc.fill_null(ids, -1))
        steps = np.diff(values, prepend=self.last)
        if (steps < 0).any():
            self.sorted = False
        elif self.sorted:
            findings.add(file, "PNR", "the same person twice", int((steps == 0).sum()))
        self.last = int(values[-1]) if len(values) else self.last


def write(register: Register, paths: dict[str, Path], lists: dict[str, Path], output: Path) -> None:
    """Read, check and write one register. `paths`: raw file by period.

    A file sorted by person is streamed; an unsorted one is sorted in memory.
    """
    findings = Findings()
    with pq.ParquetWriter(
        output, schema(register), compression="lz4", write_statistics=["person_id"]
    ) as writer:
        for period, path in sorted(paths.items()):
            write_period(register, period, path, lists, writer, findings)
    findings.stop_if_any()


def write_period(
    register: Register,
    period: str,
    path: Path,
    lists: dict[str, Path],
    writer: pq.ParquetWriter,
    findings: Findings,
) -> None:
    """One raw file into the open typed file."""
    whole_key = "person_id" in register.key
    keys = Keys()
    held: list[pa.Table] = []
    streaming = whole_key and in_order(path, register)
    for table in translated(path, register, period, lists, findings):
        if streaming:
            keys.see(table.column("person_id"), findings, path.name)
            writer.write_table(table, row_group_size=ROWS)
        else:
            held.append(table)
    if held:
        check_unique(pa.concat_tables(held), register, path.name, findings)
        by = ["person_id", *register.key] if not whole_key else ["person_id"]
        order = [name for name in dict.fromkeys(by) if name in held[0].column_names]
        if not order:
            order = list(register.key)
        everything = pa.concat_tables(held).sort_by([(name, "ascending") for name in order])
        writer.write_table(everything, row_group_size=ROWS)


def in_order(path: Path, register: Register) -> bool:
    """Whether a file's person numbers only grow; reads that one column."""
    if path.suffix != ".parquet":
        return False
    person = next(column for column in register.columns if column.typed == "person_id")
    file = pq.ParquetFile(path)
    name = raw_files.match_names(path, file.schema_arrow.names, register)[person.name]
    last = -1
    for batch in file.iter_batches(columns=[name], batch_size=ROWS * 4):
        ids = Translator(person, path.name, None)(batch.column(0), Findings())
        values = np.concatenate([[last], np.asarray(pc.fill_null(ids, -1))])
        if (np.diff(values) < 0).any():
            return False
        last = int(values[-1])
    return True


def check_unique(table: pa.Table, register: Register, file: str, findings: Findings) -> None:
    """The contract's key holds once."""
    counts = table.group_by(list(register.key)).aggregate([([], "count_all")])
    raw = next(c.name for c in register.columns if c.typed == register.key[-1])
    findings.add(file, raw, "the same key twice", len(table) - len(counts))


def read_inputs(register: Register, job: Job) -> tuple[dict[str, Path], dict[str, Path]]:
    """The job's raw files by period and its code lists by stem."""
    missing = [stem for stem in register.files.values() if stem not in job.input]
    if missing:
        raise PlainError(f"{register.name}: no file given for {', '.join(missing)}.")
    raw = {period: job.input[stem] for period, stem in register.files.items()}
    return raw, {stem: job.input[stem] for stem in register.code_lists}
