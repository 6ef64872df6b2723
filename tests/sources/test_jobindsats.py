"""Jobindsats: public statistics by municipality and month, and their stand-in."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import evalrapport.contracts as contracts
from evalrapport.errors import PlainError
from evalrapport.sources import jobindsats
from evalrapport.sources.stand_in import jobindsats as stand_in
from evalrapport.step import Job

CODES = Path(contracts.__file__).parent / "codes"
MUNICIPALITIES = CODES / "municipalities.csv"
HEAD = "Kommune;Periode;Fuldtidspersoner\n"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        *[("Aarhus", 751), ("Århus", 751), ("Høje-Taastrup", 169), ("Høje Tåstrup", 169)],
        *[("Nordfyn", 480), ("Nordfyns Kommune", 480), ("Vesthimmerland", 820)],
    ],
)
def test_spellings_of_one_place(name: str, code: int) -> None:
    codes = jobindsats.municipality_codes(MUNICIPALITIES)
    assert codes[jobindsats.spelling(name)] == code


def test_no_two_municipalities_share_a_spelling() -> None:
    assert len(set(jobindsats.municipality_codes(MUNICIPALITIES).values())) == 99


def test_lines_are_read_with_danish_numbers(tmp_path: Path) -> None:
    path = tmp_path / "raw.csv"
    path.write_text(HEAD + "Århus;2012M02;1.234,5\nSamsø;2012M01;0\n", encoding="utf-8")
    codes = {"århu": 751, "samsø": 741}
    assert jobindsats.read_rows(path, codes) == [(741, 2012, 1, 0.0), (751, 2012, 2, 1234.5)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Kommune;Antal\nSamsø;3\n", "headings"),
        (HEAD + "Samsø;2012M01;1\nAtlantis;2012M01;1\n", "line 3: Kommune “Atlantis”"),
        (HEAD + "Samsø;2012M13;1\n", "2012M01"),
        (HEAD + "Samsø;2012M01;-1\n", "below nought"),
        (HEAD + "Samsø;2012M01;1\nSamsø;2012M01;2\n", "two lines"),
    ],
)
def test_a_broken_file_is_refused(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "raw.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PlainError, match=said):
        jobindsats.read_rows(path, {"samsø": 741})


def test_the_stand_in_counts_dream_and_is_read_back(tmp_path: Path) -> None:
    weeks = [name for names in stand_in.weeks_by_month().values() for name in names]
    months = stand_in.weeks_by_month()
    on = np.array([730, 0, 730], dtype=np.uint16)
    columns = {name: np.zeros(3, dtype=np.uint16) for name in weeks}
    columns |= dict.fromkeys(months[2012, 3], on)
    columns[months[2012, 4][0]] = on
    homes = {f"nykom{year}": np.array([101, 101, 751], np.int16) for year in (2012, 2013, 2014)}
    pq.write_table(pa.table({**columns, **homes}), tmp_path / "dream.parquet", row_group_size=2)
    raw, typed = tmp_path / "raw.csv", tmp_path / "typed.parquet"
    codes = {"dream_codes": CODES / "dream_codes.csv", "municipalities": MUNICIPALITIES}
    inputs = {"dream": tmp_path / "dream.parquet", **codes}
    stand_in.step(Job("sources.stand_in.jobindsats", inputs, {"jobindsats": raw}))
    with raw.open(encoding="utf-8", newline="") as file:
        assert {line["Periode"] for line in csv.DictReader(file, delimiter=";")} == {
            f"{year}M{month:02d}" for year, month in months
        }
    read = {"raw": raw, "municipalities": MUNICIPALITIES}
    jobindsats.step(Job("sources.jobindsats", read, {"jobindsats": typed}))
    found = pq.read_table(typed).to_pandas().set_index(["municipality_code", "year", "month"])
    persons = found["full_time_persons"]
    assert persons[101, 2012, 3] == 1
    assert persons[751, 2012, 3] == 1
    assert persons[101, 2012, 4] == pytest.approx(1 / len(months[2012, 4]), abs=0.05)
    assert persons[147, 2012, 3] == 0
