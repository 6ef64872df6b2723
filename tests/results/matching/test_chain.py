"""From population, covariates and outcomes to table 5.1, figures 5.1 and B1.1, by files."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import numpy as np
import pandas as pd
import pytest

import evalrapport.contracts as contracts
from evalrapport.contracts.covariates import COVARIATES
from evalrapport.contracts.datasets.effect_months import calendar_column
from evalrapport.contracts.datasets.effect_redraws import AT_START
from evalrapport.contracts.result_table import from_yaml
from evalrapport.results import (
    akkumuleret_beskaeftigelse_uden_ydelse,
    balance,
    beskaeftigelse_uden_ydelse,
    matched_effects,
    matchkvalitet,
    propensity_match,
    redraw_effects,
    redrawn_effects,
)
from evalrapport.results.propensity_match import People, fitted, match
from evalrapport.step import Job

TABLES = Path(contracts.__file__).parent / "tables"
PEOPLE, MONTHS = 3000, 22


def small_world(folder: Path) -> None:
    """3,000 people who differ in age and kontanthjælp; a mentor lowers employment by a tenth."""
    rng = np.random.default_rng(51)
    ids = np.arange(1000, 1000 + PEOPLE)
    columns = {c.name: np.zeros(PEOPLE, dtype=np.int32) for c in COVARIATES}
    columns["age"] = rng.integers(16, 65, PEOPLE).astype(np.int32)
    columns["kontanthjaelp_quarter"] = (rng.random(PEOPLE) < 0.3).astype(np.int32)
    columns["man"] = (rng.random(PEOPLE) < 0.5).astype(np.int32)
    index = -3.2 + 1.5 * columns["kontanthjaelp_quarter"] - 0.01 * (columns["age"] - 40)
    treated = rng.random(PEOPLE) < 1 / (1 + np.exp(-index))
    chance = 0.6 - 0.3 * columns["kontanthjaelp_quarter"] - 0.1 * treated
    start = np.datetime64("2012-03-01")
    population = pd.DataFrame({"person_id": ids, "treated": treated, "start_date": start})
    population.to_parquet(folder / "effect_population.parquet")
    pd.DataFrame({"person_id": ids, **columns}).to_parquet(folder / "effect_covariates.parquet")
    lasting = rng.random(PEOPLE)
    outcomes = {}
    for name in ("employed_without_benefit", "su"):
        for month in range(MONTHS):
            draw = np.where(rng.random(PEOPLE) < 0.8, lasting, rng.random(PEOPLE))
            outcomes[f"{name}_{month:02d}"] = (draw < chance) if name != "su" else (draw < 0)
    pd.DataFrame({"person_id": ids, **outcomes}).to_parquet(folder / "effect_outcomes.parquet")


def run(module: ModuleType, folder: Path, output: dict[str, str]) -> None:
    """Run a step on everything that the folder holds."""
    name = module.__name__.rsplit(".", 1)[1]
    inputs = {path.stem: path for path in folder.iterdir()}
    inputs["contract"] = TABLES / f"{name}.yaml"
    if name not in ("propensity_match", "matched_effects", "redrawn_effects"):
        inputs["matched_effects"] = folder / "redrawn_effects.parquet"
    module.step(Job(name, inputs, {key: folder / file for key, file in output.items()}))


def by_calendar(outcomes: pd.DataFrame) -> pd.DataFrame:
    """Outcomes from a start in March 2012, as columns by month of the calendar."""
    named = {}
    for name in outcomes.columns.drop("person_id"):
        outcome, month = name.rsplit("_", 1)
        year, place = divmod(2 + int(month), 12)
        named[name] = calendar_column(outcome, (2012 + year, place + 1))
    return outcomes.rename(columns=named)


def shuffled_pool(folder: Path, draw: int) -> None:
    """Effects of a redraw: as if the pool's histories had come out somewhat differently."""
    older = np.random.default_rng(draw).random(PEOPLE) < 0.3
    redraw(folder, draw, older, folder / f"redraw_{draw}.parquet")


