"""A block of people whose lives are grown and who are chosen: who of them lives in this Denmark,
and who gets a mentor when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from evalrapport.sources.stand_in import (
    careers,
    effect,
    further,
    hazards,
    population,
    reference,
    selection,
    traits,
)
from evalrapport.sources.stand_in.careers import Careers
from evalrapport.sources.stand_in.edge_quotas import Quotas
from evalrapport.sources.stand_in.fitting import Ledger
from evalrapport.sources.stand_in.population import People
from evalrapport.sources.stand_in.selection import Settings, Starts
from evalrapport.sources.stand_in.targets import Targets


@dataclass(frozen=True)
class Plan:
    """What all blocks of a build have in common."""

    settings: Settings
    codes: traits.CodeTraits
    targets: Targets
    quotas: Quotas
    centres: dict[int, str]
    wanted: frozenset[str] = field(default_factory=lambda: frozenset(further.stems()))


@dataclass(frozen=True)
class Chosen:
    """A block's people who live in this Denmark, their lives, and the first episodes of some."""

    people: People
    lives: Careers
    starts: Starts


def settle(plan: Plan, block: int, sizes: Sequence[int], ledger: Ledger) -> selection.Block:
    """A block's people who live in this Denmark, and their lives.

    Args:
        sizes: people of all blocks.
        ledger: what the blocks before missed.
    """
    seed, blocks = plan.settings.seed, len(sizes)
    people = population.make(seed, block, sizes[block])
    lives = careers.live(people, hazards.build(), seed)
    histories = traits.Histories(lives, plan.codes)
    kept = reference.keep(people, lives, histories, plan.targets, plan.quotas, seed, blocks, ledger)
    own = lives.take(kept)
    histories = traits.Histories(own, plan.codes)
    return selection.Block(
        people.take(kept), own, histories, plan.targets, plan.quotas, plan.settings, blocks, ledger
    )


def choose(plan: Plan, block: int, sizes: Sequence[int], ledger: Ledger) -> Chosen:
    """As `settle`, with the mentors, and with what they do to the lives."""
    settled, settings = settle(plan, block, sizes, ledger), plan.settings
    starts = selection.choose_starts(settled)
    effect.apply(settled.lives, starts, settings.true_effect, settings.seed, block)
    return Chosen(settled.people, settled.lives, starts)


def every_block(plan: Plan, sizes: Sequence[int]) -> Iterator[Chosen]:
    """All blocks in order, each with what those before it missed."""
    ledger = Ledger()
    for block in range(len(sizes)):
        yield choose(plan, block, sizes, ledger)
