"""Writes the public tables into the published bundle, as the code makes them from data/.

    python -m evalrapport.results.public_tables

The tables of the law and the literature are read from data/ in every run. A report from published
numbers carries them in its bundle like all other tables; a test holds the two together, and this
is what to run when it says that they differ (after a study or a provision was added).
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from evalrapport.contracts.bundle import PACKAGE, csv_text, json_text, package
from evalrapport.contracts.result_table import TableContract, from_yaml
from evalrapport.results import (
    effektstudier,
    estimates,
    lovgivning_foer_efter,
    lovgivning_tidslinje,
)
from evalrapport.results.release import release
from evalrapport.step import Job

ROOT = Path(__file__).parents[3]
CONTRACTS = Path(__file__).parents[1] / "contracts/tables"
PUBLISHED = Path("data/published")
LITERATURE = (
    *("effektstudier", "effektstudier_antal", "effektstudier_kilder", "effektstudier_oekonomi"),
    *("effektstudier_retning", "effektstudier_udfald", "effektstudier_vurdering"),
)
SOURCES = {
    **dict.fromkeys(LITERATURE, "data/literature/studies.csv"),
    "lovgivning_foer_efter": "data/legislation/provisions.csv",
    "lovgivning_tidslinje": "data/legislation/events.csv",
}
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
            found[f"{name}.json"] = json_text(about(name, contract))
    return found


def run(root: Path, folder: Path) -> None:
    """Run the public steps with their outputs in `folder`."""
    for name, module, data in (
        ("lovgivning_foer_efter", lovgivning_foer_efter, "provisions"),
        ("lovgivning_tidslinje", lovgivning_tidslinje, "events"),
    ):
        inputs = {data: root / SOURCES[name], "contract": CONTRACTS / f"{name}.yaml"}
        outputs = {name: folder / f"{name}.csv", "contract": folder / f"{name}.yaml"}
        module.step(Job(f"results.{name}", inputs, outputs))
    inputs = {f"contract_{name}": CONTRACTS / f"{name}.yaml" for name in LITERATURE}
    outputs = {name: folder / f"{name}.csv" for name in LITERATURE}
    outputs |= {f"contract_{name}": folder / f"{name}.yaml" for name in LITERATURE}
    inputs["studies"] = root / SOURCES["effektstudier"]
    effektstudier.step(Job("results.effektstudier", inputs, outputs))


def about(name: str, contract: TableContract) -> Mapping[str, object]:
    """The JSON beside a public table in the published bundle."""
    chapter = contract.published_as.partition(", ")[2]
    return {
        "table": name,
        "study": "evaluering",
        "contract": contract.to_dict(),
        "data_status": "published",
        "manifest": {
            "source": f"{WHERE}, {chapter}; {SOURCES[name]}",
            "steps": {},
            "files": {},
            "seed": None,
            "environment": None,
            "disclosure": DISCLOSURE,
        },
    }


def refresh(root: Path) -> None:
    """Write the public tables into the published bundle and close the bundle anew."""
    bundle = root / PUBLISHED / "evaluering"
    for name, text in files(root).items():
        bundle.joinpath(name).write_text(text, encoding="utf-8")
    tables = sorted(path for path in bundle.glob("*.csv"))
    pairs = [(path, path.with_suffix(".json")) for path in tables]
    content = package("evaluering", "published", pairs)
    bundle.joinpath(PACKAGE).write_text(json_text(content), encoding="utf-8")


if __name__ == "__main__":
    refresh(ROOT)
