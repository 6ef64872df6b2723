"""Follows a table's numbers back through two manifests: which steps and files can have mattered.

Each step's record says which files it read, each file's which step wrote it. From the table back: a
file with the same content in both versions is the end of that way, whatever lies behind it. In
bundles kept before records told what a step read, all that is left is a flat list: there, a step
whose recorded files are all the same is left out, and everything before the results if all files
there are.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

DOOR = "results.release"
Manifest = Mapping[str, Any]
Way = tuple[str, ...]


@dataclass(frozen=True)
class Trace:
    """Steps, and files that no step wrote, each with the steps from it to the table."""

    steps: dict[str, Way] = field(default_factory=dict)
    files: dict[str, Way] = field(default_factory=dict)


def trace(old: Manifest, new: Manifest) -> Trace:
    """What lies behind a table and can have made it differ."""
    if all("reads" in manifest.get("steps", {}).get(DOOR, {}) for manifest in (old, new)):
        return walked(old, new)
    return flat(old, new)


def walked(old: Manifest, new: Manifest) -> Trace:
    """Back from the door, step by step, the shortest ways first."""
    found = Trace({DOOR: ()})
    waiting = deque([DOOR])
    while waiting:
        step = waiting.popleft()
        way = found.steps[step]
        for name in sorted({*reads(old, step), *reads(new, step)}):
            if is_same(old, new, name):
                continue
            by = (file_in(manifest, name).get("by") for manifest in (old, new))
            makers = {str(maker) for maker in by if maker} - {step}
            if not makers:
                found.files.setdefault(name, way)
            for maker in sorted(makers - found.steps.keys()):
                found.steps[maker] = (stem(maker), *way)
                waiting.append(maker)
    return found


def reads(manifest: Manifest, step: str) -> list[str]:
    """The names of the files that a step read."""
    listed: list[str] = manifest.get("steps", {}).get(step, {}).get("reads", [])
    return listed


def file_in(manifest: Manifest, name: str) -> Mapping[str, Any]:
    """What a manifest tells of a file; nothing if it has none of that name."""
    told: Mapping[str, Any] = manifest.get("files", {}).get(name, {})
    return told


def is_same(old: Manifest, new: Manifest, name: str) -> bool:
    """Whether a file's content is known to be the same in both versions."""
    marks = [file_in(manifest, name).get("sha256") for manifest in (old, new)]
    return marks[0] is not None and marks[0] == marks[1]


def stem(module: str) -> str:
    """The last part of a module's name, which is the rule's and the file's."""
    return module.rsplit(".", 1)[-1]


def flat(old: Manifest, new: Manifest) -> Trace:
    """All steps and files that can have mattered, where nothing tells how they hang together."""
    same = same_made_files(old, new)
    names = sorted({*old.get("steps", {}), *new.get("steps", {})})
    steps: dict[str, Way] = {
        name: ()
        for name in names
        if has_other_output(old, new, name) and (name.startswith("results.") or not same)
    }
    listed = sorted({*old.get("files", {}), *new.get("files", {})})
    files: dict[str, Way] = {
        name: ()
        for name in listed
        if not is_same(old, new, name)
        and not any(file_in(manifest, name).get("by") for manifest in (old, new))
    }
    return Trace(steps, files)


def has_other_output(old: Manifest, new: Manifest, step: str) -> bool:
    """Whether a step's recorded files differ, or none are recorded."""
    mine = [outputs(manifest, step) for manifest in (old, new)]
    return not mine[0] or not mine[1] or mine[0] != mine[1]


def outputs(manifest: Manifest, step: str) -> dict[str, str]:
    """Content hash of every file that a step wrote, where it is told."""
    files = manifest.get("files", {})
    return {n: f["sha256"] for n, f in files.items() if f.get("by") == step and "sha256" in f}


def same_made_files(old: Manifest, new: Manifest) -> bool:
    """Whether every file that a step wrote has the same content in both (and there are some)."""
    made = [
        {
            name: file["sha256"]
            for name, file in manifest.get("files", {}).items()
            if file.get("by") and "sha256" in file
        }
        for manifest in (old, new)
    ]
    return bool(made[0]) and made[0] == made[1]
