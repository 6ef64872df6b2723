"""Respondents of the two telephone surveys, whole people, such that table 4.12 comes out exactly.

Counts by benefit group that give each printed per cent of SFI 15:10, table 4.12. The first question
fits only with 99 + 74 + 44 answers (with 72 in "Andet" no whole number gives 9 per cent); the
second with the printed 96 + 72 + 44. So the printed base is that of the second question. Who cannot
name anything positive is a share of those answering (158), and with those who did not answer 43 per
cent of all 223 (footnote 22).

ASSUME: mentors' second column adds to 95 per cent; the other 14 of 281 gave answers that the table
doesn't print ("Uoplyst" here). One of 282 mentors answered neither question (base 281).
"""

from __future__ import annotations

import numpy as np

from evalrapport.sources.stand_in.streams import stream

GROUPS = ("kontanthjaelp", "andet", "sygedagpenge")
INTERVIEWED = (102, 75, 46)  # table 4.2
# answer -> (kontanthjælp, andet, sygedagpenge, mentors)
COUNTS: dict[str, dict[str, tuple[int, int, int, int]]] = {
    "klare": {
        "meget_bedre": (9, 7, 6, 146),
        "noget_bedre": (26, 21, 12, 81),
        "maaske_lidt": (23, 17, 7, 30),
        "ikke_bedre": (33, 18, 10, 13),
        "daarligere": (0, 2, 2, 3),
        "kan_ikke_vurdere": (5, 6, 4, 8),
        "ved_ikke": (3, 3, 3, 0),
    },
    "ansvar": {
        "meget_mere": (7, 8, 6, 135),
        "lidt_mere": (23, 14, 9, 84),
        "maaske_lidt": (20, 20, 9, 28),
        "ikke_mere": (27, 13, 8, 17),
        "mindre": (1, 2, 0, 1),
        "kan_godt": (8, 8, 3, 0),
        "kan_ikke_vurdere": (9, 6, 4, 0),
        "ved_ikke": (1, 1, 5, 2),
        "uoplyst": (0, 0, 0, 14),
    },
    "ingen_positiv_indsats": {"ja": (15, 10, 5, 0), "nej": (57, 45, 26, 0)},
}
MENTORS = 282


def answers(
    rng: np.random.Generator, question: str, column: int, people: int, labels: dict[str, str]
) -> list[str]:
    """One question's answers (labels, blank for none) of a group of people, in random order."""
    given = [
        labels[answer] for answer, counts in COUNTS[question].items() for _ in range(counts[column])
    ]
    filled = given + [""] * (people - len(given))
    return [filled[place] for place in rng.permutation(people)]


def citizens(seed: int, labels: dict[str, dict[str, str]]) -> dict[str, list[str]]:
    """The citizens' file by column. `labels`: question -> answer -> Danish label."""
    rng = stream(seed, "survey_citizens")
    columns: dict[str, list[str]] = {"YDELSESGRUPPE": []}
    for place, group in enumerate(GROUPS):
        people = INTERVIEWED[place]
        columns["YDELSESGRUPPE"] += [labels["benefit_group"][group]] * people
        for question in COUNTS:
            drawn = answers(rng, question, place, people, labels[question])
            columns.setdefault(question.upper(), []).extend(drawn)
    return shuffled(rng, columns, "B")


def mentors(seed: int, labels: dict[str, dict[str, str]]) -> dict[str, list[str]]:
    """The mentors' file by column."""
    rng = stream(seed, "survey_mentors")
    columns: dict[str, list[str]] = {}
    silent = MENTORS - 1
    for question in ("klare", "ansvar"):
        drawn = answers(rng, question, 3, silent, labels[question])
        columns[question.upper()] = [*drawn, ""]
    return shuffled(rng, columns, "M")


def shuffled(
    rng: np.random.Generator, columns: dict[str, list[str]], letter: str
) -> dict[str, list[str]]:
    """Rows in random order with a running interview number."""
    count = len(next(iter(columns.values())))
    order = rng.permutation(count)
    ids = {"RESP_ID": [f"{letter}{number:04d}" for number in range(1, count + 1)]}
    return ids | {name: [values[place] for place in order] for name, values in columns.items()}
