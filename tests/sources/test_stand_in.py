"""The stand-in: the same seed gives the same people, and they are right in kind."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml

import evalrapport.contracts as contracts
from evalrapport.contracts.sources import REGISTERS
from evalrapport.errors import PlainError
from evalrapport.sources.stand_in import (
    careers,
    denmark,
    edge_cases,
    effect,
    hazards,
    match,
    population,
    selection,
    streams,
    targets,
    timeline,
    traits,
    visitation,
)
from evalrapport.sources.stand_in.selection import Settings, Starts
from evalrapport.sources.stand_in.states import CODE_LIST, C

CODES = {path.stem: path for path in (Path(contracts.__file__).parent / "codes").glob("*.csv")}
SETTINGS = Settings(scale=0.002, seed=7, unobserved_selection=0.5, true_effect=0.0)
PUBLISHED = {path.stem: path for path in Path("data/published/evaluering").glob("*.csv")}
PLAN = denmark.plan(SETTINGS, CODES, PUBLISHED)
CENTRES = PLAN.centres
SIZES = [6_000, 6_000]


def block(number: int, settings: Settings = SETTINGS) -> denmark.Files:
    return denmark.make_block(denmark.plan(settings, CODES, PUBLISHED), number, SIZES)


@pytest.fixture(scope="module")
def files() -> denmark.Files:
    return block(0)


@pytest.fixture(scope="module")
def lived() -> tuple[population.People, careers.Careers]:
    people = population.make(7, 0, 20_000)
    return people, careers.live(people, hazards.build(), 7)


def test_a_block_depends_on_seed_and_number_only(files: denmark.Files) -> None:
    block(1)
    again, other = block(0), block(0, replace(SETTINGS, seed=8))
    for name, columns in files.items():
        assert pa.table(columns).equals(pa.table(again[name])), name
        assert not pa.table(columns).equals(pa.table(other[name])), name


def test_files_have_the_declared_columns(files: denmark.Files) -> None:
    edges = denmark.edge_block(CENTRES)
    for register in REGISTERS.values():
        for stem in register.files.values():
            if register.suffix == ".parquet":
                names = [column.name for column in register.columns]
                assert list(files[stem]) == names
                assert list(edges[stem]) == names


def test_person_numbers_are_recognisably_artificial(files: denmark.Files) -> None:
    numbers = [*files["dream201404"]["PNR"].to_pylist()]
    numbers += denmark.edge_block(CENTRES)["dream201404"]["PNR"].to_pylist()
    assert len(set(numbers)) == len(numbers)
    for number in numbers:
        assert len(number) == 12
        # A Danish person number begins with a day of the month; the last ten digits never do.
        assert number.startswith("00")
        assert int(number[2:4]) > 31


def test_person_numbers_of_blocks_do_not_meet() -> None:
    last = population.make(7, 0, population.BLOCK).person_id[-1]
    assert last < population.make(7, 1, 10).person_id[0]
    assert population.ID_SPAN * 100 + population.ID_START < edge_cases.FIRST_ID


def test_blocks_hold_the_whole_head_count() -> None:
    for scale in (0.001, 0.1, 1.0):
        sizes = denmark.blocks_of(scale)
        assert sum(sizes) == population.head_count(scale)
        assert max(sizes) <= population.BLOCK


def test_quotas_and_edge_cases_add_up_to_the_published_totals() -> None:
    quotas = denmark.plan(replace(SETTINGS, scale=1.0), CODES, PUBLISHED).quotas
    described = Counter(
        int(case.expect["start"][:4])
        for case in edge_cases.EDGE_CASES
        if case.expect.get("recipient")
    )
    for year, total in {2012: 15_091, 2013: 19_145, 2014: 9_249}.items():
        assert quotas.in_dream[year] + quotas.outside_dream[year] + described[year] == total
    known = Counter(
        name
        for case in edge_cases.EDGE_CASES
        for name in ("kontanthjaelp", "publicly_supported", "population")
        if case.expect.get(name)
    )
    assert known["population"] >= 2  # the declared ones; most others belong too
    assert quotas.groups[targets.HELP] < 147_704
    assert sum(quotas.groups.values()) < 3_555_638


def test_the_parts_of_all_blocks_add_up() -> None:
    counts = np.array([10.4, 3.0, 0.2, 997.9])
    parts = [targets.in_block(counts, number, 7) for number in range(7)]
    whole = sum(parts)
    assert whole.sum() == round(counts.sum())
    assert np.abs(whole - counts).max() < 1
    assert min(part.min() for part in parts) >= 0
    assert {int(part.sum()) for part in parts} <= {144, 145}


def test_raked_tables_are_those_of_the_calibration_file() -> None:
    listed = yaml.safe_load((CODES["dream_codes"].parents[1] / "calibration.yaml").read_text())
    assert list(targets.ROWS) == listed["raked"]
    rules = Path("workflow/rules/sources.smk").read_text(encoding="utf-8")
    assert all(f'"{table}"' in rules for table in targets.ROWS)


def test_working_age_is_the_published_share() -> None:
    weights = population.age_weights()
    assert weights[18:65].sum() == pytest.approx(3_555_638 / 5_602_628)


def test_exact_ages() -> None:
    from evalrapport.sources.stand_in.layout import whole_years

    births = [date(1994, 12, 31), date(1995, 1, 1), date(1992, 2, 29), date(2012, 12, 31)]
    days = np.array([(birth - population.EPOCH).days for birth in births])
    day = (date(2012, 12, 31) - population.EPOCH).days
    assert whole_years(days, day).tolist() == [18, 17, 20, 0]


def test_benefits_are_stays_not_single_draws(
    lived: tuple[population.People, careers.Careers],
) -> None:
    weeks = lived[1].weeks
    changed = (weeks[1:] != weeks[:-1]).mean()
    assert 0.005 < changed < 0.06
    on_help = np.isin(weeks[200], [C[code] for code in ("730", "733", "130", "133")])
    still = np.isin(weeks[213], [i for i, code in enumerate(CODE_LIST) if code[:2] in ("73", "13")])
    assert still[on_help].mean() > 0.6


def test_codes_stand_in_their_years(lived: tuple[population.People, careers.Careers]) -> None:
    weeks = lived[1].weeks
    stems = np.array([code[:2] for code in CODE_LIST])
    before = weeks[: timeline.REFORM]
    assert not np.isin(stems[before], ("72", "14")).any()  # uddannelseshjælp begins in 2014
    assert np.isin(stems[weeks[timeline.REFORM]], ("72", "14")).any()
    early = weeks[: timeline.WEEKS.index((2013, 1))]
    assert not (stems[early] == "81").any()  # ressourceforløb begins in 2013


def test_match_groups_follow_the_reforms(lived: tuple[population.People, careers.Careers]) -> None:
    people, lives = lived
    old = lives.match[match.QUARTERS.index((1, 2010))]
    new = lives.match[match.QUARTERS.index((2, 2010))]
    assert old.max() == 5  # five categories before April 2010
    assert new.max() == 3
    week = timeline.WEEKS.index((2014, 14))
    help_ = np.array([code[:2] in ("73", "13", "72", "14") for code in CODE_LIST])
    receiving = help_[lives.weeks[week - 1]] & help_[lives.weeks[week]]
    assert lives.match[match.QUARTERS.index((1, 2014)), receiving].max() == 0
    assert len(people) == len(receiving)


def test_nothing_but_the_code_of_absence_after_death(
    lived: tuple[population.People, careers.Careers],
) -> None:
    people, lives = lived
    dead = np.flatnonzero(people.died < timeline.MONDAYS[-1])
    assert (lives.weeks[-1, dead] == C["999"]).all()
    assert not lives.months[-1, people.died < timeline.MONDAYS[-1] - 31].any()


def mean_resources(strength: float, lived: tuple[population.People, careers.Careers]) -> float:
    people, lives = lived
    plan = denmark.plan(
        replace(SETTINGS, scale=0.004, unobserved_selection=strength), CODES, PUBLISHED
    )
    histories = traits.Histories(lives, plan.codes)
    block = selection.Block(people, lives, histories, plan.targets, plan.quotas, plan.settings, 1)
    starts = selection.choose_starts(block)
    return float(people.resources[starts.person].mean())


def test_selection_on_resources_has_the_asked_direction_and_strength(
    lived: tuple[population.People, careers.Careers],
) -> None:
    none, some, strong = (mean_resources(strength, lived) for strength in (0.0, 0.5, 1.0))
    assert none > some + 0.12 > strong + 0.24


def test_resources_raise_later_employment(
    lived: tuple[population.People, careers.Careers],
) -> None:
    people, lives = lived
    help_ = np.array([code[:2] in ("73", "13") for code in CODE_LIST])
    receiving = help_[lives.weeks[timeline.WEEKS.index((2012, 10))]]
    later = (lives.months[timeline.MONTHS.index((2013, 6))] > 0)[receiving]
    resources = people.resources[receiving]
    assert later[resources > 0.5].mean() > later[resources < -0.5].mean() + 0.03


@pytest.mark.parametrize(("true_effect", "sign"), [(0.0, 0), (1.0, 1), (-1.0, -1)])
def test_the_true_effect_moves_work_after_the_start_only(
    true_effect: float, sign: int, lived: tuple[population.People, careers.Careers]
) -> None:
    people, before = lived
    lives = careers.Careers(before.weeks.copy(), before.months.copy(), before.match, before.dream)
    who = np.arange(0, len(people), 4)
    day = (date(2012, 4, 16) - population.EPOCH).days
    starts = Starts(who, np.full(len(who), day), np.ones(len(who), dtype=bool))
    effect.apply(lives, starts, true_effect, 7, 0)
    start = timeline.MONTHS.index((2012, 4))
    assert np.array_equal(lives.months[: start + 1], before.months[: start + 1])
    rest = np.setdiff1d(np.arange(len(people)), who)
    assert np.array_equal(lives.weeks[:, rest], before.weeks[:, rest])
    change = (lives.months[start + 1 :, who] > 0).sum() - (
        before.months[start + 1 :, who] > 0
    ).sum()
    assert np.sign(change) == sign


def test_a_start_after_the_last_week_of_dream_has_no_effect(
    lived: tuple[population.People, careers.Careers],
) -> None:
    people, before = lived
    lives = careers.Careers(before.weeks.copy(), before.months.copy(), before.match, before.dream)
    who = np.arange(len(people))
    day = (date(2014, 6, 2) - population.EPOCH).days
    starts = Starts(who, np.full(len(who), day), np.zeros(len(who), dtype=bool))
    effect.apply(lives, starts, 1.0, 7, 0)
    assert np.array_equal(lives.weeks, before.weeks)
    assert np.array_equal(lives.months, before.months)


def test_dirt_is_there(tmp_path: Path) -> None:
    paths = {stem: tmp_path / f"{stem}.parquet" for stem in denmark.outputs()}
    named = {f"published_{table}": path for table, path in PUBLISHED.items()}
    denmark.write(replace(SETTINGS, scale=0.02), CODES | named, paths)
    rows = pq.read_table(paths["mentorforloeb"]).to_pylist()
    assert any(row["SLUT_DATO"] is None for row in rows)
    assert any(row["TIMER_UGE"] is None for row in rows)
    assert any(row["TIMER_UGE"] == 0 for row in rows)
    same = Counter((row["PNR"], row["START_DATO"], row["SLUT_DATO"]) for row in rows)
    assert max(same.values()) > 1
    ends = {(row["PNR"], row["SLUT_DATO"]) for row in rows if row["SLUT_DATO"]}
    day = timedelta(days=1)
    assert sum((row["PNR"], row["START_DATO"] - day) in ends for row in rows) > 20
    in_dream = set(pq.read_table(paths["dream201404"], columns=["PNR"])["PNR"].to_pylist())
    assert {row["PNR"] for row in rows} - in_dream


def test_an_impossible_scale_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PlainError, match="scale"):
        denmark.write(replace(SETTINGS, scale=2.0), CODES, {"bef201112": tmp_path / "x"})


def test_even_draws_keep_to_the_shares() -> None:
    drawn = streams.pick_evenly(streams.stream(1, "x"), np.array([2.0, 0.0, 1.0]), 300)
    assert np.abs(np.bincount(drawn, minlength=3) - [200, 0, 100]).max() <= 1
    assert drawn[:100].std() > 0  # in random order


def test_streams_are_named() -> None:
    draws = {
        (step, number): streams.stream(1, step, number).random()
        for step in ("careers", "selection")
        for number in (0, 1)
    }
    assert len(set(draws.values())) == 4
    assert streams.stream(1, "careers").random() == draws["careers", 0]


def test_only_recipients_of_help_are_visitated(
    lived: tuple[population.People, careers.Careers],
) -> None:
    people, lives = lived
    (group,) = visitation.groups(people, lives).values()
    week = timeline.WEEKS.index((2014, 14))
    stem = np.array([code[:2] for code in CODE_LIST])[lives.weeks[week]]
    grown, young = np.isin(stem, ("73", "13")), np.isin(stem, ("72", "14"))
    assert (group > 0).tolist() == (grown | young).tolist()
    assert set(group[grown]) <= {1, 2, 9}
    assert set(group[young]) <= {3, 4, 5, 9}
    far = visitation.last_match_group(lives) == 3
    assert np.isin(group[(grown | young) & far], (2, 5, 9)).mean() > 0.95


def test_some_have_a_gap_between_two_jobs(
    lived: tuple[population.People, careers.Careers],
) -> None:
    months = lived[1].months > 0
    gap = months[:-2] & ~months[1:-1] & months[2:]
    assert 0.0005 < gap.sum() / months.sum() < 0.02
