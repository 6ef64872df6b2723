"""Chooses the renderer, and says in the log which one and why."""

from __future__ import annotations

import shutil
import subprocess
import sys
from functools import cache

from evalrapport.errors import PlainError

QUARTO_MINIMUM = (1, 9)


@cache
def quarto_version() -> tuple[int, ...] | None:
    """The version of the Quarto on PATH, or None if there is none that works."""
    path = shutil.which("quarto")
    if path is None:
        return None
    done = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)
    text = done.stdout.strip()
    if done.returncode or not text[:1].isdigit():
        return None
    return tuple(int(part) for part in text.split("-")[0].split(".") if part.isdigit())


def choose(setting: str) -> str:
    """The renderer, quarto or pandoc; `setting` is auto or one of these."""
    version = quarto_version() if setting != "pandoc" else None
    shown = ".".join(map(str, version)) if version else ""
    good = version is not None and version >= QUARTO_MINIMUM
    if setting == "quarto" and not good:
        found = f"Quarto {shown} is too old" if version else "there is no quarto on PATH"
        raise PlainError(
            f"config.yaml asks for renderer: quarto, but {found} (1.9 or newer is needed). "
            "Install it, or set renderer: auto."
        )
    if good:
        say(f"rendered with Quarto {shown}")
        return "quarto"
    reason = "as asked for"
    if setting != "pandoc":
        reason = f"Quarto {shown} is older than 1.9" if version else "no quarto on PATH"
    say(f"rendered with Pandoc ({reason})")
    return "pandoc"


def say(message: str) -> None:
    """One line in the log."""
    print(f"  {message}", file=sys.stderr, flush=True)
