"""What the calibration calls within tolerance, and that it can fail."""

import math
from pathlib import Path

import pandas as pd
import pytest

from evalrapport import calibration

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
