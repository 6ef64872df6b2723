"""The further registers of the stand-in hang together with career, family and one another."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import evalrapport.contracts as contracts
from evalrapport.sources.stand_in import (
    chosen,
    denmark,
    further,
    kin,
    population,
    schooling,
    selection,
)
from evalrapport.sources.stand_in.fitting import Ledger
from evalrapport.sources.stand_in.presence import codes_beginning, share_of_year
from evalrapport.sources.stand_in.selection import Settings
from evalrapport.sources.stand_in.streams import stream
from evalrapport.sources.stand_in.timeline import MONTHS

CODES = {path.stem: path for path in (Path(contracts.__file__).parent / "codes").glob("*.csv")}
PUBLISHED = {path.stem: path for path in Path("data/published/evaluering").glob("*.csv")}
SETTINGS = Settings(scale=0.002, seed=7, unobserved_selection=0.5, true_effect=0.0)
Tables = dict[str, pd.DataFrame]


@pytest.fixture(scope="module")
def block() -> selection.Block:
    plan = denmark.plan(SETTINGS, CODES, PUBLISHED)
    return chosen.settle(plan, 0, [11_000], Ledger())


@pytest.fixture(scope="module")
def family(block: selection.Block) -> kin.Kin:
    partner = population.partners(stream(7, "families", 0), block.people)
    return kin.make(block.people, partner, 7)


@pytest.fixture(scope="module")
def tables(block: selection.Block, family: kin.Kin) -> Tables:
    made = further.files(block.people, block.lives, family, 7, further.stems())
    found = {stem: pd.DataFrame({k: v.to_pandas() for k, v in made[stem].items()}) for stem in made}
    for table in found.values():
        if "PNR" in table:
            table["person"] = np.searchsorted(block.people.person_id, table["PNR"].astype(np.int64))
            assert table["person"].is_monotonic_increasing
    return found


def test_only_what_a_study_wants_is_made(block: selection.Block, family: kin.Kin) -> None:
    made = further.files(block.people, block.lives, family, 7, {"idap2011"})
    assert list(made) == ["idap2011"]
    assert set(further.stems()) == set(
        further.files(block.people, block.lives, family, 7, further.stems())
    )


def test_the_main_job_in_november_is_that_of_dream(block: selection.Block, tables: Tables) -> None:
    jobs = tables["idan2011"]
    main = jobs[jobs["TYPE_2008"] == "H"]
    assert main["person"].is_unique
    november = block.lives.months[MONTHS.index((2011, 11)), main["person"]]
    assert (november > 0).all()
    other = jobs[jobs["TYPE_2008"] == "E"]
    assert (block.lives.months[MONTHS.index((2011, 11)), other["person"]] == 0).all()


def test_schooling_pays_and_experience_comes_with_age(
    block: selection.Block, tables: Tables
) -> None:
    jobs, people = tables["idan2011"], block.people
    level = people.level[0, jobs["person"]]
    wage = jobs.groupby(level)["SMAL_TIMELOEN"].median()
    assert wage[1] < wage[3] < wage[6]
    persons = tables["idap2011"]
    age = people.age_on(kin.LAST_DAY)[persons["person"]]
    years = persons["ERHVER"].astype(float) / 1000
    assert years[age < 20].max() < 6
    assert years[(age > 40) & (age < 50)].mean() > 2 * years[(age > 22) & (age < 28)].mean()
    assert (years <= np.maximum(age - 15, 0)).mean() > 0.98


def test_paid_hours_are_those_of_months_with_wages(block: selection.Block, tables: Tables) -> None:
    months = block.lives.months[MONTHS.index((2011, 1)) : MONTHS.index((2011, 12)) + 1]
    assert len(tables["bfl201112"]) == (months > 0).sum()


def test_the_sick_see_doctors_and_hospitals_more(block: selection.Block, tables: Tables) -> None:
    sick = share_of_year(block.lives, codes_beginning("89", "78"), 2011) > 0.2
    grown = block.people.age_on(kin.LAST_DAY) >= 18
    contacts = pd.concat([tables["lpr_adm2010"], tables["lpr_adm2011"]]).assign(YDLANT=1)
    for table in (tables["sssy2011"], contacts):
        per_person = np.bincount(
            table["person"], weights=table["YDLANT"], minlength=len(block.people)
        )
        assert per_person[sick & grown].mean() > 1.25 * per_person[~sick & grown].mean()
    for stem in ("lpr_adm2011", "psyk_adm2019"):
        table = tables[stem]
        assert (table.loc[table["C_PATTYPE"] != "0", "V_SENGDAGE"] == 0).all()
        assert table["RECNUM"].is_unique


def test_contacts_are_fewer_than_services_and_of_the_same_people(tables: Tables) -> None:
    services = tables["sssy2011"].groupby("person")["YDLANT"].sum()
    contacts = tables["ssko2011"].groupby("person")["KONTAKTAGG"].sum()
    assert services.index.equals(contacts.index)
    assert (contacts <= services).all()
    assert contacts.sum() < services.sum()


def test_partners_share_a_dwelling_and_dwellings_count_their_people(
    block: selection.Block, family: kin.Kin, tables: Tables
) -> None:
    key = tables["perbolig201112"].set_index("person")["DST_BOLIGERHVERVSENHED_ID"]
    pair = [(p, q) for p, q in enumerate(family.partner) if q > p and p in key and q in key]
    together = [key[p] == key[q] for p, q in pair if key[p] and key[q]]
    assert np.mean(together) == 1
    dwellings = tables["bolig201112"]
    assert dwellings["ANTAL_PERSONER"].sum() == len(key)
    assert set(key) - {""} <= set(dwellings["DST_BOLIGERHVERVSENHED_ID"])


def test_weeks_on_su_lie_in_a_spell_of_enrolment(block: selection.Block, tables: Tables) -> None:
    on_su = schooling.KIND[block.lives.weeks] == 2
    spells = tables["koto2014"]
    day = schooling.MONDAYS[300]
    first = (pd.to_datetime(spells["ELEV2_VFRA"]) - pd.Timestamp("1970-01-01")).dt.days
    last = (pd.to_datetime(spells["ELEV2_VTIL"]) - pd.Timestamp("1970-01-01")).dt.days
    there = spells.loc[(first <= day) & ~(last < day), "person"]
    here = (block.people.left > day + 7) & (block.people.died > day + 7)
    who = np.flatnonzero(on_su[300] & here)
    assert len(who) > 50
    assert np.isin(who, there).all()


def test_spells_of_one_kind_with_a_summer_between_are_one() -> None:
    kind = np.zeros((30, 2), dtype=np.uint8)
    kind[2:8, 0] = kind[15:20, 0] = 2
    kind[0:5, 1], kind[5:30, 1] = 3, 2
    person, what, first, last = schooling.spells(kind)
    assert person.tolist() == [0, 1, 1]
    assert what.tolist() == [1, 2, 1]
    assert first.tolist() == [2, 0, 5]
    assert last.tolist() == [19, 4, 29]
