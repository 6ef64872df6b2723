"""A copy of the project in a folder of its own, for whoever changes settings and builds again."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[1]
KEPT = ("Snakefile", "config.yaml", "uv.lock", "workflow", "report", "src", "data")


def copy_to(folder: Path) -> None:
    """The project's files in `folder`, not what was built."""
    folder.mkdir(parents=True, exist_ok=True)
    ignored = shutil.ignore_patterns("__pycache__", ".*", "_book")
    for name in KEPT:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=ignored)
        else:
            shutil.copy(ROOT / name, folder / name)


def configure(folder: Path, change: Callable[[dict[str, Any]], object]) -> Callable[[], object]:
    """Change a copy's config.yaml by a function of its content; returns what puts it back."""
    path = folder / "config.yaml"
    before = path.read_text("utf-8")
    content: dict[str, Any] = yaml.safe_load(before)
    change(content)
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return lambda: path.write_text(before, encoding="utf-8")
