"""The search strings: every term in each database's own syntax, and nothing that can be misread."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalrapport.contracts.result_table import from_yaml
from evalrapport.errors import PlainError
from evalrapport.results.literature.queries import (
    DATABASES,
    EBSCOHOST,
    WEB_OF_SCIENCE,
    Database,
    Faulty,
    check,
    facet_query,
    spelled,
)
from evalrapport.results.soegestrenge import read_terms, searches

ROOT = Path(__file__).parents[2]
FACETS = ROOT / "data/literature/search_facets.csv"


def test_terms_are_spelled_as_each_database_wants_them() -> None:
    near = "(welfare N5 (claim* OR client*))"
    assert spelled(near, EBSCOHOST) == near
    assert spelled(near, WEB_OF_SCIENCE) == "(welfare NEAR/5 (claim* OR client*))"
    assert spelled("career guidance", EBSCOHOST) == '"career guidance"'
    assert spelled('"cash benefit*"', WEB_OF_SCIENCE) == '"cash benefit*"'
    assert spelled("mento*", EBSCOHOST) == "mento*"


def test_a_topic_is_asked_for_in_web_of_science() -> None:
    assert facet_query(["coach*", "mento*"], WEB_OF_SCIENCE) == "TS=(coach* OR mento*)"


@pytest.mark.parametrize("database", DATABASES, ids=lambda one: one.id)
@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("coach mento*", "operator is missing before"),
        ("coach OR", "a term is missing"),
        ("OR coach", "a term is missing"),
        ("(coach OR mento*", "not closed"),
        ("coach) OR mento*", "bracket too many"),
        ('"cash benefit', "quote is not closed"),
        ("coach OR mento* AND policy", "without brackets"),
        ("co*ch", "no term"),
        ("*coach", "no term"),
        ("co*", "three letters"),
        ("()", "a term is missing"),
    ],
)
def test_queries_that_can_be_misread_are_refused(query: str, why: str, database: Database) -> None:
    with pytest.raises(Faulty, match=why):
        check(query, database)


def test_nearness_of_the_other_database_is_no_operator() -> None:
    with pytest.raises(Faulty, match="operator is missing before “NEAR/5”"):
        check("welfare NEAR/5 claim*", EBSCOHOST)
    with pytest.raises(Faulty, match="operator is missing before “N5”"):
        check("welfare N5 claim*", WEB_OF_SCIENCE)


def test_every_term_of_the_search_is_in_the_built_strings_of_both_databases() -> None:
    terms = read_terms(FACETS)
    rows = searches(terms)
    assert {facet: len(found) for facet, found in terms.items()} == {
        "maalgruppe": 10,
        "indsats": 5,
        "ramme": 3,
        "metode": 3,
    }
    for database in DATABASES:
        for facet, found in terms.items():
            built = rows[f"{database.id}.{facet}"]["soegning"]
            assert all(spelled(term, database) in built for term in found)
    assert rows["ebscohost.med_ramme"] == {"nummer": "S6", "soegning": "S1 AND S2 AND S3"}
    assert rows["web_of_science.grundsoegning"]["soegning"] == "#1 AND #2"


def test_the_table_has_a_row_for_each_search() -> None:
    contract = from_yaml(ROOT / "src/evalrapport/contracts/tables/soegestrenge.yaml")
    assert [row.id for row in contract.rows] == list(searches(read_terms(FACETS)))


def test_a_facet_that_cannot_be_searched_is_named(tmp_path: Path) -> None:
    with pytest.raises(PlainError, match=r"search_facets\.csv, Rammen: a term is missing"):
        searches({**read_terms(FACETS), "ramme": ["OR"]})
