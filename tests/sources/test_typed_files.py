"""Whole files: found columns, checked keys, plain errors, rows sorted by person."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import evalrapport.contracts as contracts
from evalrapport.contracts.sources import REGISTERS
from evalrapport.errors import PlainError
from evalrapport.sources import mentor_episodes, typed_files, udda
from evalrapport.step import Job

CODES = {path.stem: path for path in (Path(contracts.__file__).parent / "codes").glob("*.csv")}
EPISODE: dict[str, Any] = {
    "PNR": "009000000042",
    "FORLOEB_ID": "a",
    "START_DATO": date(2012, 3, 1),
    "SLUT_DATO": date(2012, 3, 30),
    "TIMER_UGE": 3.0,
    "MENTORTYPE": "1",
    "KOMMUNE": "461",
    "JOBCENTER": "00461",
}


def read_episodes(folder: Path, rows: list[dict[str, Any]], name: str = "m.parquet") -> pa.Table:
    path = folder / name
    pq.write_table(pa.Table.from_pylist(rows), path)
    output = folder / "typed.parquet"
    job = Job("m", {"mentorforloeb": path, **CODES}, {"mentor_episodes": output})
    mentor_episodes.step(job)
    return pq.read_table(output)


def test_types_are_those_of_the_contract(tmp_path: Path) -> None:
    table = read_episodes(tmp_path, [EPISODE])
    assert table.schema.equals(typed_files.schema(REGISTERS["mentor_episodes"]))
    assert table.to_pylist()[0]["person_id"] == 9_000_000_042
    assert table.to_pylist()[0]["mentor_type"] == "individuel"


def test_rows_are_sorted_by_person(tmp_path: Path) -> None:
    rows = [EPISODE | {"PNR": f"{n:012d}", "FORLOEB_ID": str(n)} for n in (9, 3, 7)]
    assert read_episodes(tmp_path, rows)["person_id"].to_pylist() == [3, 7, 9]


def test_names_may_come_in_any_case(tmp_path: Path) -> None:
    rows = [{name.lower(): value for name, value in EPISODE.items()}]
    assert len(read_episodes(tmp_path, rows)) == 1


def test_lobenr_gets_a_plain_error(tmp_path: Path) -> None:
    row = {"lobenr": 1, **{k: v for k, v in EPISODE.items() if k != "PNR"}}
    with pytest.raises(PlainError, match=r"“lobenr” instead of PNR"):
        read_episodes(tmp_path, [row])


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    row = {k: v for k, v in EPISODE.items() if k != "TIMER_UGE"}
    with pytest.raises(PlainError, match=r"m\.parquet.*TIMER_UGE"):
        read_episodes(tmp_path, [row])


def test_an_end_before_the_start_is_counted_without_naming_anybody(tmp_path: Path) -> None:
    rows = [EPISODE, EPISODE | {"FORLOEB_ID": "b", "SLUT_DATO": date(2012, 2, 1)}]
    with pytest.raises(PlainError) as error:
        read_episodes(tmp_path, rows)
    message = str(error.value)
    assert "m.parquet, column SLUT_DATO: lies before START_DATO (1 row)" in message
    assert "9000000042" not in message


def test_the_same_episode_id_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PlainError, match=r"FORLOEB_ID: the same key twice \(1 row\)"):
        read_episodes(tmp_path, [EPISODE, EPISODE | {"TIMER_UGE": 4.0}])


def test_the_same_row_twice_counts_once(tmp_path: Path) -> None:
    assert len(read_episodes(tmp_path, [EPISODE, EPISODE])) == 1


def test_the_same_episode_id_at_two_people_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PlainError, match=r"FORLOEB_ID: the same key twice \(1 row\)"):
        read_episodes(tmp_path, [EPISODE, EPISODE | {"PNR": "009000000043"}])


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    rows = [EPISODE | {"KOMMUNE": "999", "TIMER_UGE": 500.0, "MENTORTYPE": "7"}]
    with pytest.raises(PlainError) as error:
        read_episodes(tmp_path, rows)
    assert str(error.value).count("(1 row)") == 3


def write_udda(folder: Path, people: dict[str, list[str]]) -> pa.Table:
    inputs = dict(CODES)
    for period in ("201109", "201209", "201309"):
        ids = people.get(period, ["1"])
        inputs[f"udda{period}"] = folder / f"udda{period}.parquet"
        sources = [("15", "17", "9")[place % 3] for place in range(len(ids))]
        columns = {"PNR": ids, "HFAUDD": ["1007"] * len(ids), "HF_KILDE": sources}
        pq.write_table(pa.table(columns), inputs[f"udda{period}"])
    output = folder / "udda.parquet"
    udda.step(Job("u", inputs, {"udda": output}))
    return pq.read_table(output)


def test_periods_stand_in_order_and_levels_are_added(tmp_path: Path) -> None:
    table = write_udda(tmp_path, {"201209": ["2", "5"]})
    assert table["period"].to_pylist() == [201109, 201209, 201209, 201309]
    assert set(table["education_level"].to_pylist()) == {"10"}


def test_an_unsorted_file_is_sorted_within_its_period(tmp_path: Path) -> None:
    table = write_udda(tmp_path, {"201109": ["8", "3"]})
    assert table["person_id"].to_pylist()[:2] == [3, 8]


@pytest.mark.parametrize("ids", [["4", "4"], ["4", "4", "2", "4"]], ids=["sorted", "unsorted"])
def test_the_same_person_twice_in_a_period_is_refused(tmp_path: Path, ids: list[str]) -> None:
    with pytest.raises(PlainError, match=r"udda201209\.parquet, column PNR"):
        write_udda(tmp_path, {"201209": ids})
