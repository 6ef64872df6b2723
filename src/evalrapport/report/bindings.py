"""Binds the prose to the results: every shortcode gets its printed text, every claim its outcome.

Writes bindings.json, the only thing that the Lua filter looks values up in, and a list of all
claims. Stops with file and line where an address does not exist, a number is typed that should be
bound, or (on real and published results) a claim is false.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evalrapport.errors import PlainError
from evalrapport.report import claims as conditions
from evalrapport.report import prose, prose_checks
from evalrapport.report.bound_numbers import (
    Facts,
    Values,
    fact_binding,
    nearest,
    number_binding,
    yes,
)
from evalrapport.report.edition import facts as edition_facts
from evalrapport.step import Job

ABSENT_TEXT = "Resultatet indgår ikke i denne udgave af rapporten."
OPTIONS = {
    "tal": ("decimaler", "enhed", "fortegn", "graense", "mio", "ord", "omtrent"),
    "fakta": ("decimaler", "enhed", "fortegn", "mio", "ord", "omtrent"),
    "tabel": ("interval",),
    "figur": (),
    "pagebreak": (),
}


@dataclass(frozen=True)
class Source:
    """What the prose may be bound to: cells, facts, and the tables and figures that are there."""

    data_status: str
    values: Values
    facts: Facts
    tables: frozenset[str]
    figures: frozenset[str]
    known: frozenset[str]  # ids of all results that have a contract, absent ones included
    unread: frozenset[str] = frozenset()  # asked for, but their registers or surveys are not there


class Problems(list[str]):
    """Collects every problem, so that an editor sees all of them at once."""

    def add(self, file: str, line: int, message: str) -> None:
        self.append(f"{file}, line {line}: {message}")


def bind(files: Mapping[str, str], source: Source) -> dict[str, Any]:
    """The content of bindings.json for prose given as {file name: text}; PlainError on problems."""
    problems = Problems()
    values: dict[str, dict[str, Any]] = {}
    claims: dict[str, dict[str, Any]] = {}
    listed: list[dict[str, Any]] = []
    absent: set[str] = set()
    for file, text in files.items():
        hidden = hidden_lines(prose.sections(text, file), source, absent, problems)
        for found in prose.shortcodes(text, file):
            if found.line not in hidden:
                bind_shortcode(found, source, values, problems)
        for claim in prose.claims(text, file):
            if claim.line not in hidden:
                listed.append(bind_claim(claim, source, claims, problems))
        check_prose(text, file, problems)
    if problems:
        raise PlainError(
            f"The prose can't be printed as it stands ({len(problems)} places):\n  "
            + "\n  ".join(sorted(set(problems)))
        )
    for told in listed:
        told["printed"] = prose.with_values(told["sentence"], values)
    return {
        "data_status": source.data_status,
        "values": dict(sorted(values.items())),
        "claims": dict(sorted(claims.items())),
        "claim_list": listed,
        "absent": sorted(absent),
        "absent_text": ABSENT_TEXT,
    }


def hidden_lines(
    sections: Iterable[prose.Section], source: Source, absent: set[str], problems: Problems
) -> set[int]:
    """Lines that are not printed, because results they need are absent."""
    there = source.tables | source.figures
    hidden: set[int] = set()
    for section in sections:
        for name in section.needs:
            if name not in source.known | there:
                near = nearest(name, source.known | there)
                problems.add(section.file, section.first, f"there is no result “{name}”.{near}")
        missing = set(section.needs) - there
        absent |= missing
        if missing:
            hidden.update(range(section.first, section.last + 1))
    return hidden


def bind_shortcode(
    found: prose.Shortcode, source: Source, values: dict[str, dict[str, Any]], problems: Problems
) -> None:
    """Resolve one shortcode into `values`, or note what is wrong with it."""
    if found.name not in OPTIONS:
        return  # prose_checks names unknown shortcodes
    unknown = set(found.options) - set(OPTIONS[found.name])
    if unknown:
        allowed = ", ".join(OPTIONS[found.name]) or "none"
        problems.add(
            found.file, found.line, f"unknown option “{', '.join(unknown)}”; allowed: {allowed}."
        )
    try:
        match found.name:
            case "tal":
                values[found.key] = number_binding(found, source.values, source.unread)
            case "fakta":
                values[found.key] = fact_binding(found, source.facts)
            case "tabel":
                require(found.arguments, source.tables, "table")
                yes(found.options, "interval")
            case "figur":
                require(found.arguments, source.figures, "figure")
    except ValueError as error:
        problems.add(found.file, found.line, str(error))


def require(arguments: tuple[str, ...], there: frozenset[str], what: str) -> None:
    """Raise ValueError unless the one argument names something that is there."""
    name = " ".join(arguments)
    if name not in there:
        raise ValueError(
            f"there is no {what} “{name}” in these results.{nearest(name, there)} If it is not "
            f'always there, put the section in ::: {{.kraever resultat="{name}"}}.'
        )


def bind_claim(
    claim: prose.Claim, source: Source, claims: dict[str, dict[str, Any]], problems: Problems
) -> dict[str, Any]:
    """Evaluate one claim into `claims`; a false one is a problem unless people are stand-ins."""
    outcome: conditions.Outcome = "kan_ikke_afgoeres"
    addresses: list[str] = []
    try:
        condition = conditions.read(claim.condition)
        addresses = condition.addresses
        for address in addresses:
            table = address.split(" ")[0]
            if address not in source.values and (
                table in source.tables or table not in source.known
            ):
                near = nearest(address, source.values)
                problems.add(claim.file, claim.line, f"no cell has the address “{address}”.{near}")
        outcome = conditions.evaluate(condition, source.values)
    except conditions.Unreadable as error:
        problems.add(claim.file, claim.line, f"the condition of the claim can't be read: {error}.")
    found = {
        a: "" if (v := source.values.get(a, {}).get("value")) is None else str(v) for a in addresses
    }
    if outcome == "falsk" and source.data_status != "stand_in":
        shown = "; ".join(f"{address} = {value}" for address, value in found.items())
        message = f"the claim is false: “{claim.sentence}” ({claim.condition}). Found: {shown}."
        problems.add(claim.file, claim.line, message)
    claims[claim.condition] = {"outcome": outcome, "mark": outcome == "falsk"}
    return {
        "file": claim.file,
        "line": claim.line,
        "outcome": outcome,
        "condition": claim.condition,
        "sentence": claim.sentence,
        "values": found,
    }


def check_prose(text: str, file: str, problems: Problems) -> None:
    """Run every check of the prose that needs no results."""
    for check in (prose_checks.subset, prose_checks.unknown_names, prose_checks.literals):
        for place, line, message in check(text, file):
            problems.add(place, line, message)


def claims_csv(listed: Iterable[Mapping[str, Any]]) -> str:
    """All claims with their outcome, as a Danish CSV (semicolon) for editors and reviewers."""
    words = {"sand": "sand", "falsk": "falsk", "kan_ikke_afgoeres": "kan ikke afgøres"}
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(["fil", "linje", "udfald", "sætning", "krav", "værdier"])
    for claim in listed:
        found = "; ".join(f"{address} = {value}" for address, value in claim["values"].items())
        writer.writerow(
            [
                claim["file"],
                claim["line"],
                words[claim["outcome"]],
                claim["printed"],
                claim["condition"],
                found,
            ]
        )
    return out.getvalue()


def read_facts(path: Path) -> dict[str, dict[str, str]]:
    """The facts by id."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def step(job: Job) -> None:
    """Bind all .qmd files of a study to its values and facts."""
    files = {p.name: p.read_text("utf-8") for p in job.input.values() if p.suffix == ".qmd"}
    values = json.loads(job.input["values"].read_text("utf-8"))
    data_status = next(iter(values.values()))["data_status"]
    publication = job.settings["publication"]
    edition = edition_facts(job.settings["date"], data_status, publication)
    facts = read_facts(job.input["facts"]) | edition
    there = (frozenset(job.settings[key]) for key in ("tables", "figures", "known", "unread"))
    source = Source(data_status, values, facts, *there)
    bound = bind(files, source) | {"publication": publication}
    job.output["bindings"].write_text(json.dumps(bound, ensure_ascii=False, indent=1), "utf-8")
    job.output["claims"].write_text(claims_csv(bound["claim_list"]), encoding="utf-8")
    report_false(bound["claim_list"])


def report_false(listed: Iterable[Mapping[str, Any]]) -> None:
    """Say in the log which claims do not hold (only possible on stand-in people)."""
    for claim in listed:
        if claim["outcome"] == "falsk":
            place = f"{claim['file']}, line {claim['line']}"
            print(f"  claim does not hold on stand-in people: {place}: {claim['sentence'][:80]}")
