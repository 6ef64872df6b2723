"""BOL, dwellings until 2008, when BOLIG and PERBOLIG took over. Declared, not read by any study."""

from __future__ import annotations

from evalrapport.contracts.sources.declaration import Column, Register

_TIMES = "Danmarks Statistik, TIMES"

REGISTER = Register(
    name="bol",
    label="Boliger til 2008",
    unit_of_row="en bolig",
    files={"200712": "bol200712", "200812": "bol200812"},
    pattern="bol{year}12",
    source="Danmarks Statistik",
    key=(),
    period_column="period",
    notes=("Closed after 2008: an effect window before 2010 would need it.",),
    columns=(
        Column(
            name="UDLEJNINGSFORHOLD",
            typed="tenure",
            type="code",
            storage="uint8",
            label="Udlejningsforhold (1 udlejet, 2 benyttet af ejeren, 3 ikke benyttet)",
            source=_TIMES,
            codes={"1": 1, "2": 2, "3": 3},
            blank=9,
        ),
    ),
)
