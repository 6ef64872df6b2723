"""The literature tables in the published bundle are those that the code makes from data/."""

import pytest

from evalrapport.contracts import bundle
from evalrapport.contracts.result_table import from_yaml
from evalrapport.results.effektstudier import counted, overview, read_studies
from test_effektstudier import ROOT, TABLES

PUBLISHED = ROOT / "data/published/evaluering"


@pytest.mark.parametrize("table", ["effektstudier", "effektstudier_retning"])
def test_carried_tables_equal_the_computed(table):
    tables = [
        from_yaml(TABLES / f"{name}.yaml") for name in ("effektstudier", "effektstudier_retning")
    ]
    studies = read_studies(ROOT / "data/literature/studies.csv")
    made = overview(studies, *tables) if table == "effektstudier" else counted(studies, tables[1])
    cells = bundle.read_cells(PUBLISHED / f"{table}.csv")
    shown = {(c["row"], c["column"]): c["text"] or c["value"] for c in cells}
    expected = {
        (row.row, row.column): row.text or (str(int(row.value)) if row.value == row.value else "")
        for row in made.fillna({"text": ""}).itertuples()
    }
    assert shown == expected
