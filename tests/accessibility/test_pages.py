"""axe-core in headless Chromium finds nothing on the pages (WCAG 2.1 AA); the tab key gets by."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.accessibility.browser import CHROMIUM, examined
from tests.report.conftest import BOOK, book_job, build_site

LOOK = Path("report/_extensions/evalrapport")
MOST_STOPS = 120  # of the tab key on one page, its contents included
Findings = dict[str, dict[str, Any]]

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Findings:
    """What is found on the small book, which holds every construct, and on a faulty page."""
    folder = tmp_path_factory.mktemp("axe")
    site = build_site(book_job(), folder / "site")
    faulty = '<!doctype html><html><title>x</title><body><img src="x.png"></body></html>'
    (site / "faulty.html").write_text(faulty, encoding="utf-8")
    return examined(site, folder / "scratch")


def faults(found: Findings) -> list[str]:
    """Every violation with its page and where it is."""
    return [
        f"{page}: {one['help']}: {one['where']}"
        for page, told in found.items()
        for one in told["violations"]
    ]


def test_the_small_book_is_without_faults(small: Findings) -> None:
    own = {page: told for page, told in small.items() if page != "faulty.html"}
    assert len(own) >= 5
    assert all(told["passes"] > 10 for told in own.values())
    assert not faults(own)


def test_axe_does_find_what_is_wrong(small: Findings) -> None:
    ids = {one["id"] for one in small["faulty.html"]["violations"]}
    assert {"image-alt", "html-has-lang"} <= ids


def test_the_tab_key_begins_with_the_way_past_the_menu(small: Findings) -> None:
    for page, told in small.items():
        if page != "faulty.html":
            assert 'href="#indhold"' in told["stops"][0], page
            assert any("vis-kilder" in stop for stop in told["stops"]) == has_numbers(page), page
            assert len(told["stops"]) <= MOST_STOPS, page


def has_numbers(page: str) -> bool:
    """Whether a chapter of the small book binds a number, so that its button is of use."""
    text = (BOOK / page).with_suffix(".qmd").read_text(encoding="utf-8")
    return "{{< tal" in text or "{{< fakta" in text


def built_of_this(index: Path) -> bool:
    """Whether a built report has the look that lies here now, not that of an earlier edition."""
    made = index.parent / "assets"
    names = ("evalrapport.js", "evalrapport.css", "site.css")
    return all(
        (made / name).is_file() and (made / name).read_bytes() == (LOOK / name).read_bytes()
        for name in names
    )


REPORTS = [
    index for index in sorted(Path("build/report").glob("*/index.html")) if built_of_this(index)
]


@pytest.mark.skipif(not REPORTS, reason="no report of this edition is built; `make report` first")
@pytest.mark.parametrize("index", REPORTS, ids=lambda path: path.parent.name)
def test_the_report_that_was_built_is_without_faults(index: Path, tmp_path: Path) -> None:
    found = examined(index.parent, tmp_path / "scratch")
    assert not faults(found)
    assert {page: len(told["stops"]) for page, told in found.items()} == {
        page: min(len(told["stops"]), MOST_STOPS) for page, told in found.items()
    }
