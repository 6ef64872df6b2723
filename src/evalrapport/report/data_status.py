"""What every page says about where its numbers come from."""

from __future__ import annotations

from dataclasses import dataclass


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
        "Offentliggjorte tal fra SFI 15:10",
        "Tallene i denne udgave er dem, der blev offentliggjort i SFI-rapport 15:10.",
        alarming=False,
    ),
    "real": Status(
        "real",
        "Beregnet på registerdata",
        "Tallene i denne udgave er beregnet på registre og spørgeskemaer.",
        alarming=False,
    ),
}


def status_of(name: str) -> Status:
    """The words for a data status; an unknown one raises KeyError."""
    return STATUSES[name]
