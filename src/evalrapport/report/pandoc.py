"""Runs Pandoc on a report laid out in a workspace."""

from __future__ import annotations

import json
import os
import re
import subprocess
from functools import cache
from pathlib import Path

from evalrapport.errors import PlainError
from evalrapport.report.workspace import EXTENSION, Workspace

MINIMUM = (3, 6)
# Without HTML in Markdown (the prose may not hold any): the reader would try a tag at each “{{<”,
# and its time grow with the square of the text, 12 s for a book that is read in 0.2 s.
FROM = "markdown-raw_html-native_divs-native_spans"
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


@cache
def executable() -> str:
    """The path of the Pandoc that came with pypandoc; PlainError if it is too old."""
    import pypandoc

    path = str(pypandoc.get_pandoc_path())
    version = tuple(int(part) for part in pypandoc.get_pandoc_version().split(".")[:2])
    if version < MINIMUM:
        raise PlainError(f"Pandoc {'.'.join(map(str, version))} is too old; 3.6 is needed.")
    return path


def assembled(work: Workspace) -> str:
    """The book as one text; before each file a mark with its name and whether it is an appendix."""
    parts = []
    for name in work.book.files:
        kind = "appendix" if name in work.book.appendices else "chapter"
        text = without_front_matter((work.folder / name).read_text(encoding="utf-8"))
        text = COMMENT.sub("", text)
        text = own_footnotes(text, Path(name).stem)
        parts.append(f"```{{=evalrapport}}\nfile {name} {kind}\n```\n\n{text}\n")
    return "\n".join(parts)


def without_front_matter(text: str) -> str:
    """A chapter without its YAML header; a title there becomes the chapter's heading."""
    if not text.startswith("---\n"):
        return text
    import yaml

    header, _, body = text[4:].partition("\n---\n")
    title = (yaml.safe_load(header) or {}).get("title")
    return f"# {title}\n\n{body}" if title else body


def own_footnotes(text: str, chapter: str) -> str:
    """Footnote names made the chapter's own, as each chapter may use [^1] anew."""
    return re.sub(r"\[\^([^\]\s]+)\]", rf"[^{chapter}-\1]", text)


def environment(work: Workspace) -> dict[str, str]:
    """The environment of a renderer: fixed time, no home to read settings from."""
    keep = {name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR") if name in os.environ}
    return keep | {
        "SOURCE_DATE_EPOCH": str(work.timestamp),
        "HOME": str(work.folder),
        "TZ": "UTC",
        "LC_ALL": "C.UTF-8",
    }


def convert(work: Workspace, to: str, *arguments: str) -> str:
    """Convert the whole book with our filter; the text that Pandoc writes (if to no file)."""
    (work.folder / "metadata.json").write_text(json.dumps(work.metadata()), encoding="utf-8")
    command = [
        *(executable(), f"--from={FROM}", f"--to={to}", "--wrap=none"),
        *("--metadata-file=metadata.json", f"--lua-filter={EXTENSION}/evalrapport.lua"),
        *arguments,
    ]
    return run(command, work, assembled(work))


def run(command: list[str], work: Workspace, text: str = "") -> str:
    """Run a renderer in the workspace; its complaint becomes a PlainError."""
    done = subprocess.run(
        command,
        input=text,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=work.folder,
        env=environment(work),
        check=False,
    )
    if done.returncode:
        raise PlainError(complaint(done.stderr, Path(command[0]).name))
    for line in done.stderr.splitlines():
        if "WARNING" in line:
            raise PlainError(f"{Path(command[0]).name}: {line.replace('[WARNING]', '').strip()}")
    return done.stdout


def complaint(stderr: str, program: str) -> str:
    """The filter's own messages if there are any, else what the program said."""
    ours = [
        line.split("evalrapport: ", 1)[1]
        for line in stderr.splitlines()
        if line.startswith("evalrapport: ")
    ]
    if ours:
        return "The report can't be printed:\n  " + "\n  ".join(dict.fromkeys(ours))
    return f"{program} stopped:\n  " + "\n  ".join(stderr.strip().splitlines()[-12:])
