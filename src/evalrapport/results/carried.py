"""Carries results made elsewhere into the build: published numbers, or a bundle sent home.

A file is carried only if the bundle's package names it with the hash that it has; the bundle as a
whole has been verified before the first job (see `verify_bundle`).
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from evalrapport.contracts.bundle import PACKAGE, file_entry
from evalrapport.errors import PlainError
from evalrapport.step import Job


def step(job: Job) -> None:
    """Every input is written, unaltered, to the output of the same name; `package` vouches."""
    for name, path in job.output.items():
        vouched(job.input[name], job.input["package"])
        shutil.copyfile(job.input[name], path)


def vouched(path: Path, package: Path) -> None:
    """Raise PlainError unless the package itself, or a file that it names with its hash."""
    if path.name == PACKAGE:
        return
    resources = json.loads(package.read_text(encoding="utf-8"))["resources"]
    entries = [*resources, *(resource["about"] for resource in resources)]
    known = {entry["path"]: entry["hash"] for entry in entries}
    if known.get(path.name) != file_entry(path)["hash"]:
        raise PlainError(f"{path}: is not as the bundle's {PACKAGE} describes it; it was edited.")
