"""KOTO, enrolment in education as unbroken spells; closed, the one in use in 2014."""

from __future__ import annotations

from evalrapport.contracts.sources.enrolment_spells import enrolment_spells

REGISTER = enrolment_spells(
    "koto",
    edition=2,
    files={"2014": "koto2014"},
    notes=("KOTO and KOTRE are alternatives: config says which is delivered.",),
)
