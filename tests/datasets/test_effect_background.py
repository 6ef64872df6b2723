"""What the registers said at the turn of the year: each rule on a handful of people."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import evalrapport.contracts as contracts
from evalrapport.datasets import background_health, background_homes, background_jobs
from evalrapport.datasets.background_area import areas, last_week, unemployed
from evalrapport.datasets.background_family import families, place_of
from evalrapport.datasets.background_origin import origins
from evalrapport.datasets.benefits import Benefits
from evalrapport.datasets.enrolment import enrolled_months
from evalrapport.errors import PlainError

CODES = Path(contracts.__file__).parent / "codes"
PERSONS = np.array([3, 5, 8])


def typed(path: Path, **columns: object) -> Path:
    pq.write_table(pa.table(columns), path)
    return path


def days(*texts: str | None) -> pa.Array:
    return pa.array([date.fromisoformat(t) if t else None for t in texts], pa.date32())


def test_relatives_are_found_by_their_ids_and_nobody_else() -> None:
    found = place_of(np.array([2, 4, 9]), np.array([9, 3, 2, 10, 0]))
    assert found.tolist() == [2, -1, 0, -1, -1]


def family() -> pd.DataFrame:
    """Mother 1 and father 2 of child 3; 4 is 25 and their child too; 5 is 30 and unknown's."""
    return pd.DataFrame(
        {
            "person_id": [1, 2, 3, 4, 5],
            "age": [48, 50, 6, 25, 30],
            "origin_type": [1, 2, 1, 1, 1],
            "partner_id": [2, 1, 0, 0, 0],
            "mother_id": [0, 0, 1, 1, 1],
            "father_id": [0, 0, 2, 77, 2],
            "education_level": pd.Categorical(
                ["erhvervsfaglig", "lang_videregaaende", "uoplyst", "grundskole", "grundskole"]
            ),
        }
    )


def test_partner_children_and_the_parents_of_those_under_30() -> None:
    everyone = family()
    people = everyone[everyone["age"] >= 16].reset_index(drop=True)
    found = families(people, everyone)
    assert found["has_partner"].tolist() == [1, 1, 0, 0]
    assert found["youngest_child"].tolist() == [6, 6, 99, 99]
    assert list(found["partner_level"]) == ["lang_videregaaende", "erhvervsfaglig", "", ""]
    assert found["partner_immigrant"].tolist() == [1, 0, 0, 0]
    assert list(found["mother_level"]) == ["", "", "erhvervsfaglig", ""]
    assert list(found["father_level"]) == ["", "", "uoplyst", ""]  # 77 is not resident


def test_origin_is_grouped_and_years_count_for_immigrants_only() -> None:
    came = (np.array(["2005-01-02", "2004-12-31", "2000-01-01"], dtype="datetime64[D]")).astype(int)
    people = pd.DataFrame(
        {
            "origin_type": [2, 2, 3, 1, 2],
            "origin_country": [5436, 5154, 5172, 5100, 5754],
            "first_immigration": [*came.astype(float), np.nan, np.nan],
        }
    )
    found = origins(people, 2012, CODES / "origin_countries.csv")
    groups = ["middle_east", "western", "middle_east", "", "eastern_europe"]
    assert list(found["country_group"]) == groups
    assert found["years_here"].tolist() == [6, 7, -1, -1, -1]


def test_the_latest_november_job_counts_and_only_the_main_one(tmp_path: Path) -> None:
    path = typed(
        tmp_path / "idan.parquet",
        period=pa.array([2009, 2009, 2010, 2011, 2011], pa.int32()),
        person_id=[3, 5, 3, 3, 5],
        job_type=["H", "H", "H", "B", "E"],
        industry=pa.array([851000, 412000, 471110, 561010, 812100], pa.int32()),
        sector=pa.array([51, 80, 80, 80, 80], pa.int16()),
        hourly_wage=[150.0, 170.4, 139.6, 99.0, 99.0],
    )
    public = background_jobs.public_sectors(CODES / "sector_codes.csv")
    found = background_jobs.november_jobs(PERSONS, path, 2012, public)
    assert found["job_last_november"].tolist() == [0, 0, 0]
    assert found["job_two_novembers"].tolist() == [1, 0, 0]
    assert found["job_years"].tolist() == [2, 1, 0]
    assert list(found["industry_group"]) == ["trade", "construction", ""]
    assert found["hourly_wage"].tolist() == [140, 170, 0]
    assert found["public_job"].tolist() == [0, 0, 0]


def test_experience_in_tenths_of_a_year_of_the_year_before(tmp_path: Path) -> None:
    path = typed(
        tmp_path / "idap.parquet",
        period=pa.array([2010, 2011, 2011], pa.int32()),
        person_id=[3, 3, 8],
        experience=pa.array([9_999, 12_345, None], pa.int32()),
        unemployment_degree=pa.array([1, 250, 7], pa.int16()),
    )
    found = background_jobs.experience(PERSONS, path, 2011)
    assert found["experience"].tolist() == [123, 0, 0]
    assert found["unemployment_degree"].tolist() == [250, 0, 7]


def test_paid_hours_are_those_of_the_last_quarter(tmp_path: Path) -> None:
    path = typed(
        tmp_path / "bfl.parquet",
        person_id=[3, 3, 5],
        start_date=days("2011-09-01", "2011-10-01", "2011-12-15"),
        end_date=days("2011-09-30", "2011-10-31", "2011-12-31"),
        paid_hours=[160.0, 150.4, None],
    )
    assert background_jobs.paid_hours(PERSONS, path, 2011).tolist() == [150, 0, 0]


