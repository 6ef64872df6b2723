"""PSYK_ADM, contacts with psychiatric hospitals: one file with all years."""

from __future__ import annotations

from evalrapport.contracts.sources import lpr_adm
from evalrapport.contracts.sources.declaration import Register

_DST = "Danmarks Statistik, Forskningsservice, variabelliste for PSYK_ADM"

REGISTER = Register(
    name="psyk_adm",
    label="Landspatientregistret, psykiatri",
    unit_of_row="en kontakt med et psykiatrisk sygehus",
    files={"2019": "psyk_adm2019"},
    pattern="psyk_adm2019",
    source="Sundhedsdatastyrelsen, fra Danmarks Statistik",
    key=("contact_id",),
    notes=("Laid out as LPR_ADM; the years are told by the contact's dates.",),
    columns=lpr_adm.columns(_DST),
)
