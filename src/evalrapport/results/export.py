"""The folder to send home: a results bundle, checked once more against the authorities' rules.

The door (release.py) has hidden what must be hidden. This looks at what is about to leave as a
controller would: every file, number by number, with nothing but the files themselves at hand.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from evalrapport.contracts import bundle
from evalrapport.errors import PlainError
from evalrapport.results import verify_bundle

# "Hjemtag Filer" warns of numbers with 8-14 digits or decimals (CBS's and UDR's guides).
# ASSUME: digits inside a hash or a word are no number to the scanner.
LONG = re.compile(r"(?<![\w.,])\d{8,14}(?![\w])|(?<![\w])\d+[.,]\d{8,14}(?![\w])")
SEED = re.compile(r'"(\w*_)?seed": \d+')
SINGLE = ("minimum", "maksimum", "percentil", "kvartil")
ROWS = 500  # more rows than any table has: a file of persons


def make(source: Path, target: Path, study: str, floors: Path, own: Mapping[str, int]) -> list[str]:
    """Check the bundle in `source` and copy it to `target`; what was checked, in Danish lines.

    `own` are the study's thresholds by class. PlainError lists everything that may not leave.
    """
    staged = target.with_name(f".tmp-{target.name}")
    lay_out(source, staged)
    problems = verify_bundle.verify(staged, study)
    if not problems:
        problems = [*check(staged, yaml.safe_load(floors.read_text(encoding="utf-8")), own)]
    if problems:
        shutil.rmtree(staged)
        listed = "\n  ".join(problems)
        raise PlainError(f"{source} must not leave this machine as it is:\n  {listed}")
    if target.exists():
        shutil.rmtree(target)
    staged.replace(target)
    told = account(target)
    note = target.with_name(f"{target.name}_kontrol.txt")
    note.write_text("\n".join(told) + "\n", encoding="utf-8")
    return told


def lay_out(source: Path, staged: Path) -> None:
    """Copy the bundle's own files; what else lies in the folder (older tables) stays."""
    if not (source / bundle.PACKAGE).is_file():
        raise PlainError(f"{source}: holds no results bundle. Run the report first.")
    package = json.loads((source / bundle.PACKAGE).read_text(encoding="utf-8"))
    named = [name for r in package["resources"] for name in (r["path"], r["about"]["path"])]
    if staged.exists():
        shutil.rmtree(staged)
    staged.mkdir(parents=True)
    for name in (*named, *verify_bundle.BESIDE):
        if Path(name).name == name and (source / name).is_file():
            shutil.copyfile(source / name, staged / name)


def check(folder: Path, authorities: list[dict[str, Any]], own: Mapping[str, int]) -> Iterator[str]:
    """Everything in the bundle that breaks a rule, in plain words."""
    for path in sorted(folder.iterdir()):
        yield from long_numbers(path)
    for path in sorted(folder.glob("*.json")):
        if path.name != bundle.PACKAGE:
            about = json.loads(path.read_text(encoding="utf-8"))
            cells = bundle.read_cells(path.with_suffix(".csv"))
            yield from thresholds(about, authorities, own)
            yield from small_cells(about, cells)


def long_numbers(path: Path) -> Iterator[str]:
    """Lines with a number that could be an id or is unrounded. Seeds are told, not stopped."""
    for line, text in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if LONG.search(SEED.sub("", text)):
            yield f"{path.name}, line {line}: a number with 8-14 digits or decimals."


def thresholds(
    about: Mapping[str, Any], authorities: list[dict[str, Any]], own: Mapping[str, int]
) -> Iterator[str]:
    """The table's threshold against the authorities' floors and the study's own."""
    done = about["manifest"]["disclosure"]
    if done["class"] == "public":
        return
    sources = about["manifest"].get("files", {})
    for authority in authorities:
        concerned = not authority["files"] or any(
            name.lower().startswith(tuple(authority["files"])) for name in sources
        )
        if concerned and done["threshold"] < authority["floor"]:
            yield (
                f"{about['table']}: its threshold is {done['threshold']}, but "
                f"{authority['authority']} asks for {authority['floor']}."
            )
    if done["threshold"] < own.get(done["class"], 0):
        yield f"{about['table']}: was released with a lower threshold than the study's own."


def small_cells(about: Mapping[str, Any], cells: bundle.Cells) -> Iterator[str]:
    """Cells about few people, and statistics that could show one of them."""
    done = about["manifest"]["disclosure"]
    if done["class"] == "public":
        return
    if (rows := len({cell["row"] for cell in cells})) > ROWS:
        yield f"{about['table']}: {rows} rows are no table."
    limit = done["threshold"]
    smallest = done.get("smallest_count")
    if smallest is not None and 0 < smallest < limit:
        yield f"{about['table']}: a shown cell concerns fewer than {limit}."
    for cell in cells:
        if cell["status"] != "ok":
            continue
        place = f"{about['table']}: {cell['row']}@{cell['column']}"
        base = float(cell["n"]) if cell["n"] else None
        # Of surveys, a small number of a sufficient base may stand (contracts/disclosure.yaml).
        people = done["class"] == "register" and cell["unit"] in ("personer", "borgere")
        counted = people and cell["statistic"] == "antal"
        if base is not None and 0 < base < limit:
            yield f"{place} rests on fewer than {limit}."
        if counted and 0 < float(cell["value"]) < limit:
            yield f"{place} counts fewer than {limit}."
        if cell["statistic"].startswith(SINGLE):
            yield f"{place}: a {cell['statistic']} can show one person."
        if cell["statistic"] == "median" and (base is None or base < 2 * limit):
            yield f"{place}: a median of fewer than {2 * limit} can show one person."


def account(folder: Path) -> list[str]:
    """What a controller wants to know of the folder as a whole."""
    package = json.loads((folder / bundle.PACKAGE).read_text(encoding="utf-8"))
    status = {
        "stand_in": "Syntetiske data: ingen rigtige personer indgår.",
        "real": "Tallene bygger på rigtige personer.",
        "published": "Tallene er offentliggjort tidligere.",
    }[package["data_status"]]
    seeds = sorted(
        {
            match
            for path in folder.glob("*.json")
            for match in re.findall(r'"(?:\w*_)?seed": (\d{8,14})', path.read_text("utf-8"))
        }
    )
    lines = [
        f"Kontrol af resultater til hjemtagelse: {package['study']}",
        status,
        f"Tabeller: {len(package['resources'])}. Kun samlede tal; ingen rækker om personer.",
        "Kontrolleret: hver tabels grænse mod myndighedernes og undersøgelsens egen; grundlag og",
        "antal i hver celle; medianer og yderværdier; tal med 8-14 cifre eller decimaler.",
        "release_report.html viser hver tabels klasse, grænse, mindste tal og skjulte celler.",
    ]
    if seeds:
        lines.append(f"Startværdier til tilfældige tal (ikke personer): {', '.join(seeds)}.")
    return lines
