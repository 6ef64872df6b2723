"""Finds the two versions that are compared, wherever they lie.

A version is a kept one (`releases/<version>/`), `published` (the numbers of SFI 15:10), `computed`
(the present build), a folder or a zip file with a bundle or a kept version, or a git revision that
holds a kept version (`revision`, or `revision:version` where it holds several).
"""

from __future__ import annotations

import io
import json
import subprocess
import tarfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from evalrapport.contracts import bundle
from evalrapport.contracts.result_table import TableContract, from_dict
from evalrapport.errors import PlainError

RELEASES = Path("releases")
FACT = "fakta "  # begins the shortcode of a fact, and the address that the page carries
MANIFEST = "manifest.json"
STATUS_WORDS = {
    "stand_in": "syntetiske personer",
    "real": "virkelige personer",
    "published": "offentliggjorte tal",
}


@dataclass(frozen=True)
class Table:
    """One released table as a bundle holds it."""

    id: str
    contract: TableContract
    cells: bundle.Cells
    manifest: Mapping[str, Any]
    data_status: str


@dataclass(frozen=True)
class Version:
    """One side of a comparison: a bundle, and whatever was built on it.

    `documents` holds site/, the Word file, bindings.json; `figures` a CSV, SVG and JSON per figure;
    both are None where there are only results. `manifest` says what no bundle can: packages, the
    hashes of modules and functions, the git revision, checks. It may be empty. `judged`: claims
    that the caller has held against a bare bundle.
    """

    name: str
    label: str
    study: str
    results: Path
    figures: Path | None = None
    documents: Path | None = None
    manifest: Mapping[str, Any] = field(default_factory=dict)
    judged: list[dict[str, Any]] | None = None

    @cached_property
    def package(self) -> dict[str, Any]:
        """The content of the bundle's data package."""
        content: dict[str, Any] = read_json(self.results / bundle.PACKAGE)
        return content

    @cached_property
    def tables(self) -> dict[str, Table]:
        """The bundle's tables by id, in the package's order."""
        found = {}
        for resource in self.package["resources"]:
            about = read_json(self.results / resource["about"]["path"])
            found[resource["name"]] = Table(
                id=resource["name"],
                contract=from_dict(about["contract"], resource["about"]["path"]),
                cells=bundle.read_cells(self.results / resource["path"]),
                manifest=about["manifest"],
                data_status=about["data_status"],
            )
        return found

    @property
    def data_status(self) -> str:
        """stand_in, real or published."""
        return str(self.package["data_status"])

    @property
    def site(self) -> Path | None:
        """The folder with the report's pages, if they were kept."""
        there = self.documents / "site" if self.documents else None
        return there if there and (there / "index.html").is_file() else None

    @property
    def docx(self) -> Path | None:
        """The Word file, if it was kept."""
        there = self.documents / f"{self.study}.docx" if self.documents else None
        return there if there and there.is_file() else None

    @cached_property
    def claims(self) -> list[dict[str, Any]] | None:
        """The interpreting sentences with their conditions and outcomes; None if not known."""
        return self.bindings["claim_list"] if self.bindings else self.judged

    @cached_property
    def facts(self) -> dict[str, Any] | None:
        """What was printed of facts from elsewhere, by shortcode; None if not known."""
        values = self.bindings.get("values", {}) if self.bindings else None
        return None if values is None else {k: v for k, v in values.items() if k.startswith(FACT)}

    @cached_property
    def bindings(self) -> dict[str, Any] | None:
        """What the text's shortcodes and claims came out as, if it was kept."""
        there = self.documents / "bindings.json" if self.documents else None
        return read_json(there) if there and there.is_file() else None


