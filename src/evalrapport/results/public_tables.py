"""Writes the public tables into the published bundle, as the code makes them from data/.

    python -m evalrapport.results.public_tables

The published survey tables get intervals (`published_intervals`). The tables of the law and the
literature are read from data/ in every run. A report from published numbers carries them in its
bundle like all other tables; a test holds the two together, and this is what to run when it says
that they differ (after a study or a provision was added).
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

from evalrapport.contracts.bundle import PACKAGE, Cells, csv_text, json_text, package, read_cells
from evalrapport.contracts.result_table import TableContract, from_yaml
from evalrapport.results import (
    effektstudier,
    estimates,
    kovariater,
    litteraturflow,
    lovgivning_foer_efter,
    lovgivning_tidslinje,
    published_facts,
    published_intervals,
    soegestrenge,
    variable,
)
from evalrapport.results.release import release
from evalrapport.step import Job

ROOT = Path(__file__).parents[3]
CONTRACTS = Path(__file__).parents[1] / "contracts/tables"
PUBLISHED = Path("data/published")
STUDIES = (
    *("effektstudier", "effektstudier_antal", "effektstudier_kilder", "effektstudier_oekonomi"),
    *("effektstudier_retning", "effektstudier_udfald", "effektstudier_vurdering"),
)
SOURCES = {
    "kovariater": "src/evalrapport/contracts/covariates",
    **dict.fromkeys(STUDIES, "data/literature/studies.csv"),
    "litteraturenighed": "data/literature/totals.csv",
    "litteraturflow": "data/literature/totals.csv",
    "lovgivning_foer_efter": "data/legislation/provisions.csv",
    "lovgivning_tidslinje": "data/legislation/events.csv",
    "soegestrenge": "data/literature/search_facets.csv",
    "variable": "src/evalrapport/contracts/datasets",
}
CONTRAST, CONTRAST_FROM = "fremskridt_kontrast", "fremskridt"
SIDES = "svarsider"
WHERE = "SFI 15:10, Evaluering af mentorordningen (2015)"
DISCLOSURE = {
    "class": "public",
    "threshold": None,
    "status": "published_before",
    "note": "Tallene er offentliggjort i SFI 15:10; intet er skjult her.",
}


def files(root: Path) -> dict[str, str]:
    """File name → content of every public table's CSV and JSON, made from root/data."""
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        run(root, Path(folder))
        for name in SOURCES:
            made = Path(folder, f"{name}.yaml")
            contract = from_yaml(made if made.is_file() else CONTRACTS / f"{name}.yaml")
            cells = estimates.read(Path(folder, f"{name}.csv"), contract)
            found[f"{name}.csv"] = csv_text(release(cells, ()))
            chapter = contract.published_as.partition(", ")[2]
            source = f"{WHERE}, {chapter}; {SOURCES[name]}"
            found[f"{name}.json"] = json_text(about(name, contract, source))
    return found


def survey_files(root: Path) -> dict[str, str]:
    """File name → content of the published survey tables, with intervals, and of the contrast."""
    bundle = root / PUBLISHED / "evaluering"
    found: dict[str, str] = {}
    batteries: dict[str, tuple[Cells, Mapping[str, int]]] = {}
    for name, questions in published_intervals.QUESTIONS.items():
        contract = from_yaml(CONTRACTS / f"{name}.yaml")
        cells = read_cells(bundle / f"{name}.csv")
        told = json.loads(bundle.joinpath(f"{name}.json").read_text(encoding="utf-8"))
        told["manifest"]["derived"] = published_intervals.NOTE
        done = published_intervals.with_intervals(contract, cells, questions.branch)
        found |= {f"{name}.csv": csv_text(done), f"{name}.json": json_text(told)}
        printed = published_intervals.bases(contract, cells)
        batteries |= dict.fromkeys(questions.groups, (cells, printed))
        if name == CONTRAST_FROM:
            own = from_yaml(CONTRACTS / f"{CONTRAST}.yaml")
            made = published_intervals.contrast(own, cells, printed)
            about_it = about(CONTRAST, own, f"{WHERE}, tabel 4.12")
            found |= {f"{CONTRAST}.csv": csv_text(made), f"{CONTRAST}.json": json_text(about_it)}
    own = from_yaml(CONTRACTS / f"{SIDES}.yaml")
    about_it = about(SIDES, own, f"{WHERE}, tabel 4.9-4.12")
    made = published_intervals.sides(own, batteries)
    found |= {f"{SIDES}.csv": csv_text(made), f"{SIDES}.json": json_text(about_it)}
    for name in published_facts.TABLES:
        contract = from_yaml(CONTRACTS / f"{name}.yaml")
        told = about(name, contract, f"{WHERE}, kapitel 4; {published_facts.CELLS}")
        stated = csv_text(published_facts.cells(root, contract))
        found |= {f"{name}.csv": stated, f"{name}.json": json_text(told)}
    return found


def run(root: Path, folder: Path) -> None:
    """Run the public steps with their outputs in `folder`."""
    tables = ("litteraturflow", "litteraturenighed")
    plan: tuple[tuple[ModuleType, dict[str, Path], tuple[str, ...]], ...] = (
        (kovariater, {}, ()),
        (lovgivning_foer_efter, {"provisions": root / SOURCES["lovgivning_foer_efter"]}, ()),
        (lovgivning_tidslinje, {"events": root / SOURCES["lovgivning_tidslinje"]}, ()),
        (soegestrenge, {"facets": root / SOURCES["soegestrenge"]}, ()),
        (variable, {}, ()),
        (litteraturflow, {"totals": root / SOURCES["litteraturflow"]}, tables),
        (effektstudier, {"studies": root / SOURCES["effektstudier"]}, STUDIES),
    )
    for module, data, several in plan:
        name = module.__name__.rpartition(".")[2]
        names = several or (name,)
        contract = "contract_{}" if several else "contract"
        inputs = {contract.format(one): CONTRACTS / f"{one}.yaml" for one in names}
        outputs = {one: folder / f"{one}.csv" for one in names}
        outputs |= {contract.format(one): folder / f"{one}.yaml" for one in names}
        outputs["merges"] = folder / "merges.json"
        module.step(Job(f"results.{name}", data | inputs, outputs))


def about(name: str, contract: TableContract, source: str) -> Mapping[str, object]:
    """The JSON beside a public table in the published bundle."""
    manifest: dict[str, object] = {"source": source, "steps": {}, "files": {}, "seed": None}
    manifest |= {"environment": None, "disclosure": DISCLOSURE}
    notes = dict.fromkeys(published_facts.TABLES, published_facts.NOTE)
    if note := (notes | dict.fromkeys((CONTRAST, SIDES), published_intervals.NOTE)).get(name):
        manifest["derived"] = note
    return {
        "table": name,
        "study": "evaluering",
        "contract": {**contract.to_dict(), "disclosure_class": "public"},
        "data_status": "published",
        "manifest": manifest,
    }


def refresh(root: Path) -> None:
    """Write the public tables into the published bundle and close the bundle anew."""
    bundle = root / PUBLISHED / "evaluering"
    for name, text in (files(root) | survey_files(root)).items():
        bundle.joinpath(name).write_text(text, encoding="utf-8")
    tables = sorted(path for path in bundle.glob("*.csv"))
    pairs = [(path, path.with_suffix(".json")) for path in tables]
    content = package("evaluering", "published", pairs)
    bundle.joinpath(PACKAGE).write_text(json_text(content), encoding="utf-8")


if __name__ == "__main__":
    refresh(ROOT)
