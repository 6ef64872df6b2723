"""The stand-in's respondents: counts from published percentages, whole people from counts."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import evalrapport.contracts as contracts
from evalrapport.sources.stand_in import (
    centre_sample,
    fieldwork,
    survey_fit,
    survey_frames,
    survey_numbers,
)

CODES = Path(contracts.__file__).parent / "codes"


def rows(name: str) -> list[dict[str, str]]:
    with (CODES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def made() -> dict[str, pd.DataFrame]:
    return fieldwork.made(7, rows("survey_counts"), rows("interview_codes"))


def test_counts_within_the_rounding_of_a_per_cent() -> None:
    assert survey_fit.within(2, 72) == (2, 1)  # 1 of 72 is 1.4, 2 are 2.8: no count gives 2
    assert survey_fit.within(50, 99) == (50, 49)  # 49 give 49.5, which is printed as 49 or 50
    assert survey_fit.within(1, 200) == (1, 2)


def test_counts_of_a_question_meet_columns_and_total() -> None:
    printed = {"ja": {"a": 33, "b": 67, "i_alt": 50}, "nej": {"a": 67, "b": 33, "i_alt": 50}}
    found = survey_fit.fit(printed, {"a": 30, "b": 30})
    assert found.violated == ()
    assert found.counts == {"ja": {"a": 10, "b": 20}, "nej": {"a": 20, "b": 10}}


def test_an_impossible_cell_is_named_and_the_others_are_met() -> None:
    printed = {"ja": {"a": 2, "i_alt": 2}, "nej": {"a": 98, "i_alt": 98}}
    found = survey_fit.fit(printed, {"a": 30})
    assert ("ja", "a") in found.violated
    assert sum(by["a"] for by in found.counts.values()) == 30


def test_numbers_have_the_sum_and_the_median() -> None:
    drawn = survey_numbers.spread(45, [(0, 2), (0.5, 21), (1, 150)], 1724)
    assert (drawn.sum(), np.median(drawn), (np.diff(drawn) >= 0).all()) == (1724, 21, True)


def test_ages_that_bands_do_not_allow_are_refused() -> None:
    assert survey_numbers.ages([(18, 24, 3)], 70).sum() == 70
    with pytest.raises(ValueError, match="add up"):
        survey_numbers.ages([(18, 24, 3)], 90)


def test_so_many_people_at_every_scale(made: dict[str, pd.DataFrame]) -> None:
    assert {name: len(frame) for name, frame in made.items() if name != "interview_coding"} == {
        "survey_citizens": 223,
        "survey_mentors": 282,
        "survey_frame_citizens": 14_852,
        "survey_frame_mentors": 80_477,
        "interview_frame": 94,
    }


def test_answers_are_those_of_the_counts(made: dict[str, pd.DataFrame]) -> None:
    for row in rows("survey_counts"):
        if row["survey"] == "citizens" and row["question"] != "aldersgruppe":
            frame = made["survey_citizens"]
            own = frame[frame["benefit_group"] == row["column"]]
            assert (own[row["question"]] == row["answer"]).sum() == int(row["count"]), row


def test_content_people_are_content_in_more_than_one_matter(made: dict[str, pd.DataFrame]) -> None:
    frame = made["survey_citizens"]
    trusting = frame["tillid"] == "helt_bestemt"
    close = frame["fortrolighed"] == "hoej"
    assert close[trusting].mean() > close[~trusting].mean() + 0.15


def test_nobody_has_worked_longer_than_since_school(made: dict[str, pd.DataFrame]) -> None:
    frame = made["survey_citizens"]
    assert (frame["erhvervserfaring"] <= frame["alder"] - 15).all()


def test_the_sample_in_the_frame(made: dict[str, pd.DataFrame]) -> None:
    frame = made["survey_frame_citizens"]
    drawn = frame[frame["udtrukket"] == "ja"]
    assert len(drawn) == 450
    assert drawn["udfald"].value_counts()[["interview", "ingen_mentor"]].tolist() == [223, 24]
    spoken = set(made["survey_citizens"]["respondent_id"])
    assert set(frame["respondent_id"].dropna()) == spoken


def test_entries_of_the_mentors_frame() -> None:
    entries = survey_frames.contacts(np.random.default_rng(1))
    assert len(entries) == entries["name"].nunique() == 687
    assert entries["phone"].str.fullmatch(r"2\d{7}").sum() == 559


def test_the_same_seed_gives_the_same_people() -> None:
    one, same, other = (
        fieldwork.made(seed, rows("survey_counts"), rows("interview_codes"))["survey_citizens"]
        for seed in (7, 7, 8)
    )
    assert one.equals(same)
    assert not one.equals(other)


def test_codes_that_follow_from_others(made: dict[str, pd.DataFrame]) -> None:
    frame = made["interview_coding"]
    by_code = frame.groupby("code")["centre_id"].apply(set)
    assert by_code["eksterne.sjaeldent"] | by_code["eksterne.mest"] <= by_code["eksterne.bruges"]
    assert not by_code["eksterne.sjaeldent"] & by_code["eksterne.mest"]
    assert not by_code["organisering.intet_korps"] & by_code["organisering.korps"]
    told = {row["code"]: int(row["stand_in_centres"]) for row in rows("interview_codes")}
    assert by_code.map(len).to_dict() == told


def test_every_exception_is_explained_in_the_documentation() -> None:
    page = (Path(__file__).parents[2] / "docs/why/survey-exceptions.md").read_text("utf-8")
    for row in rows("survey_exceptions"):
        assert None not in row, row  # a comma without quotes would cut the arithmetic
        told = f"| {row['table']} | {row['row']} | {row['column']} | {row['printed']} |"
        assert told in page
        assert row["arithmetic"] in page


def test_centres_are_shared_out_evenly_and_small_clusters_are_used_up() -> None:
    sizes = pd.Series({"a": 1, "b": 9, "c": 5})
    assert centre_sample.shared_out(sizes, 9).to_dict() == {"a": 1, "b": 4, "c": 4}
    assert centre_sample.shared_out(sizes, 15).to_dict() == sizes.to_dict()
    with pytest.raises(ValueError, match="16 can't be drawn of 15"):
        centre_sample.shared_out(sizes, 16)


def test_the_drawn_centres_are_those_that_are_coded(made: dict[str, pd.DataFrame]) -> None:
    frame, coding = made["interview_frame"], made["interview_coding"]
    drawn = frame[frame["udtrukket"] == "ja"]
    assert (len(frame), len(drawn)) == (94, 18)
    assert drawn["cluster"].value_counts().to_dict() == {f"K{n}": 3 for n in range(1, 7)}
    coded = coding.groupby("centre_id")["cluster"].agg(set).map(lambda one: next(iter(one)))
    assert coded.to_dict() == drawn.set_index("centre_id")["cluster"].to_dict()


def test_another_seed_draws_other_centres() -> None:
    one, other = (
        centre_sample.frame(seed, 94, 18).query("udtrukket == 'ja'")["frame_id"].tolist()
        for seed in (1, 2)
    )
    assert one != other
