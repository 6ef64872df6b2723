"""Table 4.12 of SFI 15:10: citizens' and mentors' judgement of the citizen's progress.

Shares are of those who answered the question. Citizens are shown by the benefit registered for
them during the support; mentors judge their latest citizen (footnote 20), and are not paired with
the citizens. The last row is the share of those answering an open question who can name nothing
good that the mentor did; of all who were asked it is far more (footnote 22). The intervals show
the uncertainty of the sample, without a correction for the finite population of recipients.
"""

from __future__ import annotations

import pandas as pd

from evalrapport.contracts.result_table import TableContract, from_yaml
from evalrapport.results.shares import bases, missing_cell, share_cell, shares, table, write
from evalrapport.step import Job

ALL, MENTORS = "i_alt", "mentorer"
QUESTIONS = ("klare", "ansvar")
NOTHING_GOOD, BASE = "ingen_positiv_indsats", "beregningsgrundlag"
# Answers that were not offered to mentors; the published table prints a dash there.
NOT_OFFERED = {"ansvar": "kan_godt"}
# ASSUME: the published mentor column of the second question adds to 95, so some interviews were
# in the base without an answer that the table shows.
UNPRINTED = ("uoplyst",)


def groups_of(citizens: pd.DataFrame, contract: TableContract) -> dict[str, pd.DataFrame]:
    """The citizens of each column: those with the benefit of its id, and all of them."""
    people = {}
    for column in (column.id for column in contract.columns if column.id != MENTORS):
        own = citizens["benefit_group"] == column
        people[column] = citizens if column == ALL else citizens[own]
    return people


def question(
    name: str, people: dict[str, pd.DataFrame], mentors: pd.DataFrame, contract: TableContract
) -> list[pd.DataFrame]:
    """Shares of the answers to one closed question, of citizens and of mentors."""
    answers = [row.id.split(".")[1] for row in contract.rows if row.group == name]
    withheld = NOT_OFFERED.get(name)
    offered = [answer for answer in answers if answer != withheld]
    of_citizens = {column: frame[name] for column, frame in people.items()}
    cells = [
        shares(of_citizens, answers, prefix=f"{name}."),
        shares({MENTORS: mentors[name]}, offered, prefix=f"{name}.", unprinted=UNPRINTED),
    ]
    if withheld:
        cells.append(pd.DataFrame([missing_cell(f"{name}.{withheld}", MENTORS, "andel", "-")]))
    return cells


def nothing_good(people: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """The share of those answering who can name nothing good that the mentor did."""
    cells = []
    for column, frame in people.items():
        answers = frame[NOTHING_GOOD].dropna()
        cells.append(share_cell(NOTHING_GOOD, column, int((answers == "ja").sum()), len(answers)))
    return pd.DataFrame(cells)


def estimate(
    citizens: pd.DataFrame, mentors: pd.DataFrame, contract: TableContract
) -> pd.DataFrame:
    """The table's estimates.

    Args:
        citizens: one row per interview: benefit_group, klare, ansvar (answer ids, missing if
            not answered), ingen_positiv_indsats (ja, nej or missing).
        mentors: klare, ansvar.
    """
    people = groups_of(citizens, contract)
    everyone = {**people, MENTORS: mentors}
    # ASSUME: the printed base is the smaller one of the two closed questions; far fewer answered
    # the open one (19 pct. of those answering are about 43 pct. of those asked, footnote 22).
    answered = {
        column: min(int(frame[name].notna().sum()) for name in QUESTIONS)
        for column, frame in everyone.items()
    }
    cells = [cell for name in QUESTIONS for cell in question(name, people, mentors, contract)]
    return table([*cells, nothing_good(people), bases(BASE, answered)], contract)


def step(job: Job) -> None:
    """The two surveys → the table's estimates."""
    citizens = pd.read_parquet(job.input["survey_citizens"])
    mentors = pd.read_parquet(job.input["survey_mentors"])
    estimates = estimate(citizens, mentors, from_yaml(job.input["contract"]))
    write(estimates, job.output["fremskridt"])
