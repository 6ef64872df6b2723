"""From hits to included works, counted as PRISMA 2020 asks (Page et al., BMJ 2021;372:n71)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from evalrapport.results.literature.duplicates import Merge
from evalrapport.results.literature.references import Reference
from evalrapport.results.literature.screening import Decision, Outcomes, outcomes, undecided

# The boxes of the flow, from the top.
BOXES = (
    *("identificeret", "dubletter", "screenet", "fravalgt_titel", "soegt_frem", "ikke_fundet"),
    *("vurderet", "fravalgt_fuldtekst", "medtaget"),
)


@dataclass(frozen=True)
class Flow:
    """Number of works by box (None: not known), and the reasons for leaving works out, by box."""

    boxes: dict[str, int | None]
    reasons: dict[str, dict[str, int]] = field(default_factory=dict)


def from_totals(found: int, included: int) -> Flow:
    """The flow when only the two ends are known."""
    return Flow(dict.fromkeys(BOXES) | {"identificeret": found, "medtaget": included})


def from_records(
    works: Sequence[Reference], merges: Sequence[Merge], decisions: Sequence[Decision]
) -> Flow:
    """The flow counted from every work and every decision; each work must be decided on."""
    first = outcomes(decisions, "titel")
    undecided({work.id for work in works}, first, "titel")
    kept = {work for work, line in first.items() if line["afgoerelse"] == "med"}
    second = {w: line for w, line in outcomes(decisions, "fuldtekst").items() if w in kept}
    undecided(kept, second, "fuldtekst")
    ways = Counter(line["afgoerelse"] for line in second.values())
    return Flow(
        {
            "identificeret": len(works) + len(merges),
            "dubletter": len(merges),
            "screenet": len(works),
            "fravalgt_titel": len(works) - len(kept),
            "soegt_frem": len(kept),
            "ikke_fundet": ways["ikke_fundet"],
            "vurderet": len(kept) - ways["ikke_fundet"],
            "fravalgt_fuldtekst": ways["ikke_med"],
            "medtaget": ways["med"],
        },
        {"fravalgt_titel": reasons(first), "fravalgt_fuldtekst": reasons(second)},
    )


def reasons(decided: Outcomes) -> dict[str, int]:
    """Reason → works left out for it, the most frequent first."""
    out = Counter(d["begrundelse"] for d in decided.values() if d["afgoerelse"] == "ikke_med")
    return dict(sorted(out.items(), key=lambda item: (-item[1], item[0])))
