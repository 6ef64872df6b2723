"""What is sent home is looked at once more, as a controller would."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from test_release import SMALL, released

import evalrapport.contracts as contracts
from evalrapport.contracts import bundle as shape
from evalrapport.errors import PlainError
from evalrapport.results import export
from evalrapport.step import Job, run

FLOORS = Path(contracts.__file__).parent / "authorities.yaml"
AUTHORITIES = yaml.safe_load(FLOORS.read_text(encoding="utf-8"))
Change = Callable[[dict[str, Any], shape.Cells], None]


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed bundle of one released table."""
    made = released(tmp_path_factory.mktemp("secure"), SMALL)
    folder = made.output["csv"].parent
    names = {"package": "datapackage.json", "report_md": "release_report.md"}
    outputs = {key: folder / name for key, name in names.items()}
    outputs["report_html"] = folder / "release_report.html"
    run(Job("results.bundle", made.output, outputs, study="evaluering"))
    shutil.rmtree(folder / ".lineage", ignore_errors=True)
    return folder


@pytest.fixture
def source(closed: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(closed, tmp_path / "evaluering"))


def send(source: Path, own: dict[str, int] | None = None) -> Path:
    target = source.parent / "export" / "evaluering"
    export.make(source, target, "evaluering", FLOORS, own or {"register": 5})
    return target


def test_a_sound_bundle_is_copied_with_a_note_for_the_controller(source: Path) -> None:
    (source / "older_table.csv").write_text("left from an earlier run", encoding="utf-8")
    target = send(source)
    names = {path.name for path in target.iterdir()}
    assert names == {
        *("koen.csv", "koen.json", "datapackage.json"),
        *("release_report.md", "release_report.html"),
    }
    note = (target.parent / "evaluering_kontrol.txt").read_text("utf-8")
    assert "Tabeller: 1" in note
    assert "release_report.html" in note


def alter(source: Path, change: Change) -> None:
    """Change the table and its account, and seal the bundle anew."""
    about = json.loads((source / "koen.json").read_text("utf-8"))
    cells = shape.read_cells(source / "koen.csv")
    change(about, cells)
    (source / "koen.json").write_text(shape.json_text(about), "utf-8")
    (source / "koen.csv").write_text(shape.csv_text(cells), "utf-8")
    pairs = [(source / "koen.csv", source / "koen.json")]
    package = shape.package("evaluering", about["data_status"], pairs)
    (source / shape.PACKAGE).write_text(shape.json_text(package), "utf-8")


def set_disclosure(**values: Any) -> Change:
    return lambda about, _: about["manifest"]["disclosure"].update(values)


def set_files(*names: str) -> Change:
    return lambda about, _: (
        about["manifest"].update(files={n: {} for n in names})
        or (about["manifest"]["disclosure"].update(threshold=3))
    )


def first_ok(**values: str) -> Change:
    def change(_: dict[str, Any], cells: shape.Cells) -> None:
        next(cell for cell in cells if cell["status"] == "ok").update(values)

    return change


def setting(value: Any) -> Change:
    return lambda about, _: about["manifest"].update(note=value)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (set_disclosure(threshold=2), "Danmarks Statistik asks for 3"),
        (set_disclosure(threshold=4), "lower threshold than the study's own"),
        (set_files("sssy2012.parquet"), "Sundhedsdatastyrelsen asks for 5"),
        (set_disclosure(smallest_count=2), "a shown cell concerns fewer than"),
        (first_ok(n="4"), "fewer than 5"),
        (setting("id 12345678"), "8-14 digits"),
        (setting(0.123456789), "8-14 digits or decimals"),
    ],
)
def test_what_breaks_a_rule_stays(source: Path, change: Change, said: str) -> None:
    alter(source, change)
    with pytest.raises(PlainError, match=said):
        send(source)
    assert not (source.parent / "export" / "evaluering").exists()


def test_an_edited_bundle_stays(source: Path) -> None:
    text = (source / "koen.csv").read_text("utf-8")
    (source / "koen.csv").write_text(text.replace("ok", "ok ", 1), "utf-8")
    with pytest.raises(PlainError, match="edited"):
        send(source)


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ({"statistic": "median", "n": "8", "value": "3"}, "median of fewer than 10"),
        ({"statistic": "maksimum", "n": "800", "value": "3"}, "can show one person"),
        ({"statistic": "antal", "unit": "personer", "n": "", "value": "4"}, "counts fewer"),
    ],
)
def test_statistics_that_could_show_somebody(cell: dict[str, str], said: str) -> None:
    about = {"table": "x", "manifest": {"disclosure": {"class": "register", "threshold": 5}}}
    place = {"row": "a", "column": "b", "status": "ok", "unit": "dage"}
    assert said in " ".join(export.small_cells(about, [place | cell]))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("pnr 0101901234", True),
        ("0.12345678", True),
        ("sha256:ab12345678901cd", False),
        ('"pseudo_start_seed": 20120201', False),
        ("2012-03-01", False),
        ("43485 1234567", False),
    ],
)
def test_numbers_that_a_scanner_stops_at(tmp_path: Path, text: str, found: bool) -> None:
    path = tmp_path / "a.json"
    path.write_text(text, "utf-8")
    assert bool(list(export.long_numbers(path))) == found


def test_every_authoritys_floor_has_a_source() -> None:
    for authority in AUTHORITIES:
        assert authority["floor"] >= 3
        assert authority["source"]
        assert authority["confidence"]