def test_services_by_speciality_without_those_of_children(tmp_path: Path) -> None:
    path = typed(
        tmp_path / "sssy.parquet",
        period=pa.array([2011] * 4 + [2010], pa.int32()),
        person_id=[3, 3, 5, 8, 8],
        service_code=pa.array([800101, 630110, 800101, 501119, 800101], pa.int32()),
        services=pa.array([4, 1, 9, 2, 7], pa.int16()),
        for_a_child=pa.array([0, 0, 1, 0, 0], pa.uint8()),
    )
    found = background_health.services(PERSONS, path, 2011)
    assert found["services"].tolist() == [5, 0, 2]
    assert found["gp_services"].tolist() == [4, 0, 0]
    assert found["psychologist"].tolist() == [1, 0, 0]
    assert found["dentist"].tolist() == [0, 0, 2]


def test_contacts_stand_for_services_where_ssko_is_delivered(tmp_path: Path) -> None:
    path = typed(
        tmp_path / "ssko.parquet",
        period=pa.array([2011, 2011], pa.int32()),
        person_id=[3, 3],
        speciality=pa.array([80, 24], pa.int16()),
        contacts=pa.array([3, 2], pa.int16()),
    )
    found = background_health.services(PERSONS, path, 2011)
    assert (found["services"][0], found["gp_services"][0], found["psychiatrist"][0]) == (5, 3, 2)


def test_hospital_contacts_of_the_two_years_before(tmp_path: Path) -> None:
    path = typed(
        tmp_path / "lpr.parquet",
        person_id=[3, 3, 5, 5, 8],
        patient_type=pa.array([0, 2, 3, 0, 0], pa.uint8()),
        start_date=days("2010-01-01", "2011-12-31", "2011-05-01", "2009-12-31", "2012-01-01"),
        bed_days=pa.array([4, 0, 0, 9, 9], pa.int16()),
    )
    found = background_health.hospital(PERSONS, path, 2012)
    assert [part.tolist() for part in found] == [[4, 0, 0], [1, 0, 0], [1, 0, 0], [0, 1, 0]]


def test_a_home_is_found_over_the_key_of_the_same_year(tmp_path: Path) -> None:
    bolig = typed(
        tmp_path / "bolig.parquet",
        period=pa.array([201112, 201112, 201212], pa.int32()),
        dwelling_id=["a", "b", "a"],
        tenure=pa.array([1, 2, 9], pa.uint8()),
        residents=pa.array([3, 1, 1], pa.int16()),
    )
    key = typed(
        tmp_path / "perbolig.parquet",
        period=pa.array([201112, 201112, 201212], pa.int32()),
        person_id=[3, 5, 8],
        dwelling_id=["a", None, "a"],
    )
    found = background_homes.homes(PERSONS, bolig, key, 2012)
    assert found["tenure"].tolist() == [1, 0, 0]
    assert found["residents"].tolist() == [3, 0, 0]


@pytest.fixture
def koto(tmp_path: Path) -> Path:
    return typed(
        tmp_path / "koto.parquet",
        person_id=[3, 3, 5, 8],
        part=pa.array([0, 0, 30, 52], pa.int16()),
        start_date=days("2010-08-01", "2012-05-31", "2011-08-01", "2011-08-01"),
        end_date=days("2011-06-30", None, None, "2012-03-01"),
    )


def test_enrolled_primo_the_year_and_left_before_it(koto: Path) -> None:
    found = background_homes.enrolment(PERSONS, koto, 2012)
    assert found["enrolled"].tolist() == [0, 0, 1]
    assert found["left_education"].tolist() == [1, 0, 0]


def test_enrolment_by_month_from_each_persons_start(koto: Path) -> None:
    starts = np.array(["2012-03-15", "2012-03-15", "2012-02-01"], dtype="datetime64[D]")
    found = enrolled_months(koto, PERSONS, starts, 3)
    assert found.shape == (4, 3)
    assert found[:, 0].tolist() == [False, False, True, True]  # from 31 May on
    assert not found[:, 1].any()  # a school year is no enrolment
    assert found[:, 2].tolist() == [True, True, False, False]  # a day in March is enough


def test_spells_that_overlap_count_once_a_month(tmp_path: Path) -> None:
    path = typed(
        tmp_path / "koto.parquet",
        person_id=[3, 3],
        part=pa.array([0, 0], pa.int16()),
        start_date=days("2012-03-01", "2012-03-20"),
        end_date=days("2012-04-10", "2012-04-01"),
    )
    starts = np.full(3, np.datetime64("2012-03-05"))
    found = enrolled_months(path, PERSONS, starts, 2)
    assert found[:, 0].tolist() == [True, True, False]


def test_the_unemployed_are_the_insured_and_those_ready_for_a_job(benefits: Benefits) -> None:
    codes = np.array([0, 111, 130, 730, 651])
    assert unemployed(codes, benefits).tolist() == [False, True, True, False, False]


def test_commuting_areas_are_provinces_unless_the_analyst_names_others(tmp_path: Path) -> None:
    listed = CODES / "municipalities.csv"
    province = areas(listed, None)
    assert province[101] == province[147] == "Byen København"
    own = tmp_path / "areas.csv"
    pd.DataFrame({"code": province.index, "area": "A"}).to_csv(own, index=False)
    assert set(areas(listed, own)) == {"A"}
    pd.DataFrame({"code": [101], "area": ["A"]}).to_csv(own, index=False)
    with pytest.raises(PlainError, match="no area for 98 municipalities"):
        areas(listed, own)
    own.write_text("kommune;omraade\n", encoding="utf-8")
    with pytest.raises(PlainError, match=r"areas\.csv: the columns must be"):
        areas(listed, own)


def test_the_last_week_of_a_year_may_be_the_fifty_third() -> None:
    assert last_week(2011) == (2011, 52)
    assert last_week(2009) == (2009, 53)
