"""Newton's method for the logit, step by step in double precision, and what stops it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from evalrapport.errors import PlainError
from evalrapport.results.matching.design import Design, Floats
from evalrapport.results.matching.passes import Pass, walk

MOST_STEPS = 60
MOST_HALVINGS = 12


class SeparationError(PlainError):
    """Some combination of covariates tells treated from untreated perfectly."""

    def __init__(self, column: int) -> None:
        super().__init__(
            "The covariates tell the treated from the others perfectly (separation), so the "
            "propensity has no maximum-likelihood estimate. Merge or drop the column that does it."
        )
        self.column = column


def constant(treated: NDArray[np.bool_], terms: int) -> Floats:
    """Coefficients of the model with a constant alone."""
    out = np.zeros(terms)
    out[0] = np.log(treated.sum() / (~treated).sum())
    return out


def climb(
    design: Design, treated: NDArray[np.bool_], scaled: Floats, tolerance: float
) -> tuple[Floats, Floats, int]:
    """Newton's method from given coefficients: (coefficients, information, steps)."""
    cases = int(treated.sum())
    step: Floats | None = None
    state = walk(design, treated, scaled)
    for count in range(1, MOST_STEPS + 1):
        last, step = step, newton_step(state.gradient, state.information)
        if step is None:
            raise SeparationError(runaway(last, design))
        scaled, state = uphill(design, treated, scaled, step, state)
        if state.moved < tolerance:
            return scaled, state.information, count
        if state.log_likelihood > -1e-6 * cases:
            break
    raise SeparationError(runaway(step, design))


def newton_step(gradient: Floats, information: Floats) -> Floats | None:
    """The Newton step, or none if the information is not positive definite."""
    try:
        root = np.linalg.cholesky(information)
    except np.linalg.LinAlgError:
        return None
    return np.linalg.solve(root.T, np.linalg.solve(root, gradient))


def uphill(
    design: Design, treated: NDArray[np.bool_], scaled: Floats, step: Floats, old: Pass
) -> tuple[Floats, Pass]:
    """Take the step, halved until the log-likelihood does not fall (beyond rounding)."""
    slack = 1e-12 * (1.0 + abs(old.log_likelihood))
    for halvings in range(MOST_HALVINGS):
        trial = scaled + step / 2**halvings
        new = walk(design, treated, trial, old.index)
        if new.log_likelihood >= old.log_likelihood - slack:
            break
    return trial, new


def runaway(step: Floats | None, design: Design) -> int:
    """The column (0-based, without the intercept) that contributes most to the last step."""
    return 0 if step is None or design.terms == 1 else int(np.abs(step[1:]).argmax())
