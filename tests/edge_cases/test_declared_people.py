"""The named edge-case people are declared soundly and stand in every build's files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import evalrapport.contracts as contracts
from evalrapport import dates
from evalrapport.sources.stand_in import denmark, edge_rows
from evalrapport.sources.stand_in.edge_cases import EDGE_CASES, EdgeCase, by_id, person_id

CODES = Path(contracts.__file__).parent / "codes"
CENTRES = denmark.job_centres(denmark.code_rows(CODES / "municipalities.csv"))


def test_ids_are_speaking_and_unique() -> None:
    assert len(by_id()) == len(EDGE_CASES)
    assert all(
        case.id.replace("_", "").isalnum() and case.id == case.id.lower() for case in EDGE_CASES
    )


@pytest.mark.parametrize("case", EDGE_CASES, ids=lambda case: case.id)
class TestCase:
    def test_fate_is_written(self, case: EdgeCase) -> None:
        assert case.fate.endswith(".")
        assert "recipient" in case.expect

    def test_dates_and_codes_are_possible(self, case: EdgeCase) -> None:
        for episode in case.episodes:
            if episode.end:
                assert date.fromisoformat(episode.start) <= date.fromisoformat(episode.end)
        known = {row["code"] for row in denmark.code_rows(CODES / "dream_codes.csv")}
        for first, last, code in case.benefits:
            assert edge_rows.week_of(first) <= edge_rows.week_of(last)
            assert code in known

    def test_declared_benefit_is_that_of_the_start_week(self, case: EdgeCase) -> None:
        if "benefit_code" in case.expect:
            week = dates.week_of(date.fromisoformat(case.expect["start"]))
            found = edge_rows.benefit(case, week) if case.in_dream else ""
            assert int(found or 0) == case.expect["benefit_code"]

    def test_stands_in_the_files_that_it_says(self, case: EdgeCase) -> None:
        files = denmark.edge_block(CENTRES)
        number = f"{person_id(case):012d}"
        for period in ("201112", "201212", "201312"):
            listed = number in files[f"bef{period}"]["PNR"].to_pylist()
            assert listed == (period in case.resident)
        assert (number in files["dream201404"]["PNR"].to_pylist()) == case.in_dream
        rows = files["mentorforloeb"]["PNR"].to_pylist().count(number)
        assert rows == len(case.episodes)
