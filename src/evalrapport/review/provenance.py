"""What no results bundle tells of a version: packages, modules, functions, revision, commits."""

from __future__ import annotations

import ast
import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from evalrapport import code_hash
from evalrapport.review.versions import Version, git

PACKAGE = code_hash.PACKAGE
MOST_COMMITS = 5


def of_present(version: Version, root: Path = Path()) -> dict[str, Any]:
    """The packages, module hashes, function hashes and git revision behind the present build.

    Of a step whose recorded code is not today's nothing is told: it was built by code that is gone.
    """
    steps = recorded_steps(version)
    code = {
        step: own_modules(step)
        for step, recorded in sorted(steps.items())
        if code_hash.module_path(f"{PACKAGE}.{step}") and code_hash.code(step) == recorded
    }
    modules = sorted({module for parts in code.values() for module in parts})
    return {
        "packages": packages(root / "uv.lock"),
        "code": code,
        "functions": {module: functions(module) for module in modules},
        "revision": revision(root),
    }


def recorded_steps(version: Version) -> dict[str, str]:
    """Every step behind any table of a version, with the code hash that its manifest states."""
    return {
        step: str(told.get("code") or "")
        for table in version.tables.values()
        for step, told in table.manifest.get("steps", {}).items()
    }


def own_modules(step: str) -> dict[str, str]:
    """The modules of this package behind a step, with their content hashes."""
    parts = code_hash.parts(step)
    return {name: mark for name, mark in parts.items() if name.split(".")[0] == PACKAGE}


def functions(module: str) -> dict[str, str]:
    """The functions and classes of a module by name, each with a hash of what it does.

    Comments, docstrings' place and line breaks don't count; `(toppen)` is the rest of the module.
    """
    path = code_hash.module_path(module)
    if path is None:
        return {}
    tree = ast.parse(path.read_text(encoding="utf-8"))
    named = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    found = {node.name: marked(node) for node in tree.body if isinstance(node, named)}
    rest = [node for node in tree.body if not isinstance(node, named)]
    return found | {"(toppen)": marked(ast.Module(body=rest, type_ignores=[]))}


def marked(node: ast.AST) -> str:
    """A short hash of a piece of code."""
    return hashlib.sha256(ast.dump(node).encode()).hexdigest()[:12]


def packages(lock: Path) -> dict[str, str]:
    """Package → version, as the lock file pins them; empty without one."""
    if not lock.is_file():
        return {}
    content = tomllib.loads(lock.read_text(encoding="utf-8"))
    return {p["name"]: p["version"] for p in content.get("package", []) if "version" in p}


def revision(root: Path) -> str | None:
    """The commit that the work tree stands on, with `+` if tracked files differ from it."""
    head = git(root, "rev-parse", "--short=12", "HEAD")
    if not head:
        return None
    dirty = git(root, "status", "--porcelain", "--untracked-files=no")
    return head.decode().strip() + ("+" if dirty else "")


def commits_between(
    before: Mapping[str, Any], after: Mapping[str, Any], root: Path = Path()
) -> dict[str, list[str]]:
    """By changed module: the commits between two revisions that touched it, the newest first."""
    ends = [str(side.get("revision") or "").rstrip("+") for side in (before, after)]
    if not all(ends) or ends[0] == ends[1]:
        return {}
    found = {}
    for module in changed(before, after):
        path = "src/" + module.replace(".", "/") + ".py"
        listed = git(root, "log", "--format=%h %s", f"{ends[0]}..{ends[1]}", "--", path)
        if listed:
            found[module] = listed.decode().splitlines()[:MOST_COMMITS]
    return found


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterable[str]:
    """Modules that both sides know and that differ."""
    sides = [
        {m: mark for parts in side.get("code", {}).values() for m, mark in parts.items()}
        for side in (before, after)
    ]
    return sorted(m for m in sides[0].keys() & sides[1].keys() if sides[0][m] != sides[1][m])
