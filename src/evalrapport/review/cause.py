"""One reason why a number changed, and the sentences that tell of reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from evalrapport import danish
from evalrapport.review.trace import Way

Plain = dict[str, Any]


@dataclass(frozen=True, order=True)
class Cause:
    """One reason: `kind` is data, indstilling, froe, kilde, kodeliste, kontrakt, kode or miljoe.

    `way`: the steps from it to the table, as far as the manifests tell.
    """

    kind: str
    what: str
    old: str = ""
    new: str = ""
    detail: tuple[str, ...] = ()
    way: Way = field(default=(), compare=False)

    @property
    def text(self) -> str:
        """The cause in Danish."""
        change = f"{self.old} → {self.new}" if self.old or self.new else ""
        words = {
            "data": f"datagrundlaget: {change}",
            "indstilling": f"indstillingen {self.what}: {change}",
            "froe": f"frøet {self.what}: {change}",
            "kilde": f"kilden {self.what}: {change}" if change else f"kilden {self.what}",
            "kodeliste": f"kodelisten eller reglen {self.what}",
            "kontrakt": f"tabellens kontrakt {self.what}",
            "kode": f"koden i {self.what}",
            "miljoe": f"programpakken {self.what}: {change}" if change else self.what,
            "ukendt": "årsagen fremgår ikke af manifesterne",
        }[self.kind]
        return f"{words} ({', '.join(self.detail)})" if self.detail else words

    def plain(self) -> Plain:
        """As it stands in the JSON."""
        lists = {"detail": list(self.detail), "way": list(self.way)}
        return {**asdict(self), **lists, "text": self.text}


def follows(found: Sequence[Cause], every: bool = False) -> str:
    """What numbers follow from, as the end of a sentence; `every`: there are no others."""
    if [cause.kind for cause in found] == ["ukendt"]:
        return found[0].text
    texts = danish.listing([cause.text for cause in found], last="eller")
    return f"{'alle følger' if every else 'følger'} af {texts}"


def counted_by_cause(changed: Sequence[tuple[str, Sequence[Cause]]]) -> list[Plain]:
    """Changed numbers by the set of their causes: how many, and the sentence that says so."""
    groups: dict[tuple[Cause, ...], int] = {}
    for _, found in changed:
        groups[tuple(found)] = groups.get(tuple(found), 0) + 1
    total = len(changed)
    result = []
    for found, count in sorted(groups.items(), key=lambda item: (-item[1], item[0])):
        lead = f"{danish.number(count)} tal ændret; {follows(found, count == total > 1)}."
        plain = [cause.plain() for cause in found]
        result.append({"count": count, "text": lead, "causes": plain})
    return result
