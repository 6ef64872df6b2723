"""Published estimates on public data are reproduced, and the page that shows them is up to date."""

from __future__ import annotations

from pathlib import Path

import pytest
from validation.__main__ import page
from validation.published import Check, checks

CHECKS = checks()


@pytest.mark.parametrize("check", CHECKS, ids=[f"{c.name} {c.published}" for c in CHECKS])
def test_published_estimate(check: Check) -> None:
    if check.must:
        assert check.agrees, (check.published, check.ours)
    if check.fast is not None:  # the report's derivative, which agrees in large samples
        assert check.fast == pytest.approx(check.ours, rel=0.06)


def test_a_wrong_number_would_not_agree() -> None:
    assert not Check("", "", 1.234, 1.2346, 3).agrees
    assert Check("", "", 1.234, 1.2341, 3).agrees
    assert not Check("", "", 761.7544, 761.8, 4, relative=1e-5).agrees
    assert Check("", "", 761.7544, 761.7507, 4, relative=1e-5).agrees


def test_the_page_is_up_to_date() -> None:
    assert Path("docs/validation.md").read_text(encoding="utf-8") == page()
