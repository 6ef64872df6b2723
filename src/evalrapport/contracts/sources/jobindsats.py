"""Jobindsats: public statistics on recipients of kontanthjælp by municipality and month.

Not a register of persons: what Jobindsats.dk publishes, exported as CSV with semicolons.
"""

from __future__ import annotations

STEM = "jobindsats_kontanthjaelp"
# ASSUME: an export has these headings; Jobindsats lets its user choose the layout, and the report
# only says “fuldtidsmodtagere af kontanthjælp”. Period as in 2012M01, decimal comma.
MUNICIPALITY, PERIOD, PERSONS = "Kommune", "Periode", "Fuldtidspersoner"
HEADINGS = (MUNICIPALITY, PERIOD, PERSONS)

# Typed columns: name → (Arrow type, meaning).
TYPED = {
    "municipality_code": ("int16", "municipality"),
    "year": ("int16", "calendar year"),
    "month": ("int8", "calendar month, 1-12"),
    "full_time_persons": ("float64", "recipients of kontanthjælp as full-time persons"),
}
