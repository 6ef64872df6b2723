"""What every page says about where its numbers come from."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Status:
    """The words for one data status; `alarming` ones stand on every page and can't be missed."""

    id: str
    line: str
    explanation: str
    alarming: bool


STATUSES = {
    "stand_in": Status(
        "stand_in",
        "Syntetiske data – ingen personer bag tallene",
        "Syntetiske data. Alle tal i denne udgave er beregnet på opdigtede personer. "
        "De viser, hvordan rapporten bliver til, og siger intet om virkelige mennesker.",
        alarming=True,
    ),
    "published": Status(
        "published",
        "Offentliggjorte tal fra {publication}",
        "Tallene i denne udgave er dem, der blev offentliggjort i {publication}.",
        alarming=False,
    ),
    "real": Status(
        "real",
        "Beregnet på registerdata",
        "Tallene i denne udgave er beregnet på registre og spørgeskemaer.",
        alarming=False,
    ),
}


def status_of(name: str, publication: str) -> Status:
    """The words for a data status; an unknown one raises KeyError.

    Args:
        publication: where the study's published numbers are printed, such as SFI 15:10.
    """
    found = STATUSES[name]
    line, explanation = (
        text.replace("{publication}", publication) for text in (found.line, found.explanation)
    )
    return replace(found, line=line, explanation=explanation)
