"""What the calibration calls within tolerance, and that it can fail."""

import math
from pathlib import Path

import pandas as pd
import pytest

from evalrapport import calibration, plausibility

HEAD = "row_group,row,column,statistic,value,text,unit,n,lower,upper,status\n"


@pytest.mark.parametrize(
    ("statistic", "target", "people", "decimals", "kind", "allowed"),
    [
        ("andel", 50.0, 15_091, 1, "share", 0.3),
        ("andel", 50.0, 100, 1, "share", 1.0),  # one person of a hundred
        ("andel", 50.0, 15_091, 1, "history", 1.0),
        ("antal", 894_027, 894_027, 0, "share", 0.0),
        ("gennemsnit", 142.9, 43_485, 1, "share", 1.429),
        ("median", 2.0, 43_485, 1, "share", 0.1),
        ("andel", 3.0, 52_440, 0, "printed", 0.8),  # 3.49 is printed as 3
        ("antal", 789, 789, 0, "place", 1.0),
        ("gennemsnit", 6.1, 789, 1, "place", 0.1),
    ],
)
def test_tolerances_at_full_scale(statistic, target, people, decimals, kind, allowed):
    found = calibration.tolerance(statistic, target, people, decimals, kind, scale=1)
    assert found == pytest.approx(allowed)


def test_a_sample_of_denmark_may_err_by_its_sampling_error():
    allowed = calibration.tolerance("andel", 50.0, 10_000, 1, "share", scale=0.1)
    assert allowed == pytest.approx(0.3 + 3 * 100 * math.sqrt(0.9 * 0.25 / 10_000))


def test_a_cell_beyond_its_tolerance_is_marked_and_counted():
    good = calibration.Comparison("koen maend@alle andel", 50.1, 50.3, 0.3, 1)
    bad = calibration.Comparison("koen maend@2012 andel", 50.4, 50.8, 0.3, 1)
    told = calibration.Comparison("timer_37 alle", 0.7, 5.0, math.inf, 1, gated=False)
    lines = list(calibration.printed([good, bad, told]))
    assert [line.endswith("✗") for line in lines[1:4]] == [False, True, False]
    assert "1 af 2 celler" in lines[5]


def test_swapped_rows_meet_each_other(tmp_path: Path):
    cells = "".join(
        f",{row},indsatsgruppe,andel,{value},,pct,6487,,,ok\n"
        for row, value in (("gymnasial", 19.6), ("erhvervsfaglig", 4.9))
    )
    (tmp_path / "balance.csv").write_text(HEAD + cells)
    estimates = tmp_path / "estimates"
    estimates.mkdir()
    (estimates / "balance.csv").write_text(
        HEAD + cells.replace("19.6", "5.0").replace("4.9,", "19.4,")
    )
    rule = calibration.rules()["tables"]["balance"]
    compared = list(calibration.table_cells("balance", rule, tmp_path, estimates, scale=1))
    assert [cell.difference for cell in compared] == pytest.approx([-0.2, 0.1])


def test_records_count_starts_and_people_by_year(tmp_path: Path):
    days = ["2011-12-31", "2012-01-01", "2012-05-01", "2013-05-01", "2014-06-30", "2014-07-01"]
    frame = pd.DataFrame({"person_id": [1, 1, 1, 2, 2, 2], "start_date": pd.to_datetime(days)})
    frame.to_parquet(tmp_path / "mentor_episodes.parquet")
    found = calibration.records(tmp_path / "mentor_episodes.parquet")
    assert found["forloeb_startet_2012"] == 2
    assert found["personer_startet_2012"] == 1
    assert found["forloeb_startet_2014"] == 1
    assert found["forloeb_startet_til_1_juli_2014"] == 4
    assert found["personer_startet_til_1_juli_2014"] == 2


def test_every_calibrated_table_is_published():
    for name, rule in calibration.rules()["tables"].items():
        published = pd.read_csv(Path("data/published/evaluering") / f"{name}.csv")
        assert set(rule.get("swapped", {})) <= set(published["row"])
        assert set(rule.get("columns", [])) <= set(published["column"])


def ranked(folder: Path, values: dict[str, tuple[float, float, float]]) -> Path:
    cells = "".join(
        f",kommune_{place},{column},gennemsnit,{value},,pct,,,,ok\n"
        for place, three in values.items()
        for column, value in zip(("alle", "2012", "2014"), three, strict=True)
    )
    (folder / "kommunernes_brug.csv").write_text(HEAD + cells)
    return folder


def test_the_ends_of_figure_3_4_are_held_to_value_place_and_range(tmp_path: Path):
    rule = calibration.rules()["ranking"]
    good = {"155": (0.02, 0, 0), "101": (0.5, 0.4, 0.6), "766": (4.4, 5.2, 3.1)}
    cells = list(calibration.ranking_cells(rule, ranked(tmp_path, good), scale=1))
    assert len(cells) == 8
    assert all(cell.within and cell.gated for cell in cells)
    bad = {**good, "101": (0.01, 0.4, 3.5)}
    cells = list(calibration.ranking_cells(rule, ranked(tmp_path, bad), scale=1))
    assert {cell.cell.split(" ", 1)[1] for cell in cells if not cell.within} == {
        "kommune_155@alle plads",
        "mest@2014 gennemsnit",
    }


def test_a_share_of_denmark_is_not_held_to_the_order(tmp_path: Path):
    rule = calibration.rules()["ranking"]
    places = {"155": (0.2, 0, 0), "766": (4.4, 5.2, 3.1)}
    cells = list(calibration.ranking_cells(rule, ranked(tmp_path, places), scale=0.1))
    assert [cell.cell for cell in cells if cell.gated] == [
        "kommunernes_brug kommune_766@alle gennemsnit"
    ]


def test_what_is_fitted_is_named_as_it_is_published():
    read = calibration.rules()
    published = pd.read_csv(Path("data/published/evaluering/balance.csv"))
    assert set(read["raked_treated"]) | {"alder", "beregningsgrundlag"} == set(published["row"])
    for table, rows in read["solved"].items():
        known = set(pd.read_csv(Path("data/published/evaluering") / f"{table}.csv")["row"])
        assert {row.partition("@")[0] for row in rows} <= known
    assert set(read["dealt"]) <= set(read["tables"])


def test_plausibility_lines_name_every_kind_and_benefit(tmp_path: Path):
    folder = tmp_path / "datasets/evaluering"
    folder.mkdir(parents=True)
    people = pd.DataFrame(
        {
            "mentor_type": ["individuel", "individuel", "plads"],
            "duration_days": [10, 30, 50],
            "hours_per_week": [0.0, 4.0, 6.0],
            "benefit_group": ["kontanthjaelp", "kontanthjaelp", "su"],
            "match_group": [2, 3, 0],
        }
    )
    people.to_parquet(folder / "recipients.parquet")
    found = list(plausibility.lines(tmp_path, "evaluering"))
    (kind,) = (line.split() for line in found if "individuel" in line)
    assert kind[-4:] == ["2", "20,0", "20", "4,0"]
    (benefit,) = (line.split() for line in found if "kontanthjaelp" in line)
    assert benefit[1:] == ["2", "0,0", "0,0", "50,0", "50,0"]


def test_a_study_with_a_calibration_file_of_its_own_uses_it():
    read = calibration.rules("notat")
    assert "mentorforloeb_i_kommuner" in read["tables"]
    assert "records" not in read
    assert calibration.odd("notat") == ()
    assert calibration.rules("evaluering") == calibration.rules()
    assert calibration.odd("evaluering")
