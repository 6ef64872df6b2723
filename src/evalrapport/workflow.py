"""Runs the workflow for the commands: default profile, one warm process, plain messages."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from evalrapport import handover
from evalrapport.errors import PlainError
from evalrapport.warm import warm_process

COMMAND = [sys.executable, "-m", "snakemake", "--profile", "workflow/profiles/default"]
LOCKS = Path(".snakemake/locks")
COMPILED = Path(".snakemake/compiled")


def build(targets: Iterable[str], cores: int | None = None) -> bool:
    """Build the files that are named; whether all were built.

    The engine's own chatter is left out, the steps' is not. Raises PlainError if another run holds
    this folder, or was cut off in it: the engine would then stop without a word.
    """
    if any(LOCKS.glob("*.lock")):
        raise PlainError(
            "Another run is under way in this folder, or one was cut off. Wait for it; if none is "
            "running, unlock the folder with `python -m evalrapport unlock` and start again."
        )
    handover.clear()
    limit = ["--cores", str(cores)] if cores else []
    with warm_process():
        command = [*COMMAND, "--quiet", "all", *limit, "--", *targets]
        done = subprocess.run(command, env=environment(), check=False)
    return done.returncode == 0


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
