"""Active measures, as the municipalities report them to STAR's statistical warehouse.

No public list of columns exists. STAR's note says that mentor episodes are joined with "aktiv
aktivering" from the municipalities' systems; the names and codes here are a proposal.
"""

from __future__ import annotations

from evalrapport.contracts.sources.declaration import Column, Register, person_number

_NOTE = "STARs notat, boks 1"
# ASSUME: the kinds are those of the law on active employment (LAB, ch. 10-12); a mentor is not one
# of them here, as the note asks for measures besides the mentor.
KINDS = {
    "1": "vejledning_opkvalificering",
    "2": "ordinaer_uddannelse",
    "3": "virksomhedspraktik",
    "4": "loentilskud",
    "5": "nytteindsats",
}
WORDS = {
    "1": "vejledning og opkvalificering",
    "2": "ordinær uddannelse",
    "3": "virksomhedspraktik",
    "4": "løntilskud",
    "5": "nytteindsats",
}

REGISTER = Register(
    name="activation",
    label="Aktive indsatser",
    unit_of_row="en persons deltagelse i en aktiv indsats",
    files={"": "aktivering"},
    source="STAR, det statistiske varehus for beskæftigelsesindsatsen",
    key=("measure_id",),
    order=(("start_date", "end_date"),),
    notes=("An empty end means that the measure still runs at the last day of the data.",),
    columns=(
        person_number(_NOTE, "content confirmed, name assumed"),
        Column(
            name="INDSATS_ID",
            typed="measure_id",
            type="text",
            storage="string",
            label="Indsatsens id",
            source="DFDG, ActivityIdentifier",
            sensitivity="identifier",
            confidence="evident",
        ),
        Column(
            name="START_DATO",
            typed="start_date",
            type="date",
            storage="date32",
            label="Startdato",
            source=_NOTE,
            confidence="content confirmed, name assumed",
        ),
        Column(
            name="SLUT_DATO",
            typed="end_date",
            type="date",
            storage="date32",
            label="Slutdato (evt. planlagt)",
            source=_NOTE,
            nullable=True,
            confidence="content confirmed, name assumed",
        ),
        Column(
            name="INDSATS",
            typed="measure",
            type="code",
            storage="string",
            codes=KINDS,
            meant=WORDS,
            label="Indsatsens art",
            source="Lov om en aktiv beskæftigelsesindsats, kapitel 10-12",
            confidence="kinds confirmed, codes assumed",
        ),
    ),
)
