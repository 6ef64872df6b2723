"""Says why a table's numbers changed, from the manifests that travel with the two versions.

Only what can have mattered is named. A step whose outputs have the same content hash in both
versions is no cause, whatever was done to its code or settings; nor is anything before the datasets
when all datasets are the same. A threshold of disclosure control is a cause only for tables of its
class. If several things are left, they are all named: the manifests can't tell them apart.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from evalrapport import contracts, danish
from evalrapport.review.versions import STATUS_WORDS, Table

Plain = dict[str, Any]
CODES = Path(contracts.__file__).parent / "codes"
ABSENT = "findes ikke"
# These come with every table and are told of elsewhere.
NOT_SOURCES = ("uv.lock",)


@dataclass(frozen=True, order=True)
class Cause:
    """One reason: `kind` is data, indstilling, froe, kilde, kodeliste, kontrakt, kode or miljoe."""

    kind: str
    what: str
    old: str = ""
    new: str = ""
    detail: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The cause in Danish."""
        change = f"{self.old} → {self.new}" if self.old or self.new else ""
        words = {
            "data": f"datagrundlaget: {change}",
            "indstilling": f"indstillingen {self.what}: {change}",
            "froe": f"frøet {self.what}: {change}",
            "kilde": f"kilden {self.what}: {change}",
            "kodeliste": f"kodelisten eller reglen {self.what}",
            "kontrakt": f"tabellens kontrakt {self.what}",
            "kode": f"koden i {self.what}",
            "miljoe": f"programpakken {self.what}: {change}" if change else self.what,
            "ukendt": "årsagen fremgår ikke af manifesterne",
        }[self.kind]
        return f"{words} ({', '.join(self.detail)})" if self.detail else words

    def plain(self) -> Plain:
        """As it stands in the JSON."""
        return {**asdict(self), "detail": list(self.detail), "text": self.text}


def causes(old: Table, new: Table, before: Plain, after: Plain) -> list[Cause]:
    """Why the table's numbers can differ; `before` and `after` are the versions' own manifests."""
    if old.data_status != new.data_status:
        words = STATUS_WORDS[old.data_status], STATUS_WORDS[new.data_status]
        return [Cause("data", "datagrundlag", *words)]
    found = [
        *setting_causes(old, new),
        *code_causes(old.manifest, new.manifest, before, after),
        *file_causes(old, new),
        *environment_causes(old.manifest, new.manifest, before, after),
    ]
    found = found or list(edited_files(old.manifest, new.manifest))
    return sorted(set(found)) or [Cause("ukendt", "ukendt")]


