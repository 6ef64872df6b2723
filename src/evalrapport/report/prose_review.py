"""Reviews a report's prose without any results: what `make check` and editors run.

Beyond the checks of the text itself, every address must be in a table's contract, every fact in
data/facts.csv, every citation in the bibliography, and every cross-reference must have a target.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from evalrapport.config import Config
from evalrapport.contracts.result_table import from_yaml
from evalrapport.errors import PlainError
from evalrapport.report import claims, edition, prose, prose_checks, spelling
from evalrapport.report.bound_numbers import addresses as addresses_of
from evalrapport.report.bound_numbers import nearest

CONTRACTS = Path(__file__).parents[1] / "contracts"
FACTS = Path("data/facts.csv")
STUDIES = Path("data/literature/studies.csv")
REFERENCE = re.compile(r"(?<![\w.])@((?:tbl|fig|sec)-[a-z0-9-]+)")
TARGET = re.compile(r"\{[^{}]*#((?:tbl|fig|sec)-[a-z0-9-]+)[^{}]*\}")
CITATION = re.compile(r"(?<![\w.])@(?!(?:tbl|fig|sec)-)([a-z][\w-]*)")
ENTRY = re.compile(r"^@\w+\{([^,]+),", re.MULTILINE)

Problem = prose_checks.Problem


def review(config: Config) -> list[str]:
    """All problems of all studies' prose, each with file and line."""
    problems = []
    for study in config.studies.values():
        files = {path.as_posix(): path.read_text("utf-8") for path in chapters(study.report)}
        problems += [f"{file}, line {line}: {text}" for file, line, text in of_report(files)]
    return problems


def chapters(folder: Path) -> list[Path]:
    """The .qmd files of a report."""
    return sorted(folder.glob("*.qmd"))


def of_report(files: Mapping[str, str]) -> Iterator[Problem]:
    """Every problem of one report, given as {path: text}."""
    known = addresses()
    facts = fact_ids()
    for file, text in files.items():
        for check in (
            prose_checks.subset,
            prose_checks.unknown_names,
            prose_checks.literals,
            claimed_quantities,
        ):
            yield from check(text, file)
        try:
            yield from bindings(text, file, known, facts)
            list(prose.sections(text, file))
        except PlainError as error:
            yield file, 0, str(error)
    if not spelling.unavailable():
        yield from spelling.misspelled(dict(files), spelling.own_words())
    yield from references(files)
    yield from citations(files)
    for folder in sorted({Path(file).parent for file in files}):
        for bibliography in sorted(folder.glob("*.bib")):
            yield from entries_of(bibliography.read_text("utf-8"), bibliography.as_posix())


def addresses() -> dict[str, set[str]]:
    """Table → the addresses of all its cells, by contract."""
    tables = map(from_yaml, sorted((CONTRACTS / "tables").glob("*.yaml")))
    return {
        table.id: {f"{table.id} {c.row.id}@{c.column.id} {c.statistic}" for c in table.cells()}
        for table in tables
    }


def fact_ids() -> set[str]:
    """The ids in data/facts.csv, and those of the edition."""
    with FACTS.open(encoding="utf-8", newline="") as file:
        return {row["id"] for row in csv.DictReader(file)} | set(edition.IDS)


def entries_of(text: str, file: str) -> Iterator[Problem]:
    """Entries without author, year or title (or a note in its place), doubles, faulty DOIs."""
    seen: set[str] = set()
    for match in re.finditer(r"^@\w+\{([^,]+),\n(.*?)^\}", text, re.MULTILINE | re.DOTALL):
        key, line = match.group(1), prose.line_of(text, match.start())
        fields = dict(re.findall(r"^\s*(\w+)\s*=\s*\{(.*)\},?$", match.group(2), re.MULTILINE))
        missing = [name for name in ("author", "year") if not fields.get(name)]
        if not (fields.get("title") or fields.get("note")):
            missing.append("title (or a note, where it is not known)")
        if missing:
            yield file, line, f"the entry {key} has no {', '.join(missing)}."
        if fields.get("year") and not re.fullmatch(r"(19|20)\d\d", fields["year"]):
            yield file, line, f"the entry {key}: “{fields['year']}” is no year."
        if fields.get("doi") and not re.fullmatch(r"10\.\d{4,9}/\S+", fields["doi"]):
            yield file, line, f"the entry {key}: “{fields['doi']}” is no DOI (10.…/…, no address)."
        if key in seen:
            yield file, line, f"the entry {key} stands twice."
        seen.add(key)


