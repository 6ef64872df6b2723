"""Published estimates, and how each is worked out here."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from evalrapport.results.matching.design import Floats, standardised
from evalrapport.results.matching.effects import estimate
from evalrapport.results.matching.logit import LogitFit, fit
from evalrapport.results.matching.nearest_neighbour import nearest

DATA = Path(__file__).parent / "data"
DISCRETE = ["age", "educ", "black", "hisp", "marr", "nodegree"]
MIXTAPE = [
    *("age", "age_squared", "age_cubed", "educ", "educ_squared", "marr", "nodegree"),
    *("black", "hisp", "re74", "re75", "no_work_74", "no_work_75"),
]


@dataclass(frozen=True)
class Check:
    """One published number beside ours. `digits` are those printed; `must`: it has to agree."""

    name: str
    source: str
    published: float
    ours: float
    digits: int
    must: bool = True

    @property
    def agrees(self) -> bool:
        """Whether ours, rounded to the printed digits, is the printed number."""
        return round(self.ours, self.digits) == round(self.published, self.digits)


def people(*names: str) -> pd.DataFrame:
    """Files one after the other, in double precision, with powers and indicators."""
    frame = pd.concat([pd.read_parquet(DATA / f"{name}.parquet") for name in names])
    frame = frame.astype(np.float64).reset_index(drop=True)
    powers = {"age_squared": frame["age"] ** 2, "age_cubed": frame["age"] ** 3}
    frame = frame.assign(**powers, educ_squared=frame["educ"] ** 2)
    return frame.assign(no_work_74=frame["re74"] == 0, no_work_75=frame["re75"] == 0)


def matched(frame: pd.DataFrame, columns: list[str]) -> tuple[LogitFit, float, float]:
    """The fit, the matched effect on earnings in 1978, and its standard error (2016)."""
    treated = frame["treat"].to_numpy() == 1
    design = standardised(np.ascontiguousarray(frame[columns].to_numpy(dtype=np.float64).T))
    found = fit(design, treated)
    score, outcome = found.probability, frame[["re78"]].to_numpy()
    matches = nearest(score[treated], score[~treated])
    effects = estimate(design, found, treated, outcome, matches)
    return found, float(effects.effect[0]), float(np.sqrt(effects.variance_2016[0, 0]))


def difference(treat: pd.Series, outcome: pd.Series) -> tuple[float, float]:
    """Difference in means and its robust (HC1) standard error."""
    groups = [outcome[treat == case].astype(np.float64) for case in (1, 0)]
    n = len(outcome)
    spread = sum(group.var(ddof=0) / len(group) for group in groups) * n / (n - 2)
    return float(groups[0].mean() - groups[1].mean()), float(np.sqrt(spread))


def weighted(outcome: Floats, treated: Floats, weight: Floats) -> float:
    """Difference of weighted means."""
    means = [
        np.average(outcome[treated == case], weights=weight[treated == case]) for case in (1, 0)
    ]
    return float(means[0] - means[1])


def simple() -> list[Check]:
    """The experiment, and the two comparisons that mislead."""
    nsw, cps, psid = people("nsw"), people("cps"), pd.read_parquet(DATA / "nsw_psid.parquet")
    observed = pd.concat([nsw[nsw["treat"] == 1], cps])
    effect, error = difference(nsw["treat"], nsw["re78"])
    naive, naive_error = difference(observed["treat"], observed["re78"])
    dw = "Dehejia & Wahba 2002"
    return [
        Check("NSW experiment", dw, 1794.342, effect, 3),
        Check("· standard error", dw, 670.8245, error, 4),
        Check("NSW against CPS, unadjusted", f"{dw}, table 2", -8497.516, naive, 3),
        Check("· standard error", "Mixtape-Sessions lab", 581.9158, naive_error, 4),
        Check(
            "NSW against PSID, unadjusted",
            f"{dw}, table 3",
            -15205,
            1000 * difference(psid["train"], psid["re78"])[0],
            0,
        ),
    ]


def lab() -> list[Check]:
    """NSW treated against CPS, 16,177 people: logit, weighting, matching."""
    frame = people("nsw", "cps")
    is_cps = np.arange(len(frame)) >= 445
    frame = frame[(frame["treat"] == 1) | is_cps].reset_index(drop=True)
    found, effect, error = matched(frame, MIXTAPE)
    p, t = found.probability, frame["treat"].to_numpy()
    y, inner = frame["re78"].to_numpy(), (found.probability >= 0.1) & (found.probability <= 0.9)
    ate, att = t / p + (1 - t) / (1 - p), t + (1 - t) * p / (1 - p)
    source = "Mixtape-Sessions lab (Stata)"
    return [
        Check(
            "NSW + CPS: log-likelihood of the logit", source, -407.18136, found.log_likelihood, 5
        ),
        Check("· coefficient of age", source, 2.370112, float(found.coefficients[1]), 6),
        Check("· inverse probability weighting, ATE", source, -6784.387, weighted(y, t, ate), 3),
        Check(
            "· the same, probabilities 0.1–0.9",
            source,
            1350.894,
            weighted(y[inner], t[inner], ate[inner]),
            3,
        ),
        Check("· weighting, effect on the treated", source, 1689.31, weighted(y, t, att), 2),
        Check(
            "· the same, probabilities 0.1–0.9",
            source,
            2626.02,
            weighted(y[inner], t[inner], att[inner]),
            2,
        ),
        Check("· matching, one neighbour (`teffects psmatch`)", source, 1727.186, effect, 3),
        Check("· standard error", source, 761.7544, error, 4, must=False),
    ]


def stata() -> list[Check]:
    """Matching by Stata 18, as reported in StatsPAI's notes on parity."""
    lalonde = pd.read_parquet(DATA / "lalonde.parquet").astype(np.float64)
    lalonde = lalonde.rename(columns={"hispan": "hisp", "married": "marr"})
    rows = [
        ("445 people of the experiment", people("nsw"), DISCRETE, 2686.832, 691.0373),
        (
            "Experiment + CPS, 16,437 people",
            people("nsw", "cps"),
            [*DISCRETE, "re74", "re75"],
            1477.592,
            789.5247,
        ),
        ("Lalonde, 614 people", lalonde, DISCRETE, 1209.718, 1261.376),
    ]
    checks = []
    for name, frame, columns, value, error in rows:
        _, effect, ours = matched(frame, columns)
        checks.append(Check(f"{name}: matching", "Stata 18", value, effect, 3))
        checks.append(Check("· standard error", "Stata 18", error, ours, 4, must=False))
    return checks


def checks() -> list[Check]:
    """Every published estimate, in the order of the page."""
    return [*simple(), *lab(), *stata()]
