"""The rules on mentors before and after 1 January 2014, side by side (chapter 2).

One line of data/legislation/provisions.csv per subject, with the paragraph and the source. What the
source does not state says `ikke oplyst` there and is left out of the printed cell.
"""

from __future__ import annotations

from collections.abc import Sequence

from evalrapport.contracts.result_table import from_yaml
from evalrapport.results import open_rows
from evalrapport.results.open_rows import NOT_STATED, Record
from evalrapport.results.shares import write
from evalrapport.step import Job

FIELDS = ("id", "emne", "foer", "paragraf_foer", "efter", "paragraf_efter", "kilde")


def side_by_side(provisions: Sequence[Record]) -> dict[str, dict[str, str]]:
    """Subject → the rule before and after, with its paragraph in brackets where it is known."""
    return {
        one["id"]: {
            side: with_paragraph(one[side], one[f"paragraf_{side}"]) for side in ("foer", "efter")
        }
        for one in provisions
    }


def with_paragraph(rule: str, paragraph: str) -> str:
    """The rule in words, and where it stands in the act."""
    return rule if paragraph == NOT_STATED else f"{rule} ({paragraph})"


def step(job: Job) -> None:
    """The provisions → the table and its contract with one row per subject."""
    provisions = open_rows.read_records(job.input["provisions"], FIELDS)
    labels = {one["id"]: one["emne"] for one in provisions}
    contract = open_rows.completed(from_yaml(job.input["contract"]), labels)
    texts = side_by_side(provisions)
    write(open_rows.text_table(texts, contract), job.output["lovgivning_foer_efter"])
    open_rows.write_contract(contract, job.output["contract"])
