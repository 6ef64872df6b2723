"""Entry factors by age that bring each state's stock to its target.

Found by running the model and comparing the stocks at the start of March 2013 with states.STOCK;
1 means that the balance of flows alone was right. Ages are the middles of the bands.
"""

from __future__ import annotations

import numpy as np

from evalrapport.sources.stand_in.states import N_STATES, S

MIDDLES = (18.5, 22, 27, 32, 37, 42, 47, 52, 57, 62)
LIFT: dict[str, tuple[float, ...]] = {
    "dagpenge": (0.66, 1.29, 1.45, 1.04, 0.91, 0.95, 0.93, 1.07, 1.19, 0.88),
    "kontanthjaelp": (3.07, 1.6, 1.6, 1.19, 1.09, 1.03, 1.07, 1.25, 1.18, 0.92),
    "revalidering": (0.36, 0.46, 0.94, 1.13, 0.89, 0.76, 0.55, 0.28, 0.16, 0.15),
    "sygedagpenge": (1.43, 1.27, 1.27, 1.21, 1.09, 1.06, 1.06, 1.12, 1.24, 1.33),
    "ledighedsydelse": (0.51, 0.24, 0.26, 0.53, 0.84, 0.95, 0.98, 1.08, 0.67, 0.19),
    "fleksjob": (0.4, 0.16, 0.15, 0.33, 0.62, 0.93, 1.19, 1.25, 0.57, 0.15),
    "foertidspension": (1.02, 0.57, 0.43, 0.44, 0.47, 0.55, 0.79, 1.15, 1.52, 1.78),
    "barsel": (0.98, 1.17, 1.45, 1.3, 0.69, 0.38, 0.5, 0.87, 1.0, 1.0),
    "efterloen": (1, 1, 1, 1, 1, 1, 1, 1, 1.45, 1.45),
    "voksenlaerling": (0.87, 0.92, 1.18, 0.98, 0.59, 0.37, 0.19, 0.15, 0.15, 0.15),
    "integration": (1.96, 1.62, 1.35, 1.14, 0.77, 0.6, 0.75, 0.96, 0.94, 0.89),
    "andet": (1.29, 1.26, 1.13, 1.01, 0.99, 1.0, 1.01, 1.01, 0.81, 0.54),
    "su": (1.27, 1.56, 0.4, 0.15, 0.7, 0.85, 1.94, 0.71, 1.0, 1.0),
}


def lift(ages: int) -> np.ndarray:
    """Factor on the entry into each state by single year of age: (ages, state)."""
    table = np.ones((ages, N_STATES))
    for name, factors in LIFT.items():
        table[:, S[name]] = np.interp(np.arange(ages), MIDDLES, factors)
    return table
