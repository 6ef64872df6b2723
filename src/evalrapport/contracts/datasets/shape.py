"""The words in which a dataset's shape is stated."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """One column: its Arrow type by name, whether it may be empty, and what it means.

    `type` is an Arrow type name (`int64`, `date32`, `string` …); `category` is text stored as
    a dictionary, for columns with a handful of values and millions of rows. What readers of the
    report are told stands in Danish in `label`, `definition` and `source`; they are not told of a
    column without a label.
    """

    name: str
    type: str
    meaning: str
    nullable: bool = False
    label: str = ""
    definition: str = ""
    source: str = ""


@dataclass(frozen=True)
class Dataset:
    """One dataset: what a row is, which columns identify it, and its columns in file order."""

    name: str
    one_row_per: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def names(self) -> list[str]:
        """The column names in file order."""
        return [column.name for column in self.columns]
