"""How far the stand-in's unseen trait moves the effects: `python -m validation selection`.

The stand-in people have a trait of resources that no register shows. `unobserved_selection` says
how strongly a lack of it leads to a mentor. Nobody's life is changed by the mentor (`true_effect`
is nought), so whatever effect the report finds is that trait's doing, and chance.

The difference that the report finds varies by a quarter of a month from draw to draw at a tenth of
Denmark, so the strength can't be chosen by it. But here the trait is known: the share of the
difference that it makes is how much less of it the treated have than the people they are weighed
against, times how many months a unit of it is worth; and that is known to a few hundredths.

The command measures the present build (run `make report` first), notes it in
`validation/data/selection.csv`, and writes the page from all that is noted there.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evalrapport import config, wiring
from evalrapport.config_model import StandIn
from evalrapport.results.matched_effects import read_outcomes
from evalrapport.results.matching.design import Design, Floats, Indices
from evalrapport.results.matching.logit import LogitFit
from evalrapport.results.propensity_match import fitted, read_people
from evalrapport.sources.stand_in import denmark, population

NOTED = Path("validation/data/selection.csv")
# Of the report: facts sfi-figb11-effect, -figb12-effect, -figb13-effect, in months.
PUBLISHED = {"employed_without_benefit": -0.2, "employed": -0.5, "enrolled": -0.2}
NAMES = {
    "employed_without_benefit": "employed without benefit",
    "employed": "employed, benefit allowed",
    "enrolled": "enrolled in education",
}
HEAVIEST = 150_000  # of the pool, by their weight: who weighs next to nothing tells nothing


def traits(seed: int, scale: float, person_id: Indices) -> Floats:
    """The unseen trait of each person; nought for the few who are declared by hand."""
    sizes = denmark.blocks_of(scale)
    blocks = [population.make(seed, block, size) for block, size in enumerate(sizes)]
    ids = np.concatenate([block.person_id for block in blocks])
    trait = np.concatenate([block.resources for block in blocks]).astype(np.float64)
    order = np.argsort(ids)
    at = order[np.minimum(np.searchsorted(ids, person_id, sorter=order), len(ids) - 1)]
    return np.where(ids[at] == person_id, trait[at], 0.0)


def moved(
    design: Design, fit: LogitFit, treated: NDArray[np.bool_], trait: Floats, outcome: Floats
) -> tuple[float, Floats]:
    """What the treated lack of the trait, and what a unit of it is worth: (lack, slopes).

    Both beside people of the pool with the same covariates, by weighting with the odds. The product
    is the omitted-variable bias.

    Args:
        outcome: (people × outcomes).
    """
    pool = np.flatnonzero(~treated)
    pool = pool[np.argsort(-fit.index[pool], kind="stable")][:HEAVIEST]
    odds = np.exp(fit.index[pool])
    lack = float(trait[treated].mean() - np.average(trait[pool], weights=odds))
    rows = np.vstack([design.block(pool), trait[pool]])
    weighted = rows * odds
    slopes = np.linalg.lstsq(weighted @ rows.T, weighted @ outcome[pool], rcond=1e-10)[0][-1]
    return lack, slopes


def measure(study: str) -> pd.DataFrame:
    """One row per outcome of the present build."""
    told = config.read().sources.stand_in
    folder = Path(wiring.person_level(f"datasets/{study}"))
    people = read_people(folder / "effect_population.parquet", folder / "effect_covariates.parquet")
    names, values = read_outcomes(folder / "effect_outcomes.parquet", people.person_id)
    which = [name.rsplit("_", 1)[0] for name in names]
    total = np.stack(
        [values[:, [at for at, one in enumerate(which) if one == name]].sum(1) for name in NAMES],
        axis=1,
    ).astype(np.float64)
    _, design, fit = fitted(people)
    trait = traits(told.seed, told.scale, people.person_id)
    lack, slopes = moved(design, fit, people.treated, trait, total)
    effects = pd.read_parquet(
        wiring.person_level(f"estimates/{study}/matched_effects.parquet"),
        columns=["outcome", "month", "effect", "covariance"],
    )
    rows = []
    for name, slope in zip(NAMES, slopes, strict=True):
        own = effects[effects["outcome"] == name]
        error = float(np.array(own["covariance"].tolist()).sum() ** 0.5)
        rows.append(
            {
                "strength": told.unobserved_selection,
                "seed": told.seed,
                "scale": told.scale,
                "treated": int(people.treated.sum()),
                "outcome": name,
                "difference": round(float(own["effect"].sum()), 3),
                "error": round(error, 3),
                "lack": round(lack, 3),
                "slope": round(float(slope), 3),
                "by_trait": round(lack * float(slope), 3),
            }
        )
    return pd.DataFrame(rows)


KEY = ["strength", "seed", "scale", "outcome"]


def note(found: pd.DataFrame) -> pd.DataFrame:
    """The notes with these rows in them, in the place of older ones of the same build."""
    before = pd.read_csv(NOTED) if NOTED.exists() else found.iloc[:0]
    both = pd.concat([before, found]).drop_duplicates(KEY, keep="last")
    order = {name: at for at, name in enumerate(NAMES)}
    both["order"] = both["outcome"].map(order)
    both = both.sort_values([*KEY[:-1], "order"]).drop(columns="order")
    both.to_csv(NOTED, index=False)
    return both


def record() -> str:
    """Measure the present build, note it, and give the page."""
    study = next(name for name, one in config.read().studies.items() if one.effect)
    if not Path(wiring.person_level(f"estimates/{study}/matched_effects.parquet")).exists():
        print("Nothing is built (`make report`), so the page is made from older notes.")
        return page()
    return page(note(measure(study)))


def page(noted: pd.DataFrame | None = None) -> str:
    """The page, from what is noted."""
    noted = pd.read_csv(NOTED) if noted is None else noted
    default = StandIn().unobserved_selection
    lines = [HEAD]
    for row in noted.itertuples():
        lines.append(
            f"| {row.strength:g} | {row.seed} | {row.treated:,} | {NAMES[row.outcome]} | "
            f"{row.difference:+.2f} ({row.error:.2f}) | {row.lack:+.3f} | {row.slope:.2f} | "
            f"{signed(row.by_trait)} |\n"
        )
    lines.append(MISS.format(default=default))
    own = noted[noted["strength"] == default]
    for name, label in NAMES.items():
        rows = own[own["outcome"] == name]
        found, error = pooled(rows["difference"].to_numpy(), rows["error"].to_numpy())
        trait = float(rows["by_trait"].mean())
        lines.append(
            f"| {label} | {PUBLISHED[name]:+.1f} | {found:+.2f} ({error:.2f}) | {signed(trait)} | "
            f"{signed(found - PUBLISHED[name])} |\n"
        )
    first = own[own["outcome"] == next(iter(PUBLISHED))]
    exact = default * PUBLISHED[next(iter(PUBLISHED))] / first["by_trait"].mean()
    return "".join([*lines, FOOT.format(exact=exact, default=default)])


def pooled(found: Floats, error: Floats) -> tuple[float, float]:
    """Mean of estimates weighted by their precision, and its standard error."""
    weight = 1.0 / error**2
    return float(np.average(found, weights=weight)), float(weight.sum() ** -0.5)


def signed(months: float) -> str:
    """With a sign and two decimals; what rounds to nought has none."""
    return f"{months:+.2f}" if abs(months) >= 0.005 else "0.00"


HEAD = """# What the unseen trait does to the effects

