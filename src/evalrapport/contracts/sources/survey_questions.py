"""How the questions of the two telephone surveys are declared; questions that both surveys put.

The answers of a question, in order, and which of them say nothing of substance, stand in the code
list `survey_answers`; who was asked, and on what condition, stands with the question.
"""

from __future__ import annotations

from evalrapport.contracts.sources.declaration import Column, Sensitivity

SFI = "SFI 15:10"
Condition = tuple[str, str]


def answer(
    typed: str,
    label: str,
    source: str,
    *,
    nullable: bool = True,
    question: str | None = None,
    asked_if: Condition | None = None,
) -> Column:
    """A closed question: the raw cell holds the answer's Danish label, the typed cell its id."""
    return Column(
        name=typed.upper(),
        typed=typed,
        type="code",
        storage="string",
        codes="survey_answers",
        nullable=nullable,
        label=label,
        source=f"{SFI}, {source}",
        confidence="labels confirmed, names assumed",
        sensitivity="sensitive",
        question=question,
        asked_if=asked_if,
    )


def number(
    typed: str,
    label: str,
    unit: str,
    high: float,
    source: str,
    *,
    asked_if: Condition | None = None,
    flag_above: float | None = None,
    whole: bool = True,
) -> Column:
    """A question that is answered with a number from 0 to `high`."""
    return Column(
        name=typed.upper(),
        typed=typed,
        type="integer" if whole else "decimal",
        storage="double",
        nullable=True,
        label=label,
        unit=unit,
        low=0,
        high=high,
        source=f"{SFI}, {source}",
        confidence="assumed",
        sensitivity="personal",
        asked_if=asked_if,
        flag_above=flag_above,
    )


def words(
    name: str,
    typed: str,
    label: str,
    sensitivity: Sensitivity,
    *,
    asked_if: Condition | None = None,
) -> Column:
    """A free field; may be empty."""
    return Column(
        name=name,
        typed=typed,
        type="text",
        storage="string",
        label=label,
        source=f"{SFI}, afsnit 4.1",
        confidence="assumed",
        sensitivity=sensitivity,
        nullable=True,
        asked_if=asked_if,
    )


def identifier(name: str, typed: str, label: str, *, nullable: bool = False) -> Column:
    """A running number that means nothing outside these files."""
    return Column(
        name=name,
        typed=typed,
        type="text",
        storage="string",
        label=label,
        source=f"{SFI}, kap. 4",
        sensitivity="identifier",
        confidence="assumed",
        nullable=nullable,
    )


def hours(what: str, typed: str, source: str) -> tuple[Column, Column]:
    """Time as it was answered, and whether that is per week or per month.

    A week has 168 hours; more than 37, a full working week, is possible but flagged.
    """
    return (
        number(typed, what, "timer", 744, source, flag_above=37, whole=False),
        answer(f"{typed}_per", f"{what}: pr. uge eller måned", source, question="tidsenhed"),
    )


TOPICS = {
    "arbejde": "Passe arbejdet",
    "skole": "Passe skolen",
    "medarbejdere": "Forholdet til andre medarbejdere/elever",
    "komme_til_tiden": "Komme til tiden",
    "misbrug": "Misbrugsproblemer",
    "familie": "Familiære forhold",
    "oekonomi": "Økonomiske forhold",
    "venner": "Forhold til venner",
    "sagsbehandler": "Forhold til sagsbehandler",
    "andre": "Andre forhold",
}
RESPONDENT = identifier("RESP_ID", "respondent_id", "Interviewets løbenummer")
SEX = answer("koen", "Køn", "tabel 4.1 og 4.2", nullable=False)
EDUCATION = answer("uddannelse", "Højeste fuldførte erhvervsuddannelse", "tabel 4.1 og 4.2")
TOPIC_QUESTIONS = tuple(
    answer(f"emne_{topic}", f"Taler I om: {label}?", "tabel 4.7", question="emne")
    for topic, label in TOPICS.items()
)
GUIDELINES = answer(
    "retningslinjer",
    "Er der oplysninger og klare retningslinjer fra jobcenteret om mentorstøttens indhold?",
    "tabel 4.9, fodnote 18",
)
COPING = answer(
    "klare",
    "Er borgeren blevet bedre til at klare udfordringer og opgaver, som mentor skulle hjælpe med?",
    "tabel 4.12",
)
RESPONSIBILITY = answer(
    "ansvar",
    "Er borgeren blevet bedre til at påtage sig ansvaret for at klare udfordringer og opgaver?",
    "tabel 4.12",
)
