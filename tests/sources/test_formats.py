"""The same people as CSV (two styles), Stata, SPSS and Parquet become the same typed files."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import evalrapport.contracts as contracts
from evalrapport.contracts.sources import REGISTERS, Register
from evalrapport.errors import PlainError
from evalrapport.sources import raw_files, sas_files, typed_files
from evalrapport.sources.stand_in import denmark
from evalrapport.sources.stand_in.selection import Settings

CODES = {path.stem: path for path in (Path(contracts.__file__).parent / "codes").glob("*.csv")}
PUBLISHED = {path.stem: path for path in Path("data/published/evaluering").glob("*.csv")}
SETTINGS = Settings(scale=0.001, seed=11, unobserved_selection=0.5, true_effect=0.0)
PEOPLE = 600
NAMES = ("mentor_episodes", "bef", "udda", "dream")
SAS = Path(__file__).parent / "data/sas"


@pytest.fixture(scope="module")
def people() -> dict[str, pd.DataFrame]:
    """Raw tables by file stem: all text or numbers, dates as days."""
    plan = denmark.plan(SETTINGS, CODES, PUBLISHED)
    files = denmark.make_block(plan, 0, [PEOPLE])
    edges = denmark.edge_block(plan.centres)
    stems = [stem for name in NAMES for stem in REGISTERS[name].files.values()]
    frames = {}
    for stem in stems:
        both = [pa.table(columns).to_pandas() for columns in (files[stem], edges[stem])]
        both = [
            frame.astype({c: str for c in frame if frame[c].dtype == "category"}) for frame in both
        ]
        frames[stem] = pd.concat(both, ignore_index=True)
    return frames


def dates_of(register: Register) -> list[str]:
    return [column.name for column in register.columns if column.type == "date"]


def parquet(frame: pd.DataFrame, register: Register, path: Path) -> Path:
    frame.to_parquet(path.with_suffix(".parquet"))
    return path.with_suffix(".parquet")


def partitioned(frame: pd.DataFrame, register: Register, path: Path) -> Path:
    folder = path.with_suffix("")
    for number, part in enumerate(np.array_split(np.arange(len(frame)), 3)):
        (folder / f"year={number}").mkdir(parents=True)
        frame.iloc[part].to_parquet(folder / f"year={number}" / "part.parquet")
    return folder


def as_text(frame: pd.DataFrame, register: Register, missing: str, day: str) -> pd.DataFrame:
    """Every cell as text, as an export writes it."""
    text = frame.copy()
    for name in dates_of(register):
        text[name] = pd.to_datetime(text[name]).dt.strftime(day)
    for column in register.columns:
        name = column.name
        if name in text and pd.api.types.is_float_dtype(text[name]):
            text[name] = text[name].map(lambda x: missing if pd.isna(x) else f"{x:g}")
    return text.astype(object).where(text.notna() & (text != ""), missing).astype(str)


def csv_from_sas(frame: pd.DataFrame, register: Register, path: Path) -> Path:
    """Semicolons, decimal comma, Windows-1252, dots for missing, lost zeros, DATE9 days."""
    text = as_text(frame, register, ".", "%d%b%Y").map(
        lambda cell: cell.replace(".", ",") if cell != "." and cell[-1].isdigit() else cell
    )
    text["PNR"] = text["PNR"].str.lstrip("0")
    out = path.with_suffix(".csv")
    text["NAVN_ÆØÅ"] = "Åse"
    text.to_csv(out, sep=";", index=False, encoding="cp1252", lineterminator="\r\n")
    return out


def csv_from_star(frame: pd.DataFrame, register: Register, path: Path) -> Path:
    """Commas, lower-case names, blanks for missing, reversed columns, gzip."""
    text = as_text(frame, register, "  ", "%d-%m-%Y").rename(columns=str.lower)
    text["pnr"] = text["pnr"] + " "
    out = path.with_suffix(".csv.gz")
    with gzip.open(out, "wt", encoding="utf-8", newline="") as file:
        text[text.columns[::-1]].to_csv(file, index=False)
    return out


def numbers(frame: pd.DataFrame, register: Register) -> pd.DataFrame:
    """Codes and numbers as decimals with missing values, days as timestamps: for Stata, SPSS."""
    made = frame.copy()
    kinds = {column.name: column for column in register.columns}
    for name in made:
        if kinds[name].type in ("code", "integer") and name not in ("CIVST",):
            made[name] = pd.to_numeric(made[name], errors="coerce").astype(float)
        if kinds[name].type == "date":
            made[name] = pd.to_datetime(made[name])
    return made


def stata(frame: pd.DataFrame, register: Register, path: Path) -> Path:
    made = numbers(frame, register)
    made["PNR"] = made["PNR"].astype(float)
    dates = dict.fromkeys(dates_of(register), "td")
    text = {n: made[n].astype(str) for n in made if made[n].dtype == object}
    made.assign(**text).to_stata(path.with_suffix(".dta"), convert_dates=dates, write_index=False)
    return path.with_suffix(".dta")


def spss(frame: pd.DataFrame, register: Register, path: Path) -> Path:
    pyreadstat = pytest.importorskip("pyreadstat")
    made = numbers(frame, register)
    for name in dates_of(register):
        made[name] = [None if pd.isna(day) else day.date() for day in made[name]]
    pyreadstat.write_sav(made, path.with_suffix(".sav"))
    return path.with_suffix(".sav")


def typed(register: Register, folder: Path, write: Callable[..., Path], people: Any) -> pa.Table:
    paths = {
        period: write(people[stem], register, folder / stem)
        for period, stem in register.files.items()
    }
    typed_files.write(register, paths, CODES, folder / "typed.parquet")
    return pq.read_table(folder / "typed.parquet")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("write", [csv_from_sas, csv_from_star, stata, spss, partitioned])
def test_the_same_people_in_every_format(
    name: str, write: Callable[..., Path], people: dict[str, pd.DataFrame], tmp_path: Path
) -> None:
    register = REGISTERS[name]
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    expected = typed(register, tmp_path / "a", parquet, people)
    found = typed(register, tmp_path / "b", write, people)
    assert len(expected) > 20
    for column in expected.column_names:
        assert found.column(column).equals(expected.column(column)), column


class TestSas:
    """Real files written by SAS (see data/sas/README.md)."""

    @pytest.mark.parametrize("name", ["sample", "sample_bincompressed"])
    def test_plain_and_compressed(self, name: str) -> None:
        path = SAS / f"{name}.sas7bdat"
        names = sas_files.header(path)
        assert names == ["mychar", "mynum", "mydate", "dtime", "mylabl", "myord", "mytime"]
        table = pa.concat_tables(sas_files.batches(path, ["mynum", "mychar"]))
        assert table.column_names == ["mynum", "mychar"]
        assert table["mynum"].to_pylist() == [1.1, 1.2, -1000.3, -1.4, 1000.3]
        assert table["mychar"].to_pylist()[:3] == ["a", "b", "c"]

    def test_blocks_are_the_whole_file(self, monkeypatch: pytest.MonkeyPatch) -> None:
        path = SAS / "dates.sas7bdat"
        whole = pa.concat_tables(sas_files.batches(path, ["date", "dtime"]))
        monkeypatch.setattr(sas_files, "ROWS", 7)
        parts = list(sas_files.batches(path, ["date", "dtime"]))
        assert len(parts) == 8
        assert pa.concat_tables(parts).equals(whole)

    def test_days_and_seconds_are_the_same_days(self) -> None:
        from evalrapport.sources.days import from_numbers

        table = pa.concat_tables(sas_files.batches(SAS / "dates.sas7bdat", ["date", "dtime"]))
        days, form = from_numbers(table["dtime"].combine_chunks())
        assert form == "date_sas_datetime"
        plain = np.asarray(table["date"]) - 3653
        known = (plain > -(10**5)) & (plain < 10**5)
        assert (np.asarray(days.cast(pa.int32()))[known] == plain[known]).all()

    def test_a_damaged_file_gets_a_plain_error(self, tmp_path: Path) -> None:
        path = tmp_path / "bef201112.sas7bdat"
        path.write_bytes((SAS / "sample.sas7bdat").read_bytes()[:70_000])
        with pytest.raises(PlainError, match=r"bef201112\.sas7bdat: is"):
            list(raw_files.batches(path, REGISTERS["bef"]))


def test_a_row_with_too_few_cells_is_told_without_the_row(tmp_path: Path) -> None:
    path = tmp_path / "udda201109.csv"
    path.write_text("PNR;HFAUDD;HF_KILDE\n000000000001;1007\n", encoding="utf-8")
    with pytest.raises(PlainError) as error:
        list(raw_files.batches(path, REGISTERS["udda"]))
    assert "too many or too few" in str(error.value)
    assert "1007" not in str(error.value)


def test_a_late_danish_letter_is_read_in_either_encoding(tmp_path: Path) -> None:
    from evalrapport.sources import csv_files

    for encoding in ("utf-8", "cp1252", "latin-1"):
        path = tmp_path / f"{encoding}.csv"
        path.write_bytes(("a;b\n" + "x;y\n" * 50 + "Ærø;å\n").encode(encoding))
        table = pa.concat_tables(csv_files.batches(path, ["b", "a"], ["a"]))
        assert table["a"].to_pylist()[-1] == "Ærø"
        assert table["b"].to_pylist()[-1] == "å"


def test_an_spss_file_in_blocks_is_the_whole_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pyreadstat = pytest.importorskip("pyreadstat")
    from evalrapport.sources import statistics_files

    frame = pd.DataFrame({"A": np.arange(25.0), "B": [f"t{n}" for n in range(25)]})
    pyreadstat.write_sav(frame, tmp_path / "a.sav")
    scans = []
    original = pyreadstat.read_sav
    monkeypatch.setattr(
        pyreadstat, "read_sav", lambda *a, **k: (scans.append(k), original(*a, **k))[1]
    )
    whole = list(statistics_files.batches(tmp_path / "a.sav", ["B", "A"]))
    assert [len(part) for part in whole] == [25]
    assert len([k for k in scans if "usecols" in k]) == 1  # one pass
    monkeypatch.setattr(statistics_files, "SPSS_CELLS", 20)
    monkeypatch.setattr(statistics_files, "ROWS", 10)
    parts = list(statistics_files.batches(tmp_path / "a.sav", ["B", "A"]))
    assert [len(part) for part in parts] == [10, 10, 5]
    assert pa.concat_tables(parts).equals(pa.concat_tables(whole))
