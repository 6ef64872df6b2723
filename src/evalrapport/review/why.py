"""Says why a table's numbers changed, from the manifests that travel with the two versions.

Only what can have mattered is named (see `trace`): a step whose outputs have the same content hash
in both versions is no cause, whatever was done to its code or settings, nor is anything before it.
A threshold of disclosure control is a cause only for tables of its class. If several things are
left, they are all named: the manifests can't tell them apart.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from evalrapport import contracts, danish
from evalrapport.review.cause import Cause, Plain
from evalrapport.review.trace import Trace, Way, same_made_files, trace
from evalrapport.review.versions import STATUS_WORDS, Table

CODES = Path(contracts.__file__).parent / "codes"
ABSENT = "findes ikke"
# These come with every table and are told of elsewhere.
NOT_SOURCES = ("uv.lock",)


def causes(old: Table, new: Table, before: Plain, after: Plain) -> list[Cause]:
    """Why the table's numbers can differ; `before` and `after` are the versions' own manifests."""
    if old.data_status != new.data_status:
        words = STATUS_WORDS[old.data_status], STATUS_WORDS[new.data_status]
        return [Cause("data", "datagrundlag", *words)]
    behind = trace(old.manifest, new.manifest)
    found = [
        *setting_causes(old, new, behind),
        *code_causes(old.manifest, new.manifest, before, after, behind),
        *file_causes(old, new, behind),
        *environment_causes(old.manifest, new.manifest, before, after),
    ]
    found = found or list(edited_files(old.manifest, new.manifest))
    longest = {cause: cause for cause in sorted(found, key=lambda cause: len(cause.way))}
    return sorted(longest.values()) or [Cause("ukendt", "ukendt")]


def setting_causes(old: Table, new: Table, behind: Trace) -> Iterator[Cause]:
    """Config keys whose value changed, in steps that can have mattered; seeds by themselves."""
    own_class = f"disclosure.{new.contract.disclosure_class}"
    for step, way in behind.steps.items():
        yield from step_settings(step, way, old, new, own_class)


def step_settings(step: str, way: Way, old: Table, new: Table, own_class: str) -> Iterator[Cause]:
    """The changed settings of one step; of a step that came or went, its code says so."""
    if any(step not in table.manifest.get("steps", {}) for table in (old, new)):
        return
    before, after = (settings(table.manifest, step) for table in (old, new))
    for name in sorted({*before, *after}):
        other_class = name.startswith("disclosure.") and name != own_class
        if before.get(name) == after.get(name) or other_class or name == "folders":
            continue
        kind = "froe" if name.split(".")[-1].endswith("seed") else "indstilling"
        yield Cause(kind, name, printed(before.get(name)), printed(after.get(name)), way=way)


def settings(manifest: Mapping[str, Any], step: str) -> dict[str, Any]:
    """The settings of a step as dotted keys; none if it was not there."""
    found = dict(flattened(manifest.get("steps", {}).get(step, {}).get("settings", {})))
    if manifest.get("seed") is not None and "stand_in.seed" in found:
        found["stand_in.seed"] = manifest["seed"]
    return found


def flattened(value: Any, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """A nested mapping as (dotted key, value)."""
    if isinstance(value, Mapping):
        for key, part in value.items():
            yield from flattened(part, f"{prefix}.{key}" if prefix else str(key))
    else:
        yield prefix, value


def printed(value: Any) -> str:
    """A config value as config.yaml shows it."""
    if value is None:
        return ABSENT
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def code_causes(
    old: Mapping[str, Any], new: Mapping[str, Any], before: Plain, after: Plain, behind: Trace
) -> Iterator[Cause]:
    """Modules (and functions, where both versions' manifests know them) whose code changed."""
    for step, way in behind.steps.items():
        was, now = (manifest.get("steps", {}).get(step, {}).get("code") for manifest in (old, new))
        if was == now:
            continue
        modules = changed_modules(step, before, after)
        if not modules:
            yield Cause("kode", step, way=way)
        for module in modules:
            functions = changed_functions(module, before, after)
            commits = after.get("commits", {}).get(module, [])
            yield Cause("kode", module, detail=(*functions, *commits), way=way)


def changed_modules(step: str, before: Plain, after: Plain) -> list[str]:
    """The modules behind a step whose own hash changed; empty if one side does not know."""
    was, now = (manifest.get("code", {}).get(step) for manifest in (before, after))
    if not was or not now:
        return []
    return sorted(name for name in {*was, *now} if was.get(name) != now.get(name))


def changed_functions(module: str, before: Plain, after: Plain) -> list[str]:
    """The functions of a module that changed, came or went; empty if one side does not know."""
    was, now = (manifest.get("functions", {}).get(module) for manifest in (before, after))
    if was is None or now is None:
        return []
    return sorted(name for name in {*was, *now} if was.get(name) != now.get(name))


def file_causes(old: Table, new: Table, behind: Trace) -> Iterator[Cause]:
    """Files from outside whose content changed: sources with rows before and after, code lists."""
    same = same_made_files(old.manifest, new.manifest)
    for name, way in behind.files.items():
        was, now = (table.manifest.get("files", {}).get(name, {}) for table in (old, new))
        if name in NOT_SOURCES:
            continue
        if name == f"{new.id}.yaml":
            if printed_part(old) != printed_part(new):
                yield Cause("kontrakt", name)
        elif is_code_list(name):
            yield Cause("kodeliste", name, way=way)
        elif way or not same:
            yield source(name, was, now, way)


def edited_files(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Cause]:
    """Source files that a step wrote, but that changed though nothing before them did."""
    before, after = old.get("files", {}), new.get("files", {})
    for name in sorted({*before, *after}):
        was, now = before.get(name, {}), after.get(name, {})
        made_by = str(now.get("by") or was.get("by"))
        if made_by.startswith("sources.stand_in") and was.get("sha256") != now.get("sha256"):
            yield source(name, was, now, ())


def source(name: str, old: Mapping[str, Any], new: Mapping[str, Any], way: Way) -> Cause:
    """A source file with its rows before and after, or that they are as many, but others."""
    if old and new and rows(old) == rows(new):
        known = old.get("rows") is not None
        detail = (f"{rows(old)} før og nu, men med andet indhold",) if known else ()
        return Cause("kilde", name, detail=detail, way=way)
    return Cause("kilde", name, rows(old), rows(new), way=way)


def printed_part(table: Table) -> Plain:
    """What a contract says that can change a number (labels and wording can't)."""
    contract = table.contract
    return {
        "cells": [(c.key, c.unit, c.decimals) for c in contract.cells()],
        "adds_up": contract.adds_up,
        "columns": [(c.id, c.part_of, c.subset_of) for c in contract.columns],
        "rows": [(r.id, r.role, r.group, r.without) for r in contract.rows],
        "class": contract.disclosure_class,
    }


def is_code_list(name: str) -> bool:
    """Whether a file is a rule or a list of codes, not data on people."""
    return name.endswith(".yaml") or (CODES / name).is_file()


def rows(file: Mapping[str, Any]) -> str:
    """The number of rows of a file in words."""
    if not file:
        return ABSENT
    return f"{danish.number(file['rows'])} rækker" if file.get("rows") is not None else "ændret"


def environment_causes(
    old: Mapping[str, Any], new: Mapping[str, Any], before: Plain, after: Plain
) -> Iterator[Cause]:
    """Packages with another version, where both versions' manifests know them."""
    if old.get("environment") == new.get("environment"):
        return
    was, now = before.get("packages", {}), after.get("packages", {})
    changed = [n for n in sorted({*was, *now}) if was.get(n) != now.get(n)] if was and now else []
    if not was or not now:
        yield Cause("miljoe", "programpakkerne (uv.lock er en anden)")
    for name in changed:
        yield Cause("miljoe", name, was.get(name, ABSENT), now.get(name, ABSENT))
