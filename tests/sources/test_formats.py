"""The same people as CSV (two styles), Stata, SPSS and Parquet become the same typed files."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import evalrapport.contracts as contracts
from evalrapport.contracts.sources import FIELDWORK, REGISTERS, Register
from evalrapport.contracts.sources.later import DECLARED, DELIVERIES
from evalrapport.errors import PlainError
from evalrapport.sources import raw_files, sas_files, survey_file, typed_files
from evalrapport.sources.stand_in import denmark, fieldwork
from evalrapport.sources.stand_in.selection import Settings
from evalrapport.step import Job

CODES = {path.stem: path for path in (Path(contracts.__file__).parent / "codes").glob("*.csv")}
PUBLISHED = {path.stem: path for path in Path("data/published/evaluering").glob("*.csv")}
SETTINGS = Settings(scale=0.001, seed=11, unobserved_selection=0.5, true_effect=0.0)
PEOPLE = 300
NAMES = [name for name in DECLARED if name not in FIELDWORK]
# Of DREAM's seven hundred columns some of each kind will do.
READ = {
    name: replace(r, columns=(*r.columns[:1], *r.columns[1:-1:6], r.columns[-1]))
    if (r.delivery_of or name) == "dream"
    else r
    for name, r in DECLARED.items()
}
SAS = Path(__file__).parent / "data/sas"


@pytest.fixture(scope="module")
def people() -> dict[str, pd.DataFrame]:
    """Raw tables by file stem: all text or numbers, dates as days."""
    plan = denmark.plan(SETTINGS, CODES, PUBLISHED)
    files = denmark.make_block(plan, 0, [PEOPLE])
    edges = denmark.edge_block(plan.centres)
    frames = {}
    for stem in files:
        both = [pa.table(columns).to_pandas() for columns in (files[stem], edges[stem])]
        both = [
            frame.astype({c: str for c in frame if frame[c].dtype == "category"}) for frame in both
        ]
        frames[stem] = pd.concat(both, ignore_index=True)
    wanted = [column.name for column in READ["dream"].columns]
    frames["dream201404"] = frames["dream201404"][wanted]
    return frames | later(frames)


def later(frames: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The files of later deliveries, from the same people's: a column as the nearest one there."""
    episodes, dream = frames["mentorforloeb"], frames["dream201404"]
    kinds = {"INDSATS_ID": episodes["FORLOEB_ID"], "INDSATS": episodes["MENTORTYPE"]}
    sources = {"activation": episodes.assign(**kinds), "mentor_episodes": episodes, "dream": dream}
    found = {}
    for registers in DELIVERIES.values():
        for name, register in registers.items():
            (stem,) = register.files.values()
            columns = READ[register.name].columns
            near = [(c.name, nearest(c.name, sources[name])) for c in columns]
            found[stem] = pd.DataFrame({ours: sources[name][theirs] for ours, theirs in near})
    return found


def nearest(name: str, frame: pd.DataFrame) -> str:
    """The column of that name, or the last one of its series."""
    return name if name in frame else [c for c in frame if c.startswith(name[:3])][-1]


@pytest.fixture(scope="module")
def as_parquet(
    people: dict[str, pd.DataFrame], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], pa.Table]:
    """The typed file of a register whose raw files are Parquet; each read once."""
    read: dict[str, pa.Table] = {}

    def of(name: str) -> pa.Table:
        if name not in read:
            read[name] = typed(READ[name], tmp_path_factory.mktemp(name), parquet, people)
        return read[name]

    return of


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
    if "PNR" in text:
        text["PNR"] = text["PNR"].str.lstrip("0")
    out = path.with_suffix(".csv")
    text["NAVN_ÆØÅ"] = "Åse"
    text.to_csv(out, sep=";", index=False, encoding="cp1252", lineterminator="\r\n")
    return out


def csv_from_star(frame: pd.DataFrame, register: Register, path: Path) -> Path:
    """Commas, lower-case names, blanks for missing, reversed columns, gzip."""
    text = as_text(frame, register, "  ", "%d-%m-%Y").rename(columns=str.lower)
    if "pnr" in text:
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
        if kinds[name].type in ("code", "integer"):
            made[name] = as_number(made[name])
        if kinds[name].type == "date":
            made[name] = pd.to_datetime(made[name])
    return made


