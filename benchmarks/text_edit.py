"""A text edit against the bare renderers: `python -m benchmarks text_edit` after `make report`.

A: one word of a chapter is changed and the report is built. B: the three renderers alone, on the
same prose, in this process. The ratio says what workflow, bindings and checks cost on top.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from evalrapport import preview, wiring
from evalrapport.errors import PlainError
from evalrapport.report import docx, html, pdf
from evalrapport.step import Job

PAIRS = 5
MODULES = {"site": html, "pdf": pdf, "docx": docx}


def edited(chapter: Path, number: int) -> float:
    """Seconds of `report` after an edit of one chapter; the chapter is put back by the caller."""
    sentence = f"\n\nEn ny sætning, {'nok ' * (number + 1)}en gang.\n"
    chapter.write_text(chapter.read_text("utf-8") + sentence, encoding="utf-8")
    begun = time.perf_counter()
    command = [sys.executable, "-m", "evalrapport", "report"]
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode:
        raise PlainError("`report` failed; run it by hand first.")
    return time.perf_counter() - begun


def bare(job: Job) -> float:
    """Seconds of the three renderers alone, one after the other."""
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        for name, module in MODULES.items():
            target = {name: Path(folder) / name}
            module.step(Job(job.module, job.input, target, job.settings, job.study))
    return time.perf_counter() - begun


def main() -> int:
    """Print the ratio's minimum, median and maximum over paired runs."""
    study = next(iter(wiring.config().studies))
    chapter = sorted(wiring.config().studies[study].report.glob("0*.qmd"))[0]
    kept = chapter.read_text("utf-8")
    _, job = preview.jobs(study, Path("build/documents") / study)
    ratios = []
    try:
        for number in range(PAIRS):
            ratios.append(edited(chapter, number) / bare(job))
    finally:
        chapter.write_text(kept, encoding="utf-8")
    low, middle, high = min(ratios), statistics.median(ratios), max(ratios)
    print(
        f"text edit / bare renderers: {middle:.2f} (min {low:.2f}, max {high:.2f}, {PAIRS} pairs)"
    )
    return 0
