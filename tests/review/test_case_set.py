"""The case set: bundles with known differences, each with the page that a reviewer must get."""

import pytest
from cases import CASES, EXPECTED, page_text


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_the_page_of_a_known_difference(case):
    expected = (EXPECTED / f"{case.__name__}.txt").read_text("utf-8")
    assert page_text(case) == expected


def test_every_expected_page_has_its_case():
    assert {path.stem for path in EXPECTED.glob("*.txt")} == {case.__name__ for case in CASES}
