"""environment.yml (conda) and pyproject.toml with uv.lock (PyPI) name the same packages."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
# The same software under another name; pandoc comes inside pypandoc-binary on PyPI.
CONDA_NAMES = {
    "pypandoc-binary": "pypandoc",
    "typst": "typst-py",
    "snakemake": "snakemake-minimal",
}
CONDA_ONLY = {"python", "quarto", "pandoc", "pip"}


def pyproject() -> dict[str, str]:
    raw = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    listed = raw["project"]["dependencies"] + raw["dependency-groups"]["dev"]
    return dict(re.fullmatch(r"([\w-]+)==(\S+)", line).groups() for line in listed)


def conda() -> dict[str, str]:
    raw = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))
    lines = [line for line in raw["dependencies"] if isinstance(line, str)]
    # What conda-forge does not have comes from PyPI there too.
    from_pypi = next(part["pip"] for part in raw["dependencies"] if isinstance(part, dict))
    lines += [line.replace("==", "=") for line in from_pypi if not line.startswith("-")]
    pairs = [re.fullmatch(r"([\w-]+?)(?:>?=(\S+))?", line).groups() for line in lines]
    return {name: version or "" for name, version in pairs}


def test_both_name_the_same_packages_and_versions():
    expected = {CONDA_NAMES.get(name, name): version for name, version in pyproject().items()}
    found = {name: version for name, version in conda().items() if name not in CONDA_ONLY}
    assert found == expected


def test_the_lock_has_the_versions_of_pyproject():
    lock = tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))
    locked = {(package["name"], package["version"]) for package in lock["package"]}
    assert set(pyproject().items()) <= locked


def test_pandoc_inside_the_wheel_is_the_version_that_conda_names():
    pypandoc = pytest.importorskip("pypandoc")
    version = pypandoc.get_pandoc_version()
    assert version == conda()["pandoc"] or version.startswith(conda()["pandoc"] + ".")
