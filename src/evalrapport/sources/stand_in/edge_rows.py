"""The named edge-case people as rows of the raw files."""

from __future__ import annotations

from datetime import date

import pyarrow as pa

from evalrapport import dates
from evalrapport.contracts.sources import dream
from evalrapport.sources.stand_in.edge_cases import EDGE_CASES, EdgeCase, person_id

MUNICIPALITY = 461
Columns = dict[str, pa.Array]


def week_of(text: str) -> dates.Week:
    """An ISO week from its text: "2012-W05" is (2012, 5)."""
    return int(text[:4]), int(text[6:])


def number(case: EdgeCase) -> str:
    """A case's person number as 12 characters."""
    return f"{person_id(case):012d}"


def benefit(case: EdgeCase, week: dates.Week) -> str:
    """The code of one week."""
    for first, last, code in case.benefits:
        if week_of(first) <= week <= week_of(last):
            return code
    return ""


def employed(case: EdgeCase, month: dates.Month) -> str:
    """The industry of one month, blank without a job."""
    text = f"{month[0]:04d}-{month[1]:02d}"
    return "812100" if any(first <= text <= last for first, last in case.jobs) else ""


def match_group(case: EdgeCase, quarter: int, year: int) -> str:
    """The match group stored at a quarter's end; "3 to 2013Q3" is blank afterwards."""
    group, _, last = case.match.partition(" to ")
    if group == "0" or (year, quarter) < (2010, 2) or year >= 2014:
        return ""
    return "" if last and f"{year}Q{quarter}" > last else group


def dream_rows() -> Columns:
    """The cases' rows of DREAM."""
    cases = [case for case in EDGE_CASES if case.in_dream]
    columns: dict[str, list[object]] = {"PNR": [number(case) for case in cases]}
    for name in dream.week_columns():
        columns[name.upper()] = [benefit(case, dates.column_week(name)) for case in cases]
    for name in dream.industry_columns():
        month = int(name[-7:-3]), int(name[-2:])
        columns[name.upper()] = [employed(case, month) for case in cases]
    for name in dream.match_columns():
        quarter, year = int(name[6]), int(name[-4:])
        columns[name.upper()] = [match_group(case, quarter, year) for case in cases]
    for name in dream.visitation_columns():
        columns[name.upper()] = [case.visitation for case in cases]
    for name in dream.municipality_columns():
        columns[name.upper()] = [MUNICIPALITY for _ in cases]
    columns["KON"] = [case.sex for case in cases]
    return {name: pa.array(values) for name, values in columns.items()}


def bef(period: str) -> Columns:
    """The cases resident at the end of a period."""
    cases = [case for case in EDGE_CASES if period in case.resident]
    end = date(int(period[:4]), 12, 31)
    births = [date.fromisoformat(case.birth) for case in cases]
    ages = [end.year - birth.year for birth in births]
    return {
        "PNR": pa.array([number(case) for case in cases]),
        "KOEN": pa.array([case.sex for case in cases]),
        "FOED_DAG": pa.array(births, pa.date32()),
        "ALDER": pa.array(ages),
        "KOM": pa.array([MUNICIPALITY for _ in cases]),
        "IE_TYPE": pa.array([case.origin[0] for case in cases]),
        "OPR_LAND": pa.array([case.origin[1] for case in cases]),
        "CIVST": pa.array(["U" for _ in cases]),
        "ANTBOERNF": pa.array([0 for _ in cases]),
        "E_FAELLE_ID": pa.array(["" for _ in cases]),
        "MOR_ID": pa.array(["" for _ in cases]),
        "FAR_ID": pa.array(["" for _ in cases]),
        "FOERSTE_INDVANDRING": pa.array([None for _ in cases], pa.date32()),
    }


def udda(period: str) -> Columns:
    """The cases with an education in the register, resident in that autumn."""
    year_end = f"{period[:4]}12"
    cases = [
        case for case in EDGE_CASES if case.education is not None and year_end in case.resident
    ]
    return {
        "PNR": pa.array([number(case) for case in cases]),
        "HFAUDD": pa.array([case.education for case in cases]),
        "HF_KILDE": pa.array([case.education_source for case in cases]),
    }


def episode_rows(centres: dict[int, str]) -> Columns:
    """The cases' mentor records; the id says whose it is and which."""
    rows = [
        (case, place, episode)
        for case in EDGE_CASES
        for place, episode in enumerate(case.episodes, start=1)
    ]
    ends = [date.fromisoformat(episode.end) if episode.end else None for *_, episode in rows]
    return {
        "PNR": pa.array([number(case) for case, *_ in rows]),
        "FORLOEB_ID": pa.array([f"{case.id}-{place}" for case, place, _ in rows]),
        "START_DATO": pa.array(
            [date.fromisoformat(episode.start) for *_, episode in rows], pa.date32()
        ),
        "SLUT_DATO": pa.array(ends, pa.date32()),
        "TIMER_UGE": pa.array([episode.hours for *_, episode in rows], pa.float64()),
        "MENTORTYPE": pa.array([episode.kind for *_, episode in rows]),
        "KOMMUNE": pa.array([f"{episode.municipality:03d}" for *_, episode in rows]),
        "JOBCENTER": pa.array([centres[episode.municipality] for *_, episode in rows]),
    }
