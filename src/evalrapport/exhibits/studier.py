"""The effect studies' entries in the bibliography, made from the literature table.

So that a study is described in one place only. An entry holds what is known and no more: mostly
author and year, and a note on what the study is about, which the style prints in square brackets
where a title would have stood.
"""

from __future__ import annotations

from evalrapport.exhibits.released import Released, read_released
from evalrapport.step import Job

NOT_STATED = "ikke oplyst"
# field of a BibTeX entry -> column of the table effektstudier_kilder
FIELDS = {"year": "aar", "title": "titel", "doi": "doi", "note": "note"}


def bibliography(studies: Released) -> str:
    """All entries as BibTeX, in the table's order."""
    return "\n".join(entry(studies, row) for row in studies.rows)


def entry(studies: Released, row: str) -> str:
    """One entry; a field that the source does not state is left out."""
    words = {column: cell.text for column in studies.columns if (cell := studies.cell(row, column))}
    given = {name: words[column] for name, column in FIELDS.items()}
    if given["title"] != NOT_STATED:
        del given["note"]  # it only stands in for a title
    lines = [f"  author = {{{authors(words['forfattere'])}}}"]
    lines += [
        f"  {name} = {{{escaped(text)}}}" for name, text in given.items() if text != NOT_STATED
    ]
    return f"@misc{{{words['nogle']},\n" + ",\n".join(lines) + "\n}\n"


def authors(names: str) -> str:
    """Authors as BibTeX wants them; `m.fl.` is kept as one name, for the others aren't known."""
    if "m.fl." in names:
        return f"{{{escaped(names)}}}"
    return " and ".join(escaped(name.strip()) for name in names.replace(" og ", ",").split(","))


def escaped(text: str) -> str:
    """Text with the characters that mean something in BibTeX made plain."""
    return "".join(f"\\{one}" if one in "&%#_$" else one for one in text)


def step(job: Job) -> None:
    """The released literature table → the studies' bibliography."""
    studies = read_released(job.input["csv"], job.input["json"])
    job.output["bib"].write_text(bibliography(studies), encoding="utf-8")