def study_keys() -> set[str]:
    """The citation keys of the effect studies, whose entries are made from their records."""
    if not STUDIES.is_file():
        return set()
    with STUDIES.open(encoding="utf-8", newline="") as file:
        return {row["nogle"] for row in csv.DictReader(file)}


def claimed_quantities(text: str, file: str) -> Iterator[Problem]:
    """Quantity words outside claims; a claim holds its own words to the results."""
    spans = []
    for match in re.finditer(r"\]\{\s*\.paastand", text):
        spans.append((prose.opening_bracket(text, match.start()), match.start()))
    return prose_checks.quantity_words(text, file, spans)


def bindings(
    text: str, file: str, known: Mapping[str, set[str]], facts: set[str]
) -> Iterator[Problem]:
    """Addresses and facts that do not exist, and claims that can't be read."""
    every = set().union(*known.values())
    for found in prose.shortcodes(text, file):
        name = " ".join(found.arguments)
        for address in addresses_of(found) if found.name == "tal" else ():
            if address not in every:
                near = nearest(address, every)
                yield file, found.line, f"no cell has the address “{address}”.{near}"
        if found.name == "fakta" and name not in facts:
            yield file, found.line, f"there is no fact “{name}”.{nearest(name, facts)}"
    for claim in prose.claims(text, file):
        try:
            condition = claims.read(claim.condition)
        except claims.Unreadable as error:
            yield file, claim.line, f"the condition of the claim can't be read: {error}."
            continue
        for address in condition.addresses:
            if address not in every:
                yield file, claim.line, f"no cell has “{address}”.{nearest(address, every)}"


def references(files: Mapping[str, str]) -> Iterator[Problem]:
    """Cross-references without a target, and targets that occur twice."""
    targets: dict[str, str] = {}
    for file, text in files.items():
        for match in TARGET.finditer(prose.blank(text, prose.CODE)):
            if match.group(1) in targets:
                line = prose.line_of(text, match.start())
                yield file, line, f"#{match.group(1)} also stands in {targets[match.group(1)]}."
            targets[match.group(1)] = file
    for file, text in files.items():
        for match in REFERENCE.finditer(prose.blank(text, prose.CODE)):
            if match.group(1) not in targets:
                line = prose.line_of(text, match.start())
                near = nearest(match.group(1), targets)
                yield file, line, f"@{match.group(1)} has no target.{near}"


def citations(files: Mapping[str, str]) -> Iterator[Problem]:
    """Citations that are in no bibliography, and entries that nothing cites."""
    cited: set[str] = set()
    studies = study_keys()
    for folder in sorted({Path(file).parent for file in files}):
        entries: set[str] = set()
        for bibliography in sorted(folder.glob("*.bib")):
            entries |= set(ENTRY.findall(bibliography.read_text("utf-8")))
        for file, text in files.items():
            cleaned = prose.blank(prose.blank(text, prose.CODE), prose.SHORTCODE)
            for match in CITATION.finditer(re.sub(r'krav="[^"]*"', "", cleaned)):
                cited.add(match.group(1))
                if match.group(1) not in entries | studies:
                    near = nearest(match.group(1), entries | studies)
                    line = prose.line_of(cleaned, match.start())
                    yield file, line, f"@{match.group(1)} is in no bibliography.{near}"
        for entry in sorted(entries - cited):
            yield folder.as_posix(), 0, f"the bibliography's entry {entry} is cited nowhere."
