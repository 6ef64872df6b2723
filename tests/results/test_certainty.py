"""Subgroups, power, significant months and the full balance table, from people made by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import evalrapport.contracts as contracts
from evalrapport.contracts.covariates import COVARIATES
from evalrapport.contracts.result_table import from_yaml
from evalrapport.results import balance_alle, overlap, styrke, undergrupper
from evalrapport.results.matching.logit import probability_of
from evalrapport.results.own_score import own_effect
from evalrapport.results.propensity_match import IN_MODEL, People
from evalrapport.results.subgroups import NEEDED, divisions
from evalrapport.results.undergrupper import Found, effects_of, equal_effects, holm, protected

TABLES = Path(contracts.__file__).parent / "tables"
GROUP = Found(100, 0.5, 0.2, 2.0, 1.0, 50)


def people(seed: int = 1, n: int = 4000) -> pd.DataFrame:
    """Everybody with the covariates that divide."""
    rng = np.random.default_rng(seed)
    match = rng.integers(0, 4, n)
    start = rng.integers(0, 5, n)
    frame = {name: np.zeros(n, dtype=np.int64) for name in NEEDED}
    frame |= {"man": rng.integers(0, 2, n), "age": rng.integers(16, 65, n)}
    frame |= {f"match_{g}": (match == g).astype(int) for g in (1, 2, 3)}
    for place, name in enumerate(name for name in NEEDED if name.endswith("week_before")):
        frame[name] = (start == place).astype(int)
    frame["weeks_supported_260"] = rng.integers(0, 261, n)
    return pd.DataFrame(frame)


def test_everybody_is_in_one_group_of_each_division() -> None:
    for name, groups in divisions(people()).items():
        assert (np.sum(list(groups.values()), axis=0) == 1).all(), name
        contract = from_yaml(TABLES / "undergrupper.yaml")
        rows = {row.id for row in contract.rows if row.group == name}
        assert rows == {f"{name}.{group}" for group in groups}


def test_controls_are_of_the_same_subgroup() -> None:
    score = np.tile([0.1, 0.2], 100)
    treated = np.arange(200) < 80
    group = np.arange(200) % 2 == 0
    outcome = np.zeros((200, 22), dtype=np.uint8)
    outcome[treated & group] = 1  # an effect in one subgroup only
    one, other = (effects_of(score, treated, outcome, who) for who in (group, ~group))
    assert one is not None
    assert other is not None
    assert (one.total, one.year, one.treated) == (22.0, 100.0, 40)
    assert (other.total, other.year) == (0.0, 0.0)
    assert effects_of(score, treated, outcome, np.arange(200) < 40) is None


def test_a_subgroups_own_model_is_that_of_the_subgroup_alone() -> None:
    rng = np.random.default_rng(3)
    matrix = np.zeros((len(IN_MODEL), 3000), dtype=np.float32)
    age, man = (IN_MODEL.index(name) for name in ("age", "man"))
    matrix[age], matrix[man] = rng.integers(16, 65, 3000), rng.integers(0, 2, 3000)
    # Among men the young are treated, among women the old.
    sign = np.where(matrix[man] == 1, -1.0, 1.0)
    treated = rng.random(3000) < probability_of(sign * (matrix[age] - 40.0) / 10 - 2.0)
    months = (rng.random((3000, 22)) < (matrix[age] / 100)[:, None]).astype(np.uint8)
    everybody = People(np.arange(3000), treated, list(matrix))
    for who in (matrix[man] == 1, matrix[man] == 0):
        alone = everybody.some(np.flatnonzero(who))
        found = own_effect(everybody, months, who)
        assert found is not None
        assert found == own_effect(alone, months[who], np.ones(who.sum(), dtype=bool))
        assert abs(found[0]) < 3 * found[1]  # age is what tells, and it is matched
    assert own_effect(everybody, months, treated & (matrix[man] == 1)) is None  # no pool


def test_the_own_models_cells_are_filled_where_there_is_one() -> None:
    found = {"koen": {"kvinder": GROUP, "maend": replace(GROUP, own=(0.4, 0.1))}}
    contracts_ = {name: from_yaml(TABLES / f"{name}.yaml") for name in undergrupper.TABLES}
    cells = undergrupper.estimates(found, GROUP, contracts_)["undergrupper"]
    cells = cells.set_index(["row", "column"])
    assert cells.loc[("koen.maend", "egen"), "value"] == pytest.approx(0.4)
    assert cells.loc[("koen.kvinder", "egen"), "status"] == "not_applicable"


def test_equal_effects_are_not_told_apart_and_different_ones_are() -> None:
    same = [Found(100, 0.1 * n, 1.0, 0, 1, 9) for n in range(4)]
    apart = [Found(100, 5.0 * n, 1.0, 0, 1, 9) for n in range(3)]
    assert equal_effects(same) > 0.99
    assert equal_effects(apart) < 1e-6


def test_holm_as_in_his_example() -> None:
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert holm([0.9, 0.9]) == [1.0, 1.0]


def test_a_small_subgroup_that_is_not_shown_takes_another_with_it() -> None:
    found = {"a": GROUP, "b": GROUP, "c": None}
    assert protected(found, {"a": 100, "b": 90, "c": 3}, 5) == {"a": GROUP, "b": None, "c": None}
    assert protected(found, {"a": 100, "b": 90, "c": 27}, 5) == found
    assert protected(found, {"a": 100, "b": 90, "c": 0}, 5) == found


def test_all_cells_of_both_tables_are_there() -> None:
    found = {
        division: dict.fromkeys(groups, GROUP) for division, groups in divisions(people()).items()
    }
    found["alder"]["fra_50"] = None
    contracts_ = {name: from_yaml(TABLES / f"{name}.yaml") for name in undergrupper.TABLES}
    frames = undergrupper.estimates(found, GROUP, contracts_)
    cells = frames["undergrupper"].set_index(["row", "column"])
    assert cells.loc[("alder.fra_50", "effekt"), "status"] == "not_applicable"
    point, wide = (cells.loc[("koen.maend", name)] for name in ("effekt", "effekt_samlet"))
    assert point["upper"] - point["value"] == pytest.approx(1.96 * 0.2, abs=1e-3)
    assert wide["upper"] > point["upper"]
    assert cells.loc[("koen.maend", "mindste"), "value"] == pytest.approx(2.8016 * 0.2, abs=1e-4)
    tests = frames["undergrupper_test"].set_index(["row", "column"])["value"]
    assert tests["alder", "grupper"] == 4
    assert tests["koen", "p"] == 1.0


def effects() -> pd.DataFrame:
    """Matched effects of three months in which the second is surely below nought."""
    rows = []
    for outcome in ("employed_without_benefit", "su"):
        for month, effect in enumerate((0.0, -0.1, 0.0)):
            covariance = [0.0] * 3
            covariance[month] = 0.0004
            told = {"n": 500, "treated_count": 40, "controls_count": 60, "redraws": 0}
            told |= {"outcome": outcome, "month": month, "between": [0.0] * 3}
            rows.append({**told, "effect": effect, "covariance": covariance})
    return pd.DataFrame(rows).assign(covariance_2006=lambda f: f["covariance"])


def test_months_are_named_from_the_intervals() -> None:
    contracts_ = {name: from_yaml(TABLES / f"{name}.yaml") for name in styrke.TABLES}
    frames = styrke.estimates(effects(), contracts_)
    months = frames["signifikante_maaneder"].set_index(["row", "column"])
    assert months.loc[("su", "under"), "text"] == "måned 1"
    assert months.loc[("su", "over"), "text"] == "ingen af månederne"
    assert months.loc[("su", "antal_under"), "value"] == 1
    assert months.loc[("under_uddannelse", "under"), "status"] == "not_applicable"
    power = frames["styrke"].set_index(["row", "column"])["value"]
    assert power["maaned_1", "standardfejl"] == pytest.approx(2.0)
    assert power["maaned_1", "mindste"] == pytest.approx(5.603, abs=1e-3)
    assert power["akkumuleret", "standardfejl"] == pytest.approx(0.02 * 3**0.5)


def test_the_full_balance_table_holds_every_covariate_and_hides_small_rows() -> None:
    rng = np.random.default_rng(4)
    frame = pd.DataFrame({c.name: rng.integers(0, 2, 300) for c in COVARIATES})
    frame["person_id"] = np.arange(300)
    frame["psychiatrist"] = (np.arange(300) < 3).astype(int)  # three treated, no control
    pairs = pd.DataFrame({"person_id": np.arange(100), "control_id": np.arange(100, 200)})
    pairs = pairs.assign(weight=1.0, gap=0.0)
    contract = balance_alle.read_contract(TABLES / "balance_alle.yaml")
    found = balance_alle.estimate(frame, pairs, contract, 5).set_index(["row", "column"])
    assert len(found) == 7 * len(COVARIATES)
    assert (found.loc["psychiatrist", "count"] == 3).all()
    own, theirs = frame.loc[:99, "man"].mean(), frame.loc[100:199, "man"].mean()
    assert found.loc[("man", "indsatsgruppe"), "value"] == pytest.approx(own)
    wanted = 100 * (own - theirs) / frame.loc[:99, "man"].std(ddof=0)
    assert found.loc[("man", "forskel_efter"), "value"] == pytest.approx(wanted)


def test_one_small_row_of_a_division_takes_the_next_with_it() -> None:
    levels = [c for c in COVARIATES if c.name.startswith("education_")][:4]
    assert len(levels) == 4
    assert balance_alle.protected([3, 40, 90, 50], levels, 5) == [3, 3, 90, 50]
    assert balance_alle.protected([3, 4, 90, 50], levels, 5) == [3, 4, 90, 50]


def test_overlap_classes_hold_everybody() -> None:
    index = np.linspace(-12, 0, 400)
    scores = pd.DataFrame({"person_id": np.arange(400), "treated": np.arange(400) % 4 == 0})
    scores = scores.assign(index=index)
    pairs = pd.DataFrame({"person_id": np.arange(0, 400, 4), "control_id": np.arange(1, 401, 4)})
    pairs = pairs.assign(weight=1.0)
    found = overlap.estimate(scores, pairs, from_yaml(TABLES / "overlap.yaml"))
    shares = found[found["statistic"] == "andel"]
    assert shares.groupby("column")["value"].sum().to_numpy() == pytest.approx([100.0] * 3)
    low = shares.set_index(["row", "column"]).loc[("under_001", "indsatsgruppe"), "value"]
    p = probability_of(index[::4])
    assert low == pytest.approx(100 * (p < 0.0001).mean())
