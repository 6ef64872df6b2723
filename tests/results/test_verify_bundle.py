"""A bundle is closed, carried and checked; whatever is changed in it is found and named."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from test_release import COUNTS, SMALL, released

from evalrapport.contracts import bundle as shape
from evalrapport.errors import PlainError
from evalrapport.results import bundle, release_report
from evalrapport.results.verify_bundle import require, verify
from evalrapport.step import Job, run

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed bundle of one released table."""
    made = released(tmp_path_factory.mktemp("secure"), SMALL)
    folder = made.output["csv"].parent
    outputs = {
        "package": folder / "datapackage.json",
        "report_md": folder / "release_report.md",
        "report_html": folder / "release_report.html",
    }
    run(Job("results.bundle", made.output, outputs, study="evaluering"))
    shutil.rmtree(folder / ".lineage", ignore_errors=True)
    return folder


@pytest.fixture
def copy(closed: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(closed, tmp_path / "sent_home"))


def test_a_closed_bundle_is_sound(closed: Path) -> None:
    assert verify(closed, "evaluering") == []
    require(closed)


def test_the_published_bundle_is_sound() -> None:
    assert verify(ROOT / "data/published/evaluering", "evaluering") == []


def rewrite(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def reseal(folder: Path) -> None:
    """What a clumsy hand would do: edit, then hash anew."""
    package = json.loads((folder / shape.PACKAGE).read_text(encoding="utf-8"))
    pairs = [(folder / r["path"], folder / r["about"]["path"]) for r in package["resources"]]
    again = shape.package(package["study"], package["data_status"], pairs)
    (folder / shape.PACKAGE).write_text(shape.json_text(again), encoding="utf-8")


def unreleased(folder: Path) -> None:
    rewrite(folder / "koen.json", '"status": "released"', '"status": "computed"')
    reseal(folder)


def uncovered(folder: Path) -> None:
    rewrite(folder / "koen.csv", ",pct,,,,suppressed", ",pct,,,,ok")
    reseal(folder)


def half_hidden(folder: Path) -> None:
    rewrite(folder / "koen.csv", ",pct,,,,suppressed", ",pct,24,,,suppressed")
    reseal(folder)


def shorter(folder: Path) -> None:
    text = (folder / "koen.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / "koen.csv").write_text("".join(text[:-1]), encoding="utf-8")
    reseal(folder)


def tiny_base(folder: Path) -> None:
    rewrite(folder / "koen.csv", ",personer,102,", ",personer,2,")
    reseal(folder)


def other_study(folder: Path) -> None:
    package = json.loads((folder / shape.PACKAGE).read_text(encoding="utf-8"))
    package["study"] = "notat"
    package["fingerprint"] = shape.fingerprint(package)
    (folder / shape.PACKAGE).write_text(shape.json_text(package), encoding="utf-8")


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (lambda f: rewrite(f / "koen.csv", "35", "36"), "koen.csv: has been edited"),
        (lambda f: rewrite(f / "koen.json", "Mænd", "Kvinder"), "koen.json: has been edited"),
        (lambda f: (f / "koen.csv").unlink(), "koen.csv: is missing"),
        (lambda f: (f / "koen.json").unlink(), "koen.json: is missing"),
        (lambda f: (f / shape.PACKAGE).unlink(), "datapackage.json: is missing"),
        (lambda f: (f / shape.PACKAGE).write_text("{"), "datapackage.json: can't be read"),
        (
            lambda f: rewrite(
                f / shape.PACKAGE, '"data_status": "stand_in"', '"data_status": "real"'
            ),
            "datapackage.json: has been edited",
        ),
        (lambda f: (f / "people.parquet").write_bytes(b"1"), "people.parquet: is no part"),
        (unreleased, "koen.json: the table was never released"),
        (uncovered, "koen.csv: maend@2013 andel: must be a number with 1 decimals"),
        (half_hidden, "is suppressed but holds n"),
        (shorter, "koen.csv: its 14 cells are not the 15 of its contract"),
        (tiny_base, "koen.csv: a number builds on fewer than 5"),
        (other_study, "belongs to the study “notat”, not “evaluering”"),
    ],
)
def test_harm_is_found_and_named(copy: Path, harm: Callable[[Path], object], said: str) -> None:
    harm(copy)
    problems = verify(copy, "evaluering")
    assert any(said in problem for problem in problems), problems
    with pytest.raises(PlainError, match="can't be used"):
        require(copy, "evaluering")


def test_a_name_that_leads_out_of_the_folder_is_refused(copy: Path) -> None:
    rewrite(copy / shape.PACKAGE, '"path": "koen.csv"', '"path": "../koen.csv"')
    assert any("../koen.csv: is missing" in problem for problem in verify(copy))


def test_a_verified_table_is_carried_unaltered(copy: Path, tmp_path: Path) -> None:
    inputs = {
        "csv": copy / "koen.csv",
        "json": copy / "koen.json",
        "package": copy / shape.PACKAGE,
    }
    outputs = {name: tmp_path / "build" / path.name for name, path in inputs.items()}
    run(Job("results.carried", inputs, outputs, study="evaluering"))
    for name, path in inputs.items():
        assert outputs[name].read_bytes() == path.read_bytes()


def test_an_edited_table_is_not_carried(copy: Path, tmp_path: Path) -> None:
    rewrite(copy / "koen.csv", "35", "36")
    inputs = {"csv": copy / "koen.csv", "package": copy / shape.PACKAGE}
    outputs = {"csv": tmp_path / "build/koen.csv"}
    with pytest.raises(PlainError, match="it was edited"):
        run(Job("results.carried", inputs, outputs, study="evaluering"))
    assert not outputs["csv"].exists()


def test_the_report_tells_a_controller_what_was_done(closed: Path) -> None:
    text = (closed / "release_report.md").read_text(encoding="utf-8")
    page = (closed / "release_report.html").read_text(encoding="utf-8")
    about = json.loads((closed / "koen.json").read_text(encoding="utf-8"))
    done = about["manifest"]["disclosure"]
    numbers = [done[k] for k in ("smallest_count", "smallest_base", "cells", "suppressed")]
    row = next(line for line in text.splitlines() if line.startswith("| koen"))
    assert "5 personer" in row
    assert "Startår: 2012-2013, 2012, 2013" in row
    assert all(f"| {number} |" in row for number in numbers)
    for report in (text, page):
        assert "Syntetiske data" in report
        assert f"hvoraf {done['suppressed']} er skjult" in report


def test_every_number_of_a_report_is_danish() -> None:
    line = release_report.lines(
        [
            {
                "table": "koen",
                "contract": {"published_as": "Prøve", "columns": [{"label": "Alle"}]},
                "manifest": {
                    "disclosure": {
                        **{"class": "register", "threshold": 5, "unit": "personer"},
                        **{"smallest_count": 1234, "smallest_base": 6487.5},
                    }
                },
            }
        ]
    )[0]
    assert line[3:6] == ("1.234", "6.487,5", "–")


def test_half_a_table_makes_no_bundle(tmp_path: Path) -> None:
    made = released(tmp_path, COUNTS)
    with pytest.raises(PlainError, match=r"look at: koen\.json"):
        bundle.tables([made.output["csv"]])
    with pytest.raises(PlainError, match="none given"):
        bundle.tables([])


def test_one_table_of_stand_in_people_marks_the_whole_bundle() -> None:
    assert bundle.data_status([{"data_status": "real"}, {"data_status": "stand_in"}]) == "stand_in"
    assert bundle.data_status([{"data_status": "real"}]) == "real"
