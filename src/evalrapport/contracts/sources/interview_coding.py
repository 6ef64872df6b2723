"""The coding of the interviews in job centres: one row per centre and code that was given."""

from __future__ import annotations

from evalrapport.contracts.sources.declaration import Column, Register
from evalrapport.contracts.sources.survey_questions import SFI, identifier, words


def coded(name: str, typed: str, label: str, codes: str | dict[str, int | str]) -> Column:
    """A field with a closed list of values."""
    return Column(
        name=name,
        typed=typed,
        type="code",
        storage="string",
        codes=codes,
        label=label,
        source=f"{SFI}, afsnit 4.1",
        confidence="assumed",
    )


REGISTER = Register(
    name="interview_coding",
    label="Kodning af interview i jobcentre",
    unit_of_row="et jobcenter og en kode",
    files={"": "interview_kodning"},
    suffix=".csv",
    source="Kvalitative interview i 18 jobcentre, 2014",
    key=("centre_id", "code"),
    columns=(
        identifier("JOBCENTER_ID", "centre_id", "Jobcenterets løbenummer"),
        identifier("KLYNGE", "cluster", "Klynge af kommuner, som centeret er valgt fra"),
        coded(
            "INFORMANT",
            "informant",
            "Informantens rolle",
            {r: r for r in ("leder", "koordinator", "sagsbehandler", "virksomhedskonsulent")},
        ),
        coded("FORM", "form", "Interviewets form", {f: f for f in ("besøg", "telefon")}),
        coded("KODE", "code", "Kode", "interview_codes"),
        words("NOTE", "note", "Kort note i egne ord", "sensitive"),
        words("CITAT", "quote", "Citat", "sensitive", asked_if=("quote_allowed", "ja")),
        coded("CITAT_TILLADT", "quote_allowed", "Må citatet bringes?", {"ja": "ja", "nej": "nej"}),
    ),
    notes=("A quote is kept only with permission; nothing of it reaches a table.",),
)
