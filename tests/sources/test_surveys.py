"""The stand-in's respondents give the published table 4.12 to the last printed digit."""

from __future__ import annotations

import pytest

from evalrapport.sources.stand_in import surveys

# SFI 15:10, table 4.12: kontanthjælp, andet, sygedagpenge, i alt, mentors (None: printed "-").
PRINTED: dict[str, dict[str, tuple[int | None, ...]]] = {
    "klare": {
        "meget_bedre": (9, 9, 14, 10, 52),
        "noget_bedre": (26, 28, 27, 27, 29),
        "maaske_lidt": (23, 23, 16, 22, 11),
        "ikke_bedre": (33, 24, 23, 28, 5),
        "daarligere": (0, 3, 5, 2, 1),
        "kan_ikke_vurdere": (5, 8, 9, 7, 3),
        "ved_ikke": (3, 4, 7, 4, 0),
    },
    "ansvar": {
        "meget_mere": (7, 11, 14, 10, 48),
        "lidt_mere": (24, 19, 20, 22, 30),
        "maaske_lidt": (21, 28, 20, 23, 10),
        "ikke_mere": (28, 18, 18, 23, 6),
        "mindre": (1, 3, 0, 1, 0),
        "kan_godt": (8, 11, 7, 9, None),
        "kan_ikke_vurdere": (9, 8, 9, 9, 0),
        "ved_ikke": (1, 1, 11, 3, 1),
    },
    "ingen_positiv_indsats": {"ja": (21, 18, 16, 19, None)},
}
CELLS = [(question, answer) for question, rows in PRINTED.items() for answer in rows]


def columns(question: str, answer: str) -> list[int]:
    *citizens, mentors = surveys.COUNTS[question][answer]
    return [*citizens, sum(citizens), mentors]


@pytest.mark.parametrize(("question", "answer"), CELLS)
def test_each_printed_per_cent(question: str, answer: str) -> None:
    bases = [sum(column) for column in zip(
        *(columns(question, name) for name in surveys.COUNTS[question]), strict=True
    )]  # fmt: skip
    for count, base, printed in zip(
        columns(question, answer), bases, PRINTED[question][answer], strict=True
    ):
        if printed is not None:
            assert abs(100 * count / base - printed) < 0.5


def test_printed_bases() -> None:
    bases = [sum(column) for column in zip(*surveys.COUNTS["ansvar"].values(), strict=True)]
    assert bases == [96, 72, 44, 281]
    answered = sum(sum(counts) for counts in surveys.COUNTS["ingen_positiv_indsats"].values())
    cannot = sum(surveys.COUNTS["ingen_positiv_indsats"]["ja"])
    asked = sum(surveys.INTERVIEWED)
    assert asked == 223
    assert round(100 * (cannot + asked - answered) / asked) == 43  # footnote 22


def test_files_hold_whole_people_in_an_order_that_the_seed_decides() -> None:
    labels = {
        question: {answer: answer for answer in rows} for question, rows in surveys.COUNTS.items()
    } | {"benefit_group": {group: group for group in surveys.GROUPS}}
    first, again, other = (surveys.citizens(seed, labels) for seed in (1, 1, 2))
    assert first == again != other
    assert len(first["RESP_ID"]) == len(set(first["RESP_ID"])) == 223
    for file in (first, other):
        given = list(zip(file["YDELSESGRUPPE"], file["ANSVAR"], strict=True))
        assert given.count(("sygedagpenge", "ved_ikke")) == 5
    assert len(surveys.mentors(1, labels)["RESP_ID"]) == 282
