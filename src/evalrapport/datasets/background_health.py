"""Services of the health insurance and days in hospital, psychiatric ones apart.

SFI 15:10, chapter 5: health is measured by the number of services and the number of days in
hospital. # ASSUME: in whole calendar years before the start year; the report doesn't say how long.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow.parquet as pq

from evalrapport.datasets.register_rows import add, rows_of
from evalrapport.step import Job

Array = npt.NDArray[Any]
# Two-digit specialities (the first two digits of SPECIALE). Evident: the fee schedules' numbers.
SPECIALITIES = {
    "gp_services": (80, 81, 83, 89),
    "dentist": (50,),
    "physiotherapy": (51, 57, 62, 65),
    "psychologist": (63,),
    "psychiatrist": (24, 26),
}
INPATIENT, EMERGENCY = (0, 1), 3
OUTPATIENT = 2
HOSPITAL_YEARS = 2


def read(persons: Array, job: Job, year: int) -> list[dict[str, Any]]:
    """The columns of the registers that are there, one dict per register, (people,) each."""
    found: list[dict[str, Any]] = []
    if "sssy" in job.input:
        found.append(services(persons, job.input["sssy"], year - 1))
    if "lpr_adm" in job.input:
        days, stays, visits, emergencies = hospital(persons, job.input["lpr_adm"], year)
        found.append({"bed_days": days, "admissions": stays, "outpatient_contacts": visits})
        found.append({"emergencies": emergencies})
    if "psyk_adm" in job.input:
        days, stays, visits, _ = hospital(persons, job.input["psyk_adm"], year)
        found.append({"psychiatric_bed_days": days, "psychiatric_admissions": stays})
        found.append({"psychiatric_contacts": visits})
    return found


def services(persons: Array, path: Path, year: int) -> dict[str, Array]:
    """Services (SSSY) or contacts (SSKO) of a year: all, and by speciality. A child's are left out.

    # ASSUME: where SSKO is delivered, contacts stand for services.
    """
    contacts = "contacts" in pq.read_schema(path).names
    names = ["period", *(("speciality", "contacts") if contacts else ("service_code", "services"))]
    names += [] if contacts else ["for_a_child"]
    total = {name: np.zeros(len(persons), dtype=np.int64) for name in ("services", *SPECIALITIES)}
    for place, rows in rows_of(path, persons, names):
        amount = rows[names[2]].to_numpy().astype(np.int64)
        own = rows["period"].to_numpy() == year
        if not contacts:
            own = own & (rows["for_a_child"].to_numpy() == 0)
        code = rows[names[1]].to_numpy()
        speciality = code if contacts else code // 10_000
        add(total["services"], place[own], amount[own])
        for name, wanted in SPECIALITIES.items():
            of_it = own & np.isin(speciality, wanted)
            add(total[name], place[of_it], amount[of_it])
    return {name: count.clip(0, 32_000).astype(np.int16) for name, count in total.items()}


def hospital(persons: Array, path: Path, year: int) -> tuple[Array, Array, Array, Array]:
    """Bed days, stays, outpatient contacts, emergencies of the two years before; (people,) each."""
    first, end = (
        (date(when, 1, 1) - date(1970, 1, 1)).days for when in (year - HOSPITAL_YEARS, year)
    )
    found = tuple(np.zeros(len(persons), dtype=np.int64) for _ in range(4))
    for place, rows in rows_of(path, persons, ["patient_type", "start_date", "bed_days"]):
        day = rows["start_date"].cast("int32").to_numpy()
        kind, beds = rows["patient_type"].to_numpy(), rows["bed_days"].to_numpy()
        own = (day >= first) & (day < end)
        stay = own & np.isin(kind, INPATIENT)
        ones = np.ones(len(kind))
        for total, chosen, amount in zip(
            found,
            (stay, stay, own & (kind == OUTPATIENT), own & (kind == EMERGENCY)),
            (beds, ones, ones, ones),
            strict=True,
        ):
            add(total, place[chosen], amount[chosen])
    days, stays, visits, emergencies = (f.clip(0, 32_000).astype(np.int16) for f in found)
    return days, stays, visits, emergencies
