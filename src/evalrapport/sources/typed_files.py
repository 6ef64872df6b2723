"""Raw files to one typed Parquet file, block by block, sorted by person."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from evalrapport.beside import behind
from evalrapport.contracts.sources import Register
from evalrapport.contracts.sources.at_hand import at_hand
from evalrapport.errors import PlainError
from evalrapport.sources import check_record, raw_files
from evalrapport.sources.code_lists import CodeValues, code_values
from evalrapport.sources.code_validity import misplaced
from evalrapport.sources.findings import Findings
from evalrapport.sources.sorted_rows import SortedRows, without_twins
from evalrapport.sources.translate import STORAGE, Translator
from evalrapport.step import Job

ROWS = 65_536
Put = Callable[[pa.Table], None]


def schema(register: Register) -> pa.Schema:
    """The typed file's columns: the period first where there is one, then the contract's."""
    fields = [pa.field(register.period_column, pa.int32())] if register.period_column else []
    fields += [pa.field(column.typed, STORAGE[column.storage]) for column in register.columns]
    return pa.schema(fields)


def translators_of(
    register: Register, file: str, lists: dict[str, Path], period: str
) -> dict[str, Translator]:
    """A translator per raw column; columns with the same codes share what was read."""
    shared: dict[tuple[object, ...], CodeValues] = {}
    result = {}
    for column in register.columns:
        values = None
        if column.type == "code":
            key = (
                str(column.codes),
                str(column.same_as),
                column.storage,
                column.codes == "survey_answers" and column.typed,
            )
            values = shared.setdefault(key, {}) or code_values(column, lists)
            shared[key] = values
        result[column.name] = Translator(column, file, values, misplaced(column, lists, period))
    return result


def translated(
    path: Path, register: Register, period: str, lists: dict[str, Path], findings: Findings
) -> Iterator[pa.Table]:
    """One raw file's rows as typed tables; what breaks the contract is counted."""
    translators = translators_of(register, path.name, lists, period)
    findings.start = 0
    for batch in raw_files.batches(path, register, findings):
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
        findings.start += len(table)
        findings.seen[path.name] += len(table)
        yield table
    if not findings.seen[path.name]:
        findings.warn(path.name, "*", "empty_file", 1)


def check_order(table: pa.Table, register: Register, file: str, findings: Findings) -> None:
    """Dates that must come in order."""
    raw = {column.typed: column.name for column in register.columns}
    for earlier, later in register.order:
        wrong = pc.fill_null(pc.greater(table.column(earlier), table.column(later)), False)
        findings.where(file, raw[later], f"lies before {raw[earlier]}", wrong)


def write(
    register: Register,
    paths: dict[str, Path],
    lists: dict[str, Path],
    output: Path,
    checks: Path | None = None,
) -> None:
    """Read, check and write one register. `paths`: raw file by period.

    `checks`, if given, gets the record of what was found (see check_record), also when the run
    stops for it.
    """
    findings = Findings()
    with (
        pq.ParquetWriter(
            output, schema(register), compression="lz4", write_statistics=["person_id"]
        ) as writer,
        behind(partial(writer.write_table, row_group_size=ROWS)) as put,
    ):
        for period, path in sorted(paths.items()):
            try:
                write_period(register, period, path, lists, put, output.parent, findings)
            except PlainError as error:
                raise check_record.unreadable(
                    register, findings, checks, path.name, error
                ) from None
    check_record.close(register, findings, checks)


def write_period(
    register: Register,
    period: str,
    path: Path,
    lists: dict[str, Path],
    put: Put,
    folder: Path,
    findings: Findings,
) -> None:
    """One raw file into the open typed file.

    A file known to be sorted by person is streamed; others are sorted, in `folder` where they are
    large.
    """
    blocks = translated(path, register, period, lists, findings)
    key = sorting_key(register)
    if key != ("person_id",) or not in_order(path, register):
        rows = SortedRows(key, folder)
        try:
            for table in blocks:
                rows.add(table)
            if not rows.in_order and key[0] == "person_id":
                findings.note(path.name, "PNR", "unsorted", 1)
            blocks = rows.tables()
            write_sorted(blocks, register, path.name, put, findings)
        finally:
            rows.close()
    else:
        write_sorted(blocks, register, path.name, put, findings)


def sorting_key(register: Register) -> tuple[str, ...]:
    """By person where there is one, then by the contract's key; the period is the same all over."""
    typed = [column.typed for column in register.columns]
    first = ["person_id"] if "person_id" in typed else []
    rest = [name for name in register.key if name != register.period_column]
    return tuple(dict.fromkeys([*first, *rest]))


def write_sorted(
    blocks: Iterator[pa.Table],
    register: Register,
    file: str,
    put: Put,
    findings: Findings,
) -> None:
    """Write sorted blocks without repeated rows; the last row of each waits for the next block.

    Rows of a register without a key may be alike: all are kept.
    """
    if not register.key:
        for table in blocks:
            put(table)
        return
    key = sorting_key(register)
    raw = next(c.name for c in register.columns if c.typed == register.key[-1])
    rest: pa.Table | None = None
    own = [name for name in register.key if name not in ("person_id", register.period_column)]
    keys: list[pa.Table] = []
    for table in blocks:
        whole = table if rest is None else pa.concat_tables([rest, table])
        clean, dropped, conflicting = without_twins(whole, key)
        findings.note(file, raw, "duplicate", dropped)
        if not own:
            findings.add(file, raw, "the same key twice", conflicting)
        ready, rest = clean.slice(0, max(len(clean) - 1, 0)), clean.slice(max(len(clean) - 1, 0))
        if own:
            keys.append(ready.select(own))
        if len(ready):
            put(ready)
    if rest is not None:
        put(rest)
        keys += [rest.select(own)] if own else []
    if keys:
        counts = pa.concat_tables(keys).group_by(own).aggregate([([], "count_all")])
        twice = pc.sum(pc.subtract(counts.column("count_all"), 1)).as_py() or 0
        findings.add(file, raw, "the same key twice", int(twice))


def in_order(path: Path, register: Register) -> bool:
    """Whether a Parquet file's person numbers only grow; reads that one column."""
    if raw_files.file_format(path) != ".parquet":
        return False
    person = next(column for column in register.columns if column.typed == "person_id")
    last = -1
    for part in raw_files.parts(path):
        with pq.ParquetFile(part) as file:
            name = raw_files.match_names(path, file.schema_arrow.names, register)[person.name]
            for batch in file.iter_batches(columns=[name], batch_size=ROWS * 4):
                ids = Translator(person, path.name, None)(batch.column(0), Findings())
                values = np.concatenate([[last], np.asarray(pc.fill_null(ids, -1))])
                if (np.diff(values) < 0).any():
                    return False
                last = int(values[-1])
    return True


def make(register: Register, job: Job, output: Path | None = None) -> None:
    """Read, check and write a register as the job's files have it; `output` if not the job's."""
    own = at_hand(register, job.settings.get("names", {}), job.settings.get("codes", {}))
    raw, lists = read_inputs(own, job)
    write(own, raw, lists, output or job.output[register.name], job.output.get("checks"))


def read_inputs(register: Register, job: Job) -> tuple[dict[str, Path], dict[str, Path]]:
    """The job's raw files by period and its code lists by stem."""
    missing = [stem for stem in register.files.values() if stem not in job.input]
    if missing:
        raise PlainError(f"{register.name}: no file given for {', '.join(missing)}.")
    raw = {period: job.input[stem] for period, stem in register.files.items()}
    return raw, {stem: job.input[stem] for stem in register.code_lists}