def as_number(values: pd.Series) -> pd.Series:
    """Numbers, unless some of the codes are letters."""
    found = pd.to_numeric(values.replace("", np.nan), errors="coerce").astype(float)
    return values if (found.isna() & values.notna() & (values != "")).any() else found


def stata(frame: pd.DataFrame, register: Register, path: Path) -> Path:
    made = numbers(frame, register)
    if "PNR" in made:
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
    name: str,
    write: Callable[..., Path],
    people: dict[str, pd.DataFrame],
    as_parquet: Callable[[str], pa.Table],
    tmp_path: Path,
) -> None:
    expected = as_parquet(name)
    found = typed(READ[name], tmp_path, write, people)
    assert len(expected) > 20
    for column in expected.column_names:
        assert found.column(column).equals(expected.column(column)), column


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the fieldwork, as the stand-in writes them."""
    folder = tmp_path_factory.mktemp("fieldwork")
    stems = [stem for name in FIELDWORK for stem in REGISTERS[name].files.values()]
    outputs = {stem: folder / f"{stem}.csv" for stem in stems}
    fieldwork.step(Job("f", CODES, outputs, {"stand_in": {"seed": 11}}))
    return folder


class TestFieldwork:
    """The surveys, their frames and the coded interviews of the stand-in, in every format."""

    @staticmethod
    def typed(register: Register, path: Path) -> pd.DataFrame:
        lists = survey_file.read_lists(register, CODES)
        return survey_file.typed(survey_file.read_rows(path, register), register, lists, path.name)

    @staticmethod
    def written(text: pd.DataFrame, register: Register, path: Path) -> list[Path]:
        """The same cells in all formats; answers as labels of numbers in Stata and SPSS."""
        kinds = {column.name: column.type for column in register.columns}
        star, semicolons = path.with_suffix(".csv.gz"), path.with_suffix(".csv")
        text[text.columns[::-1]].rename(columns=str.lower).to_csv(star, index=False)
        text.replace("", ".").to_csv(
            path.with_suffix(".csv"), sep=";", index=False, encoding="cp1252"
        )
        text.to_parquet(path.with_suffix(".parquet"))
        numbers, labels = text.copy(), {}
        for name in text:
            if kinds[name] in ("integer", "decimal"):
                plain = text[name].str.replace(",", ".").replace("", np.nan)
                numbers[name] = plain.astype(float)
            elif kinds[name] == "code":
                answers = pd.Categorical(text[name].replace("", None))
                numbers[name] = np.where(answers.codes < 0, np.nan, answers.codes + 1.0)
                labels[name] = dict(enumerate(answers.categories, start=1))
        as_words = {name: numbers[name].map(labels[name]).astype("category") for name in labels}
        numbers.assign(**as_words).to_stata(
            path.with_suffix(".dta"), write_index=False, version=118
        )
        pyreadstat = pytest.importorskip("pyreadstat")
        pyreadstat.write_sav(numbers, path.with_suffix(".sav"), variable_value_labels=labels)
        return [star, semicolons, *(path.with_suffix(s) for s in (".parquet", ".dta", ".sav"))]

    @pytest.mark.parametrize("name", FIELDWORK)
    def test_the_same_answers_in_every_format(self, name: str, files: Path, tmp_path: Path) -> None:
        register = REGISTERS[name]
        (stem,) = register.files.values()
        text = pd.read_csv(files / f"{stem}.csv", sep=";", dtype=str, keep_default_na=False)
        text = text[:: max(1, len(text) // 200)].reset_index(drop=True)
        text.to_csv(tmp_path / "some.csv", sep=";", index=False)
        expected = self.typed(register, tmp_path / "some.csv")
        assert len(expected) >= 18
        for path in self.written(text, register, tmp_path / stem):
            assert self.typed(register, path).equals(expected), path.name


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
