"""The flow of rows: what goes on and what leaves add up at every step."""

from __future__ import annotations

from datetime import date

import pandas as pd

from evalrapport.results import disclosure, estimates, protection
from evalrapport.results.forloebsflow import estimate, flow

EPISODES = pd.DataFrame(
    {
        "person_id": [1, 1, 2, 3, 4],
        "start_date": pd.to_datetime(
            ["2011-12-31", "2012-02-01", "2012-01-01", "2014-04-27", "2014-04-28"]
        ),
        "parts": [1, 3, 1, 1, 1],
    }
)
WINDOW = date(2012, 1, 1), date(2014, 4, 27)


def test_every_step_is_what_goes_on_and_what_leaves(contract) -> None:
    found = flow(9, EPISODES, pd.DataFrame({"in_dream": [True, False]}), *WINDOW)
    assert found["gengangere"] == 2
    assert found["samlet"] == 2
    assert found["uden_for_perioden"] == 2
    assert (found["personer"], found["ikke_bosat"], found["ikke_i_dream"]) == (3, 1, 1)
    table = contract("forloebsflow")
    for whole in table.adds_up:
        parts = [row.id for row in table.rows if row.group == whole]
        assert found[whole] == sum(found[part] for part in parts)


def test_a_few_people_are_hidden_and_can_not_be_worked_out(contract, contract_path, tmp_path):
    many = pd.DataFrame(
        {"person_id": range(500), "start_date": pd.Timestamp("2013-05-05"), "parts": 1}
    )
    recipients = pd.DataFrame({"in_dream": [False] * 3 + [True] * 477})
    table = contract("forloebsflow")
    cells = estimate(flow(520, many, recipients, *WINDOW), table)
    cells.to_csv(tmp_path / "flow.csv", index=False)
    floors = contract_path("x").parent.parent / "disclosure.yaml"
    rule = protection.read(floors, "register", {"register": 5})
    read = estimates.read(tmp_path / "flow.csv", table)
    hidden = {key[0] for key in disclosure.pattern(table, read, rule).hidden}
    assert "ikke_i_dream" in hidden
    assert hidden & {"modtagere", "i_dream"}  # or the three could be had by subtraction
    assert "poster" not in hidden
