"""Content hashes of code, so that an edit reruns exactly the rules whose results it can change.

The workflow engine does not see an edit in an imported package. So every rule carries, as a
parameter, one hash over its module, all modules of this package that it imports (found from the
import statements themselves, wherever they stand), and the versions of the other packages that
these import.
"""

from __future__ import annotations

import ast
import hashlib
import sys
from functools import cache
from importlib import metadata
from pathlib import Path

PACKAGE = "evalrapport"
ROOT = Path(__file__).parent


def module_path(name: str) -> Path | None:
    """The source file of a module of this package, or None if there is no such module."""
    relative = Path(*name.split(".")[1:])
    for candidate in ((ROOT / relative).with_suffix(".py"), ROOT / relative / "__init__.py"):
        if candidate.is_file() and candidate != ROOT.with_suffix(".py"):
            return candidate
    return None


@cache
def imports(name: str) -> tuple[frozenset[str], frozenset[str]]:
    """(modules of this package, top-level names of other packages) that a module imports."""
    path = module_path(name)
    if path is None:
        return frozenset(), frozenset()
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = _absolute(node, name, path)
            found.add(base)
            found.update(f"{base}.{alias.name}" for alias in node.names)
    own = {f for f in found if f.split(".")[0] == PACKAGE}
    others = {f.split(".")[0] for f in found} - {PACKAGE} - sys.stdlib_module_names
    parents = {".".join(o.split(".")[:i]) for o in own for i in range(1, o.count(".") + 1)}
    return frozenset(o for o in own | parents if module_path(o)), frozenset(others)


def _absolute(node: ast.ImportFrom, name: str, path: Path) -> str:
    """The absolute name that a `from … import` means inside module `name`."""
    if not node.level:
        return node.module or ""
    parts = name.split(".")
    keep = len(parts) - node.level + (path.name == "__init__.py")
    return ".".join([*parts[:keep], *([node.module] if node.module else [])])


@cache
def closure(name: str) -> frozenset[str]:
    """A module and every module of this package that it imports, directly or not."""
    seen: set[str] = set()
    waiting = [name]
    while waiting:
        current = waiting.pop()
        if current not in seen:
            seen.add(current)
            waiting.extend(imports(current)[0])
    return frozenset(seen)


@cache
def _version(top_level: str) -> str:
    """The installed version of the distribution that provides a top-level import name."""
    for distribution in _distributions().get(top_level, []):
        return f"{distribution}=={metadata.version(distribution)}"
    return f"{top_level}==?"


@cache
def _distributions() -> dict[str, list[str]]:
    return {k: sorted(set(v)) for k, v in metadata.packages_distributions().items()}


def parts(module: str) -> dict[str, str]:
    """What stands behind a rule: each module's content hash and each package's version.

    `module` is named without the package, as in "datasets.recipients".
    """
    name = f"{PACKAGE}.{module}"
    if module_path(name) is None:
        raise ModuleNotFoundError(f"There is no module {name}.")
    result = {}
    for member in sorted(closure(name)):
        path = module_path(member)
        if path is not None:
            result[member] = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    others = sorted({other for member in closure(name) for other in imports(member)[1]})
    return result | {other: _version(other) for other in others}


@cache
def code(module: str) -> str:
    """One hash over everything in `parts(module)`."""
    text = "\n".join(f"{key} {value}" for key, value in parts(module).items())
    return hashlib.sha256(text.encode()).hexdigest()[:16]
