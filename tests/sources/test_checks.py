"""Every check has a deliberately broken file that gives the right message; none is without one."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import evalrapport.contracts as contracts
from evalrapport.contracts.sources import REGISTERS
from evalrapport.contracts.sources.checks import CHECKS, check_of
from evalrapport.errors import PlainError
from evalrapport.sources import check_page, check_record, references, typed_files

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
SECOND = EPISODE | {"PNR": "009000000043", "FORLOEB_ID": "b"}
ID = "009000000043"
Read = tuple[list[dict[str, Any]], str]


def read(folder: Path, path: Path, name: str = "mentor_episodes") -> Read:
    """(findings of the record, message of the stop or "")."""
    register = REGISTERS[name]
    period = next(iter(register.files))
    checks = folder / "checks" / f"{name}.json"
    checks.parent.mkdir(exist_ok=True)
    message = ""
    try:
        typed_files.write(register, {period: path}, CODES, folder / "typed.parquet", checks)
    except PlainError as error:
        message = str(error)
    stop = checks.with_name(f"{name}_stop.json")
    assert stop.exists() == bool(message)
    record = json.loads((stop if message else checks).read_text("utf-8"))
    assert record["stopped"] == bool(message)
    return record["findings"], message


def parquet(**broken: Any) -> Callable[[Path], Read]:
    """A file of two episodes, the second with other cells."""

    def check(folder: Path) -> Read:
        path = folder / "mentorforloeb.parquet"
        pq.write_table(pa.Table.from_pylist([EPISODE, SECOND | broken]), path)
        return read(folder, path)

    return check


def csv(text: str, suffix: str = ".csv", encoding: str = "utf-8") -> Callable[[Path], Read]:
    """A file of an education register."""

    def check(folder: Path) -> Read:
        path = folder / f"udda201109{suffix}"
        path.write_bytes(text.encode(encoding))
        return read(folder, path, "udda")

    return check


def frame(change: Callable[[pd.DataFrame], pd.DataFrame]) -> Callable[[Path], Read]:
    """The two episodes as a changed data frame."""

    def check(folder: Path) -> Read:
        path = folder / "mentorforloeb.parquet"
        change(pd.DataFrame([EPISODE, SECOND])).to_parquet(path)
        return read(folder, path)

    return check


def between(check: Callable[[Path, dict[str, Path]], None]) -> Callable[[Path], Read]:
    """Typed files of registers that do not belong together."""

    def run(folder: Path) -> Read:
        ids = list(range(1, 201))
        months = [date(2012, 1, 1 + n % 28) for n in ids]
        typed = {name: folder / f"{name}.parquet" for name in ("mentor_episodes", "dream")}
        typed |= {name: folder / f"{name}.parquet" for name in ("bef", "udda")}
        pq.write_table(pa.table({"person_id": ids, "start_date": months}), typed["mentor_episodes"])
        pq.write_table(pa.table({"person_id": ids}), typed["dream"])
        bef(typed["bef"], ids, partner=[None] * len(ids))
        pq.write_table(
            pa.table({"period": [201109] * 200, "person_id": ids, "education_code": ids}),
            typed["udda"],
        )
        check(folder, typed)
        found = references.check(typed)
        try:
            found.stop_if_any()
        except PlainError as error:
            return check_record.lines(found), str(error)
        return check_record.lines(found), ""

    return run


def bef(path: Path, ids: list[int], partner: list[Any], periods: Any = None) -> None:
    table = {
        "period": periods or [201112] * len(ids),
        "person_id": ids,
        "partner_id": pa.array(partner, pa.int64()),
        "sex": [1 + n % 2 for n in ids],
        "municipality_code": [101 + n % 3 for n in ids],
        "origin_type": [1 + n % 3 for n in ids],
    }
    pq.write_table(pa.table(table), path)


def some_ids(first: int, last: int) -> pa.Table:
    return pa.table({"person_id": list(range(first, last))})


def lost_partner(_: Path, typed: dict[str, Path]) -> None:
    bef(typed["bef"], list(range(1, 201)), [999, *[None] * 199])


def later_mentors(folder: Path, typed: dict[str, Path]) -> None:
    typed |= {n: folder / f"{n}.parquet" for n in ("mentor_episodes_201701", "dream_201701")}
    pq.write_table(some_ids(1, 201), typed["mentor_episodes_201701"])
    pq.write_table(some_ids(1, 190), typed["dream_201701"])


def lost_dwelling(folder: Path, typed: dict[str, Path]) -> None:
    typed |= {name: folder / f"{name}.parquet" for name in ("perbolig", "bolig")}
    homes = ["a", "a", "b", None] * 50
    people = {"period": [201112] * 200, "person_id": list(range(1, 201)), "dwelling_id": homes}
    pq.write_table(pa.table(people), typed["perbolig"])
    pq.write_table(pa.table({"period": [201112], "dwelling_id": ["a"]}), typed["bolig"])


def short_year(_: Path, typed: dict[str, Path]) -> None:
    ids = [*range(1, 201), *range(1, 101)]
    bef(typed["bef"], ids, [None] * 300, [201112] * 200 + [201212] * 100)


def lost_jobs(folder: Path, typed: dict[str, Path]) -> None:
    typed["idap"] = folder / "idap.parquet"
    table = pa.table({"period": [2011] * 200, "person_id": list(range(11, 211))})
    pq.write_table(table, typed["idap"])


def one_day(_: Path, typed: dict[str, Path]) -> None:
    days = [date(2012, 1, 1)] * 200
    table = pa.table({"person_id": list(range(1, 201)), "start_date": days})
    pq.write_table(table, typed["mentor_episodes"])


def survey(folder: Path) -> Read:
    """The reading of surveys has its own tests; here: an answer that is in no codebook."""
    from evalrapport.contracts.sources import Column
    from evalrapport.sources.findings import Findings
    from evalrapport.sources.translate import Translator

    column = Column(
        *("KLARE", "klare", "code", "string", "x", "x"), codes="survey_answers", nullable=True
    )
    found = Findings()
    Translator(column, "s.csv", {"Ja": "ja"})(pa.array(["Ja", "fritekst"]), found)
    try:
        found.stop_if_any()
    except PlainError as error:
        return check_record.lines(found), str(error)
    return check_record.lines(found), ""


def dream_with(week: str, code: str) -> Callable[[Path], Read]:
    """A DREAM of one person with one code in one week."""

    def check(folder: Path) -> Read:
        register = REGISTERS["dream"]
        row = {column.name: "" for column in register.columns}
        row |= {"PNR": ID, "KON": "1", week: code}
        path = folder / "dream201404.parquet"
        pq.write_table(pa.Table.from_pylist([row]), path)
        return read(folder, path, "dream")

    return check


HEAD = "PNR;HFAUDD;HF_KILDE\n"
BROKEN: dict[str, Callable[[Path], Read]] = {
    "lobenr": frame(lambda f: f.rename(columns={"PNR": "lobenr"})),
    "missing_column": frame(lambda f: f.drop(columns="TIMER_UGE")),
    "unknown_format": csv("x", ".xlsx"),
    "damaged_file": csv("not SAS", ".sas7bdat"),
    "broken_rows": csv(HEAD + "1;1007\n"),
    "encoding": csv(HEAD, encoding="utf-16"),
    "person_number": parquet(PNR="01019o-1234"),
    "missing_value": parquet(START_DATO=None),
    "unknown_code": parquet(KOMMUNE="999"),
    "unknown_answer": survey,
    "missing_code": parquet(KOMMUNE=" "),
    "code_decimals": frame(lambda f: f.assign(KOMMUNE=[461.0, 461.5])),
    "whole_number": lambda folder: ages(folder, "fyrre"),
    "number": frame(lambda f: f.assign(TIMER_UGE=["3", "mange"])),
    "range": parquet(TIMER_UGE=200.0),
    "day": frame(lambda f: f.assign(START_DATO=["2012-03-01", "den 1. marts"])),
    "date_order": parquet(SLUT_DATO=date(2011, 1, 1)),
    "same_key": parquet(FORLOEB_ID="a"),
    "no_dream": between(lambda _, typed: pq.write_table(some_ids(900, 990), typed["dream"])),
    "no_bef": between(lambda _, t: bef(t["bef"], [900 + n for n in range(200)], [None] * 200)),
    "coverage_dream": between(lambda _, t: pq.write_table(some_ids(1, 190), t["dream"])),
    "coverage_bef": between(lambda _, t: bef(t["bef"], list(range(1, 190)), [None] * 189)),
    "coverage_people": between(lost_jobs),
    "partner": between(lost_partner),
    "dwellings": between(lost_dwelling),
    "volume": between(short_year),
    # 115 took the place of 112-114 from DREAM1803 on; ressourceforløb came in 2013.
    "code_delivery": dream_with("Y_1210", "115"),
    "code_week": dream_with("Y_1252", "810"),
    "empty_file": csv(HEAD),
    "constant": between(one_day),
    "column_case": frame(lambda f: f.rename(columns=str.lower)),
    "column_alias": frame(lambda f: f.rename(columns={"START_DATO": "StartDate"})),
    "column_order": frame(lambda f: f[f.columns[::-1]]),
    "pnr_padding": parquet(PNR=" 9000000043"),
    "pnr_number": frame(lambda f: f.assign(PNR=[9000000042.0, 9000000043.0])),
    "missing_mark": parquet(MENTORTYPE="."),
    "code_form": parquet(KOMMUNE="0461"),
    "decimal_comma": frame(lambda f: f.assign(TIMER_UGE=["3", "2,5"])),
    "date_sas": frame(lambda f: f.assign(START_DATO=[19053, 19053], SLUT_DATO=[19060, 19060])),
    "date_sas_datetime": frame(lambda f: f.assign(START_DATO=[19053 * 86400.0] * 2)),
    "date_text": frame(lambda f: f.assign(START_DATO=["01MAR2012", "01-03-2012"])),
    "date_time": frame(lambda f: f.assign(START_DATO=[datetime(2012, 3, 1, 12, 0)] * 2)),
    "duplicate": frame(lambda f: pd.concat([f, f.tail(1)])),
    "unsorted": frame(lambda f: f[::-1]),
}


def ages(folder: Path, age: str) -> Read:
    row = {
        "PNR": [ID],
        "KOEN": ["1"],
        "FOED_DAG": ["1980-01-01"],
        "ALDER": [age],
        "KOM": ["461"],
        "IE_TYPE": ["1"],
        "OPR_LAND": ["5100"],
        "CIVST": ["U"],
        "ANTBOERNF": ["0"],
        **{key: [""] for key in ("E_FAELLE_ID", "MOR_ID", "FAR_ID", "FOERSTE_INDVANDRING")},
    }
    path = folder / "bef201112.csv"
    pd.DataFrame(row).to_csv(path, sep=";", index=False)
    return read(folder, path, "bef")


def test_no_check_is_without_a_broken_file() -> None:
    assert set(BROKEN) == {check.id for check in CHECKS}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_a_broken_file_is_found(check: Any, tmp_path: Path) -> None:
    found, message = BROKEN[check.id](tmp_path)
    levels = {line["check"]: line["level"] for line in found}
    if check.level == "error":
        said = {getattr(check_of(part), "id", None) for part in message_parts(message)}
        assert check.id in said | set(levels), message
        assert levels.get(check.id, "error") == "error"
        assert message
    else:
        assert levels.get(check.id) == check.level
        assert not message
    assert all((line["share"] or 0) <= 1 for line in found)
    assert ID not in message
    assert ID.lstrip("0") not in message
    page = check_page.html(
        [{"label": "x", "files": {}, "stopped": bool(message), "findings": found}]
    )
    assert ID.lstrip("0") not in page
    assert check.id in levels
    assert check.danish in page


def test_a_missing_column_is_named_on_the_page(tmp_path: Path) -> None:
    found, _ = BROKEN["missing_column"](tmp_path)
    assert [(line["column"], line["of"]) for line in found] == [("TIMER_UGE", "files")]
    page = (tmp_path / "checks/mentor_episodes_stop.html").read_text("utf-8")
    assert "<td>TIMER_UGE</td>" in page
    assert "1 fil" in page


def message_parts(message: str) -> list[str]:
    """The lines of a message, each without file and column."""
    lines = [line.strip() for line in message.splitlines()]
    return [*lines, *(line.split(": ", 1)[-1] for line in lines)]


def test_a_later_delivery_is_held_against_its_own_dream(tmp_path: Path) -> None:
    found, message = between(later_mentors)(tmp_path)
    assert not message
    assert [(line["file"], line["count"]) for line in found] == [("mentor_episodes_201701", 11)]


def test_a_stop_names_the_rows_in_a_list_that_stays(tmp_path: Path) -> None:
    _, message = parquet(TIMER_UGE=200.0)(tmp_path)
    rows = tmp_path / "checks" / "mentor_episodes_rows.csv"
    assert str(rows) in message
    assert rows.read_text("utf-8").splitlines() == [
        "fil;kolonne;regel;raekke",
        "mentorforloeb.parquet;TIMER_UGE;outside 0-168;2",
    ]
    page = (tmp_path / "checks" / "mentor_episodes_stop.html").read_text("utf-8")
    assert "Kørslen er standset" in page


def test_a_long_unsorted_file_is_sorted_on_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from evalrapport.sources import sorted_rows

    ids = [(n * 7919) % 30_011 for n in range(30_000)]
    text = HEAD + "".join(f"{n + 1:012d};1007;15\n" for n in [*ids, *ids[:50]])
    path = tmp_path / "udda201109.csv"
    path.write_text(text, encoding="utf-8")
    monkeypatch.setattr("evalrapport.sources.csv_files.BLOCK", 1 << 14)
    monkeypatch.setattr("evalrapport.sources.csv_files.PART_ROWS", 1_000)
    monkeypatch.setattr(sorted_rows, "GROUP", 500)
    original = sorted_rows.SortedRows
    monkeypatch.setattr(
        typed_files, "SortedRows", lambda by, folder: original(by, folder, run_bytes=60_000)
    )
    found, message = read(tmp_path, path, "udda")
    assert not message
    assert {line["check"]: line["count"] for line in found} == {"duplicate": 50, "unsorted": 1}
    typed = pq.read_table(tmp_path / "typed.parquet")
    assert typed["person_id"].to_pylist() == sorted({n + 1 for n in ids})
    assert not list(tmp_path.glob(".run-*"))


@pytest.mark.parametrize("step", [1, 7_919], ids=["one run after another", "mixed"])
def test_merging_runs_holds_a_few_row_groups_of_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    from evalrapport.sources import sorted_rows

    monkeypatch.setattr(sorted_rows, "GROUP", 100)
    rows = sorted_rows.SortedRows(("a", "b"), tmp_path, run_bytes=16 * 3_000)
    held, most = [], 0
    for start in range(0, 30_000, 1_000):
        number = [n * step % 30_011 // 3 for n in range(start, start + 1_000)]
        rows.add(pa.table({"a": number, "b": list(range(start, start + 1_000))}))
    monkeypatch.setattr(sorted_rows._Run, "__init__", made(sorted_rows._Run.__init__, held))
    merged = []
    for table in rows.tables():
        merged.append(table)
        most = max(most, sum(len(run.rest) for run in held if run.rest is not None))
    assert len(held) == 10
    assert most <= 10 * 3 * 100
    whole = pa.concat_tables(merged)
    assert len(whole) == 30_000
    assert whole.equals(whole.sort_by([("a", "ascending"), ("b", "ascending")]))


def made(original: Callable[..., None], held: list[Any]) -> Callable[..., None]:
    """The making of a run, which is also noted in a list."""

    def make(run: Any, path: Path) -> None:
        original(run, path)
        held.append(run)

    return make
