"""To accept all tracked changes gives the new text, to reject them the old."""

import zipfile
from datetime import date

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from evalrapport.review import word
from evalrapport.review.tracked import Marker, W, lines_of

DAY = date(2026, 11, 23)


def write(path, blocks):
    """A Word file: texts are paragraphs, lists of lists are tables, (text, bold) has two looks."""
    document = Document()
    for block in blocks:
        if isinstance(block, list):
            table = document.add_table(len(block), len(block[0]))
            for row, texts in zip(table.rows, block, strict=True):
                for cell, text in zip(row.cells, texts, strict=True):
                    cell.text = text
        else:
            paragraph = document.add_paragraph()
            for number, part in enumerate(block if isinstance(block, tuple) else (block,)):
                paragraph.add_run(part).bold = number % 2 == 1
    document.save(path)
    return path


def decided(root, keep, drop):
    """The paragraphs after all changes of kind `keep` are taken in and those of `drop` undone.

    Written from the standard, not from the code: a marked row goes whole, a marked paragraph end
    joins the paragraph with the next.
    """
    for row in list(root.iter(f"{W}tr")):
        if row.find(f"{W}trPr/{W}{drop}") is not None:
            row.getparent().remove(row)
    for table in list(root.iter(f"{W}tbl")):
        if table.find(f"{W}tr") is None:
            table.getparent().remove(table)
    for mark in list(root.iter(f"{W}{drop}")):
        if mark.getparent().tag != f"{W}rPr":
            mark.getparent().remove(mark)
    lines, open_line = [], ""
    for paragraph in root.iter(f"{W}p"):
        open_line += "".join(t.text or "" for t in paragraph.iter(f"{W}t", f"{W}delText"))
        if paragraph.find(f"{W}pPr/{W}rPr/{W}{drop}") is None:
            lines.append(open_line)
            open_line = ""
    return [line for line in lines if line]


def body(path):
    with zipfile.ZipFile(path) as archive:
        return etree.fromstring(archive.read("word/document.xml"))


def lines(path):
    return [line for line in lines_of(body(path).find(f"{W}body")) if line]


def check(tmp_path, old, new):
    """The tracked file's document; accepting and rejecting it are held against both versions."""
    before, after = write(tmp_path / "a.docx", old), write(tmp_path / "b.docx", new)
    target = tmp_path / "ab.docx"
    word.write(before, after, target, DAY)
    assert decided(body(target), "ins", "del") == lines(after)
    assert decided(body(target), "del", "ins") == lines(before)
    Document(target)
    return body(target)


CASES = {
    "a word": (["Andelen er 61 pct. i 2012."], ["Andelen var 61 pct. i 2012."]),
    "two looks": ([("Andelen ", "er høj", " i 2012.")], [("Andelen ", "er meget høj", " i 2013.")]),
    "a paragraph more": (
        ["Et.", "Tre helt andre ord."],
        ["Et.", "Noget nyt her.", "Tre helt andre ord."],
    ),
    "a paragraph less": (["Først dette afsnit.", "Et."], ["Et."]),
    "a cell": (
        ["Tabel", [["SU", "2,0"], ["Andre", "3,0"]]],
        ["Tabel", [["SU", "2,4"], ["Andre", "3,0"]]],
    ),
    "a row more": (["Tabel", [["SU", "2,0"]]], ["Tabel", [["SU", "2,0"], ["Andre", "3,0"]]]),
    "a row less": (["Tabel", [["Andre", "1"], ["SU", "2"]]], ["Tabel", [["SU", "2"]]]),
    "a column more": (["T", [["SU", "2,0"]]], ["T", [["SU", "2,0", "2,1"]]]),
}


@pytest.mark.parametrize(("old", "new"), CASES.values(), ids=CASES.keys())
def test_accepted_it_is_new_and_rejected_it_is_old(tmp_path, old, new):
    root = check(tmp_path, old, new)
    assert list(root.iter(f"{W}ins", f"{W}del"))


def test_equal_files_have_no_marks(tmp_path):
    blocks = ["Et afsnit.", [["a", "b"]], ("to", " udseender")]
    root = check(tmp_path, blocks, blocks)
    assert list(root.iter(f"{W}ins", f"{W}del")) == []


def test_only_the_words_that_differ_are_marked(tmp_path):
    root = check(tmp_path, ["Andelen er 61 pct. i 2012."], ["Andelen var 61 pct. i 2012."])
    assert ["".join(m.itertext()) for m in root.iter(f"{W}del")] == [" er"]
    assert ["".join(m.itertext()) for m in root.iter(f"{W}ins")] == [" var"]


def test_a_cells_old_and_new_number_stand_on_one_line(tmp_path):
    root = check(tmp_path, ["T", [["SU", "2,0"]]], ["T", [["SU", "13,4"]]])
    lines = ["".join(p.itertext()) for p in root.iter(f"{W}p") if p.getparent().tag == f"{W}tc"]
    assert lines == ["SU", "2,013,4"]  # taken out and put in, marked apart


def test_the_same_input_gives_the_same_bytes(tmp_path):
    old, new = write(tmp_path / "a.docx", ["Et to."]), write(tmp_path / "b.docx", ["Et tre."])
    for name in ("x", "y"):
        word.write(old, new, tmp_path / name, DAY)
    assert (tmp_path / "x").read_bytes() == (tmp_path / "y").read_bytes()


WORDS = st.lists(st.sampled_from(["en", "to", "tre", "fire", "4,9", "pct."]), max_size=8)
RUNS = st.lists(WORDS.map(" ".join), min_size=1, max_size=3)


def paragraph(parts):
    root = etree.Element(f"{W}p")
    for part in parts:
        etree.SubElement(etree.SubElement(root, f"{W}r"), f"{W}t").text = part
    return root


@settings(max_examples=150, deadline=None)
@given(RUNS, RUNS)
def test_any_two_paragraphs(old, new):
    marked = paragraph(new)
    Marker("2026-11-23T00:00:00Z").edited(paragraph(old), marked)
    for mine, keep, drop in (("".join(new), "ins", "del"), ("".join(old), "del", "ins")):
        copy = etree.fromstring(etree.tostring(marked))
        holder = etree.Element("x")
        holder.append(copy)
        assert "".join(decided(holder, keep, drop)) == mine
