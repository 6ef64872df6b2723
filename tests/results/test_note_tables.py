"""The note's tables from small made-up datasets, and the means of many small places."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from evalrapport.contracts.result_table import from_yaml
from evalrapport.results import (
    anden_indsats,
    disclosure,
    estimates,
    kommunale_gennemsnit,
    mentor_i_uge,
    mentor_i_uge_kommuner,
    mentorforloeb_i_kommuner,
    nye_ydelsesforloeb,
    timer_efter_startaar,
    varighed_maaneder,
    varighed_noegletal,
    ydelse_ved_start,
)
from evalrapport.results.place_means import place_means
from evalrapport.results.protection import Protection
from evalrapport.results.shares import write

CONTRACTS = Path(__file__).parents[2] / "src/evalrapport/contracts/tables"
FLEX, RES, OTHER = "fleksjob_ledighedsydelse", "ressourceforloeb", "andre_ydelser"


def made(module, rows: pd.DataFrame) -> dict[tuple[str, str], float]:
    name = module.__name__.rpartition(".")[2]
    found = module.estimate(rows, from_yaml(CONTRACTS / f"{name}.yaml"))
    shown = found[found["status"] == "ok"]
    return dict(zip(zip(shown["row"], shown["column"], strict=True), shown["value"], strict=True))


def episodes() -> pd.DataFrame:
    """Ten episodes: four res and two flex of 2015 in two municipalities, and others."""
    return pd.DataFrame(
        {
            "person_id": [1, 1, 2, 3, 4, 5, 6, 7, 8, 9],
            "start_year": [2015] * 6 + [2016] * 4,
            "months": [3, 3, 12, 20, 6, 13, 1, 2, 3, 4],
            "hours_per_week": [1.0, 2.0, np.nan, 3.0, 5.0, 7.0, 1, 1, 1, 1],
            "benefit_group": [RES, RES, RES, RES, FLEX, FLEX, RES, FLEX, OTHER, OTHER],
            "municipality_code": [101, 101, 101, 101, 751, 751, 101, 101, 101, 0],
            "other_measure": [True, True, True, False, True, False, True, True, True, True],
        }
    )


def test_tables_1_and_2_give_shares_and_counts_of_a_year() -> None:
    found = made(ydelse_ved_start, episodes())
    assert found["i_alt", "antal_2016"] == 4
    assert found[OTHER, "antal_2016"] == 2
    assert found[RES, "andel_2016"] == 25
    spells = pd.DataFrame(
        {"benefit_group": [RES, RES, FLEX, RES], "start_year": [2015] * 3 + [2016]}
    )
    found = made(nye_ydelsesforloeb, spells)
    assert found["i_alt", "antal_2015"] == 3
    assert found[FLEX, "andel_2015"] == pytest.approx(100 / 3)
    assert found[RES, "andel_2016"] == 100


def test_durations_are_of_the_notes_groups_in_2015() -> None:
    found = made(varighed_noegletal, episodes())
    assert found["maaneder_3", "andel"] == pytest.approx(100 * 2 / 6)
    assert found["hoejst_12", "andel"] == pytest.approx(100 * 4 / 6)
    found = made(varighed_maaneder, episodes())
    assert found["maaneder_20", "andel"] == pytest.approx(100 / 6)
    assert found["gennemsnit", "andel"] == pytest.approx(57 / 6)


def test_another_measure_by_benefit() -> None:
    found = made(anden_indsats, episodes())
    assert found["med_anden_indsats", RES] == 75
    assert found["uden_anden_indsats", FLEX] == 50
    assert found["beregningsgrundlag", RES] == 4


def test_the_annex_counts_episodes_but_guards_people() -> None:
    name = "mentorforloeb_i_kommuner"
    found = mentorforloeb_i_kommuner.estimate(episodes(), from_yaml(CONTRACTS / f"{name}.yaml"))
    cells = found.set_index(["row", "column"])
    assert cells.loc[("kommune_101", "antal"), "value"] == 4
    assert cells.loc[("kommune_101", "antal"), "count"] == 3  # one person has two
    assert cells.loc[("kommune_101", "timer"), "value"] == 2.0
    assert cells.loc[("kommune_751", "varighed"), "value"] == 9.5
    assert cells.loc[("kommune_147", "antal"), "value"] == 0


def test_shares_in_the_week_by_benefit_and_municipality() -> None:
    people = pd.DataFrame(
        {
            "person_id": range(6),
            "benefit_group": [RES, RES, FLEX, FLEX, FLEX, "foertidspension"],
            "municipality_code": [101, 751, 101, 101, 751, 101],
            "mentor": [True, False, True, False, False, True],
        }
    )
    found = made(mentor_i_uge, people)
    assert found[RES, "andel"] == 50
    assert found[FLEX, "personer"] == 3
    found = made(mentor_i_uge_kommuner, people)
    assert found["kommune_101", "andel"] == pytest.approx(200 / 3)
    assert found["kommune_751", "andel"] == 0
    assert found["hele_landet", "andel"] == 40


def test_hours_by_start_year_with_the_interval_of_their_difference() -> None:
    rng = np.random.default_rng(1)
    rows = pd.DataFrame(
        {
            "person_id": np.arange(800),
            "start_year": np.repeat([2015, 2016], 400),
            "hours_per_week": np.r_[rng.normal(4, 1, 400), rng.normal(3, 1, 400)],
            "benefit_group": RES,
        }
    )
    name = "timer_efter_startaar"
    found = timer_efter_startaar.estimate(rows, from_yaml(CONTRACTS / f"{name}.yaml"))
    change = found.set_index("column").loc["forskel"]
    assert change["lower"] < -1 < change["upper"]
    assert change["upper"] - change["lower"] == pytest.approx(2 * 1.96 * (2 / 400) ** 0.5, rel=0.1)


def places(rng: np.random.Generator, spread: float) -> tuple[pd.Series, pd.Series]:
    sizes = np.r_[np.full(40, 5), np.full(40, 60), [40]]
    level = rng.normal(10, spread, len(sizes))
    place = np.repeat(np.arange(len(sizes)), sizes)
    return pd.Series(rng.normal(level[place], 4)), pd.Series(place)


def test_limits_hold_what_chance_makes_and_small_places_are_drawn_in_most() -> None:
    values, place = places(np.random.default_rng(2), 0.0)
    found = place_means(values, place, find_errors=False)
    outside = (found.mean < found.lower) | (found.mean > found.upper)
    assert outside.mean() < 0.03
    assert np.std(found.smoothed) < 0.3 * np.std(found.mean)
    values, place = places(np.random.default_rng(2), 3.0)
    found = place_means(values, place, find_errors=False)
    kept = np.abs(found.smoothed - found.country) / np.abs(found.mean - found.country)
    assert kept[:40].max() < kept[40:80].min() < 1
    truth = 3.0**2
    weight = kept[0]
    assert weight == pytest.approx(truth / (truth + 16 / 5), abs=0.12)


def test_smoothed_means_lie_nearer_the_truth() -> None:
    rng = np.random.default_rng(3)
    sizes = rng.integers(3, 40, 200)
    level = rng.normal(10, 1.5, 200)
    place = np.repeat(np.arange(200), sizes)
    values = pd.Series(rng.normal(level[place], 4))
    found = place_means(values, pd.Series(place), find_errors=False)
    raw = ((found.mean - level) ** 2).mean()
    assert ((found.smoothed - level) ** 2).mean() < 0.7 * raw


def test_a_mean_far_beyond_all_others_is_marked_by_the_rule_and_left_out() -> None:
    values, place = places(np.random.default_rng(4), 1.0)
    values[place == 80] = 45.0  # as 19.4 hours where the others have 2 or 3
    found = place_means(values, place, find_errors=True)
    assert np.flatnonzero(found.error).tolist() == [80]
    assert np.isnan(found.smoothed[80])
    assert found.country == pytest.approx(values[place != 80].mean())
    assert not place_means(values, place, find_errors=False).error.any()


def test_the_municipal_table_says_which_is_marked() -> None:
    codes = [101, 147, 151, 153, 155, 157, 326]
    rows = pd.DataFrame(
        {
            "person_id": np.arange(70),
            "start_year": 2015,
            "months": np.tile(np.arange(10), 7),
            "hours_per_week": np.where(np.repeat(codes, 10) == 326, 19.0, np.tile([2.0, 3.0], 35)),
            "benefit_group": RES,
            "municipality_code": np.repeat(codes, 10),
        }
    )
    name = "kommunale_gennemsnit"
    found = kommunale_gennemsnit.estimate(rows, from_yaml(CONTRACTS / f"{name}.yaml"))
    marked = found[(found["column"] == "maerke") & (found["text"] != "")]
    assert marked["row"].tolist() == ["kommune_326"]
    country = found.set_index(["row", "column"]).loc[("hele_landet", "timer")]
    assert country["value"] == 2.5


def test_municipalities_are_guarded_each_for_itself_and_in_their_total(tmp_path: Path) -> None:
    rule = Protection("register", "personer", 3, 3, True, True, "")
    rng = np.random.default_rng(5)
    sizes = {101: 200, 147: 90, 151: 91, 153: 60, 155: 2, 157: 40}
    people = pd.DataFrame(
        {
            "person_id": np.arange(sum(sizes.values())),
            "benefit_group": FLEX,
            "municipality_code": np.repeat(list(sizes), list(sizes.values())),
            "mentor": rng.random(sum(sizes.values())) < 0.3,
        }
    )
    contract = from_yaml(CONTRACTS / "mentor_i_uge_kommuner.yaml")
    found = mentor_i_uge_kommuner.estimate(people, contract)
    write(found, tmp_path / "t.csv")
    cells = estimates.read(tmp_path / "t.csv", contract)
    hidden = {(row, column) for row, column, _ in disclosure.pattern(contract, cells, rule).hidden}
    assert ("kommune_155", "personer") in hidden
    # Its two people could be worked out from the country's total, so another goes with it.
    assert len([row for row, column in hidden if column == "personer"]) >= 2
    # 90 and 91 people: a difference of one between two municipalities is nobody's number.
    assert ("kommune_151", "andel") not in hidden or ("kommune_147", "andel") not in hidden


def test_many_places_with_one_episode_each_pass_the_door_hidden(tmp_path: Path) -> None:
    rule = Protection("register", "personer", 3, 3, True, True, "")
    codes = [101, 147, 151, 153, 155, 157, 159, 161]
    rows = pd.DataFrame(
        {
            "person_id": np.arange(len(codes)),
            "start_year": 2015,
            "months": 3,
            "hours_per_week": 2.0,
            "benefit_group": RES,
            "municipality_code": codes,
        }
    )
    for module in (kommunale_gennemsnit, mentorforloeb_i_kommuner):
        name = module.__name__.rpartition(".")[2]
        contract = from_yaml(CONTRACTS / f"{name}.yaml")
        write(module.estimate(rows, contract), tmp_path / "t.csv")
        cells = estimates.read(tmp_path / "t.csv", contract)
        hidden = disclosure.pattern(contract, cells, rule).hidden
        shown = {key for key, e in cells.items() if e.status == "ok" and key not in hidden}
        assert not [key for key in shown if key[0] in {f"kommune_{c}" for c in codes}]
