"""The commands' run of the workflow: a folder that is held is said to be, and can be freed."""

from pathlib import Path

import pytest
import yaml

from evalrapport import config, wiring, workflow
from evalrapport.errors import PlainError


def test_a_folder_that_another_run_holds_is_a_plain_error(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    workflow.LOCKS.mkdir(parents=True)
    (workflow.LOCKS / "0.input.lock").write_text("build/report/a\n", encoding="utf-8")
    with pytest.raises(PlainError, match="python -m evalrapport unlock"):
        workflow.build(["build/report/a"])


def test_folders_that_are_missing_are_told_before_the_engine_starts(tmp_path, monkeypatch):
    raw = yaml.safe_load(Path("config.yaml").read_text("utf-8"))
    raw["sources"]["folders"] = {"bef": str(tmp_path)}
    found = config.check(raw)
    monkeypatch.setattr(wiring.jobs, "config", lambda: found)
    monkeypatch.setattr(workflow.subprocess, "run", None)  # the engine would hide it
    with pytest.raises(PlainError, match=r"Missing: .*dream"):
        workflow.build(["build/report/a"])


def test_a_file_that_nobody_makes_is_named():
    told = workflow.unplanned(["--", "build/results/evaluering/no_such_table.csv"])
    assert "no_such_table.csv" in told
    assert workflow.unplanned(["--", "build/results/evaluering/ydelse.csv"]) == ""
