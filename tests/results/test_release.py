"""The door: what it lets out, in which form, and what it refuses."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from evalrapport.contracts.bundle import ESTIMATE_COLUMNS, read_cells
from evalrapport.errors import PlainError
from evalrapport.results import protection, release
from evalrapport.step import Job, run

FLOORS = Path(__file__).parents[2] / "src/evalrapport/contracts/disclosure.yaml"
CONTRACT = {
    "id": "koen",
    "published_as": "Prøve, tabel 1",
    "disclosure_class": "register",
    "row_header": "Køn",
    "columns": [
        {"id": "alle", "label": "2012-2013", "span": "Startår"},
        {"id": "2012", "label": "2012", "span": "Startår", "part_of": "alle"},
        {"id": "2013", "label": "2013", "span": "Startår", "part_of": "alle"},
    ],
    "row_groups": [],
    "rows": [
        {"id": "maend", "label": "Mænd", "statistic": "andel", "unit": "pct", "decimals": 1},
        {"id": "kvinder", "label": "Kvinder", "statistic": "andel", "unit": "pct", "decimals": 1},
        {
            "id": "i_alt",
            "label": "I alt",
            "statistic": "andel",
            "unit": "pct",
            "decimals": 1,
            "role": "total",
        },
        {
            "id": "alder",
            "label": "Alder",
            "statistic": "median",
            "unit": "aar",
            "decimals": 0,
            "role": "summary",
        },
        {
            "id": "grundlag",
            "label": "Grundlag",
            "statistic": "antal",
            "unit": "personer",
            "role": "base",
        },
    ],
    "rules": "",
    "population": "Prøve",
    "adds_up": [""],
}
COUNTS = {"alle": (60, 40), "2012": (38, 22), "2013": (22, 18)}
SMALL = {"alle": (60, 42), "2012": (38, 40), "2013": (22, 2)}


def lines(counts: dict[str, tuple[int, int]]) -> list[dict[str, Any]]:
    """The estimate of the contract above from the men and women of each column."""
    found = []
    for row, statistic in [(r["id"], r["statistic"]) for r in CONTRACT["rows"]]:
        for column, (men, women) in counts.items():
            n = men + women
            count = {"maend": men, "kvinder": women}.get(row, n)
            value = {"alder": 34.5, "grundlag": float(n)}.get(row, 100 * count / n)
            named = {"row": row, "column": column, "statistic": statistic, "value": repr(value)}
            found.append({**named, "n": n, "status": "ok", "count": count})
    return found


def write(
    path: Path, rows: list[dict[str, Any]], columns: tuple[str, ...] = ESTIMATE_COLUMNS
) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path


def job(tmp: Path, estimate: Path, contract: dict[str, Any] = CONTRACT, **settings: Any) -> Job:
    (tmp / "koen.yaml").write_text(yaml.safe_dump(contract, allow_unicode=True), encoding="utf-8")
    (tmp / "uv.lock").write_text("locked", encoding="utf-8")
    return Job(
        "results.release",
        {
            "estimate": estimate,
            "contract": tmp / "koen.yaml",
            "floors": FLOORS,
            "lock": tmp / "uv.lock",
        },
        {"csv": tmp / "out/koen.csv", "json": tmp / "out/koen.json"},
        {"disclosure": {"register": 5}, "folders": {}, "stand_in": {"seed": 7}} | settings,
        "evaluering",
        code="abc",
    )


def released(tmp: Path, counts: dict[str, tuple[int, int]] = COUNTS, **settings: Any) -> Job:
    (tmp / "in").mkdir(exist_ok=True)
    made = job(tmp, write(tmp / "in/koen.csv", lines(counts)), **settings)
    run(made)
    return made


def cells(made: Job) -> dict[tuple[str, str], dict[str, str]]:
    return {(c["row"], c["column"]): c for c in read_cells(made.output["csv"])}


def test_numbers_are_rounded_as_the_contract_says_and_counts_stay_behind(tmp_path: Path) -> None:
    found = cells(released(tmp_path))
    assert found["maend", "2012"]["value"] == "63.3"
    assert found["maend", "2012"]["n"] == "60"
    assert found["i_alt", "alle"]["value"] == "100.0"
    assert found["alder", "alle"]["value"] == "35"
    assert found["grundlag", "alle"]["value"] == "100"
    assert all("count" not in cell for cell in found.values())


def test_what_is_hidden_is_empty_and_never_nought(tmp_path: Path) -> None:
    made = released(tmp_path, SMALL)
    hidden = [c for c in cells(made).values() if c["status"] == "suppressed"]
    places = {(c["row"], c["column"]) for c in hidden}
    assert {("maend", "2013"), ("kvinder", "2013")} <= places
    assert len(places) > 2, "the years would give it away"
    assert all(not c[name] for c in hidden for name in ("value", "text", "n", "lower", "upper"))
    about = json.loads(made.output["json"].read_text(encoding="utf-8"))
    done = about["manifest"]["disclosure"]
    assert done["suppressed"] == len(hidden) == done["primary"] + done["complementary"]
    assert (done["threshold"], done["floor"], done["status"]) == (5, 3, "released")
    assert done["smallest_count"] >= 5


def test_a_question_that_was_not_put_keeps_its_dash_and_no_other_words_pass(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    rows = lines(COUNTS)
    for row, text in zip(rows[:2], ("-", "Ida"), strict=True):
        row |= {"value": "", "n": "", "status": "not_applicable", "text": text, "count": 0}
    made = job(tmp_path, write(tmp_path / "in/koen.csv", rows))
    run(made)
    found = list(cells(made).values())[:2]
    assert [(cell["status"], cell["text"]) for cell in found] == [
        ("not_applicable", "-"),
        ("not_applicable", ""),
    ]


def test_the_json_has_contract_status_and_origin(tmp_path: Path) -> None:
    about = json.loads(released(tmp_path).output["json"].read_text(encoding="utf-8"))
    assert about["table"] == "koen"
    assert about["data_status"] == "stand_in"
    assert about["contract"]["rows"][0]["label"] == "Mænd"
    manifest = about["manifest"]
    assert manifest["steps"]["results.release"]["code"] == "abc"
    assert manifest["seed"] == 7
    assert manifest["environment"].startswith("sha256:")


def test_no_hash_of_an_unreleased_table_leaves(tmp_path: Path) -> None:
    """Its hidden numbers could be found by trying."""
    made = released(tmp_path, SMALL)
    about = json.loads(made.output["json"].read_text(encoding="utf-8"))
    assert set(about["manifest"]["files"]) == {"disclosure.yaml", "koen.yaml", "uv.lock"}
    files = {
        "dream.parquet": {"sha256": "1", "rows": 9},
        "koen.csv": {"sha256": "3", "rows": 4},  # a published table of the same name
        "results/koen.csv": {"sha256": "2", "rows": 9, "by": "results.koen"},
    }
    found = release.files_behind({"files": files}, "koen.csv")
    assert found.pop("results/koen.csv") == {"by": "results.koen"}
    assert found == {name: files[name] for name in ("dream.parquet", "koen.csv")}


def test_same_input_same_bytes(tmp_path: Path) -> None:
    one = [path.read_bytes() for path in released(tmp_path, SMALL).output.values()]
    two = [path.read_bytes() for path in released(tmp_path, SMALL).output.values()]
    assert one == two


def test_real_folders_make_real_data_unless_someone_is_made_up(tmp_path: Path) -> None:
    made = released(tmp_path, folders={"dream": "somewhere"})
    assert json.loads(made.output["json"].read_text())["data_status"] == "real"
    mixed = {"steps": {"sources.stand_in.survey_citizens": {}}}
    assert release.data_status(replace(made, lineage=mixed)) == "stand_in"
    assert release.data_status(replace(made, settings={"folders": {}})) == "stand_in"


def test_a_threshold_below_the_authority_is_refused() -> None:
    with pytest.raises(PlainError, match=r"disclosure\.register is 2, below 3"):
        protection.read(FLOORS, "register", {"register": 2})
    assert protection.read(FLOORS, "register", {"register": 10}).threshold == 10
    assert protection.read(FLOORS, "public", {"register": 10}).threshold == 0


def test_a_median_needs_the_threshold_on_both_sides(tmp_path: Path) -> None:
    many = {"alle": (40, 26), "2012": (34, 21), "2013": (6, 5)}
    few = {"alle": (39, 26), "2012": (34, 21), "2013": (5, 5)}
    fewer = {"alle": (39, 26), "2012": (34, 22), "2013": (5, 4)}
    for counts in (many, few):
        assert cells(released(tmp_path, counts))["alder", "2013"]["status"] == "ok"
    assert cells(released(tmp_path, fewer))["alder", "2013"]["status"] == "suppressed"


PERSONS = [
    {"row": f"maend{i}", "column": "alle", "statistic": "andel", "n": 1, "status": "ok"}
    for i in range(40)
]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (PERSONS, "one row per person"),
        ([*lines(COUNTS)[:-1], {**lines(COUNTS)[-1], "row": "barn"}], "not cells of the contract"),
        ([*lines(COUNTS)[:-1], lines(COUNTS)[0]], "1 cells occur twice"),
        (lines(COUNTS)[:-1], "1 cells are missing"),
        ([{**line, "n": 1} for line in lines(COUNTS)], "about one person"),
        ([{**line, "text": "010190-1234"} for line in lines(COUNTS)], "8 to 14 digits"),
        ([{**line, "text": "100200300400"} for line in lines(COUNTS)], "8 to 14 digits"),
    ],
)
def test_what_looks_like_persons_is_refused(
    tmp_path: Path, rows: list[dict[str, Any]], said: str
) -> None:
    made = job(tmp_path, write(tmp_path / "koen.csv", rows))
    with pytest.raises(PlainError, match=said) as error:
        run(made)
    assert "010190" not in str(error.value)
    assert "100200300400" not in str(error.value)
    assert not any(path.exists() for path in made.output.values())


@pytest.mark.parametrize("column", ["person_id", "PNR", "respondent_id", "cpr_nr"])
def test_a_column_of_ids_is_refused(tmp_path: Path, column: str) -> None:
    rows = [{**line, column: "1"} for line in lines(COUNTS)]
    path = write(tmp_path / "koen.csv", rows, (*ESTIMATE_COLUMNS, column))
    with pytest.raises(PlainError, match="identify persons"):
        run(job(tmp_path, path))


def test_columns_in_another_shape_are_refused(tmp_path: Path) -> None:
    rows = [{"row": "maend", "count": 3}]
    path = write(tmp_path / "koen.csv", rows, ("row", "count"))
    with pytest.raises(PlainError, match="the columns must be row_group, row"):
        run(job(tmp_path, path))
