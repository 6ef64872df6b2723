"""Keeps a version: results bundle, figures' data, documents, bindings and a manifest.

`releases/<version>/manifest.json` names every kept file with its hash, the configuration, the
packages, the code and the git revision. A version is kept whole or not at all, and never changed:
the name of one that is there is refused. Before that, the new version is held against every kept
one; if two of them together tell people apart, nothing is kept unless a reason is given, which is
then written in the manifest.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from evalrapport.contracts.bundle import json_text, sha256
from evalrapport.errors import PlainError
from evalrapport.review import disclosure
from evalrapport.review.disclosure import Risk
from evalrapport.review.versions import (
    MANIFEST,
    RELEASES,
    Version,
    kept_versions,
    of_folder,
    read_json,
)

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
RESERVED = ("published", "computed")
# The figures' pictures and data; the Vega specifications can be made again and are not compared.
FIGURE_FILES = ("csv", "json", "svg", "png")
DOCUMENT_FILES = ("bindings.json", "paastande.csv")


def keep(
    version: str,
    studies: Sequence[Version],
    told: Mapping[str, Any],
    reason: str | None = None,
    root: Path = Path(),
) -> Path:
    """Keep the present state of `studies` under a name; the folder. `told` goes in the manifest.

    Raises PlainError for a bad or taken name, for missing documents, and for a risk of disclosure
    without a reason.
    """
    target = root / RELEASES / version
    check_name(version, target)
    found = {study.study: risks_against_kept(study, root) for study in studies}
    risky = [(old, risk) for listed in found.values() for old, risk in listed]
    if risky and not (reason and reason.strip()):
        raise PlainError(refusal(risky))
    staged = target.with_name(f".tmp-{version}")
    shutil.rmtree(staged, ignore_errors=True)
    try:
        for study in studies:
            copy(study, staged / study.study)
        manifest = {
            "version": version,
            **told,
            "studies": {study.study: study.data_status for study in studies},
            "compared_with": kept_versions(root),
            "disclosure": lifted(risky, reason),
            "files": file_hashes(staged),
        }
        (staged / MANIFEST).write_text(json_text(manifest), encoding="utf-8")
        staged.replace(target)
    finally:
        shutil.rmtree(staged, ignore_errors=True)
    return target


def check_name(version: str, target: Path) -> None:
    """Refuse a name that is no folder name, means something else, or is taken."""
    if not NAME.fullmatch(version) or version in RESERVED:
        raise PlainError(
            f"“{version}” can't name a version: use letters, digits, dots and dashes, as in 1.0 or "
            f"2026-12-01; {' and '.join(RESERVED)} mean something else."
        )
    if target.exists():
        raise PlainError(f"{target} is there already. A kept version is never changed.")


def risks_against_kept(study: Version, root: Path) -> list[tuple[str, Risk]]:
    """(kept version, risk) for every kept version of the same study."""
    found = []
    for name in kept_versions(root):
        folder = root / RELEASES / name
        if study.study in read_json(folder / MANIFEST)["studies"]:
            old = of_folder(folder, name, study.study)
            found += [(name, risk) for risk in disclosure.risks(old.tables, study.tables)]
    return found


def refusal(risky: Sequence[tuple[str, Risk]]) -> str:
    """Why nothing is kept, cell by cell."""
    listed = "\n".join(
        f"  {risk.cell}"
        + (f" and {risk.other}" if risk.other != risk.cell else "")
        + f" (against version {old}): "
        + (
            "what is hidden can be worked out"
            if risk.kind == "skjult"
            else f"the versions differ by fewer than {risk.threshold} people"
        )
        for old, risk in risky
    )
    return (
        f"This version and a kept one together tell people apart:\n{listed}\n"
        "Nothing was kept. Change what is published; or, if it is no risk, say why: "
        'make release VERSION=… REASON="…"'
    )


def lifted(risky: Sequence[tuple[str, Risk]], reason: str | None) -> dict[str, Any]:
    """What the manifest says of risks: none, or those that a reason lifted."""
    listed = [{"against": old, **risk.plain()} for old, risk in risky]
    return {"risks": listed, "reason": reason.strip() if risky and reason else None}


def copy(study: Version, target: Path) -> None:
    """Copy one study's results, figures and documents."""
    if study.site is None or study.documents is None or study.figures is None:
        raise PlainError(f"{study.study}: the documents are not built. Run `make report` first.")
    shutil.copytree(study.results, target / "results", ignore=shutil.ignore_patterns(".*"))
    (target / "figures").mkdir(parents=True)
    for path in sorted(study.figures.iterdir()):
        if path.suffix.lstrip(".") in FIGURE_FILES and not path.name.endswith(".vl.json"):
            shutil.copy2(path, target / "figures" / path.name)
    documents = target / "documents"
    shutil.copytree(study.site, documents / "site", ignore=shutil.ignore_patterns(".*"))
    for name in (*DOCUMENT_FILES, f"{study.study}.docx", f"{study.study}.pdf"):
        if (study.documents / name).is_file():
            shutil.copy2(study.documents / name, documents / name)


def file_hashes(folder: Path) -> dict[str, str]:
    """Every kept file with its hash."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {p.relative_to(folder).as_posix(): f"sha256:{sha256(p.read_bytes())}" for p in files}
