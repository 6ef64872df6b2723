"""How a job comes from the workflow to its step: as one text, through a file named by its content.

The text is the rule's parameter, so that the rule runs again exactly when something in it changes.
On the command line stands the file's name only: quotes mean other things to cmd.exe than to bash,
and cmd.exe takes no line longer than 8,191 signs, which the list of a report's inputs exceeds.
"""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

FOLDER = Path(".snakemake/jobs")


class JobText(str):
    """A job as JSON; `{params.job.file}` in a rule's shell command writes it down and names it."""

    __slots__ = ()

    @property
    def file(self) -> str:
        """The name of a file that holds the text; with no sign that any shell would change."""
        path = FOLDER / f"{hashlib.sha256(self.encode()).hexdigest()[:20]}.json"
        if not path.is_file():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(self, encoding="utf-8")
        return path.as_posix()


def text_of(argument: str) -> str:
    """A job's text, from the file that names it; a text that is one already stays as it is."""
    return argument if argument.startswith("{") else Path(argument).read_text(encoding="utf-8")


def clear() -> None:
    """Take away what earlier runs handed over."""
    shutil.rmtree(FOLDER, ignore_errors=True)
