"""Published estimates, and how each is worked out here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evalrapport.results.matching.design import Floats, standardised
from evalrapport.results.matching.effects import estimate, matched_means
from evalrapport.results.matching.hidden import benchmark, bounds, effect_of, pairwise_means, shifts
from evalrapport.results.matching.logit import LogitFit, fit
from evalrapport.results.matching.nearest_neighbour import Matches, nearest
from validation import stata as stata_errors

DATA = Path(__file__).parent / "data"
DISCRETE = ["age", "educ", "black", "hisp", "marr", "nodegree"]
STATA_RELATIVE = 1e-5
DEMO = [
    *("age", "age_squared", "educ", "educ_squared", "black", "hisp", "marr", "nodegree"),
    *("re74", "re74_squared", "re75", "re75_squared", "no_work_74", "no_work_75"),
]
MIXTAPE = [
    *("age", "age_squared", "age_cubed", "educ", "educ_squared", "marr", "nodegree"),
    *("black", "hisp", "re74", "re75", "no_work_74", "no_work_75"),
]


@dataclass(frozen=True)
class Check:
    """One published number beside ours. `digits` are those printed; `must`: it has to agree.

    relative: how far a standard error of Stata's may lie off (its own optimiser stops early).
    fast: the same standard error as the report works it out.
    """

    name: str
    source: str
    published: float
    ours: float
    digits: int
    must: bool = True
    relative: float = 0.0
    fast: float | None = None

    @property
    def agrees(self) -> bool:
        """Whether ours is the printed number, to its digits or within what is allowed."""
        if round(self.ours, self.digits) == round(self.published, self.digits):
            return True
        return abs(self.ours / self.published - 1) <= self.relative


def people(*names: str) -> pd.DataFrame:
    """Files one after the other, in double precision, with powers and indicators."""
    frame = pd.concat([pd.read_parquet(DATA / f"{name}.parquet") for name in names])
    frame = frame.astype(np.float64).reset_index(drop=True)
    powers = {"age_squared": frame["age"] ** 2, "age_cubed": frame["age"] ** 3}
    frame = frame.assign(**powers, educ_squared=frame["educ"] ** 2)
    return frame.assign(no_work_74=frame["re74"] == 0, no_work_75=frame["re75"] == 0)


@dataclass(frozen=True)
class Match:
    """A fit, the matched effect on earnings in 1978, and its standard error in two ways.

    error: with the derivative from neighbours among the covariates, as Stata has it.
    fast: with that from neighbours on the score, as the report has it.
    """

    fit: LogitFit
    effect: float
    error: float
    fast: float


def matched(frame: pd.DataFrame, columns: list[str]) -> Match:
    """Match as the report does, on the columns named."""
    treated = frame["treat"].to_numpy() == 1
    raw = frame[columns].to_numpy(dtype=np.float64)
    design = standardised(np.ascontiguousarray(raw.T))
    found = fit(design, treated)
    score, outcome = found.probability, frame[["re78"]].to_numpy()
    matches = nearest(score[treated], score[~treated])
    effects = estimate(design, found, treated, outcome, matches)
    effect = float(effects.effect[0])
    extra = stata_errors.correction(design, found, raw, treated, outcome[:, 0], effect)
    literal = np.sqrt(effects.variance_2006[0, 0] + extra)
    return Match(found, effect, float(literal), float(np.sqrt(effects.variance_2016[0, 0])))


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
    match = matched(frame, MIXTAPE)
    found = match.fit
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
        Check(
            "NSW + CPS: matching, one neighbour (`teffects psmatch`)",
            source,
            1727.186,
            match.effect,
            3,
        ),
        error_of(match, source, 761.7544, 4),
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
        match = matched(frame, columns)
        checks.append(Check(f"{name}: matching", "Stata 18", value, match.effect, 3))
        checks.append(error_of(match, "Stata 18", error, 4))
    return checks


def error_of(match: Match, source: str, published: float, digits: int, must: bool = True) -> Check:
    """The standard error of a match, by Stata's derivative and by ours."""
    return Check(
        "· standard error",
        source,
        published,
        match.error,
        digits,
        must,
        STATA_RELATIVE,
        match.fast,
    )


def smoking() -> list[Check]:
    """Cattaneo's births: the effect agrees; its printed standard error we know from memory only."""
    import statsmodels

    path = Path(statsmodels.__file__).parent / "treatment/tests/results/cataneo2.csv"
    births = pd.read_csv(path)
    frame = births[["mmarried_", "mage", "mage2", "fbaby_", "medu"]].astype(np.float64)
    frame = frame.assign(treat=births["mbsmoke_"], re78=births["bweight"].astype(np.float64))
    match = matched(frame, ["mmarried_", "mage", "mage2", "fbaby_", "medu"])
    source = "Cattaneo 2010 in Stata's manual, recalled"
    return [
        Check("Smoking and birth weight: matching", source, -236.7848, match.effect, 4),
        error_of(match, source, 26.115, 3, must=False),
    ]


def nearly_tied(score: Floats, treated: NDArray[np.bool_], tolerance: float) -> Matches:
    """The nearest and all whose squared distance in deviations is no more than a hair larger."""
    apart = (score[treated][:, None] - score[~treated]) / score.std(ddof=1)
    squares = np.square(apart)
    rows, columns = np.nonzero(squares <= squares.min(axis=1, keepdims=True) + tolerance)
    ties = np.bincount(rows)
    return Matches(rows, columns, 1.0 / ties[rows], np.abs(apart).min(axis=1))


