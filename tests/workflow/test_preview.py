"""The preview runs the same two steps as the workflow, told the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from evalrapport import preview

RULES = (Path(__file__).parents[2] / "workflow/rules/report.smk").read_text("utf-8")


@pytest.mark.parametrize(("place", "module"), [(0, "report.bindings"), (1, "report.html")])
def test_a_step_is_told_what_its_rule_tells_it(place: int, module: str, tmp_path: Path) -> None:
    job = preview.jobs("notat", tmp_path)[place]
    told = re.search(rf'job\(\s*"{module}",(.*?)\),\n    shell', RULES, re.DOTALL)
    assert told is not None
    keys = set(re.findall(r'"(\w+)"|(\w+)=', told.group(1)))
    assert job.module == module
    assert set(job.settings) == {key or name for key, name in keys}
