"""Deliveries after the evaluation's: the same registers a few years on. Data, no computation.

A study names its delivery in config.yaml. Delivery 201701 is STAR's note: DREAM to January 2017,
of which only the weeks and years that a study from 2015 on can ask for are declared (a real file
holds more, and the rest is not read), mentor episodes, and active measures.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from evalrapport.contracts.sources import REGISTERS, activation, dream, mentor_episodes
from evalrapport.contracts.sources.declaration import Column, Register

# ASSUME: half a year before 2015 is enough to see whether a benefit was there before.
FIRST_WEEK = {"201701": (2014, 27)}


def dream_of(delivery: str) -> Register:
    """DREAM of a later delivery: benefits by week from FIRST_WEEK, municipalities by year."""
    first = FIRST_WEEK[delivery]

    def asked(column: Column) -> bool:
        if column.typed.startswith("y_"):
            return (2000 + int(column.typed[2:4]), int(column.typed[4:])) >= first
        return column.typed == "person_id" or (
            column.typed.startswith("nykom") and int(column.typed[5:]) >= first[0]
        )

    whole = dream.register(delivery)
    columns = tuple(column for column in whole.columns if asked(column))
    return replace(of_delivery(whole, delivery), files=whole.files, columns=columns)


def of_delivery(register: Register, delivery: str) -> Register:
    """A register of one file, as it is delivered then."""
    (stem,) = register.files.values()
    return replace(
        register,
        name=f"{register.name}_{delivery}",
        label=f"{register.label}, leverance {delivery}",
        files={delivery: f"{stem}{delivery}"},
        delivery_of=register.name,
    )


# Delivery → register's general name → its declaration in that delivery.
DELIVERIES: Mapping[str, Mapping[str, Register]] = {
    delivery: {
        "dream": dream_of(delivery),
        "mentor_episodes": of_delivery(mentor_episodes.REGISTER, delivery),
        "activation": of_delivery(activation.REGISTER, delivery),
    }
    for delivery in FIRST_WEEK
}
LATER: Mapping[str, Register] = {
    register.name: register for registers in DELIVERIES.values() for register in registers.values()
}
# All that a study may read, by the names under which config.yaml speaks of them.
DECLARED: Mapping[str, Register] = {**REGISTERS, **LATER}
