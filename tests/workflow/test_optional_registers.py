"""Optional registers: wanted by config, read where they are, and missed in plain words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from evalrapport import config, wiring
from evalrapport.contracts.sources import FIELDWORK, OPTIONAL, REGISTERS
from evalrapport.errors import PlainError

Configure = Callable[..., None]
REQUIRED = [name for name in REGISTERS if name not in OPTIONAL]


@pytest.fixture
def configure(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Configure:
    """Make wiring see the project's configuration with other folders and groups."""

    def make(registers: list[str], groups: list[str] | None = None) -> None:
        raw: dict[str, Any] = yaml.safe_load(Path("config.yaml").read_text("utf-8"))
        raw["studies"] = {"evaluering": raw["studies"]["evaluering"]}
        raw["sources"]["folders"] = {name: str(tmp_path) for name in registers}
        if groups is not None:
            raw["studies"]["evaluering"]["effect"]["covariate_groups"] = groups
        found = config.check(raw)
        monkeypatch.setattr(wiring.jobs, "config", lambda: found)

    return make


def test_stand_in_people_have_every_wanted_register_and_no_other(configure: Configure) -> None:
    configure([], ["jobs", "enrolment"])
    assert set(wiring.registers()) == {*REQUIRED, "idap", "idan", "koto"}
    assert wiring.left_out("evaluering") == {}
    assert "bfl201112" not in wiring.stand_in_files(fieldwork=False)


def test_a_missing_register_leaves_its_whole_group_out_and_is_named(configure: Configure) -> None:
    configure([*REQUIRED, "idap", "koto"], ["jobs", "enrolment"])
    assert wiring.left_out("evaluering") == {"jobs": ["idan"]}
    assert set(wiring.registers()) == {*REQUIRED, "koto"}
    (notice,) = wiring.notices()
    assert "idan" in notice
    assert "Erhvervserfaring og tidligere job" in notice
    assert "balance" in notice


def test_an_alternative_register_will_do(configure: Configure) -> None:
    configure([*REQUIRED, "kotre"], ["enrolment"])
    assert wiring.further("evaluering") == {"koto": "kotre"}
    assert wiring.notices() == []


def test_a_missing_outcome_is_told_too(configure: Configure) -> None:
    configure(REQUIRED, ["enrolment"])
    (notice,) = wiring.notices()
    assert "koto eller kotre" in notice
    assert "no under_uddannelse" in notice
    assert "under_uddannelse" in wiring.without("evaluering")


def test_a_register_that_nobody_can_do_without_stops_the_run(configure: Configure) -> None:
    configure([name for name in REQUIRED if name != "udda"])
    with pytest.raises(PlainError, match="Missing: udda"):
        wiring.registers()
    configure([*REQUIRED, "faik"])
    with pytest.raises(PlainError, match="Unknown: faik"):
        wiring.registers()


def test_registers_alone_will_do_and_the_tables_of_the_fieldwork_are_named(
    configure: Configure,
) -> None:
    people = [name for name in REQUIRED if name not in FIELDWORK]
    configure([*people, "koto"], ["enrolment"])
    assert set(wiring.registers()) == {*people, "koto"}
    gone = wiring.without("evaluering")
    assert {"fremskridt", "bortfald", "interviewtemaer"} <= gone
    assert not {"koen", "balance", "effektstudier"} & gone
    surveys, interviews = wiring.notices()
    assert "no folder for survey_citizens, survey_mentors" in surveys
    assert "fremskridt" in surveys
    assert "interview_coding, interview_frame" in interviews
    assert not wiring.stand_in_files(fieldwork=True)


def test_half_of_the_surveys_is_none_of_them(configure: Configure) -> None:
    configure([name for name in REQUIRED if name != "survey_mentors"], [])
    assert not {name for name in wiring.registers() if name.startswith("survey")}
    assert "interview_frame" in wiring.registers()
    (notice,) = wiring.notices()
    assert "no folder for survey_mentors, so" in notice
