"""The Slurm profile declares threads, memory and run time of every rule, and of no other."""

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

PROFILE = Path("workflow/profiles/slurm/config.yaml")


@pytest.fixture(scope="module")
def profile() -> dict:
    return yaml.safe_load(PROFILE.read_text(encoding="utf-8"))


def test_every_rule_is_declared(profile: dict) -> None:
    command = [sys.executable, "-m", "snakemake", "--list-rules"]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert set(profile["set-resources"]) == set(listed) - {"all"}


def test_each_has_threads_memory_and_time(profile: dict) -> None:
    assert set(profile["set-threads"]) == set(profile["set-resources"])
    for name, needs in profile["set-resources"].items():
        assert needs["mem_mb"] >= 1000, name
        assert 10 <= needs["runtime"] <= 120, name
        assert profile["set-threads"][name] in (1, 2), name


def test_a_touch_reruns_nothing_there_either(profile: dict) -> None:
    usual = yaml.safe_load(Path("workflow/profiles/default/config.yaml").read_text("utf-8"))
    for key in ("max-checksum-file-size", "rerun-triggers"):
        assert profile[key] == usual[key]
