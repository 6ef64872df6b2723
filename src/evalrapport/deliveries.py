"""Which delivery of each register is read, and how its files differ from the contract."""

from __future__ import annotations

from typing import Any

from evalrapport.config import Config
from evalrapport.contracts.sources import Register, dream
from evalrapport.contracts.sources.at_hand import own_codes
from evalrapport.contracts.sources.later import DECLARED, DELIVERIES
from evalrapport.errors import PlainError


def delivery_of_dream(settings: Config) -> str:
    """The delivery that the computed studies name; PlainError if they don't agree on one.

    A newer delivery has other codes for old weeks. Deliveries with declarations of their own (see
    contracts/sources/later.py) may be read beside it. Stand-in people are made in the declared
    ones only.
    """
    named = {
        name: study.dream_delivery
        for name, study in settings.studies.items()
        if study.results == "computed" and study.dream_delivery not in DELIVERIES
    }
    found = sorted(set(named.values())) or [dream.DELIVERY]
    if len(found) > 1:
        told = ", ".join(f"{name}: {delivery}" for name, delivery in named.items())
        raise PlainError(
            f"config.yaml: studies that are computed share one DREAM, but name several: {told}. "
            "Give them the same dream_delivery, or build them from two copies of the project."
        )
    if not settings.sources.folders and found != [dream.DELIVERY]:
        raise PlainError(
            f"config.yaml: dream_delivery is {found[0]}, but stand-in people are made in delivery "
            f"{dream.DELIVERY} only. Name folders with real files, or set it to {dream.DELIVERY}."
        )
    return found[0]


def declared(settings: Config, register: str) -> Register:
    """The contract of a register, in the delivery that is read."""
    if register == dream.REGISTER.name:
        return dream.register(delivery_of_dream(settings))
    return DECLARED[register]


def told(settings: Config, register: str) -> dict[str, Any]:
    """What a register's reading must be told beyond its contract; mostly nothing."""
    sources = settings.sources
    own = {
        "names": sources.names.get(register, {}),
        "codes": own_codes(declared(settings, register), sources.codes),
    }
    found: dict[str, Any] = {key: value for key, value in own.items() if value}
    if register == dream.REGISTER.name:
        found["delivery"] = delivery_of_dream(settings)
    return found
