"""Random edits to text, tables and settings: each is found and named, and nothing else is."""

import copy
import tempfile

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tiny_report import SHARES, Report, hide

from evalrapport.review import comparison
from evalrapport.review.alignment import align
from evalrapport.review.blocks import Block, Token
from evalrapport.review.text import compare, spans

CALM = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
PLACES = [(row, column) for row in SHARES for column in ("alle", "2012", "2013")]
WORDS = st.sampled_from("alle borgere der får støtte har et job eller en plads i huset".split())
TEXTS = st.lists(WORDS, min_size=1, max_size=12)


def versions(change):
    """The tiny report before and after a change, compared."""
    with tempfile.TemporaryDirectory() as folder:
        report = Report(folder)
        report.data_status = "published"  # else a small change is rightly a risk of disclosure too
        old = report.write("a")
        change(report)
        return comparison.compare(old, report.write("b"))


@CALM
@given(st.dictionaries(st.sampled_from(PLACES), st.integers(1, 300), max_size=4))
def test_exactly_the_changed_cells(changes):
    def change(report):
        for place, tenths in changes.items():
            cell = report.tables["ydelse"][place]
            cell["value"] = f"{float(cell['value']) + tenths / 10:.1f}"

    found = versions(change)
    cells = [c for c in found["changes"] if c["type"] == "tal"]
    assert {c["address"] for c in cells} == {
        f"ydelse {row}@{column} andel" for row, column in changes
    }
    assert all(c["kind"] == "vaerdi" for c in cells)
    assert {c["type"] for c in found["changes"]} <= {"tal", "tekst"}
    assert all(c["kind"] == "tal" for c in found["changes"] if c["type"] == "tekst")
    differences = {c["address"]: round(c["difference"] * 10) for c in cells}
    assert differences == {f"ydelse {r}@{c} andel": t for (r, c), t in changes.items()}


@CALM
@given(st.sets(st.sampled_from(PLACES), max_size=4))
def test_exactly_the_hidden_cells(places):
    def change(report):
        for place in places:
            hide(report.tables["ydelse"][place])

    found = versions(change)
    cells = {c["address"] for c in found["changes"] if c["type"] == "tal"}
    assert cells == {f"ydelse {row}@{column} andel" for row, column in places}
    assert found["summary"]["saetninger"] == 0


@CALM
@given(st.sampled_from(["episode_gap_days", "anden_noegle"]), st.integers(1, 99))
def test_exactly_the_changed_setting(key, value):
    def change(report):
        report.manifest["steps"]["datasets.episoder"]["settings"][key] = value
        for name in ("episoder.parquet", "folk.parquet"):
            report.manifest["files"][name]["sha256"] = "x"
        report.tables["ydelse"]["su", "2012"]["value"] = "3.9"

    found = versions(change)
    before = "0" if key == "episode_gap_days" else "findes ikke"
    (group,) = found["causes"]
    assert [(c["what"], c["old"], c["new"]) for c in group["causes"]] == [(key, before, str(value))]


def block(words, name="p"):
    tokens = tuple(Token(word, i > 0) for i, word in enumerate(words))
    return Block("afsnit", name, "a.html", ("sec-a",), tokens)


@CALM
@given(st.lists(TEXTS, max_size=7), st.lists(TEXTS, max_size=7))
def test_every_block_of_both_versions_is_told_of_once(old, new):
    first, second = [block(t) for t in old], [block(t) for t in new]
    pairs = align(first, second)
    assert [id(p.new) for p in pairs if p.new] == [id(b) for b in second]
    assert sorted(id(p.old) for p in pairs if p.old) == sorted(id(b) for b in first)


@CALM
@given(TEXTS, TEXTS)
def test_the_spans_give_back_both_texts(old, new):
    found = spans(block(old).tokens, block(new).tokens, lambda address: False)
    before = "".join(text for mark, text in found if mark in "=-")
    after = "".join(text for mark, text in found if mark in "=+")
    assert before.split() == old
    assert after.split() == new


@CALM
@given(st.lists(st.integers(0, 10**6), min_size=2, max_size=8, unique=True), st.data())
def test_one_moved_paragraph_is_one_move(marks, data):
    paragraphs = [
        block(f"Afsnit {mark} handler om noget, som kun det handler om.".split()) for mark in marks
    ]
    start = data.draw(st.integers(0, len(marks) - 1))
    moved = copy.copy(paragraphs)
    one = moved.pop(start)
    moved.insert(data.draw(st.integers(0, len(moved))), one)
    found = compare(paragraphs, moved, {})
    assert [c["kind"] for c in found] in ([], ["flyttet"])
    assert bool(found) == (moved != paragraphs)
