"""A step that the warm process runs is the same step: output, exit code, messages."""

import json
import os
import subprocess
import sys

import pytest

from evalrapport import warm

pytestmark = pytest.mark.skipif(not warm.can_fork(), reason="this system can't fork")


def ask(argument, address, cwd):
    return subprocess.run(
        [sys.executable, "-m", "evalrapport.step", argument],
        cwd=cwd,
        env=os.environ | {warm.VARIABLE: address},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def address():
    with warm.warm_process():
        yield os.environ[warm.VARIABLE]


def job(tmp_path, **changes):
    described = {
        "module": "results.bundle",
        "input": {},
        "output": {name: str(tmp_path / name) for name in ("package", "report_md", "report_html")},
        "study": "a",
    }
    return json.dumps(described | changes)


def test_a_plain_error_comes_through_with_its_exit_code(tmp_path, address):
    warm_run = ask(job(tmp_path), address, tmp_path)
    alone = ask(job(tmp_path), "", tmp_path)
    assert "A bundle needs a CSV and a JSON" in warm_run.stderr
    assert (warm_run.returncode, warm_run.stderr) == (alone.returncode, alone.stderr)
    assert warm_run.returncode == 1


def test_a_fault_in_the_code_is_printed_whole(tmp_path, address):
    done = ask(job(tmp_path, module="results.nothing"), address, tmp_path)
    assert done.returncode == 1
    assert "ModuleNotFoundError" in done.stderr


def test_a_long_job_text_is_handed_over_whole(tmp_path, address):
    done = ask(job(tmp_path, settings={"long": "æ" * 10_000}), address, tmp_path)
    assert "A bundle needs a CSV and a JSON" in done.stderr


def test_without_a_warm_process_a_step_runs_by_itself(tmp_path):
    done = ask(job(tmp_path), str(tmp_path / "gone" / "warm"), tmp_path)
    assert "A bundle needs a CSV and a JSON" in done.stderr
