"""How many answer on the better side of each battery of answers, with 95 per cent intervals.

The pictures of the batteries (tables 4.9-4.12 of SFI 15:10) show every answer; how sure they are is
told here, of the answers on the better side taken together, which are those right of the line.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from evalrapport.contracts.result_table import TableContract, from_yaml
from evalrapport.results import survey_intervals
from evalrapport.results.shares import missing_cell, table, write
from evalrapport.results.survey_table import MENTORS, columns, populations_of
from evalrapport.step import Job

# Row, variable and row group of its own table → the answers on the better side.
BETTER = {
    "retningslinjer": ("helt_klare", "loese", "baade_og"),
    "fortrolighed": ("hoej", "visse_omraader"),
    "tillid": ("helt_bestemt", "det_tror_jeg"),
    "taget_med_paa_raad": ("ja",),
    "behov": ("ja", "maaske"),
    "klare": ("meget_bedre", "noget_bedre", "maaske_lidt"),
    "ansvar": ("meget_mere", "lidt_mere", "maaske_lidt"),
}
ONLY_CITIZENS = ("fortrolighed", "tillid", "taget_med_paa_raad", "behov")


def estimate(
    people: Mapping[str, pd.DataFrame], populations: Mapping[str, float], contract: TableContract
) -> pd.DataFrame:
    """All cells; `people`: column → respondents, `populations`: how many they were drawn from."""
    cells: list[dict[str, Any]] = []
    for row, answers in BETTER.items():
        for column, frame in people.items():
            if column == MENTORS and row in ONLY_CITIZENS:
                cells.append(missing_cell(row, column, "andel", "-"))
                continue
            known = frame[row].dropna()
            count, n = int(known.isin(answers).sum()), len(known)
            low, high = survey_intervals.share(count, n, populations.get(column))
            at = {"row": row, "column": column, "statistic": "andel", "text": "", "n": n}
            numbers = {"value": 100 * count / n, "lower": low, "upper": high}
            cells.append({**at, **numbers, "status": "ok", "count": count})
    return table([pd.DataFrame(cells)], contract)


def step(job: Job) -> None:
    """Citizens, their frame and mentors → the table's estimates."""
    contract = from_yaml(job.input["contract"])
    citizens, mentors, frame = (
        pd.read_parquet(job.input[name]) for name in ("citizens", "mentors", "frame")
    )
    people = columns(contract, "benefit_group", citizens, mentors)
    sizes = populations_of(frame, "benefit_group")
    write(estimate(people, sizes, contract), job.output["svarsider"])
