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
