"""The effect analysis of the present build: reading, redraws, and all that says how sure we are.

Three ratios, each with its limit. Reading the people and their covariates, against pyarrow reading
the same columns. Twenty redraws of the pseudo start dates (people and covariates of all, then fit,
match and effects of each), against as many times fit, match and effects with standard errors of the
first draw. All of “Hvor sikre er vi?”, against those and the redraws; of the table of other methods
the doubly robust row is taken out, whose time is that of its learners. That row, against one plain
scikit-learn fit of the same learner on the same people × folds × models.

Steps are run again by the workflow, one at a time, from the files of the build; they make the same
bytes, so nothing after them is out of date.
"""

from __future__ import annotations

import re
import statistics
import subprocess
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from benchmarks import paired
from benchmarks.covariates import study
from evalrapport import wiring, workflow
from evalrapport.results.matching.doubly_robust import (
    FOLDS,
    doubly_robust,
    folds,
    outcome_learner,
    score_learner,
    thinned,
)
from evalrapport.results.propensity_match import IN_MODEL, read_people

READING, REDRAW, CERTAINTY, LEARNERS = 1.25, 1.0, 15.0, 1.5
REDRAWS = 20  # of a report that is to be published
RUNS = 3
OUTCOMES = 2  # that the doubly robust row is made for
TOLD = re.compile(r"✓ (\S+) .*?(\d+\.\d) s, (\d+) MiB")
MAIN = ("propensity_match.parquet", "matched_effects.parquet")
SURE = ("undergrupper", "robusthed", "placebo", "skjulte_forskelle", "styrke")


def again(targets: Iterable[str]) -> tuple[float, float]:
    """Run the steps behind the targets once more: (seconds of all, gibibytes of the largest)."""
    seconds, most = 0.0, 0.0
    for target in targets:
        command = [*workflow.COMMAND, "--quiet", "all", "--cores", "1", "--force", "--", target]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        found = TOLD.findall(done.stderr)
        if done.returncode or not found:
            raise SystemExit(f"{target} was not made:\n{done.stderr}")
        seconds += sum(float(one[1]) for one in found)
        most = max([most, *(float(one[2]) / 1024 for one in found)])
    return seconds, most


def learners(population: Path, covariates: Path) -> tuple[float, float]:
    """Seconds of the doubly robust row, and of one plain fit of each learner × folds × models."""
    people = read_people(population, covariates)
    kept = thinned(people.treated)
    some = people.some(kept)
    rows, treated = some.rows(), some.treated
    outcome = np.random.default_rng(1).random((len(kept), OUTCOMES))
    there = folds(treated, FOLDS, 1) != 0
    teach = there & ~treated
    doubly_robust(rows, treated, outcome, 1)  # the library is loaded before anything is measured
    logit = paired.seconds(lambda: score_learner().fit(rows[there], treated[there]))
    trees = paired.seconds(lambda: outcome_learner(1).fit(rows[teach], outcome[teach, 0]))
    own = paired.seconds(lambda: doubly_robust(rows, treated, outcome, 1))
    return own, FOLDS * (logit + OUTCOMES * trees)


def main() -> int:
    """Print the ratios; 1 if one is beyond its limit."""
    name = study()
    people = Path(wiring.person_level(f"datasets/{name}/effect_population.parquet"))
    covariates = people.with_name("effect_covariates.parquet")
    own = [wiring.person_level(f"estimates/{name}/{file}") for file in MAIN]
    draws = [*wiring.redraws(name).values()]
    if missing := [file for file in (str(people), *own, *draws) if not Path(file).exists()]:
        raise SystemExit(f"Run `make report` first; not built: {', '.join(missing)}.")

    def bare() -> None:
        pq.read_table(people, columns=["person_id", "treated"])
        pq.read_table(covariates, columns=["person_id", *IN_MODEL])

    read = paired.run(lambda: read_people(people, covariates), bare, RUNS)
    print(read.line("people and covariates", "pyarrow", READING))
    first, held = again(own)
    drawn, room = again([str(people.with_name("effect_redraws.parquet"))])
    each, _ = again(draws[:1])
    redrawn = drawn / len(draws) + each
    print(
        f"a redraw (of {len(draws)}) / fit, match, effects: {redrawn / first:.2f} ({drawn:.1f} s / "
        f"{len(draws)} + {each:.1f} s / {first:.1f} s); limit {REDRAW:g}"
    )
    sure, most = again(wiring.person_level(f"estimates/{name}/{table}.csv") for table in SURE)
    taught, plain = learners(people, covariates)
    whole = first + REDRAWS * redrawn
    ratio = (sure - taught) / whole
    print(
        f"how sure we are, without learners / all that with {REDRAWS} redraws: {ratio:.2f} "
        f"({sure:.1f} s - {taught:.1f} s / {whole:.1f} s); limit {CERTAINTY:g}; "
        f"peak memory {max(held, room, most):.2f} GiB"
    )
    print(
        f"learners / one plain fit × folds × models: {taught / plain:.2f} "
        f"({taught:.1f} s / {plain:.1f} s); limit {LEARNERS:g}"
    )
    count = len(pd.read_parquet(people, columns=["treated"]))
    print(f"  {count:,} people")
    found = (statistics.median(read.ratios), redrawn / first, ratio, taught / plain)
    limits = (READING, REDRAW, CERTAINTY, LEARNERS)
    return 1 if any(one > limit for one, limit in zip(found, limits, strict=True)) else 0
