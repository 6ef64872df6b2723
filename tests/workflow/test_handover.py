"""A job reaches its step through a command line that every shell takes as it stands."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from evalrapport import handover, wiring
from evalrapport.handover import JobText

CMD_LONGEST = 8191  # the longest command line of cmd.exe
HARD = json.dumps({"module": 'it\'s 100 % "sure" & <æøå> ^|$HOME'}, ensure_ascii=False)


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def test_the_file_holds_the_text_whatever_signs_it_has():
    name = JobText(HARD).file
    assert handover.text_of(name) == HARD
    assert handover.text_of(HARD) == HARD
    assert Path(name).is_file()


def test_no_shell_finds_a_sign_to_change_and_no_line_is_too_long():
    name = JobText(json.dumps({"input": {f"n{i}": f"path/{i}.csv" for i in range(5000)}})).file
    assert re.fullmatch(r"\.snakemake/jobs/[0-9a-f]+\.json", name)
    assert len(f'"{sys.executable}" -m evalrapport.step {name}') < CMD_LONGEST
    # As cmd.exe's programs split their lines, and as bash does.
    assert subprocess.list2cmdline([name]) == name
    said = subprocess.run(["sh", "-c", f"echo {name}"], capture_output=True, text=True, check=True)
    assert said.stdout == f"{name}\n"


def test_the_parameter_is_the_text_itself_so_that_a_change_in_it_reruns_the_rule():
    one, two = JobText('{"a": 1}'), JobText('{"a": 2}')
    assert one == '{"a": 1}'
    assert repr(one) == repr('{"a": 1}')  # what the engine keeps to compare with
    assert one.file != two.file
    assert JobText('{"a": 1}').file == one.file


def test_a_run_starts_without_the_jobs_of_the_last():
    name = JobText("{}").file
    handover.clear()
    handover.clear()
    assert not Path(name).exists()


def test_a_step_reads_its_job_from_the_file():
    job = {"module": "datasets.none", "input": {"a": "not/there.csv"}, "output": {}}
    name = JobText(json.dumps(job)).file
    command = [sys.executable, "-m", "evalrapport.step", name]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "input is missing: not/there.csv" in done.stderr


def test_the_workflow_hands_over_nothing_else():
    root = Path(wiring.__file__).parents[3]
    step = next(
        line for line in (root / "Snakefile").read_text("utf-8").splitlines() if "STEP =" in line
    )
    assert step.endswith("-m evalrapport.step {{params.job.file}}'")
    for rules in (root / "workflow/rules").glob("*.smk"):
        shells = re.findall(r"shell:\s+(\S+)", rules.read_text("utf-8"))
        assert set(shells) <= {"STEP"}, rules.name
