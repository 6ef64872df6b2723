"""The literature search: read, merged, decided on and counted, on a small made-up export set."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest
from sklearn.metrics import cohen_kappa_score

from evalrapport.errors import PlainError
from evalrapport.results import litteraturflow
from evalrapport.results.literature.duplicates import deduplicated
from evalrapport.results.literature.flow import BOXES, from_records, from_totals
from evalrapport.results.literature.references import Reference, plain_doi, read_export
from evalrapport.results.literature.screening import kappa, outcomes, pairs, read_decisions
from evalrapport.step import Job

HERE = Path(__file__).parent / "literature"
TABLES = Path(__file__).parents[2] / "src/evalrapport/contracts/tables"
EXPORTS = sorted((HERE / "exports").iterdir())
FOUND = [one for path in EXPORTS for one in read_export(path)]
# In the order of the files: EBSCOhost's three, Google Scholar's two, Web of Science's three.
WORKS, MERGES = deduplicated(FOUND)
DECISIONS = read_decisions(HERE / "decisions.csv", {work.id for work in WORKS})


def reference(name: str, title: str = "A", doi: str = "", year: int | None = 2000) -> Reference:
    return Reference(name, "x", title, "Smith", year, doi)


def test_three_formats_give_the_same_fields() -> None:
    assert [path.suffix for path in EXPORTS] == [".ris", ".csv", ".bib"]
    by_id = {one.id: one for one in FOUND}
    assert by_id["ebscohost.ris:1"].first_author == by_id["web_of_science.bib:1"].first_author
    assert by_id["web_of_science.bib:1"].doi == "10.1000/j.2012.001"
    assert by_id["google_scholar.csv:1"].year == 2009
    assert by_id["google_scholar.csv:2"].year is None


def test_two_works_of_one_author_in_one_year_stay_two() -> None:
    smith = [one for one in FOUND if one.database == "ebscohost" and one.first_author == "Smith"]
    assert len({one.id for one in smith}) == 2


def test_merges_are_by_doi_first_and_each_is_recorded() -> None:
    assert [(m.kept, m.merged, m.rule) for m in MERGES] == [
        ("ebscohost.ris:1", "web_of_science.bib:1", "doi"),
        ("ebscohost.ris:2", "web_of_science.bib:2", "titel_aar_forfatter"),
    ]
    assert len(WORKS) + len(MERGES) == len(FOUND) == 8


def test_different_dois_are_different_works_however_alike_the_titles() -> None:
    works, merges = deduplicated([reference("a", doi="10.1000/a"), reference("b", doi="10.1000/b")])
    assert len(works) == 2
    assert merges == []


def test_a_title_without_a_year_is_not_enough_to_merge() -> None:
    works, _ = deduplicated([reference("a", year=None), reference("b", year=None)])
    assert len(works) == 2


def test_a_merge_can_be_taken_back_by_naming_the_pair() -> None:
    pair = [reference("a"), reference("b")]
    assert len(deduplicated(pair)[0]) == 1
    assert len(deduplicated(pair, {frozenset(("b", "a"))})[0]) == 2


@pytest.mark.parametrize(
    ("text", "doi"),
    [("doi: 10.1234/ABC.5.", "10.1234/abc.5"), ("https://doi.org/10.1/x", ""), ("", "")],
)
def test_dois_are_bared(text: str, doi: str) -> None:
    assert plain_doi(text) == doi


def test_an_unknown_format_is_refused_with_those_that_are_read(tmp_path: Path) -> None:
    with pytest.raises(PlainError, match=r"\.ris, \.bib, \.csv"):
        read_export(tmp_path / "x.docx")


def test_the_flow_is_counted_from_the_records() -> None:
    flow = from_records(WORKS, MERGES, DECISIONS)
    assert list(flow.boxes) == list(BOXES)
    assert list(flow.boxes.values()) == [8, 2, 6, 3, 3, 1, 2, 1, 1]
    assert flow.reasons["fravalgt_titel"] == {"Anden målgruppe": 2, "Ikke en effektmåling": 1}


def test_what_is_known_only_in_total_leaves_the_rest_unknown() -> None:
    flow = from_totals(158, 7)
    assert flow.boxes["identificeret"] == 158
    assert flow.boxes["medtaget"] == 7
    assert [flow.boxes[box] for box in BOXES[1:-1]] == [None] * 7


def test_a_work_that_nobody_decided_on_stops_the_count() -> None:
    without = [d for d in DECISIONS if d["reference"] != "google_scholar.csv:2"]
    with pytest.raises(PlainError, match=r"1 works have no decision.*google_scholar\.csv:2"):
        from_records(WORKS, MERGES, without)


def test_a_disagreement_must_be_settled() -> None:
    unsettled = [d for d in DECISIONS if d["screener"] != "enighed"]
    with pytest.raises(PlainError, match=r"ebscohost\.ris:2, titel: the screeners disagree"):
        outcomes(unsettled, "titel")


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"reference": "web_of_science.bib:1"}, "line 2: .* is no work"),
        ({"trin": "resume"}, "line 2: trin must be one of titel, fuldtekst"),
        ({"afgoerelse": "ikke_fundet"}, "line 2: afgoerelse must be one of med, ikke_med"),
        ({"afgoerelse": "ikke_med"}, "line 2: .* needs a begrundelse"),
        ({"screener": " "}, "line 2: screener is empty"),
        ({"screener": "CD"}, "line 3: this screener has decided on this work before"),
    ],
)
def test_a_faulty_decision_is_refused_with_its_line(
    tmp_path: Path, wrong: dict[str, str], message: str
) -> None:
    path = tmp_path / "decisions.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(DECISIONS[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows([{**DECISIONS[0], **wrong}, *DECISIONS[1:]])
    with pytest.raises(PlainError, match=message):
        read_decisions(path, {work.id for work in WORKS})


def test_kappa_agrees_with_scikit_learn() -> None:
    both = pairs(DECISIONS, "titel")
    assert len(both) == 6
    expected = cohen_kappa_score(*zip(*both, strict=True))
    assert kappa(both) == pytest.approx(expected)
    assert kappa([("med", "med")]) is None
    assert pairs(DECISIONS, "fuldtekst") == []


def run(folder: Path, inputs: dict[str, Path]) -> dict[str, pd.DataFrame]:
    names = litteraturflow.TABLES
    inputs |= {f"contract_{name}": TABLES / f"{name}.yaml" for name in names}
    outputs = {name: folder / f"{name}.csv" for name in names}
    merges = folder / "merges.json"
    litteraturflow.step(Job("results.litteraturflow", inputs, {**outputs, "merges": merges}))
    return {name: pd.read_csv(path).set_index(["row", "column"]) for name, path in outputs.items()}


def test_the_step_counts_records_where_there_are_any(tmp_path: Path) -> None:
    exports = {f"export_{n}": path for n, path in enumerate(EXPORTS)}
    totals = Path(__file__).parents[2] / "data/literature/totals.csv"
    made = run(tmp_path, {**exports, "decisions": HERE / "decisions.csv", "totals": totals})
    flow = made["litteraturflow"]
    assert flow.loc[("medtaget", "antal"), "value"] == 1
    assert flow.loc[("fravalgt_fuldtekst", "grunde"), "text"] == "Ingen kontrolgruppe (1)"
    assert made["litteraturenighed"].loc[("titel", "enighed"), "value"] == pytest.approx(
        83.333, 1e-4
    )


def test_the_step_has_only_the_two_totals_without_records(tmp_path: Path) -> None:
    totals = Path(__file__).parents[2] / "data/literature/totals.csv"
    made = run(tmp_path, {"totals": totals})
    flow = made["litteraturflow"].xs("antal", level="column")
    assert flow.loc[["identificeret", "medtaget"], "value"].tolist() == [158, 7]
    assert (flow["status"] == "not_published").sum() == 7
    assert set(made["litteraturenighed"]["status"]) == {"not_published"}
