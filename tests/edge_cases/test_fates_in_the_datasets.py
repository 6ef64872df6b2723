"""Each named edge-case person meets the fate that is declared, from raw file to dataset."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import evalrapport.contracts as contracts
from evalrapport.contracts.sources import REGISTERS
from evalrapport.sources.stand_in import denmark
from evalrapport.sources.stand_in.edge_cases import EDGE_CASES, EdgeCase, person_id
from evalrapport.step import Job

CODES = {path.stem: path for path in (Path(contracts.__file__).parent / "codes").glob("*.csv")}
CODES |= {
    "benefit_codes": CODES["dream_codes"],
    "education_sources": CODES["hf_kilde"],
}
SETTINGS = {
    "window": {"first_day": "2012-01-01", "last_day": "2014-04-27"},
    "episode_gap_days": 0,
    "benefit_grouping": "sfi_15_10",
    "reference_day": "2013-03-01",
    "reference_week": "2013-W10",
}
SOURCES = ("mentor_episodes", "dream", "bef", "udda")
DATASETS = {
    "mentor_episodes": ("mentor_episodes",),
    "recipients": ("recipients",),
    "comparison_groups": ("comparison_groups",),
    "benefit_history": ("benefit_history", "benefit_before_start"),
    "employment_months": ("employment_months",),
    "visitation_groups": ("visitation_groups",),
}
OF_OTHER_STEPS = {"recipient", "treated", "employed_without_benefit"}
Frames = dict[str, pd.DataFrame]


@pytest.fixture(scope="module")
def frames(tmp_path_factory: pytest.TempPathFactory) -> Frames:
    """All datasets of a country in which only the named people live."""
    folder = tmp_path_factory.mktemp("edge_cases")
    raw = {stem: folder / f"{stem}.parquet" for stem in denmark.outputs()}
    centres = denmark.job_centres(denmark.code_rows(CODES["municipalities"]))
    denmark.write_registers(iter([denmark.edge_block(centres)]), raw)
    typed = {}
    for name in SOURCES:
        files = {stem: raw[stem] for stem in REGISTERS[name].files.values()}
        typed[name] = folder / f"typed_{name}.parquet"
        run(f"sources.{name}", files | CODES, {name: typed[name]})
    made = dict(typed)
    for rule, names in DATASETS.items():
        outputs = {name: folder / f"dataset_{name}.parquet" for name in names}
        run(f"datasets.{rule}", made | CODES, outputs)
        made |= outputs
    return {name: pd.read_parquet(made[name]) for names in DATASETS.values() for name in names}


def run(module: str, inputs: dict[str, Path], outputs: dict[str, Path]) -> None:
    importlib.import_module(f"evalrapport.{module}").step(Job(module, inputs, outputs, SETTINGS))


def row_of(frame: pd.DataFrame, case: EdgeCase) -> pd.Series:
    (row,) = (row for _, row in frame[frame["person_id"] == person_id(case)].iterrows())
    return row


def recipient(column: str) -> Callable[[Frames, EdgeCase], Any]:
    return lambda frames, case: row_of(frames["recipients"], case)[column]


def group(column: str) -> Callable[[Frames, EdgeCase], Any]:
    return lambda frames, case: row_of(frames["comparison_groups"], case)[column]


def before_start(name: str, column: str) -> Callable[[Frames, EdgeCase], Any]:
    return lambda frames, case: row_of(frames[name][frames[name]["before"] == "start"], case)[
        column
    ]


def visited(frames: Frames, case: EdgeCase) -> int | None:
    found = frames["visitation_groups"]
    codes = found.loc[found["person_id"] == person_id(case), "visitation"].tolist()
    return codes[0] if codes else None


# What a declared expectation is compared with.
FOUND: dict[str, Callable[[Frames, EdgeCase], Any]] = {
    "start": lambda frames, case: recipient("start_date")(frames, case).isoformat(),
    "hours": recipient("hours_per_week"),
    "education_category": recipient("education_level"),
    **{
        name: recipient(name)
        for name in (
            *("duration_days", "parts", "open_end", "mentor_type"),
            *("in_dream", "benefit_code", "age", "match_group"),
        )
    },
    **{name: group(name) for name in ("population", "publicly_supported", "kontanthjaelp")},
    "weeks_on_support_260": before_start("benefit_history", "weeks_on_support_260"),
    "visitation": visited,
    "months_employed_48": before_start("employment_months", "months_employed_48"),
    "employed_in_month": before_start("employment_months", "employed_in_month"),
}
EXPECTED = [
    pytest.param(case, name, value, id=f"{case.id}-{name}")
    for case in EDGE_CASES
    for name, value in case.expect.items()
    if name not in OF_OTHER_STEPS
]


@pytest.mark.parametrize(("case", "name", "value"), EXPECTED)
def test_fate(case: EdgeCase, name: str, value: Any, frames: Frames) -> None:
    found = FOUND[name](frames, case)
    assert pd.isna(found) if value is None else found == value, case.fate


@pytest.mark.parametrize("case", EDGE_CASES, ids=lambda case: case.id)
def test_who_is_described_in_chapter_3(case: EdgeCase, frames: Frames) -> None:
    described = person_id(case) in set(frames["recipients"]["person_id"])
    assert described == case.expect["recipient"], case.fate


def test_an_open_end_lasts_to_the_last_day_of_data(frames: Frames) -> None:
    row = row_of(frames["recipients"], case_of("open_end"))
    assert row["end_date"] == date(2014, 4, 27)
    assert row["duration_days"] == (date(2014, 4, 27) - date(2013, 6, 3)).days + 1


def test_whoever_is_not_in_dream_has_no_row_in_table_3_9(frames: Frames) -> None:
    months = frames["employment_months"]
    assert person_id(case_of("not_in_dream")) not in set(months["person_id"])


def test_an_adult_learner_is_among_other_benefits(frames: Frames) -> None:
    row = row_of(frames["recipients"], case_of("voksenlaerling_in_start_week"))
    assert row["benefit_group"] == "andre"


def test_skaanejob_is_in_the_row_of_foertidspension(frames: Frames) -> None:
    assert row_of(frames["recipients"], case_of("skaanejob"))["benefit_group"] == "foertidspension"


def test_only_the_first_of_two_episodes_is_a_recipients(frames: Frames) -> None:
    episodes = frames["mentor_episodes"]
    case = case_of("second_episode_ignored")
    assert (episodes["person_id"] == person_id(case)).sum() == 2
    assert (frames["recipients"]["person_id"] == person_id(case)).sum() == 1


def case_of(name: str) -> EdgeCase:
    return {case.id: case for case in EDGE_CASES}[name]
