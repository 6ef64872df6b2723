"""The file for a machine without internet: what it holds, and that Windows could run it."""

from __future__ import annotations

import ast
import ensurepip
import json
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from evalrapport import offline_bundle
from evalrapport.errors import PlainError

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src/evalrapport"
LOCK = tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))
# What only exists where there is POSIX; a module may use it if it asks first (hasattr).
POSIX = {"fcntl", "pwd", "grp", "resource", "termios", "pty", "posix"}
POSIX_CALLS = {"fork", "getuid", "geteuid", "chown", "mkfifo", "setsid", "killpg", "uname"}


@pytest.mark.parametrize("system", ["linux", "windows"])
def test_every_package_of_the_lock_has_a_wheel_for_the_system(system: str) -> None:
    packages = offline_bundle.locked(LOCK, system, "3.11")
    names = {package["name"] for package in packages}
    assert {"pandas", "pyarrow", "snakemake", "typst", "pypandoc-binary", "numpy"} <= names
    assert not names & {"pytest", "ruff", "mypy", "evalrapport"}
    assert ("colorama" in names) == (system == "windows")
    ends = ("win_amd64.whl",) if system == "windows" else ("x86_64.whl",)
    for package in packages:
        wheels = [wheel["url"] for wheel in package.get("wheels", [])]
        fits = [url for url in wheels if url.endswith((*ends, "any.whl"))]
        assert fits or not wheels, package["name"]
        if not wheels:  # pure Python published as source; built where the bundle is made
            assert package["name"] == "connection-pool"


def test_requirements_carry_the_locks_hashes() -> None:
    package = next(p for p in LOCK["package"] if p["name"] == "pyarrow")
    line = offline_bundle.requirement(package)
    assert line.startswith(f"pyarrow=={package['version']} --hash=sha256:")
    assert line.count("--hash=") >= len(package["wheels"])


def wheel(folder: Path, name: str, tag: str, needs: str = "") -> None:
    """An empty wheel with a requirement."""
    about = f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n"
    about += f"Requires-Dist: {needs}\n" if needs else ""
    with zipfile.ZipFile(folder / f"{name}-1.0-{tag}.whl", "w") as file:
        inside = f"{name}-1.0.dist-info"
        file.writestr(f"{inside}/METADATA", about)
        file.writestr(f"{inside}/WHEEL", f"Wheel-Version: 1.0\nTag: {tag}\n")
        file.writestr(f"{inside}/RECORD", "")


def test_a_bundle_that_lacks_a_package_or_a_windows_wheel_is_not_made(tmp_path: Path) -> None:
    pip = next((Path(ensurepip.__file__).parent / "_bundled").glob("pip-*.whl"))
    command = [sys.executable, str(pip / "pip"), "--disable-pip-version-check"]
    folder = tmp_path / "wheels"
    folder.mkdir()
    wheel(folder, "first", "cp311-cp311-win_amd64", "second>=1")
    wheel(folder, "second", "cp311-cp311-manylinux_2_28_x86_64")
    with pytest.raises(PlainError, match="second"):
        offline_bundle.resolve(command, "windows", "3.11", folder)
    (folder / "second-1.0-cp311-cp311-manylinux_2_28_x86_64.whl").unlink()
    wheel(folder, "second", "py3-none-any")
    offline_bundle.resolve(command, "windows", "3.11", folder)


def packed(folder: Path) -> Path:
    files = [("install.py", (SOURCE / "offline/install.py").read_bytes())]
    files += [("python-version.txt", b"3.11\n"), ("evalrapport/a.txt", b"a")]
    target = folder / "bundle.zip"
    offline_bundle.write(target, iter(files))
    return target


def test_same_content_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    assert packed(tmp_path).read_bytes() == packed(tmp_path / "b").read_bytes()


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("evalrapport/a.txt", "b", "beskadiget"),
        ("python-version.txt", "3.99\n", "Python 3.99"),
    ],
)
def test_a_damaged_or_wrong_bundle_is_not_installed(
    tmp_path: Path, file: str, content: str, said: str
) -> None:
    with zipfile.ZipFile(packed(tmp_path)) as bundle:
        bundle.extractall(tmp_path / "out")
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    (tmp_path / "out/python-version.txt").write_text(version, "utf-8")
    hashes = json.loads((tmp_path / "out/hashes.json").read_text("utf-8"))
    hashes.pop("python-version.txt")
    (tmp_path / "out/hashes.json").write_text(json.dumps(hashes), "utf-8")
    (tmp_path / "out" / file).write_text(content, "utf-8")
    command = [sys.executable, str(tmp_path / "out/install.py")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert said in done.stderr


def imports_that_may_fail(tree: ast.Module) -> set[ast.stmt]:
    """Imports in the body of a `try` that goes on without them."""
    return {
        line
        for node in ast.walk(tree)
        if isinstance(node, ast.Try)
        and any(isinstance(h.type, ast.Name) and h.type.id == "ImportError" for h in node.handlers)
        for line in node.body
    }


def test_no_calls_that_only_posix_has() -> None:
    for path in SOURCE.rglob("*.py"):
        text = path.read_text("utf-8")
        tree = ast.parse(text)
        optional = imports_that_may_fail(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Import) and node not in optional:
                assert not {alias.name.split(".")[0] for alias in node.names} & POSIX, path
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                asked_first = f'hasattr(os, "{node.attr}")' in text
                posix = node.value.id == "os" and node.attr in POSIX_CALLS
                assert not posix or asked_first, path
                assert f"{node.value.id}.{node.attr}" != "signal.SIGKILL", path


def test_the_instructions_fit_a_page() -> None:
    text = (SOURCE / "offline/LAES_MIG_FOERST.txt").read_text("utf-8")
    assert len(text.splitlines()) <= 62
    assert max(map(len, text.splitlines())) <= 100
