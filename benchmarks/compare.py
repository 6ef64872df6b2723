"""Comparing two full reports against rendering one: `python -m benchmarks.compare`.

The present build is held against a copy in which numbers, words and figures differ; beside it its
pages are rendered once. The comparison must cost less than the rendering.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from evalrapport import config, wiring
from evalrapport.report import html
from evalrapport.review import comparison, outputs, versions
from evalrapport.step import Job

FONTS = Path("report/_extensions/evalrapport/fonts")


def seconds(action: Callable[[], object], times: int = 3) -> float:
    """The shortest of some runs."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        action()
        found.append(time.perf_counter() - start)
    return min(found)


def edited(version: versions.Version, folder: Path) -> versions.Version:
    """A copy of a version with another number on every page, another word, another figure."""
    assert version.documents is not None
    assert version.figures is not None
    shutil.copytree(version.documents, folder / "documents")
    shutil.copytree(version.figures, folder / "figures")
    for page in (folder / "documents" / "site").glob("*.html"):
        text = page.read_text("utf-8").replace(" og ", " samt ").replace("pct.</span>", "%</span>")
        page.write_text(text, "utf-8")
    for picture in (folder / "figures").glob("*.svg"):
        picture.write_text(picture.read_text("utf-8") + "<!-- -->", "utf-8")
    return replace(version, name="kopi", documents=folder / "documents", figures=folder / "figures")


def main() -> int:
    """Print both times and their ratio; 1 if the comparison is the dearer."""
    settings = config.read()
    study = next(iter(settings.studies))
    new = versions.present(study)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        old = edited(new, folder)

        def compare() -> None:
            fresh = [replace(side) for side in (old, new)]  # nothing read before is kept
            outputs.write(comparison.compare(*fresh), fresh[0], fresh[1], folder / "ud", FONTS)

        inputs = {name: Path(path) for name, path in wiring.printed(study).items()}
        inputs |= {
            "bindings": Path(f"build/documents/{study}/bindings.json"),
            "vega": Path("build/exhibits/vega.js"),
        }
        if missing := [str(path) for path in inputs.values() if not path.exists()]:
            raise SystemExit(f"Run `make report` first; not built: {', '.join(missing)}.")
        asked = {"renderer": settings.renderer, "date": settings.date.isoformat()}
        job = Job("report.html", inputs, {"site": folder / "site"}, asked, study, {"study": study})

        def render() -> None:
            shutil.rmtree(folder / "site", ignore_errors=True)
            html.step(job)

        compared, rendered = seconds(compare), seconds(render)
    ratio = compared / rendered
    print(f"compare: {compared:.2f} s; render the pages: {rendered:.2f} s; ratio {ratio:.2f} (< 1)")
    return 0 if ratio < 1 else 1


if __name__ == "__main__":
    sys.exit(main())
