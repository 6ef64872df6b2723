"""Checks a results bundle before anything is built on it, and says what is wrong, file by file.

What is checked: the data package is whole and unaltered (fingerprint), every file that it names is
there with the hash that it states and no other lies beside it, every table has the shape of its
contract, and every table went through the release.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from evalrapport.contracts import bundle
from evalrapport.contracts.result_table import Cell, TableContract, from_dict
from evalrapport.errors import PlainError

RELEASED = ("released", "published_before")
BESIDE = (bundle.PACKAGE, "release_report.md", "release_report.html")


def require(path: Path, study: str | None = None) -> None:
    """Raise PlainError with every problem of the bundle in the folder `path`, if it has any."""
    if problems := verify(path, study):
        listed = "\n".join(f"  {problem}" for problem in problems)
        raise PlainError(f"The results in {path} can't be used:\n{listed}")


def verify(path: Path, study: str | None = None) -> list[str]:
    """The problems of a bundle in plain words, each beginning with the file; empty if it is sound.

    `study`, if given, is the study that the bundle must belong to.
    """
    try:
        package = json.loads((path / bundle.PACKAGE).read_text(encoding="utf-8"))
        resources = [(str(r["name"]), str(r["path"]), r) for r in package["resources"]]
    except FileNotFoundError:
        return [f"{bundle.PACKAGE}: is missing, so {path} is no results bundle."]
    except (ValueError, TypeError, KeyError):
        return [f"{bundle.PACKAGE}: can't be read; it is damaged or was made by something else."]
    problems = [*_package_problems(package, study), *_stray_files(path, package)]
    for _, name, resource in resources:
        found = list(_table_problems(path, name, resource, package))
        problems += found or [*_schema_problems(path, resource)]
    return problems


def _package_problems(package: Mapping[str, Any], study: str | None) -> Iterator[str]:
    if package.get("fingerprint") != bundle.fingerprint(package):
        yield f"{bundle.PACKAGE}: has been edited since the bundle was closed."
    if package.get("data_status") not in bundle.DATA_STATUSES:
        yield f"{bundle.PACKAGE}: does not say whether the data are real, stand-in or published."
    if study is not None and package.get("study") != study:
        yield f"{bundle.PACKAGE}: belongs to the study “{package.get('study')}”, not “{study}”."
    if not package["resources"]:
        yield f"{bundle.PACKAGE}: names no tables."


def _stray_files(path: Path, package: Mapping[str, Any]) -> Iterator[str]:
    """Files that the package does not name: they were never checked. Hidden ones are passed by."""
    named = {str(r["path"]) for r in package["resources"]} | set(BESIDE)
    named |= {str(r.get("about", {}).get("path")) for r in package["resources"]}
    for file in sorted(p for p in path.rglob("*") if p.is_file()):
        name = file.relative_to(path)
        if str(name) not in named and not any(part.startswith(".") for part in name.parts):
            yield f"{name}: is no part of the bundle; take it away."


def _table_problems(
    path: Path, name: str, resource: Mapping[str, Any], package: Mapping[str, Any]
) -> Iterator[str]:
    """What is wrong with one table's two files; the contents only if the files are unaltered."""
    about_entry = resource.get("about", {})
    damaged = [*_file_problems(path, name, resource)]
    damaged += _file_problems(path, str(about_entry.get("path")), about_entry)
    if damaged:
        yield from damaged
        return
    about = json.loads((path / about_entry["path"]).read_text(encoding="utf-8"))
    if missing := [key for key in bundle.JSON_KEYS if key not in about]:
        yield f"{about_entry['path']}: {', '.join(missing)} is missing."
        return
    try:
        contract = from_dict(about["contract"], str(about_entry["path"]))
    except PlainError as error:
        yield str(error)
        return
    yield from _about_problems(about_entry["path"], about, resource, package)
    cells = bundle.read_cells(path / name)
    yield from (f"{name}: {problem}" for problem in cell_problems(contract, cells))
    yield from (f"{name}: {p}" for p in _release_problems(about["manifest"]["disclosure"], cells))


