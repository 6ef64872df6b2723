"""The commands' run of the workflow: a folder that is held is said to be, and can be freed."""

import pytest

from evalrapport import workflow
from evalrapport.errors import PlainError


def test_a_folder_that_another_run_holds_is_a_plain_error(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    workflow.LOCKS.mkdir(parents=True)
    (workflow.LOCKS / "0.input.lock").write_text("build/report/a\n", encoding="utf-8")
    with pytest.raises(PlainError, match="python -m evalrapport unlock"):
        workflow.build(["build/report/a"])
