"""Columns and codes that files call otherwise, as config.yaml says; and what is assumed."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import evalrapport.contracts as contracts
from evalrapport import config, deliveries, wiring
from evalrapport.contracts.sources import REGISTERS, dream
from evalrapport.contracts.sources.at_hand import assumed, at_hand
from evalrapport.contracts.sources.later import DECLARED
from evalrapport.errors import PlainError
from evalrapport.results.registerantagelser import rows
from evalrapport.sources import delivery, typed_files
from evalrapport.step import Job

CODES = {path.stem: path for path in (Path(contracts.__file__).parent / "codes").glob("*.csv")}
EPISODES = REGISTERS["mentor_episodes"]
STUDY = {
    "report": "report/evaluering",
    "window": {"first_day": "2012-01-01", "last_day": "2014-04-27"},
    "dream_delivery": "201404",
    "reference_week": "2013-W10",
    "reference_day": "2013-03-01",
}


def episode(**cells: object) -> dict[str, object]:
    usual = {
        **{"PNR": "009000000042", "FORLOEB_ID": "a", "START_DATO": "2012-03-01"},
        **{"SLUT_DATO": "2012-03-30", "TIMER_UGE": 3.0, "MENTORTYPE": "1", "KOMMUNE": "461"},
        "JOBCENTER": "00461",
    }
    return {name: value for name, value in (usual | cells).items() if value is not None}


def typed(folder: Path, register: object, row: dict[str, object]) -> dict[str, object]:
    path = folder / "mentorforloeb.parquet"
    pq.write_table(pa.Table.from_pylist([row]), path)
    typed_files.write(register, {"": path}, CODES, folder / "typed.parquet")  # type: ignore[arg-type]
    (found,) = pq.read_table(folder / "typed.parquet").to_pylist()
    return found  # type: ignore[no-any-return]


def test_other_names_and_codes_give_the_same_typed_row(tmp_path: Path) -> None:
    names = {"START_DATO": "Indsats_start", "MENTORTYPE": "FUNKTION"}
    own = at_hand(EPISODES, names, {"mentor_episodes.MENTORTYPE": {"IND": "1"}})
    row = episode(START_DATO=None, MENTORTYPE=None, Indsats_start="2012-03-01", FUNKTION="IND")
    assert typed(tmp_path, own, row) == typed(tmp_path, EPISODES, episode())


def test_a_later_delivery_takes_other_names_too(tmp_path: Path) -> None:
    """Its own, as config.yaml says them, and the older and newer ones of the register."""
    path, output = tmp_path / "mentorforloeb201701.parquet", tmp_path / "typed.parquet"
    row = episode(START_DATO=None, StartDate="2015-03-01", SLUT_DATO=None, Slut="2015-06-30")
    pq.write_table(pa.Table.from_pylist([row | {"MENTORTYPE": "IND"}]), path)
    name = "mentor_episodes_201701"
    sources = {
        "names": {name: {"SLUT_DATO": "Slut"}},
        "codes": {f"{name}.MENTORTYPE": {"IND": "1"}},
    }
    found = config.check({"date": "2026-11-23", "studies": {"a": STUDY}, "sources": sources})
    told = deliveries.told(found, name)
    inputs = {"mentorforloeb201701": path, **CODES}
    delivery.step(Job("m", inputs, {name: output}, told))
    (read,) = pq.read_table(output).to_pylist()
    assert (str(read["start_date"]), str(read["end_date"])) == ("2015-03-01", "2015-06-30")
    assert read["mentor_type"] == "individuel"


def test_codes_of_a_list_in_all_its_columns() -> None:
    own = at_hand(dream.register("201406"), {}, {"visitation": {"A": "2"}})
    same = {column.name: column.same_as for column in own.columns if column.same_as}
    assert same == {"VISIT_1KV2014": {"A": "2"}, "VISIT_2KV2014": {"A": "2"}}


def test_a_code_that_the_list_does_not_have(tmp_path: Path) -> None:
    own = at_hand(EPISODES, {}, {"mentor_episodes.MENTORTYPE": {"IND": "7"}})
    with pytest.raises(PlainError, match=r"sources\.codes: MENTORTYPE has no code 7; it has 1, 2"):
        typed(tmp_path, own, episode())


@pytest.mark.parametrize(
    ("sources", "said"),
    [
        ({"names": {"mentors": {}}}, "there is no register mentors"),
        ({"names": {"mentor_episodes": {"START": "x"}}}, "no column START; it has START_DATO"),
        ({"codes": {"visitations": {}}}, "no column has the codes visitations"),
    ],
)
def test_a_misspelt_setting_is_named(sources: dict[str, object], said: str) -> None:
    raw = {"date": "2026-11-23", "studies": {"a": STUDY}, "sources": sources}
    with pytest.raises(PlainError, match=said):
        config.check(raw)


def test_only_the_register_that_is_set_gets_another_parameter(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    own = {"names": {"bef": {"KOEN": "SEX"}}, "codes": {"visitation": {"A": "2"}}}
    raw = {"date": "2026-11-23", "studies": {"a": STUDY}, "sources": own}
    monkeypatch.setattr(wiring.jobs, "config", lambda: config.check(raw))
    assert set(wiring.delivered("bef")) == {"names"}
    assert wiring.delivered("dream")["codes"]("a") == {"visitation": {"A": "2"}}
    assert wiring.delivered("udda") == {}


def test_all_that_a_contract_calls_assumed_is_printed() -> None:
    for register in DECLARED.values():
        told = {column.name for one in assumed(register) for column in one.columns}
        assert told == {c.name for c in register.columns if "assumed" in c.confidence}


def test_the_appendix_says_what_is_assumed_and_what_was_set() -> None:
    names = {"mentor_episodes": {"START_DATO": "Indsats_start"}}
    found = rows(["mentor_episodes", "dream", "udda"], names, {"visitation": {"A": "2"}}, CODES)
    assert list(found) == ["mentor_episodes.navne", "mentor_episodes.koder", "dream.koder"]
    assert found["mentor_episodes.navne"][1] == {
        "antaget": "Kolonnernes navne",
        "kolonner": "PNR, START_DATO, SLUT_DATO, TIMER_UGE",
        "valgt": "START_DATO hedder Indsats_start",
    }
    assert found["mentor_episodes.koder"][1]["valgt"] == "som antaget"
    assert "VISIT_1KV2014 (1 Jobparat, " in found["dream.koder"][1]["kolonner"]
    assert found["dream.koder"][1]["valgt"] == "visitation A betyder 2"