def demo() -> list[Check]:
    """The demonstration of R's Matching: 445 people; scores that nearly tie count as tied."""
    frame = people("nsw")
    squares = {f"{name}_squared": frame[name] ** 2 for name in ("re74", "re75")}
    frame = frame.assign(**squares)
    treated, outcome = frame["treat"].to_numpy() == 1, frame[["re78"]].to_numpy()
    raw = frame[DEMO].to_numpy(dtype=np.float64)
    score = fit(standardised(np.ascontiguousarray(raw.T)), treated).probability
    pairs = nearly_tied(score, treated, 1e-5)
    own, theirs = outcome[treated], outcome[~treated]
    gains = own - matched_means(pairs, theirs)
    effect, n = float(gains.mean()), int(treated.sum())
    # With `Var.calc = 0`: one conditional variance for all, half the mean square over the pairs.
    each = (own[pairs.treated] - theirs[pairs.control])[:, 0] - effect
    use, squared = pairs.use(len(theirs))
    conditional = float(pairs.weight @ each**2) / (2 * n)
    variance = float(np.square(gains - effect).sum() + (use**2 - squared).sum() * conditional)
    source = "R Matching 4.10, demo DehejiaWahba"
    return [
        Check("445 people, squares of income: pairs", source, 346, len(pairs.treated), 0),
        Check("· matching", source, 2153.306, effect, 3, must=False),
        Check("· standard error (2006, pooled)", source, 825.398, variance**0.5 / n, 3),
    ]


def darfur() -> tuple[Floats, NDArray[np.bool_], Floats, int]:
    """Darfur (Hazlett 2019): rows with a constant, harmed, attitude to peace, women's column."""
    frame = pd.read_parquet(DATA / "darfur.parquet")
    names = ["age", "farmer_dar", "herder_dar", "pastvoted", "hhsize_darfur", "female"]
    villages = pd.get_dummies(frame["village"], drop_first=True)
    rows = np.column_stack([frame[names], villages, np.ones(len(frame))]).astype(np.float64)
    treated = frame["directlyharmed"].to_numpy() == 1
    return rows, treated, frame["peacefactor"].to_numpy(np.float64), names.index("female")


def hidden() -> list[Check]:
    """Sensitivity to an omitted variable, as printed by Cinelli & Hazlett and in sensemakr."""
    rows, treated, outcome, female = darfur()
    weight = np.ones(len(outcome))
    found = effect_of(treated, rows, outcome, weight)
    source = "Cinelli & Hazlett 2020, table 1"
    out = [
        Check("Darfur: effect of harm on attitude to peace", source, 0.097, found.effect, 3),
        Check("· standard error", source, 0.023, found.error, 3),
        Check("· partial R² of treatment, per cent", source, 2.2, 100 * found.partial_r2, 1),
        Check("· robustness value, per cent", source, 13.9, 100 * found.robustness(), 1),
        Check("· the same, at 5 per cent", source, 7.6, 100 * found.robustness(alpha=0.05), 1),
    ]
    for times, effect, error in ((1, 0.0752, 0.0219), (2, 0.0529, 0.0204), (3, 0.0304, 0.0187)):
        one = benchmark(treated, rows, outcome, weight, [female], times)
        moved = found.moved(one.on_treatment, one.on_outcome)
        name = f"· moved by a trait {times} times as strong as sex"
        out.append(Check(name, "sensemakr, the same data", effect, moved[0], 4))
        out.append(Check("· its standard error", "sensemakr, the same data", error, moved[1], 4))
    return out


# Lead in the blood of 33 children of workers exposed to it and of their matched neighbours
# (Morton et al. 1982), as in the help page of R's rbounds.
LEAD_OWN = (
    *(38, 23, 41, 18, 37, 36, 23, 62, 31, 34, 24, 14, 21, 17, 16, 20, 15, 10, 45, 39, 22, 35),
    *(49, 48, 44, 35, 43, 39, 34, 13, 73, 25, 27),
)
LEAD_THEIRS = (
    *(16, 18, 18, 24, 19, 11, 10, 15, 16, 18, 18, 13, 19, 10, 16, 16, 24, 13, 9, 14, 21, 19),
    *(7, 18, 19, 12, 11, 22, 25, 16, 13, 11, 13),
)


def lead() -> list[Check]:
    """Rosenbaum's own example of his bounds; its tables are known to us from memory."""
    gains = np.array(LEAD_OWN, dtype=np.float64) - np.array(LEAD_THEIRS)
    source, out = "Rosenbaum 2002, chapter 4, recalled", []
    for gamma, p in ((2, 0.0018), (3, 0.0136), (4, 0.0388), (4.25, 0.0468), (5, 0.0740)):
        name = (
            f"Lead in children's blood: largest p at Γ = {gamma}"
            if gamma == 2
            else f"· Γ = {gamma}"
        )
        # Printed for one side; ours is for two.
        out.append(Check(name, source, p, bounds(gains, gamma).largest_p / 2, 4))
    means = pairwise_means(gains)
    for gamma, least, most in ((2, 10.25, 19.5), (3, 8, 23), (4, 6.5, 25), (5, 5, 26.5)):
        found = shifts(means, gamma)
        out.append(Check(f"· least effect at Γ = {gamma}", source, least, found[0], 2))
        out.append(Check(f"· largest effect at Γ = {gamma}", source, most, found[1], 2))
    return out


@cache
def checks() -> list[Check]:
    """Every published estimate, in the order of the page."""
    return [*simple(), *lab(), *stata(), *demo(), *smoking(), *hidden(), *lead()]
