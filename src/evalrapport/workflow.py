"""Runs the workflow for the commands: default profile, one warm process, plain messages."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from evalrapport import handover
from evalrapport.errors import PlainError
from evalrapport.warm import warm_process

COMMAND = [sys.executable, "-m", "snakemake", "--profile", "workflow/profiles/default"]
LOCKS = Path(".snakemake/locks")


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
        done = subprocess.run([*COMMAND, "--quiet", "all", *limit, "--", *targets], check=False)
    return done.returncode == 0


def unlock() -> bool:
    """Take away the locks that a run left behind when it was cut off; whether it went well."""
    done = subprocess.run([*COMMAND, "--unlock"], capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stderr.strip(), file=sys.stderr)
        return False
    print("The folder is unlocked. The next run goes on where the last one stopped.")
    return True
