"""What `release` and `compare` do: find versions, let the rooms do their part, write, judge.

The review room reads finished files only. What it can't know without another room is done here: the
present configuration, the checks, and, for a bundle that has no documents, the claims' outcomes and
the figures, drawn from its numbers.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from evalrapport import config
from evalrapport.errors import PlainError
from evalrapport.step import Job

SCRATCH = Path("build/compare/.tmp")
EXTENSION = Path("report/_extensions/evalrapport")
FIGURES = Path("src/evalrapport/contracts/figures")


def release(version: str, reason: str | None) -> Path:
    """Keep the present build of all studies as a version; the folder."""
    from evalrapport.review import keeping, provenance, versions

    settings = config.read()
    studies = [versions.present(name) for name in settings.studies]
    told: dict[str, Any] = {"date": settings.date.isoformat(), "packages": {}, "checks": {}}
    code: dict[str, Any] = {}
    functions: dict[str, Any] = {}
    for study in studies:
        found = provenance.of_present(study)
        code |= found["code"]
        functions |= found["functions"]
        told |= {"revision": found["revision"], "packages": found["packages"]}
        told["checks"] |= checks(study.study, settings)
    told |= {"code": code, "functions": functions, "config": settings.model_dump(mode="json")}
    return keeping.keep(version, studies, told, reason)


def checks(study: str, settings: config.Config) -> dict[str, list[str]]:
    """The checks of a study's build by name, each with its problems: the bundle and the prose."""
    from evalrapport.report import prose_review
    from evalrapport.results.verify_bundle import verify

    return {
        f"resultatpakken {study}": verify(Path("build/results") / study, study),
        "sproget": [str(problem) for problem in prose_review.review(settings)],
    }


def compare(
    old_name: str, new_name: str, study: str | None, output: Path | None
) -> tuple[dict[str, Any], list[Path]]:
    """Compare two versions and write page, JSON and Word file; what was found, and the files."""
    from evalrapport.review import comparison, outputs, versions

    settings = config.read()
    name = config.studies_named(settings, [study] if study else [])[0]
    shutil.rmtree(SCRATCH, ignore_errors=True)
    try:
        old, new = (versions.resolve(which, name, SCRATCH) for which in (old_name, new_name))
        judge = any(side.manifest.get("checks") for side in (old, new))
        old, new = (described(side, settings, judge) for side in (old, new))
        old, new = completed(old, new), completed(new, old)
        new = with_commits(old, new)
        found = comparison.compare(old, new)
        folder = output or Path("build/compare") / f"{safe(old_name)}--{safe(new_name)}"
        written = outputs.write(found, old, new, folder, EXTENSION / "fonts")
    finally:
        shutil.rmtree(SCRATCH, ignore_errors=True)
    return found, written


def safe(name: str) -> str:
    """A version's name as part of a folder's name."""
    return "".join(sign if sign.isalnum() or sign in "._-" else "_" for sign in Path(name).name)


def described(version: Any, settings: config.Config, judge: bool) -> Any:
    """The present build with its own manifest, checked where that is asked; others as they are."""
    if version.name != "computed":
        return version
    from evalrapport.review import provenance

    manifest = provenance.of_present(version)
    manifest |= {"date": settings.date.isoformat()}
    manifest |= {"checks": checks(version.study, settings)} if judge else {}
    return replace(version, manifest=manifest)


def with_commits(old: Any, new: Any) -> Any:
    """The new version with the commits that lie between."""
    from evalrapport.review import provenance

    commits = provenance.commits_between(old.manifest, new.manifest)
    return replace(new, manifest={**new.manifest, "commits": commits})


def completed(version: Any, other: Any) -> Any:
    """A bare bundle beside a version with documents: its claims judged and its figures drawn."""
    if version.claims is None and other.claims is not None:
        version = replace(version, judged=judged(version, other.claims))
    if version.figures is None and other.figures is not None:
        version = replace(version, figures=drawn(version, other.figures))
    return version


def pairs(version: Any) -> dict[str, tuple[Path, Path]]:
    """CSV and JSON of every table."""
    listed = version.package["resources"]
    return {
        r["name"]: (version.results / r["path"], version.results / r["about"]["path"])
        for r in listed
    }


def judged(version: Any, claims: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The other version's claims, held against this one's numbers."""
    from evalrapport.exhibits.released import read_released
    from evalrapport.exhibits.values import named_values
    from evalrapport.report.claims import evaluate, read

    values = named_values([read_released(*pair) for pair in pairs(version).values()])
    found = []
    for claim in claims:
        condition = read(claim["condition"])
        numbers = {a: values.get(a, {}).get("value") for a in condition.addresses}
        shown = {a: "" if number is None else str(number) for a, number in numbers.items()}
        found.append({**claim, "outcome": evaluate(condition, values), "values": shown})
    return found


def drawn(version: Any, figures: Path) -> Path | None:
    """The figures of the other version, drawn from this one's numbers where it has them."""
    import yaml

    from evalrapport.exhibits import figure

    folder = SCRATCH / "figures" / safe(version.name)
    folder.mkdir(parents=True, exist_ok=True)
    tables = pairs(version)
    for name in sorted(path.stem for path in figures.glob("*.svg")):
        contract = FIGURES / f"{name}.yaml"
        table = yaml.safe_load(contract.read_text("utf-8"))["table"] if contract.is_file() else ""
        if table not in tables:
            continue
        csv, about = tables[table]
        inputs = {"contract": contract, "csv": csv, "json": about}
        inputs |= {"palette": EXTENSION / "palette.json", "fonts": EXTENSION / "fonts"}
        outputs = {"svg": "svg", "png": "png", "spec": "vl.json", "csv": "csv", "json": "json"}
        job = Job(
            "exhibits.figure",
            inputs,
            {key: folder / f"{name}.{suffix}" for key, suffix in outputs.items()},
        )
        try:
            figure.step(job)
        except PlainError:
            continue  # published numbers can lack what the figure needs; the page says it is new
    return folder if any(folder.iterdir()) else None