def live_steps(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """Steps that can have mattered: without recorded output, or with another output than before."""
    names = sorted({*old.get("steps", {}), *new.get("steps", {})})
    return [
        name
        for name in names
        if has_other_output(old, new, name) and not is_behind_same(old, new, name)
    ]


def has_other_output(old: Mapping[str, Any], new: Mapping[str, Any], step: str) -> bool:
    """Whether a step's recorded files differ, or none are recorded."""
    mine = [outputs(manifest, step) for manifest in (old, new)]
    return not mine[0] or not mine[1] or mine[0] != mine[1]


def outputs(manifest: Mapping[str, Any], step: str) -> dict[str, str]:
    """Content hash of every file that a step wrote."""
    files = manifest.get("files", {})
    return {name: file["sha256"] for name, file in files.items() if file.get("by") == step}


def is_behind_same(old: Mapping[str, Any], new: Mapping[str, Any], step: str) -> bool:
    """Whether a step lies before the results, and all made files there are the same."""
    return not step.startswith("results.") and same_made_files(old, new)


def same_made_files(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Whether every file that a step wrote has the same content in both (and there are some)."""
    made = [
        {n: f["sha256"] for n, f in manifest.get("files", {}).items() if f.get("by")}
        for manifest in (old, new)
    ]
    return bool(made[0]) and made[0] == made[1]


def setting_causes(old: Table, new: Table) -> Iterator[Cause]:
    """Config keys whose value changed, in steps that can have mattered; seeds by themselves."""
    before, after = (
        settings(table.manifest, live_steps(old.manifest, new.manifest)) for table in (old, new)
    )
    own_class = f"disclosure.{new.contract.disclosure_class}"
    for name in sorted({*before, *after}):
        other_class = name.startswith("disclosure.") and name != own_class
        if before.get(name) == after.get(name) or other_class or name == "folders":
            continue
        kind = "froe" if name.split(".")[-1].endswith("seed") else "indstilling"
        yield Cause(kind, name, printed(before.get(name)), printed(after.get(name)))


def settings(manifest: Mapping[str, Any], steps: Sequence[str]) -> dict[str, Any]:
    """The settings of these steps as dotted keys."""
    found: dict[str, Any] = {}
    for step in steps:
        found |= dict(flattened(manifest.get("steps", {}).get(step, {}).get("settings", {})))
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
    old: Mapping[str, Any], new: Mapping[str, Any], before: Plain, after: Plain
) -> Iterator[Cause]:
    """Modules (and functions, where both versions' manifests know them) whose code changed."""
    for step in live_steps(old, new):
        was, now = (manifest.get("steps", {}).get(step, {}).get("code") for manifest in (old, new))
        if was == now:
            continue
        modules = changed_modules(step, before, after)
        if not modules:
            yield Cause("kode", step)
        for module in modules:
            functions = changed_functions(module, before, after)
            commits = after.get("commits", {}).get(module, [])
            yield Cause("kode", module, detail=(*functions, *commits))


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


def file_causes(old: Table, new: Table) -> Iterator[Cause]:
    """Files from outside whose content changed: sources with rows before and after, code lists."""
    before, after = (outside(table.manifest) for table in (old, new))
    same = same_made_files(old.manifest, new.manifest)
    for name in sorted({*before, *after} - set(NOT_SOURCES)):
        was, now = before.get(name, {}), after.get(name, {})
        if was.get("sha256") == now.get("sha256"):
            continue
        if name == f"{new.id}.yaml":
            if printed_part(old) != printed_part(new):
                yield Cause("kontrakt", name)
        elif is_code_list(name):
            yield Cause("kodeliste", name)
        elif not same:
            yield Cause("kilde", name, rows(was), rows(now))


def edited_files(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Cause]:
    """Source files that a step wrote, but that changed though nothing before them did."""
    before, after = old.get("files", {}), new.get("files", {})
    for name in sorted({*before, *after}):
        was, now = before.get(name, {}), after.get(name, {})
        made_by = str(now.get("by") or was.get("by"))
        if made_by.startswith("sources.stand_in") and was.get("sha256") != now.get("sha256"):
            yield Cause("kilde", name, rows(was), rows(now))


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


def outside(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """The files that no step wrote."""
    return {n: f for n, f in manifest.get("files", {}).items() if not f.get("by")}


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


def follows(found: Sequence[Cause], every: bool = False) -> str:
    """What numbers follow from, as the end of a sentence; `every`: there are no others."""
    if [cause.kind for cause in found] == ["ukendt"]:
        return found[0].text
    texts = danish.listing([cause.text for cause in found], last="eller")
    return f"{'alle følger' if every else 'følger'} af {texts}"


def summary(changed: Sequence[tuple[str, Sequence[Cause]]]) -> list[Plain]:
    """Changed numbers by the set of their causes: how many, and the sentence that says so."""
    groups: dict[tuple[Cause, ...], int] = {}
    for _, found in changed:
        groups[tuple(found)] = groups.get(tuple(found), 0) + 1
    total = len(changed)
    result = []
    for found, count in sorted(groups.items(), key=lambda item: (-item[1], item[0])):
        lead = f"{danish.number(count)} tal ændret; {follows(found, count == total > 1)}."
        plain = [cause.plain() for cause in found]
        result.append({"count": count, "text": lead, "causes": plain})
    return result
