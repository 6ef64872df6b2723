"""What is assumed of the registers' layouts, and what config.yaml says in its place.

No public source tells the mentor table's column names or the codes of DREAM's visitation groups;
the contracts say so, and the appendix of the report prints it. Public: it tells of no person.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from evalrapport import danish
from evalrapport.contracts.result_table import from_yaml
from evalrapport.contracts.sources.at_hand import Assumed, Codes, Names, assumed, key_of
from evalrapport.contracts.sources.declaration import Column
from evalrapport.contracts.sources.later import DECLARED
from evalrapport.results import open_rows
from evalrapport.results.shares import write
from evalrapport.step import Job

KINDS = {
    "navne": "Kolonnernes navne",
    "koder": "Kodernes betydning",
    "indhold": "Navne og indhold",
}
AS_ASSUMED = "som antaget"
MOST_NAMES = 6
MOST_CODES = 8
Lists = Mapping[str, Path]


def rows(
    registers: Iterable[str], names: Mapping[str, Names], codes: Codes, lists: Lists
) -> dict[str, tuple[str, dict[str, str]]]:
    """Row id → (label, words by column), in the registers' order."""
    found = {}
    for name in registers:
        for one in assumed(DECLARED[name]):
            key = f"{name}.{one.kind}"
            found[key] = (one.register.label, words(one, names.get(name, {}), codes, lists))
    return found


def words(one: Assumed, names: Names, codes: Codes, lists: Lists) -> dict[str, str]:
    """The cells of one row."""
    own = [f"{c.name} hedder {names[c.name]}" for c in one.columns if c.name in names]
    for column in one.columns:
        same = codes.get(key_of(one.register, column), {})
        own += [f"{key_of(one.register, column)} {a} betyder {b}" for a, b in same.items()]
    return {
        "antaget": KINDS[one.kind],
        "kolonner": columns(one, lists),
        "valgt": "; ".join(dict.fromkeys(own)) or AS_ASSUMED,
    }


def columns(one: Assumed, lists: Lists) -> str:
    """Which columns; of codes also what they are taken to mean, of many only how many."""
    if one.kind == "koder":
        return "; ".join(dict.fromkeys(told(column, lists) for column in one.columns))
    if len(one.columns) > MOST_NAMES:
        return f"{danish.number(len(one.columns))} kolonner"
    return ", ".join(column.name for column in one.columns)


def told(column: Column, lists: Lists) -> str:
    """A column with what its codes are taken to mean; of a list with few codes, that list."""
    if isinstance(column.codes, str):
        with lists[column.codes].open(encoding="utf-8", newline="") as file:
            meant = [f"{line['code']} {line['label']}" for line in csv.DictReader(file)]
    else:
        pairs = {**(column.codes or {}), **column.meant}
        meant = [f"{code} {meaning}" for code, meaning in pairs.items() if code != str(meaning)]
    if not meant:
        return f"{column.name}: {column.label}"
    return f"{column.name} ({', '.join(meant)})" if len(meant) <= MOST_CODES else column.name


def labels(found: Mapping[str, tuple[str, object]]) -> Iterator[tuple[str, str]]:
    """Row id and label."""
    for key, (label, _) in found.items():
        yield key, label


def step(job: Job) -> None:
    """The contracts of the registers that are read → the table of what they assume."""
    told = {key: job.settings.get(key, {}) for key in ("names", "codes")}
    found = rows(job.settings["registers"], told["names"], told["codes"], job.input)
    contract = open_rows.completed(from_yaml(job.input["contract"]), dict(labels(found)))
    cells = {key: words for key, (_, words) in found.items()}
    write(open_rows.text_table(cells, contract), job.output["registerantagelser"])
    open_rows.write_contract(contract, job.output["contract"])
