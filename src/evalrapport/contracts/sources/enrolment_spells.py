"""Enrolment in education as spells: what KOTO and its successor KOTRE have alike."""

from __future__ import annotations

from evalrapport.contracts.sources.declaration import Column, Register, person_number

_TIMES = "Danmarks Statistik, TIMES"


def enrolment_spells(
    name: str, edition: int, files: dict[str, str], notes: tuple[str, ...]
) -> Register:
    """The register `name`, of that edition of Danmarks Statistik's spells (KOMP, ELEV)."""
    source = f"Danmarks Statistik, Forskningsservice, variabelliste for {name.upper()}"
    return Register(
        name=name,
        label=f"Uddannelsesforløb (KOMP{edition})",
        unit_of_row="en periode, hvor en person er indskrevet på en uddannelse",
        files=files,
        pattern=f"{name}{{year}}",
        source="Danmarks Statistik",
        key=(),
        order=(("start_date", "end_date"),),
        period_column="period",
        notes=("One file with all spells; its year is that of the last data.", *notes),
        columns=(
            person_number(source),
            Column(
                name="UDD",
                typed="education_code",
                type="integer",
                storage="int32",
                label="Uddannelsens kode",
                source=source,
                low=0,
                high=99999,
                blank=0,
            ),
            Column(
                name="UDEL",
                typed="part",
                type="integer",
                storage="int16",
                label="Uddannelsens del (20-31 er klassetrin i grundskolen)",
                source=_TIMES,
                low=0,
                high=99,
                blank=0,
            ),
            Column(
                name=f"ELEV{edition}_VFRA",
                typed="start_date",
                type="date",
                storage="date32",
                label="Indskrevet fra",
                source=source,
            ),
            Column(
                name=f"ELEV{edition}_VTIL",
                typed="end_date",
                type="date",
                storage="date32",
                label="Indskrevet til",
                source=source,
                nullable=True,
            ),
        ),
    )
