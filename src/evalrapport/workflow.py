"""Runs the workflow for the commands: default profile, one warm process, plain messages."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from evalrapport import handover, wiring
from evalrapport.errors import PlainError
from evalrapport.warm import warm_process

COMMAND = [sys.executable, "-m", "snakemake", "--profile", "workflow/profiles/default"]
LOCKS = Path(".snakemake/locks")
FAULT = re.compile(r"\w*(Error|Exception)\b")
COMPILED = Path(".snakemake/compiled")


def build(targets: Iterable[str], cores: int | None = None) -> bool:
    """Build the files that are named; whether all were built.

    The engine's own chatter is left out, the steps' is not. Raises PlainError if another run holds
    this folder, or was cut off in it (the engine would then stop without a word), or if config.yaml
    does not name the folders that are needed.
    """
    if any(LOCKS.glob("*.lock")):
        raise PlainError(
            "Another run is under way in this folder, or one was cut off. Wait for it; if none is "
            "running, unlock the folder with `python -m evalrapport unlock` and start again."
        )
    wiring.registers()  # what is wrong with the sources in config.yaml the engine would not tell
    handover.clear()
    limit = ["--cores", str(cores)] if cores else []
    asked = [*limit, "--", *targets]
    with warm_process(environment()):
        command = [*COMMAND, "--quiet", "all", *asked]
        done = subprocess.run(command, env=environment(), check=False)
    if done.returncode and (told := unplanned(asked)):
        print(f"\n✗ The run can't be planned.\n  {told}\n", file=sys.stderr)
    return done.returncode == 0


def unplanned(asked: Sequence[str]) -> str:
    """What the engine says where it can't even plan a run, such as a file that nobody makes; it
    keeps that to itself when its own chatter is left out. Empty if it can plan it."""
    command = [*COMMAND, "--dry-run", *asked]
    done = subprocess.run(command, capture_output=True, text=True, env=environment(), check=False)
    lines = [line.rstrip() for line in (done.stderr + done.stdout).splitlines() if line.strip()]
    names = (place for place, line in enumerate(lines) if FAULT.match(line))
    return "\n  ".join(lines[next(names, 0) :]) if done.returncode else ""


def environment() -> dict[str, str]:
    """The processes' environment: compiled code is kept, for each of hundreds would compile anew.

    Where it shall not lie beside the sources (PYTHONDONTWRITEBYTECODE) it lies in .snakemake.
    """
    found = dict(os.environ)
    if found.pop("PYTHONDONTWRITEBYTECODE", "") and "PYTHONPYCACHEPREFIX" not in found:
        found["PYTHONPYCACHEPREFIX"] = str(COMPILED.resolve())
    return found


def unlock() -> bool:
    """Take away the locks that a run left behind when it was cut off; whether it went well."""
    done = subprocess.run([*COMMAND, "--unlock"], capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stderr.strip(), file=sys.stderr)
        return False
    print("The folder is unlocked. The next run goes on where the last one stopped.")
    return True