Generated by `python -m validation selection` from `validation/data/selection.csv`, in which that
command notes what it measures in the present build.

The stand-in people have a trait of resources that no register shows. Who lacks it gets a mentor
more easily: per standard deviation the log odds are higher by `unobserved_selection`. It also makes
spells on benefits longer and jobs rarer. The mentor changes nothing (`true_effect` is nought). So
the model report's own doubt, that those with a mentor may be weaker in ways that no register shows,
is true here and of known strength, and the effects that the report finds are all bias and chance.

The strength is held against the report's first accumulated effect, -0.2 months of employment
without benefit over months 0-21. The difference that a tenth of Denmark shows is no guide: its
standard error is a quarter of a month, more than what is sought. That of the whole country is known
to 0.08. And as the trait is known, the part of the difference that is its doing can be worked out:
what the treated lack of it, beside people with the same covariates (in standard deviations), times
what a standard deviation is worth (months). This is the omitted-variable bias; it varies by some
hundredths from draw to draw.

| Strength | Seed | Treated | Outcome | Difference found (s.e.) | Lack | Worth | By the trait |
|---:|---:|---:|---|---:|---:|---:|---:|
"""
MISS = """
## Held against the report

At the default strength of {default:g}, in months: what the builds above find, weighted by its
precision, and the mean of what the trait makes of it. The miss is that of what is found.

| Outcome | The report | Found (s.e.) | By the trait | Miss |
|---|---:|---:|---:|---:|
"""
FOOT = """
So the first is met within its own uncertainty: what is found lies a little beyond -0.2 and the
trait's part a little short of it. The trait's part alone would be -0.2 at a strength of
{exact:.2f}; the rest of what is found, which is chance and what the people's classes leave untold
by the covariates, would then come on top. {default:g} lies between the two readings and is kept.

One strength can't give all three. In the report the effect on employment with a benefit allowed is
more than twice that on employment without one; here the trait tells of both much alike, because a
job beside a benefit is as much a matter of resources as one without. And the report's treated are
less often enrolled in education, where the trait has hardly a say here: who studies is drawn by
age, schooling and class. To meet the other two numbers would take traits of their own, set so that
two printed numbers come out, and would say nothing more about the method. So they are left, and
their miss is shown.

The difference that a report on stand-in people prints is the part by the trait, what the people's
classes leave untold by the covariates, and the chance of that draw, which is the largest of the
three until the whole country is drawn.
"""
