"""A register as the files at hand have it: columns under other names, codes that mean the same.

What no public source settles (the mentor table's column names, the codes of DREAM's visitation
groups) is assumed in the contract and can be set in config.yaml; what is assumed is listed here, so
that the report's appendix can print it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches

from evalrapport.contracts.sources.declaration import Column, Register
from evalrapport.errors import PlainError

Names = Mapping[str, str]
Codes = Mapping[str, Mapping[str, str]]
# What a column's confidence says is assumed, in the order in which it is told of.
KINDS = {
    "navne": ("name assumed", "names assumed"),
    "koder": ("codes assumed", "values assumed"),
}
BOTH = "indhold"  # nothing but "assumed": neither name nor content stands in a public source


@dataclass(frozen=True)
class Assumed:
    """Columns of one register of which the same is assumed: `navne`, `koder` or `indhold`."""

    register: Register
    kind: str
    columns: tuple[Column, ...]


def at_hand(register: Register, names: Names, codes: Codes) -> Register:
    """The register with the names and codes of the files at hand.

    `names`: contract's column → the file's. `codes`: code list, or `register.COLUMN` for a column
    with codes of its own → the file's code → the contract's. PlainError names what does not exist.
    """
    unknown = [name for name in names if name not in {c.name for c in register.columns}]
    if unknown:
        there = [column.name for column in register.columns]
        near = get_close_matches(unknown[0].upper(), there, 3) or there[:8]
        raise PlainError(
            f"sources.names.{register.name}: the contract has no column {unknown[0]}; it has "
            f"{', '.join(near)}{' …' if len(there) > len(near) else ''}."
        )
    columns = (
        replace(c, name=names.get(c.name, c.name), same_as=dict(codes.get(key_of(register, c), {})))
        for c in register.columns
    )
    return replace(register, columns=tuple(columns))


def key_of(register: Register, column: Column) -> str:
    """What a column's codes are called in config.yaml: the list, or `register.COLUMN`."""
    listed = isinstance(column.codes, str)
    return str(column.codes) if listed else f"{register.name}.{column.name}"


def own_codes(register: Register, codes: Codes) -> dict[str, dict[str, str]]:
    """Those of the codes that a register's columns use."""
    keys = {key_of(register, column) for column in register.columns if column.type == "code"}
    return {key: dict(same) for key, same in codes.items() if key in keys}


def unknown_codes(registers: Iterable[Register], codes: Codes) -> list[str]:
    """Keys of `codes` that belong to no column."""
    used = {key for register in registers for key in own_codes(register, codes)}
    return sorted(set(codes) - used)


def assumed_codes(register: Register) -> tuple[Column, ...]:
    """The columns whose codes are assumed."""
    return next((one.columns for one in assumed(register) if one.kind == "koder"), ())


def assumed(register: Register) -> Iterator[Assumed]:
    """What the contract of a register assumes, kind by kind."""
    for kind, words in KINDS.items():
        mine = [c for c in register.columns if any(word in c.confidence for word in words)]
        if mine:
            yield Assumed(register, kind, tuple(mine))
    if mine := [c for c in register.columns if c.confidence == "assumed"]:
        yield Assumed(register, BOTH, tuple(mine))
