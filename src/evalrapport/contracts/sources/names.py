"""Other names under which deliveries carry the same column. Data, no computation.

Statistics Denmark renames columns when a register is remade, and the same concept has two names in
two registers. The contract's name always comes first; one of these is taken where it is missing.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class OtherName:
    """A column's other name; in which deliveries; who says so; how sure that is."""

    register: str
    column: str
    other: str
    deliveries: str
    source: str
    confidence: str


OTHER_NAMES: tuple[OtherName, ...] = (
    OtherName(
        *("dream", "KON", "KOEN", "project copies"),
        *("DST's registers have KON (IDAP, DREAM) and KOEN (BEF) for the same thing", "evident"),
    ),
    OtherName(
        *("bef", "KOEN", "KON", "project copies"),
        *("DST's registers have KON (IDAP, DREAM) and KOEN (BEF) for the same thing", "evident"),
    ),
    # ASSUME: what a project had ordered in 2014 carried the names of before IDA was remade.
    OtherName(
        *("idan", "TYPE_2008", "TYPE", "to 2007, and older deliveries of 2008-11"),
        *("DST's catalogue: TYPE ends in 2007, TYPE_2008 begins in 2008", "assumed"),
    ),
    OtherName(
        *("idan", "SMAL_TIMELOEN", "TIMELON", "to 2007, and older deliveries of 2008-11"),
        *("DST's catalogue: TIMELON ends in 2007, SMAL_TIMELOEN begins in 2008", "assumed"),
    ),
    OtherName(
        *("idan", "ARB_HOVED_BRA_DB07", "PERSBRC07", "2007"),
        *("DST's catalogue: PERSBRC07 in 2007 only", "assumed"),
    ),
    OtherName(
        *("idan", "ARB_SEKTORKODE", "ARB_FUNKKODE", "2008 to 2012, other modules"),
        *("DST TIMES: the functional code was replaced by the sector code in 2013", "evident"),
    ),
    OtherName(
        *("idap", "ARLEDGR_BRUTTO", "ARLEDGR", "to 2007"),
        *("DST's catalogue: ARLEDGR ends in 2007, ARLEDGR_BRUTTO begins in 2008", "evident"),
    ),
    # ASSUME: no column list of the mentor table is public; these are DFDG's English service names.
    OtherName(
        *("mentor_episodes", "START_DATO", "StartDate", "DFDG services"),
        *("STAR, DFDG service pages", "assumed"),
    ),
    OtherName(
        *("mentor_episodes", "SLUT_DATO", "EndDate", "DFDG services"),
        *("STAR, DFDG service pages", "assumed"),
    ),
    OtherName(
        *("mentor_episodes", "FORLOEB_ID", "ActivityIdentifier", "DFDG services"),
        *("STAR, DFDG service pages", "assumed"),
    ),
    OtherName(
        *("mentor_episodes", "TIMER_UGE", "HoursPerWeek", "DFDG services"),
        *("STAR, DFDG service pages", "assumed"),
    ),
)


def older_and_newer(register: str, column: str) -> tuple[str, ...]:
    """The other names of a column."""
    return tuple(n.other for n in OTHER_NAMES if (n.register, n.column) == (register, column))
