"""The love plot: rows from the declaration of the covariates, the largest difference first."""

from __future__ import annotations

import json
import re
from pathlib import Path

from test_figure import CONTRACTS, DESIGN, ENDINGS, svg_of
from tiny import write_released

from evalrapport.exhibits.figure import step
from evalrapport.results.balance_alle import COLUMNS, read_contract
from evalrapport.step import Job


def drawn(folder: Path) -> Job:
    """The figure with one row hidden."""
    contract = read_contract(CONTRACTS / "tables/balance_alle.yaml")
    cells = []
    for place, row in enumerate(contract.rows):
        for column, statistic in COLUMNS.items():
            value = f"{(-1) ** place * (150 - place) / (1 if column == 'forskel_foer' else 30):.1f}"
            shown = ("", "", "", "suppressed") if place == 5 else (value, "pct", "648", "ok")
            cells.append((row.id, column, statistic, *shown))
    csv_path, json_path = write_released(folder, contract.to_dict(), cells)
    inputs = {
        "contract": CONTRACTS / "figures/balance_alle.yaml",
        **{"csv": csv_path, "json": json_path},
        **{"fonts": DESIGN / "fonts", "palette": DESIGN / "palette.json"},
        "tiles": CONTRACTS / "codes/municipality_tiles.csv",
    }
    outputs = {key: folder / f"figure.{ending}" for key, ending in ENDINGS.items()}
    job = Job("exhibits.figure", inputs, outputs)
    step(job)
    return job


def test_the_largest_differences_are_shown_and_told(tmp_path: Path) -> None:
    job = drawn(tmp_path)
    about = json.loads(job.output["json"].read_text("utf-8"))
    contract = read_contract(CONTRACTS / "tables/balance_alle.yaml")
    assert "Vist er 40 kendetegn; 40 ligger mere end en tiendedel" in about["alt"]
    assert f"{contract.rows[0].label} (150,0\u00a0pct.)" in about["alt"]
    assert "og ingen efter" in about["alt"]
    picture = svg_of(job)
    assert contract.rows[1].label in picture
    assert contract.rows[-1].label not in re.sub(r'aria-label="[^"]*"', "", picture)
    assert abs(about["width"] - 567) <= 2