def redraw(folder: Path, draw: int, older: np.ndarray, output: Path) -> None:
    """Run one redraw on the world of a folder, in which some of the pool are a year older."""
    population = pd.read_parquet(folder / "effect_population.parquet")
    frame = pd.read_parquet(folder / "effect_covariates.parquet")
    frame["age"] += (older & ~population["treated"]).astype(np.int32)
    start = [column.name for column in AT_START]
    frames = {
        "effect_background": frame.drop(columns=start),
        "effect_redraws": population.assign(draw=draw).merge(frame[["person_id", *start]]),
        "effect_months": by_calendar(pd.read_parquet(folder / "effect_outcomes.parquet")),
    }
    inputs = {name: output.with_name(f"{name}.{draw}") for name in frames}
    for name, path in inputs.items():
        frames[name].to_parquet(path)
    settings = {"effect": {"follow_up_months": MONTHS - 1, "education_months": 14}}
    told = Job("redraw_effects", inputs, {"redraw_effects": output}, settings)
    redraw_effects.step(replace(told, wildcards={"draw": str(draw)}))


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all outputs of the chain."""
    folder = tmp_path_factory.mktemp("chain")
    small_world(folder)
    parquet = ("propensity_match", "propensity_scores")
    output = {name: f"{name}.parquet" for name in parquet}
    run(propensity_match, folder, {**output, "propensity_fit": "propensity_fit.json"})
    run(matched_effects, folder, {"matched_effects": "matched_effects.parquet"})
    for draw in (1, 2):
        shuffled_pool(folder, draw)
    run(redrawn_effects, folder, {"redrawn_effects": "redrawn_effects.parquet"})
    for module in (
        balance,
        beskaeftigelse_uden_ydelse,
        akkumuleret_beskaeftigelse_uden_ydelse,
        matchkvalitet,
    ):
        name = module.__name__.rsplit(".", 1)[1]
        run(module, folder, {name: f"{name}.csv"})
    return folder


def table(chain: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(chain / f"{name}.csv").set_index(["row", "column"])


@pytest.mark.parametrize(
    "name",
    [
        "balance",
        "beskaeftigelse_uden_ydelse",
        "akkumuleret_beskaeftigelse_uden_ydelse",
        "matchkvalitet",
    ],
)
def test_every_cell_of_the_contract_is_there(chain: Path, name: str) -> None:
    found = pd.read_csv(chain / f"{name}.csv")
    keys = [cell.key for cell in from_yaml(TABLES / f"{name}.yaml").cells()]
    assert list(found[["row", "column", "statistic"]].itertuples(index=False, name=None)) == keys
    assert (found["status"] == "ok").all()
    assert (found["count"] <= found["n"]).all() or name == "matchkvalitet"


def test_the_curve_shows_the_true_effect_and_the_band_is_wider(chain: Path) -> None:
    curve = table(chain, "beskaeftigelse_uden_ydelse")
    point, band = (curve.xs(column, level="column") for column in ("forskel", "forskel_samlet"))
    inside = (point["lower"] < -10) & (point["upper"] > -10)
    assert inside.sum() >= 18
    assert (band["lower"] < point["lower"]).all()
    assert (band["upper"] > point["upper"]).all()
    own = curve.xs("indsatsgruppe", level="column")["value"]
    theirs = curve.xs("kontrolgruppe", level="column")["value"]
    assert (own - theirs).to_numpy() == pytest.approx(point["value"].to_numpy())


def test_the_accumulated_effect_is_the_sum_of_the_months(chain: Path) -> None:
    months = table(chain, "beskaeftigelse_uden_ydelse").xs("forskel", level="column")["value"]
    summed = table(chain, "akkumuleret_beskaeftigelse_uden_ydelse").xs("effekt", level="column")
    assert summed["value"].to_numpy() == pytest.approx(months.to_numpy().cumsum() / 100)
    assert (summed["lower"] < summed["value"]).all()


def test_balance_shows_both_groups_alike_on_what_was_matched(chain: Path) -> None:
    shares = table(chain, "balance")["value"]
    own, theirs = (shares["kontanthjaelp", c] for c in ("indsatsgruppe", "kontrolgruppe"))
    assert own == pytest.approx(theirs, abs=3)
    assert own > 40  # against 30 per cent in the pool
    base = [shares["beregningsgrundlag", c] for c in ("indsatsgruppe", "kontrolgruppe")]
    assert base[0] == base[1]


def test_match_quality_tells_what_was_left_out(chain: Path) -> None:
    facts = table(chain, "matchkvalitet")["value"].droplevel("column")
    in_model = sum(covariate.in_model for covariate in COVARIATES)
    assert facts["kolonner"] == 3  # age, man, kontanthjælp
    assert facts["kolonner"] + facts["sammenlagte"] + facts["udeladte"] == in_model
    assert facts["standardfejl_uafhaengig"] < facts["standardfejl_2016"]
    assert facts["behandlede"] + facts["pulje"] == PEOPLE
    assert facts["effektivt_antal"] <= facts["kontrolpersoner"]
    assert facts["omtraekninger"] == 2
    assert facts["spredning_omtraekning"] > 0
    texts = table(chain, "matchkvalitet")["text"].droplevel("column")
    about = json.loads((chain / "propensity_fit.json").read_text())
    assert texts["matchet_saet"] == f"SHA-256 {about['matched_set'][:12]}"


def test_the_spread_between_draws_is_shown_and_not_added(chain: Path) -> None:
    before = pd.read_parquet(chain / "matched_effects.parquet")
    after = pd.read_parquet(chain / "redrawn_effects.parquet")
    first = before["outcome"] == "employed_without_benefit"
    draws = [pd.read_parquet(chain / f"redraw_{n}.parquet").set_index("name") for n in (1, 2)]
    names = [f"employed_without_benefit_{month:02d}" for month in range(MONTHS)]
    each = np.stack([before.loc[first, "effect"], *(draw.loc[names, "effect"] for draw in draws)])
    shown = np.stack(after.loc[first, "between"])
    np.testing.assert_allclose(shown, np.cov(each, rowvar=False), atol=1e-15)
    assert np.diag(shown).max() > 0
    for name in ("covariance", "covariance_2006"):
        assert np.array_equal(np.stack(after.loc[first, name]), np.stack(before.loc[first, name]))
    assert after.loc[first, "effect"].tolist() == before.loc[first, "effect"].tolist()
    assert after.loc[first, "mean"].to_numpy() == pytest.approx(each.mean(axis=0))


def test_a_mean_over_draws_is_surer_than_one_but_never_too_sure() -> None:
    rng = np.random.default_rng(1)
    variance = np.array([[2.0, 1.0], [1.0, 2.0]])
    draws = rng.multivariate_normal([0.0, 1.0], variance / 2, size=400)
    mean, found = redrawn_effects.averaged(draws, variance)
    assert mean == pytest.approx(draws.mean(axis=0))
    np.testing.assert_allclose(found, variance / 2, atol=0.2)  # A = V - B = V / 2
    assert redrawn_effects.averaged(draws[:1], variance)[1] == pytest.approx(variance)
    wild = redrawn_effects.averaged(10 * draws, variance)[1]
    assert wild == pytest.approx(redrawn_effects.LEAST_SHARE * variance)


def test_one_draw_has_no_spread() -> None:
    assert (redrawn_effects.spread(np.ones((1, 3))) == 0).all()


def test_the_summary_of_the_fit_holds_no_person(chain: Path) -> None:
    about = json.loads((chain / "propensity_fit.json").read_text())
    assert not {"person_id", "control_id", "index"} & set(about)
    assert len(about["matched_set"]) == 64


def test_a_column_that_separates_is_dropped_not_fatal() -> None:
    rng = np.random.default_rng(9)
    names = propensity_match.IN_MODEL
    matrix = np.zeros((len(names), 400), dtype=np.float32)
    treated = np.arange(400) < 60
    matrix[names.index("age")] = rng.integers(16, 65, 400)
    matrix[names.index("man")] = treated & (rng.random(400) < 0.5)
    matrix[names.index("weeks_su_52")] = np.where(treated, 30, 0) + rng.integers(0, 25, 400)
    chosen, _, found = fitted(People(np.arange(400), treated, list(matrix)), least=10)
    assert chosen.dropped["weeks_su_52"] == "separation"
    assert chosen.dropped["man"] == "rare"
    assert "age" in chosen.kept
    assert np.isfinite(found.coefficients).all()


def test_the_matched_set_does_not_depend_on_the_order_of_the_files(
    chain: Path, tmp_path: Path
) -> None:
    hashes = []
    for seed in (1, 2):
        for name in ("effect_population", "effect_covariates"):
            frame = pd.read_parquet(chain / f"{name}.parquet")
            frame.sample(frac=1, random_state=seed).to_parquet(tmp_path / f"{name}.parquet")
        people = propensity_match.read_people(
            tmp_path / "effect_population.parquet", tmp_path / "effect_covariates.parquet"
        )
        hashes.append(match(people)[2]["matched_set"])
    about = json.loads((chain / "propensity_fit.json").read_text())
    assert hashes == [about["matched_set"]] * 2


def test_a_redraw_without_a_change_gives_the_same_effects(chain: Path, tmp_path: Path) -> None:
    redraw(chain, 7, np.zeros(PEOPLE, dtype=bool), tmp_path / "redraw.parquet")
    again = pd.read_parquet(tmp_path / "redraw.parquet").set_index("name")["effect"]
    main = pd.read_parquet(chain / "matched_effects.parquet")
    names = [f"{row.outcome}_{row.month:02d}" for row in main.itertuples()]
    np.testing.assert_allclose(again[names].to_numpy(), main["effect"].to_numpy(), atol=1e-12)
