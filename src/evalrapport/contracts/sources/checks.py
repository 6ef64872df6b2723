"""Every check of the raw files: what it is called, how grave it is, and how it is told in Danish.

Data, no computation. `level`: an *error* stops the run before anything downstream changes; a
*warning* is told; a *count* is a habit of real files that is handled by a fixed rule and counted.
`pattern` finds the check behind a message of the reading (the words an analyst sees at a stop).
`of` is what is counted; only rows, persons and dwellings have a share of the file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Level = Literal["error", "warning", "count"]
Counted = Literal["rows", "persons", "dwellings", "cells", "columns", "files"]
WITH_SHARE: tuple[Counted, ...] = ("rows", "persons", "dwellings")


@dataclass(frozen=True)
class Check:
    """One check."""

    id: str
    level: Level
    danish: str
    pattern: str = ""
    of: Counted = "rows"


CHECKS: tuple[Check, ...] = (
    # Errors: the file can't be read at all. (A group `columns` in the pattern: those it is about.)
    Check(
        "lobenr",
        "error",
        "Personer står med løbenummer i stedet for PNR",
        "“lobenr” instead",
        "files",
    ),
    Check(
        "missing_column",
        "error",
        "Filen mangler kolonner",
        r"lacks the columns (?P<columns>.*)\.$",
        "files",
    ),
    Check("unknown_format", "error", "Filtypen kan ikke læses", "files must be one of", "files"),
    Check("damaged_file", "error", "Filen er beskadiget", "is damaged|, or it is damaged", "files"),
    Check(
        "broken_rows",
        "error",
        "Rækker har for mange eller for få celler",
        "not a table with",
        "files",
    ),
    Check("encoding", "error", "Filen er i UTF-16", "is UTF-16", "files"),
    # Errors in rows.
    Check("person_number", "error", "Personnummeret er ikke op til 12 cifre", "12 digits"),
    Check("missing_value", "error", "En værdi mangler eller kan ikke læses", "missing or unread"),
    Check("unknown_code", "error", "Koder, som kodelisten ikke kender", r"codes that \S+ doesn't"),
    Check(
        "unknown_answer", "error", "Svar, som kodebogen ikke kender", "answers that the codebook"
    ),
    Check("missing_code", "error", "Koden mangler", "^no code$"),
    Check("code_decimals", "error", "Koder med decimaler", "codes with decimals"),
    Check("whole_number", "error", "Ikke et helt tal", "not a whole number"),
    Check("number", "error", "Ikke et tal", "not a number$"),
    Check("range", "error", "Tallet ligger uden for det mulige", "^outside "),
    Check("day", "error", "Ikke en dato", "not a date"),
    Check("date_order", "error", "Datoerne står i forkert rækkefølge", "lies before"),
    Check("same_key", "error", "Samme nøgle to gange med forskelligt indhold", "same key twice"),
    # Between registers.
    Check(
        "no_dream",
        "error",
        "Under halvdelen af personerne findes i DREAM",
        "half .* in DREAM",
        "persons",
    ),
    Check(
        "no_bef", "error", "Under halvdelen af personerne findes i BEF", "half .* in BEF", "persons"
    ),
    Check(
        "coverage_dream", "warning", "Personer med mentor, som ikke findes i DREAM", of="persons"
    ),
    Check("coverage_bef", "warning", "Personer med mentor, som ikke findes i BEF", of="persons"),
    Check(
        "coverage_people", "warning", "Personer i registret, som ikke findes i BEF", of="persons"
    ),
    Check("partner", "warning", "Partnere, som ikke findes i BEF samme år", of="persons"),
    Check(
        "dwellings",
        "warning",
        "Boliger, som personer bor i, men som ikke findes i BOLIG",
        of="dwellings",
    ),
    Check("volume", "warning", "Rækketallet afviger over en femtedel fra naboårets"),
    Check(
        "code_delivery", "warning", "Koder, som hører til en anden levering end filens", of="cells"
    ),
    Check("code_week", "warning", "Koder i uger, før ydelsen fandtes", of="cells"),
    Check("empty_file", "warning", "Filen har ingen rækker", of="files"),
    Check("constant", "warning", "Alle rækker har samme værdi"),
    # Habits.
    Check("column_case", "count", "Kolonner med små bogstaver eller blandet skrift", of="columns"),
    Check("column_alias", "count", "Kolonner under et ældre eller nyere navn", of="columns"),
    Check("column_order", "count", "Kolonner, der ikke står i tidsfølge", of="columns"),
    Check("pnr_padding", "count", "Personnumre uden de foranstillede nuller eller med blanktegn"),
    Check("pnr_number", "count", "Personnumre gemt som tal"),
    Check("missing_mark", "count", "Manglende værdier skrevet som blanktegn eller punktum"),
    Check("code_form", "count", "Koder skrevet som tal (uden nuller eller med decimalkomma)"),
    Check("decimal_comma", "count", "Tal med decimalkomma"),
    Check("date_sas", "count", "Datoer som dage siden 1960"),
    Check("date_sas_datetime", "count", "Datoer som sekunder siden 1960"),
    Check("date_text", "count", "Datoer som tekst i en anden form end åååå-mm-dd"),
    Check("date_time", "count", "Datoer med klokkeslæt"),
    Check("duplicate", "count", "Ens rækker om samme person; den ene er udeladt"),
    Check("unsorted", "count", "Filer, der ikke er sorteret efter person", of="files"),
)

BY_ID = {check.id: check for check in CHECKS}


def check_of(rule: str) -> Check | None:
    """The check behind an id or behind the words of a message."""
    if rule in BY_ID:
        return BY_ID[rule]
    for check in CHECKS:
        if check.pattern and re.search(check.pattern, rule):
            return check
    return None