def _file_problems(path: Path, name: str, entry: Mapping[str, Any]) -> Iterator[str]:
    # A name that leads out of the folder is no file of the bundle, whatever lies there.
    if Path(name).name != name or not (path / name).is_file():
        yield f"{name}: is missing."
    elif bundle.file_entry(path / name)["hash"] != entry.get("hash"):
        yield f"{name}: has been edited since the bundle was closed (its hash is another)."


def _about_problems(
    name: str, about: Mapping[str, Any], resource: Mapping[str, Any], package: Mapping[str, Any]
) -> Iterator[str]:
    if not about["table"] == resource["name"] == about["contract"]["id"]:
        yield f"{name}: is about the table “{about['table']}”, not “{resource['name']}”."
    if about["study"] != package.get("study"):
        yield f"{name}: belongs to the study “{about['study']}”."
    mixed = package.get("data_status") == "stand_in"
    if about["data_status"] != package.get("data_status") and not mixed:
        yield f"{name}: its data are “{about['data_status']}”, the bundle's are not."
    if about["manifest"].get("disclosure", {}).get("status") not in RELEASED:
        yield f"{name}: the table was never released; it did not go through disclosure control."


def cell_problems(contract: TableContract, cells: bundle.Cells) -> Iterator[str]:
    """How the cells of a table depart from its contract."""
    if cells and tuple(cells[0]) != bundle.RESULT_COLUMNS:
        yield f"the columns must be {', '.join(bundle.RESULT_COLUMNS)}."
        return
    expected = {cell.key: cell for cell in contract.cells()}
    found = [(line["row"], line["column"], line["statistic"]) for line in cells]
    if len(found) != len(set(found)) or set(found) != set(expected):
        yield f"its {len(found)} cells are not the {len(expected)} of its contract."
        return
    for key, line in zip(found, cells, strict=True):
        if problem := _cell_problem(expected[key], line):
            yield f"{key[0]}@{key[1]} {key[2]}: {problem}."


def _cell_problem(cell: Cell, line: Mapping[str, str]) -> str | None:
    """What is wrong with one cell, or None."""
    filled = [name for name in ("value", "n", "lower", "upper") if line[name]]
    if line["status"] not in bundle.STATUSES:
        return f"the status “{line['status']}” is not one of {', '.join(bundle.STATUSES)}"
    if line["status"] != "ok":
        kept = [*filled, "text"] if line["status"] == "suppressed" and line["text"] else filled
        return f"is {line['status']} but holds {', '.join(kept)}" if kept else None
    if cell.statistic == "tekst":
        return None
    digits = rf"\.\d{{{cell.decimals}}}" if cell.decimals else ""
    if not re.fullmatch(rf"-?\d+{digits}", line["value"]):
        return f"must be a number with {cell.decimals} decimals"
    if not all(re.fullmatch(bundle.NUMBER, line[name]) for name in filled):
        return "n, lower and upper must be numbers or empty"
    return None


def _release_problems(done: Mapping[str, Any], cells: bundle.Cells) -> Iterator[str]:
    """Whether the cells are those that the release left: as many hidden, no base too small."""
    hidden = sum(line["status"] == "suppressed" for line in cells)
    if done.get("status") == "released" and done.get("suppressed") != hidden:
        yield f"{hidden} cells are hidden; at the release there were {done.get('suppressed')}."
    threshold = done.get("threshold") or 0
    # A base of nought concerns nobody, such as a year outside the study's window.
    if any(0 < float(line["n"]) < threshold for line in cells if line["n"]):
        yield f"a number builds on fewer than {threshold}."


def _schema_problems(path: Path, resource: Mapping[str, Any]) -> Iterator[str]:
    """What a general checker of data packages finds in a table, by the package's own schema."""
    from frictionless import Resource, system

    known = ("name", "path", "schema", "encoding", "format", "mediatype", "hash", "bytes")
    descriptor = {key: resource[key] for key in known if key in resource}
    with system.use_context(trusted=False):
        report = Resource.from_descriptor(descriptor, basepath=str(path)).validate()
    yield from (
        f"{resource['path']}: {error.message}" for task in report.tasks for error in task.errors
    )
