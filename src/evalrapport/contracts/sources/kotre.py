"""KOTRE, enrolment in education as spells: today's successor of KOTO."""

from __future__ import annotations

from evalrapport.contracts.sources.enrolment_spells import enrolment_spells

REGISTER = enrolment_spells(
    "kotre",
    edition=3,
    files={"2025": "kotre2025"},
    notes=("Values of UDD are of another vintage than KOTO's.",),
)
