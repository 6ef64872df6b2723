"""The telephone survey of citizens with a mentor, August 2014 (SFI 15:10, chapter 4)."""

from __future__ import annotations

from evalrapport.contracts.sources.declaration import Column, Register

_SFI = "SFI 15:10, tabel 4.12"


def answer(name: str, typed: str, label: str, source: str, nullable: bool = True) -> Column:
    """A closed question: the raw cell holds the answer's Danish label, the typed cell its id."""
    return Column(
        name=name,
        typed=typed,
        type="code",
        storage="string",
        codes="survey_answers",
        nullable=nullable,
        label=label,
        source=source,
        confidence="labels confirmed, names assumed",
        sensitivity="sensitive",
    )


RESPONDENT = Column(
    name="RESP_ID",
    typed="respondent_id",
    type="text",
    storage="string",
    label="Interviewets løbenummer",
    source="SFI 15:10, kap. 4",
    sensitivity="identifier",
    confidence="assumed",
)

KLARE = answer(
    "KLARE",
    "klare",
    "Er borgeren blevet bedre til at klare udfordringer og opgaver, som mentor skulle hjælpe med?",
    _SFI,
)
ANSVAR = answer(
    "ANSVAR",
    "ansvar",
    "Er borgeren blevet bedre til at påtage sig ansvaret for at klare udfordringer og opgaver?",
    _SFI,
)

REGISTER = Register(
    name="survey_citizens",
    label="Spørgeskema til borgere",
    unit_of_row="et interview",
    files={"": "survey_borgere"},
    suffix=".csv",
    source="SFI's telefoninterview, august 2014",
    key=("respondent_id",),
    columns=(
        RESPONDENT,
        answer(
            "YDELSESGRUPPE",
            "benefit_group",
            "Borgerens registrerede ydelse",
            "SFI 15:10, tabel 4.2",
            nullable=False,
        ),
        KLARE,
        ANSVAR,
        answer(
            "INGEN_POSITIV_INDSATS",
            "ingen_positiv_indsats",
            "Borger kan ikke nævne positiv indsats, som mentor har gjort for borgeren",
            f"{_SFI}, fn 22",
        ),
    ),
    notes=(
        "Blank cell: the question was not answered. Shares are of those who answered;"
        " the printed base of table 4.12 is that of `ansvar`, the smallest of the two questions.",
    ),
)
