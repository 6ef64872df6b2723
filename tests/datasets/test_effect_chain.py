"""From raw files of all registers to what the effect is estimated on, and without some of them."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import evalrapport.contracts as contracts
from evalrapport import config
from evalrapport.contracts.covariates import COVARIATES, EFFECT_COVARIATES
from evalrapport.contracts.sources import OPTIONAL, REGISTERS
from evalrapport.sources.stand_in import denmark
from evalrapport.sources.stand_in.selection import Settings
from evalrapport.step import Job

CODES = {path.stem: path for path in (Path(contracts.__file__).parent / "codes").glob("*.csv")}
CODES |= {"benefit_codes": CODES["dream_codes"], "education_sources": CODES["hf_kilde"]}
PUBLISHED = {path.stem: path for path in Path("data/published/evaluering").glob("*.csv")}
KEYS = ("window", "episode_gap_days", "benefit_grouping", "effect")
SETTINGS = config.settings(config.read(), "evaluering", KEYS)
ALTERNATIVES = ("ssko", "kotre")
WITHOUT = ("idap", "idan", "koto")
Frames = dict[str, pd.DataFrame]


def run(
    module: str,
    inputs: dict[str, Path],
    outputs: dict[str, Path],
    settings: dict[str, Any] = SETTINGS,
) -> None:
    importlib.import_module(f"evalrapport.{module}").step(Job(module, inputs, outputs, settings))


@pytest.fixture(scope="module")
def typed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The typed files of a country of some 11,000, every register among them."""
    folder = tmp_path_factory.mktemp("chain")
    plan = denmark.plan(Settings(0.002, 7, 0.5, 0.0), CODES, PUBLISHED)
    files = denmark.make_block(plan, 0, [11_000])
    raw = {stem: folder / f"{stem}.parquet" for stem in files}
    denmark.write_registers(iter([files, denmark.edge_block(plan.centres)]), raw)
    found = {}
    for name in ("mentor_episodes", "dream", "bef", "udda", *OPTIONAL):
        own = {stem: raw[stem] for stem in REGISTERS[name].files.values()}
        found[name] = folder / f"typed_{name}.parquet"
        run(f"sources.{name}", own | CODES, {name: found[name]})
    return found


def effect(typed: dict[str, Path], folder: Path, settings: dict[str, Any] = SETTINGS) -> Frames:
    """The datasets of the effect analysis."""
    made = dict(typed)
    steps = (
        *("effect_population", "effect_background", "effect_covariates"),
        *("effect_months", "effect_outcomes", "effect_redraws"),
    )
    for name in ("mentor_episodes", *steps):
        output = folder / f"{name}.parquet"
        run(f"datasets.{name}", made | CODES, {name: output}, settings)
        made[name] = output
    return {name: pd.read_parquet(made[name]) for name in steps}


@pytest.fixture(scope="module")
def whole(typed: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Frames:
    """With all registers, the usual one of each need."""
    own = {name: path for name, path in typed.items() if name not in ALTERNATIVES}
    return effect(own, tmp_path_factory.mktemp("whole"))


def test_everyone_of_the_population_has_every_covariate(whole: Frames) -> None:
    found = whole["effect_covariates"]
    assert found["person_id"].tolist() == whole["effect_population"]["person_id"].tolist()
    assert list(found.columns) == EFFECT_COVARIATES.names
    varying = [c.name for c in COVARIATES if found[c.name].nunique() > 1]
    assert len(varying) > 0.9 * len(COVARIATES)


def test_registers_agree_on_the_same_lives(whole: Frames) -> None:
    found = whole["effect_covariates"]
    worked = found["months_employed_12"] >= 12
    assert found.loc[worked, "no_november_job"].mean() < 0.05
    assert found.loc[found["never_employed"] == 1, "no_november_job"].all()
    assert found.loc[found["weeks_su_52"] >= 40, "enrolled"].mean() > 0.8
    assert found.loc[found["partner"] == 0, "partner_months_employed"].max() == 0
    assert found.loc[found["age"] >= 30, ["mother_vocational", "father_higher"]].max().max() == 0


def test_a_redraw_of_the_first_seed_is_the_population_itself(
    typed: dict[str, Path], whole: Frames, tmp_path: Path
) -> None:
    first = {**SETTINGS["effect"], "pseudo_start_seed": SETTINGS["effect"]["pseudo_start_seed"] - 1}
    found = effect(
        {name: path for name, path in typed.items() if name not in ALTERNATIVES},
        tmp_path,
        {**SETTINGS, "effect": first},
    )
    again = found["effect_redraws"].query("draw == 1").reset_index(drop=True)
    for name in ("effect_population", "effect_covariates"):
        same = [column for column in whole[name] if column in again]
        assert len(same) > 2
        pd.testing.assert_frame_equal(again[same], whole[name][same], check_dtype=False)


def test_redraws_keep_the_treated_and_move_the_others(whole: Frames) -> None:
    told = whole["effect_redraws"]
    assert told["draw"].unique().tolist() == list(range(1, SETTINGS["effect"]["redraws"] + 1))
    population = whole["effect_population"].set_index("person_id")
    for _, own in told.groupby("draw"):
        assert own["person_id"].is_monotonic_increasing
        treated = own[own["treated"]].set_index("person_id")["start_date"]
        assert treated.equals(population.loc[population["treated"], "start_date"])
        drawn = own[~own["treated"]].set_index("person_id")["start_date"]
        before = population["start_date"].reindex(drawn.index)
        assert (drawn != before).mean() > 0.9


def test_without_some_registers_only_their_columns_are_empty(
    typed: dict[str, Path], whole: Frames, tmp_path: Path
) -> None:
    own = {name: path for name, path in typed.items() if name not in (*ALTERNATIVES, *WITHOUT)}
    found = effect(own, tmp_path)
    for covariate in COVARIATES:
        column = found["effect_covariates"][covariate.name]
        if covariate.needs in ("jobs", "enrolment"):
            assert not column.any(), covariate.name
        else:
            assert column.equals(whole["effect_covariates"][covariate.name]), covariate.name
    missing = set(whole["effect_outcomes"]) - set(found["effect_outcomes"])
    assert missing == {f"enrolled_{month:02d}" for month in range(15)}
