"""Runs one rule: `python -m evalrapport.step FILE`, where FILE holds `{"module": …, "input": …}`.

The workflow hands each rule's inputs, outputs and settings over as one JSON text. The rule's module
writes to temporary names beside the outputs; they get their real names only when the whole step has
succeeded, so an interrupted step leaves no half-written file.
"""

from __future__ import annotations

import importlib
import json
import shutil
import sys
import time
import traceback
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from evalrapport import lineage
from evalrapport.errors import PlainError

INTERRUPTED = 130  # the shell's own code for Ctrl-C


@dataclass(frozen=True)
class Job:
    """What a rule's adapter is told: named paths and the settings it asked for, nothing else."""

    module: str
    input: dict[str, Path]
    output: dict[str, Path]
    settings: dict[str, Any] = field(default_factory=dict)
    study: str | None = None
    wildcards: dict[str, str] = field(default_factory=dict)
    code: str = ""
    lineage: dict[str, Any] = field(default_factory=dict)


def parse(text: str) -> Job:
    """Read a job from the JSON text that the workflow passes."""
    raw = json.loads(text)
    return Job(
        module=raw["module"],
        input={name: Path(path) for name, path in raw["input"].items()},
        output={name: Path(path) for name, path in raw["output"].items()},
        settings=raw.get("settings", {}),
        study=raw.get("study"),
        wildcards=raw.get("wildcards", {}),
        code=raw.get("code", ""),
    )


def run(job: Job) -> None:
    """Run the step of `job.module`; its outputs appear whole or not at all."""
    missing = [str(path) for path in job.input.values() if not path.exists()]
    if missing:
        raise PlainError(f"{job.module}: input is missing: {', '.join(missing)}.")
    staged = {name: path.with_name(f".tmp-{path.name}") for name, path in job.output.items()}
    for path in staged.values():
        path.parent.mkdir(parents=True, exist_ok=True)
        remove(path)
    try:
        module = importlib.import_module(f"evalrapport.{job.module}")
        before = lineage.gather(job.input) if traced(job) else {}
        module.step(replace(job, output=staged, lineage=before))
        for name, path in job.output.items():
            if not staged[name].exists():
                raise PlainError(f"{job.module}: the step did not write its output “{name}”.")
            if traced(job) and job.module not in lineage.DOORS:
                made_by = {"code": job.code, "settings": job.settings}
                lineage.write(path, staged[name], before, made_by, job.module)
            remove(path)
            staged[name].replace(path)
    finally:
        for path in staged.values():
            remove(path)


def traced(job: Job) -> bool:
    """Whether the step's outputs carry a record of where they came from."""
    return job.module.split(".")[0] in lineage.ROOMS


def remove(path: Path) -> None:
    """Remove a file or a folder if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def main(argument: str) -> int:
    """Run one job; print how long it took, or the step's own plain message."""
    job = parse(argument)
    label = f"{job.module}" + (f" ({job.study})" if job.study else "")
    label += "".join(f" {value}" for key, value in job.wildcards.items() if key != "study")
    start = time.monotonic()
    try:
        run(job)
    except PlainError as error:
        print(f"\n✗ {label}\n  {error}\n", file=sys.stderr, flush=True)
        return 1
    took = f"{time.monotonic() - start:.1f} s{peak_memory()}"
    print(f"✓ {label}  {took}", file=sys.stderr, flush=True)
    return 0


def peak_memory() -> str:
    """What the process has held at most, in words; empty where the system doesn't say (Windows)."""
    try:
        import resource
    except ImportError:
        return ""
    # Kilobytes on Linux, bytes on macOS.
    unit = 1024**2 if sys.platform == "darwin" else 1024
    return f", {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit:.0f} MiB"


def guarded(argument: str) -> int:
    """Run one job; a fault of ours (not a user's) is told for whoever mends the code.

    A run that the user interrupts ends without a word; its half-written outputs are gone.
    """
    try:
        return main(argument)
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        tell(error, parse(argument))
        return 1


def tell(error: Exception, job: Job) -> None:
    """Print a fault: whole, or of a step that reads people without its message (see faults.py)."""
    from evalrapport import faults

    if not traced(job):
        traceback.print_exception(error)
        return
    print(f"\n✗ {job.module}\n{faults.where(error)}", file=sys.stderr)
    if job.module in lineage.DOORS:  # their outputs are free to leave: nothing is put beside them
        print("  (without its message, which may quote a value)\n", file=sys.stderr, flush=True)
        return
    path = next(iter(job.output.values())).parent / f"{job.module}_fault.txt"
    faults.keep(error, path)
    print(f"  With its message, which may quote a value: {path}\n", file=sys.stderr, flush=True)


def handed_on(argument: str) -> int:
    """Run one job in the warm process where there is one, else here; the exit code."""
    from evalrapport import handover, warm

    text = handover.text_of(argument)
    try:
        answer = warm.ask(text)
    except KeyboardInterrupt:
        return INTERRUPTED
    return guarded(text) if answer is None else answer


if __name__ == "__main__":
    sys.exit(handed_on(sys.argv[1]))
