"""Reads a report's `_quarto.yml`: title, language, and which files make it up, in what order."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from evalrapport.errors import PlainError


@dataclass(frozen=True)
class Book:
    """A report as its `_quarto.yml` describes it; file names are relative to that file."""

    title: str
    subtitle: str
    lang: str
    chapters: tuple[str, ...]
    appendices: tuple[str, ...]
    bibliography: tuple[str, ...]

    @property
    def files(self) -> tuple[str, ...]:
        """All files in reading order."""
        return self.chapters + self.appendices


def read_book(path: Path) -> Book:
    """Read `_quarto.yml`; a document without `book:` is a book of one chapter."""
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except yaml.YAMLError as error:
        raise PlainError(f"{path}: not readable as YAML: {error}") from None
    book = raw.get("book") or {}
    chapters = file_names(book.get("chapters") or ["index.qmd"])
    read = Book(
        title=str(book.get("title") or raw.get("title") or ""),
        subtitle=str(book.get("subtitle") or raw.get("subtitle") or ""),
        lang=str(raw.get("lang") or "da"),
        chapters=chapters,
        appendices=file_names(book.get("appendices") or []),
        bibliography=as_names(book.get("bibliography") or raw.get("bibliography") or []),
    )
    if not read.title:
        raise PlainError(f"{path}: the report has no title; add book: title: …")
    missing = [name for name in read.files if not (path.parent / name).is_file()]
    if missing:
        raise PlainError(f"{path}: these chapters do not exist: {', '.join(missing)}.")
    return read


def file_names(entries: list[Any]) -> tuple[str, ...]:
    """The .qmd names of a list of chapters; parts give their own file and their chapters."""
    names: list[str] = []
    for entry in entries:
        if isinstance(entry, str):
            names.append(entry)
            continue
        for key in ("part", "file", "href"):
            if str(entry.get(key, "")).endswith(".qmd"):
                names.append(str(entry[key]))
        names += file_names(entry.get("chapters") or [])
    return tuple(names)


def as_names(value: str | list[str]) -> tuple[str, ...]:
    """One name or several, as a tuple."""
    return (value,) if isinstance(value, str) else tuple(value)
