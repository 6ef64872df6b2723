"""How a register is declared: its files, its columns, their types, units, codes and sources.

One declaration drives the stand-in's files, the reading and the checking, so the three can't drift
apart. Data only; nothing here reads a file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["person", "code", "integer", "decimal", "date", "text"]
Sensitivity = Literal["identifier", "personal", "sensitive", "plain"]


@dataclass(frozen=True)
class Column:
    """One column of a raw file and what it becomes in the typed file.

    `type` is how raw values are read: `person` (12-digit pseudonym), `code` (looked up in `codes`),
    `integer`, `decimal`, `date`, `text`. `typed` and `storage` are name and Arrow type of the typed
    column. `codes` names a code list (the file's stem in contracts/codes) or holds raw -> typed
    values. `blank` is the typed value of an empty cell; None leaves it missing where `nullable`.
    Of surveys: `question` is the codebook's name of the question, where it is not `typed`;
    `asked_if` the column (typed name) and the answer without which the question was not put;
    `flag_above` a value that is possible but so high that it is counted for the reader.
    `month` (YYYY-MM) is the time that the column is about, where its codes have a time.
    `meant`: what codes stand for in words, where the typed value is no word for a reader.
    `same_as` (from config.yaml): codes of the files at hand -> codes of the list.
    """

    name: str
    typed: str
    type: Kind
    storage: str
    label: str
    source: str
    confidence: str = "confirmed"
    sensitivity: Sensitivity = "personal"
    unit: str = ""
    codes: str | Mapping[str, int | str] | None = None
    low: float | None = None
    high: float | None = None
    nullable: bool = False
    blank: int | str | None = None
    width: int | None = None
    optional: bool = False
    question: str | None = None
    asked_if: tuple[str, str] | None = None
    flag_above: float | None = None
    month: str = ""
    meant: Mapping[str, str] = field(default_factory=dict, hash=False)
    same_as: Mapping[str, str] = field(default_factory=dict, hash=False)


def person_number(source: str, confidence: str = "confirmed") -> Column:
    """The key that all registers of persons share: DST's pseudonym of the person number."""
    return Column(
        name="PNR",
        typed="person_id",
        type="person",
        storage="int64",
        label="Pseudonymiseret personnummer",
        source=source,
        sensitivity="identifier",
        confidence=confidence,
    )


@dataclass(frozen=True)
class Register:
    """One register: its files, one per period, its columns and its key.

    `files` maps each period to the raw file's stem, without suffix. `key` names the typed columns
    that are unique together (none: rows may be alike). `order` lists pairs of typed date columns
    (earlier, later). `pattern` is the stem of any period, with {year} and {month}. `delivery_of` is
    the register whose older and newer names hold, where this is one later delivery of it.
    """

    name: str
    label: str
    unit_of_row: str
    files: Mapping[str, str]
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    source: str
    order: tuple[tuple[str, str], ...] = ()
    period_column: str | None = None
    suffix: str = ".parquet"
    pattern: str = ""
    delivery_of: str = ""
    notes: tuple[str, ...] = field(default=())

    @property
    def code_lists(self) -> tuple[str, ...]:
        """The stems of the code lists that the register's columns use, each once, in order."""
        stems = [column.codes for column in self.columns if isinstance(column.codes, str)]
        return tuple(dict.fromkeys(stems))