def read_json(path: Path) -> Any:
    """The content of a JSON file; PlainError if it is not there or damaged."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise PlainError(f"{path}: is missing, so this is no version to compare.") from None
    except ValueError:
        raise PlainError(f"{path}: is damaged; it is not JSON.") from None


def resolve(name: str, study: str, scratch: Path, root: Path = Path()) -> Version:
    """The version that `name` means; PlainError says what could be meant if there is none.

    Zip files and git revisions are unpacked under `scratch`.
    """
    kept = root / RELEASES / name
    if name == "computed":
        return present(study, root)
    if name and (kept / MANIFEST).is_file():
        return of_folder(kept, name, study)
    if name == "published":
        folder = root / "data" / "published" / study
        return Version(name, "de offentliggjorte tal", study, folder)
    path = Path(name)
    if path.is_dir():
        return of_folder(path, name, study)
    if path.is_file() and zipfile.is_zipfile(path):
        return of_folder(unzipped(path, scratch), path.name, study)
    if folder_at_revision := of_revision(name, scratch, root):
        return of_folder(folder_at_revision, name, study)
    there = ", ".join(kept_versions(root)) or "none yet"
    raise PlainError(
        f"“{name}” is no version. It can be a kept version ({there}), published, computed, a "
        "folder or zip file with a results bundle, or a git revision that holds a kept version."
    )


def present(study: str, root: Path = Path()) -> Version:
    """The version that the build folder holds now."""
    build = root / "build"
    results = build / "results" / study
    if not (results / bundle.PACKAGE).is_file():
        raise PlainError(f"{results}: nothing is built yet. Run `make report` first.")
    return Version(
        "computed",
        "den aktuelle udgave",
        study,
        results,
        existing(build / "exhibits" / study / "figures"),
        existing(build / "documents" / study),
    )


def existing(folder: Path) -> Path | None:
    """The folder if it is there."""
    return folder if folder.is_dir() else None


def kept_versions(root: Path = Path()) -> list[str]:
    """Names of the versions that are kept, by name."""
    return sorted(path.parent.name for path in (root / RELEASES).glob(f"*/{MANIFEST}"))


def of_folder(folder: Path, name: str, study: str) -> Version:
    """A kept version or a bare bundle in a folder."""
    if (folder / MANIFEST).is_file():
        manifest = read_json(folder / MANIFEST)
        own = folder / study
        if not own.is_dir():
            there = ", ".join(sorted(manifest["studies"]))
            raise PlainError(f"{name} keeps no study “{study}”; it keeps {there}.")
        return Version(
            name,
            f"version {manifest['version']}",
            study,
            own / "results",
            existing(own / "figures"),
            existing(own / "documents"),
            manifest,
        )
    if (folder / bundle.PACKAGE).is_file():
        return Version(name, f"resultaterne i {folder.name}", study, folder)
    raise PlainError(f"{name}: holds neither a results bundle nor a kept version.")


def unzipped(path: Path, scratch: Path) -> Path:
    """The folder inside a zip file that holds the bundle or the kept version."""
    target = scratch / f"{path.stem}-{bundle.sha256(path.read_bytes())[:8]}"
    with zipfile.ZipFile(path) as archive:
        archive.extractall(target)
    return holder(target, path.name)


def holder(folder: Path, name: str) -> Path:
    """`folder`, or the one folder below it, that holds a manifest or a data package."""
    for wanted in (MANIFEST, bundle.PACKAGE):
        found = sorted(folder.rglob(wanted), key=lambda path: (len(path.parts), path))
        if found:
            return found[0].parent
    raise PlainError(f"{name}: holds neither a results bundle nor a kept version.")


def of_revision(name: str, scratch: Path, root: Path) -> Path | None:
    """A kept version taken out of a git revision, or None if there is no such revision."""
    revision, _, wanted = name.partition(":")
    commit = git(root, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    if not revision or revision.startswith("-") or not commit:
        return None
    commit_id = commit.decode().strip()
    listed = git(root, "ls-tree", "-r", "--name-only", commit_id, f"{RELEASES}/") or b""
    paths = [Path(line) for line in listed.decode().splitlines()]
    versions = sorted(p.parts[1] for p in paths if len(p.parts) == 3 and p.name == MANIFEST)
    chosen = wanted or (versions[0] if len(versions) == 1 else "")
    if chosen not in versions:
        there = ", ".join(f"{revision}:{version}" for version in versions) or "none"
        raise PlainError(f"{name}: name one kept version of that revision: {there}.")
    archive = git(root, "archive", "--format=tar", commit_id, f"{RELEASES}/{chosen}")
    with tarfile.open(fileobj=io.BytesIO(archive or b"")) as tar:
        tar.extractall(scratch / commit_id[:12], filter="data")
    return scratch / commit_id[:12] / RELEASES / chosen


def git(root: Path, *arguments: str) -> bytes | None:
    """What git prints, or None if it fails or is not there."""
    try:
        done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, check=False)
    except FileNotFoundError:
        return None
    return done.stdout if done.returncode == 0 else None
