"""A copy of the project in a folder of its own, built with few people, for tests to edit."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from validation.project_copy import configure, copy_to

SMALL = 0.01
LITTLE = {
    "results": "computed",
    "report": "report/lille",
    "tables": ["ydelse", "varighed"],
    "window": {"first_day": "2013-01-01", "last_day": "2013-12-31"},
    "dream_delivery": "201404",
    "episode_gap_days": 6,
    "reference_week": "2013-W10",
    "reference_day": "2013-03-01",
    "disclosure": {"register": 3, "survey": 5, "interview": 3},
}


@dataclass
class Project:
    """The copy: run commands in it, read and edit its files."""

    folder: Path

    def path(self, name):
        return self.folder / name

    def run(self, *command):
        environment = os.environ | {"PYTHONPATH": str(self.folder / "src")}
        done = subprocess.run(
            [sys.executable, "-m", *command],
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    def build(self, *studies):
        return self.run("evalrapport", "report", *studies)

    def planned(self):
        """The jobs that a run would do now, as (rule, study, table or figure)."""
        code, output = self.run(
            "snakemake", "--profile", "workflow/profiles/default", "--dry-run", "--cores", "2"
        )
        assert code == 0, output
        return parse_jobs(output)

    def edit(self, name, old, new):
        """Replace a text in a file; returns what puts it back."""
        path = self.path(name)
        before = path.read_text("utf-8")
        assert old in before, f"{old!r} is not in {name}"
        path.write_text(before.replace(old, new, 1), encoding="utf-8")
        return lambda: path.write_text(before, encoding="utf-8")

    def configure(self, change):
        """Change config.yaml by a function of its content; returns what puts it back."""
        return configure(self.folder, change)


def parse_jobs(output):
    """(rule, study, item) of each job that a dry run prints."""
    jobs = set()
    for block in re.split(r"\n(?=(?:local)?rule )", output)[1:]:
        rule = re.match(r"(?:local)?rule (\w+):", block).group(1)
        wildcards = re.search(r"^\s+wildcards: (.*)$", block, re.MULTILINE)
        names = dict(p.split("=") for p in wildcards.group(1).split(", ")) if wildcards else {}
        jobs.add((rule, names.get("study"), names.get("table") or names.get("figure")))
    return jobs


def copy_project(folder):
    """The project's files (not what was built) and the tiny second study, in `folder`."""
    copy_to(folder)
    shutil.copytree(Path(__file__).parent / "lille", folder / "report/lille")
    project = Project(folder)

    def small(content):
        content["sources"]["stand_in"]["scale"] = SMALL
        content["renderer"] = "pandoc"
        content["studies"]["lille"] = LITTLE

    project.configure(small)
    return project
