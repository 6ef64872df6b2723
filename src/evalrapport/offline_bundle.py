"""One file with everything that a machine without internet needs: `make offline-bundle`.

It holds the wheels that uv.lock names, for Linux and Windows on x86-64, the project's own files as
committed, an installer in plain Python, and a page of instructions in Danish. Pandoc and Typst come
inside wheels; the fonts lie in the project. Nothing is compiled or fetched on the other machine.
"""

from __future__ import annotations

import ensurepip
import hashlib
import io
import json
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evalrapport.errors import PlainError

TEMPLATES = Path(__file__).parent / "offline"
EPOCH = (2020, 1, 1, 0, 0, 0)  # same content, same bytes
# What pip calls the platforms. ASSUME: glibc 2.28 or newer (Debian 10, RHEL 8, Ubuntu 18.10 on).
PLATFORMS = {
    "linux": [f"manylinux_2_{minor}_x86_64" for minor in range(28, 4, -1)]
    + ["manylinux2014_x86_64", "manylinux2010_x86_64", "manylinux1_x86_64", "linux_x86_64"],
    "windows": ["win_amd64"],
}
MARKERS = {
    "linux": {
        "sys_platform": "linux",
        "platform_system": "Linux",
        "os_name": "posix",
        "platform_machine": "x86_64",
    },
    "windows": {
        "sys_platform": "win32",
        "platform_system": "Windows",
        "os_name": "nt",
        "platform_machine": "AMD64",
    },
}


def environment(system: str, python: str) -> dict[str, str]:
    """The marker environment of a target, such as ("windows", "3.11")."""
    return MARKERS[system] | {
        "python_version": python,
        "python_full_version": f"{python}.0",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
        "extra": "",
    }


def locked(lock: dict[str, Any], system: str, python: str) -> list[dict[str, Any]]:
    """The lock's packages that the project needs at run time on a target, sorted by name."""
    from packaging.markers import Marker

    by_name = {package["name"]: package for package in lock["package"]}
    target = environment(system, python)
    wanted: dict[str, dict[str, Any]] = {}
    waiting: list[tuple[str, tuple[str, ...]]] = [("evalrapport", ())]
    while waiting:
        name, extras = waiting.pop()
        package = by_name[name]
        needs = list(package.get("dependencies", []))
        for extra in extras:
            needs += package.get("optional-dependencies", {}).get(extra, [])
        if name in wanted and not extras:
            continue
        wanted[name] = package
        for need in needs:
            if "marker" not in need or Marker(need["marker"]).evaluate(target):
                waiting.append((need["name"], tuple(need.get("extra", ()))))
    return [wanted[name] for name in sorted(wanted) if name != "evalrapport"]


def requirement(package: dict[str, Any]) -> str:
    """One line for pip: name, version and the hashes that the lock allows."""
    files = [*package.get("wheels", []), *filter(None, [package.get("sdist")])]
    hashes = " ".join(f"--hash={file['hash']}" for file in files)
    return f"{package['name']}=={package['version']} {hashes}"


def pip(folder: Path) -> list[str]:
    """The command of a pip that can download for other platforms."""
    venv.create(folder, with_pip=True)
    inside = folder / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    return [str(inside), "-m", "pip", "--disable-pip-version-check", "--quiet"]


def download(
    command: list[str], packages: list[dict[str, Any]], system: str, python: str, target: Path
) -> None:
    """The wheels of one target, into the folder `target`; PlainError if one can't be had."""
    target.mkdir()
    ready = [package for package in packages if package.get("wheels")]
    listed = target / "requirements.txt"
    listed.write_text("\n".join(map(requirement, ready)), encoding="utf-8")
    options = ["--only-binary", ":all:", "--no-deps", "--require-hashes", "--dest", str(target)]
    options += [f"--platform={name}" for name in PLATFORMS[system]]
    options += ["--python-version", python, "--implementation", "cp", "-r", str(listed)]
    run([*command, "download", *options])
    listed.unlink()
    for package in packages:
        if not package.get("wheels"):  # published as source only: pure Python, built once here
            named = f"{package['name']}=={package['version']}"
            run([*command, "wheel", "--no-deps", "--wheel-dir", str(target), named])
    if odd := [path.name for path in target.iterdir() if path.suffix != ".whl"]:
        raise PlainError(f"These packages have no wheel for {system}: {', '.join(odd)}.")


def resolve(command: list[str], system: str, python: str, folder: Path) -> None:
    """Let pip install the target's wheels from the folder alone, without doing it.

    PlainError if a package that another one needs is not there or has no fitting wheel. Whether a
    requirement holds on the other system is asked of `locked`: pip asks it of the system it is on.
    """
    found = [path.name.split("-")[:2] for path in sorted(folder.glob("*.whl"))]
    options = ["--dry-run", "--ignore-installed", "--no-index", "--find-links", str(folder)]
    options += ["--target", str(folder / "nowhere"), "--only-binary", ":all:"]
    options += [f"--platform={name}" for name in PLATFORMS[system]]
    options += ["--python-version", python, "--implementation", "cp"]
    run([*command, "install", *options, *(f"{name}=={version}" for name, version in found)])


def run(command: list[str]) -> None:
    """Run a command; PlainError with its last words if it fails."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        errors = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
        raise PlainError("The packages can't be had: " + " ".join(errors[-2:]))


def project_files(root: Path) -> Iterator[tuple[str, bytes]]:
    """The project's own files as last committed, without tests and kept versions."""
    archive = ["git", "archive", "--format=tar", "HEAD"]
    packed = subprocess.run(archive, cwd=root, capture_output=True, check=True).stdout
    skipped = ("tests/", "benchmarks/", "releases/", ".ci/")
    with tarfile.open(fileobj=io.BytesIO(packed)) as files:
        for member in files:
            content = files.extractfile(member) if member.isfile() else None
            if content is not None and not member.name.startswith(skipped):
                yield member.name, content.read()


def contents(root: Path, wheels: dict[str, Path], python: str) -> Iterator[tuple[str, bytes]]:
    """(path in the bundle, content) of every file."""
    for template in sorted(TEMPLATES.iterdir()):
        if template.suffix in (".py", ".txt", ".cmd"):
            yield template.name, template.read_bytes()
    for name, content in project_files(root):
        yield f"evalrapport/{name}", content
    yield "python-version.txt", f"{python}\n".encode()
    installer = next((Path(ensurepip.__file__).parent / "_bundled").glob("pip-*.whl"))
    yield f"wheels/any/{installer.name}", installer.read_bytes()
    for system, folder in wheels.items():
        for wheel in sorted(folder.glob("*.whl")):
            pure = wheel.name.endswith("-none-any.whl")
            yield f"wheels/{'any' if pure else system}/{wheel.name}", wheel.read_bytes()


def write(target: Path, files: Iterator[tuple[str, bytes]]) -> dict[str, str]:
    """Write the zip and return the hash of each file; wheels are not packed twice."""
    target.parent.mkdir(parents=True, exist_ok=True)
    staged = target.with_name(f".tmp-{target.name}")
    hashes: dict[str, str] = {}
    with zipfile.ZipFile(staged, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content in files:
            if name in hashes:
                continue
            hashes[name] = hashlib.sha256(content).hexdigest()
            add(bundle, name, content)
        add(bundle, "hashes.json", json.dumps(hashes, indent=0, sort_keys=True).encode())
    staged.replace(target)
    return hashes


def add(bundle: zipfile.ZipFile, name: str, content: bytes) -> None:
    """One file with a fixed time."""
    entry = zipfile.ZipInfo(name, EPOCH)
    packed = name.endswith(".whl")
    entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    bundle.writestr(entry, content)


def make(root: Path, python: str, systems: tuple[str, ...] = tuple(PLATFORMS)) -> Path:
    """Make the bundle for one version of Python, e.g. "3.11"; returns its path."""
    lock = tomllib.loads((root / "uv.lock").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        command = pip(Path(folder) / "pip")
        wheels = {}
        for system in systems:
            packages = locked(lock, system, python)
            print(f"{system}: {len(packages)} packages", flush=True)
            wheels[system] = Path(folder) / system
            download(command, packages, system, python, wheels[system])
            resolve(command, system, python, wheels[system])
            print(f"{system}: resolved without an index", flush=True)
        target = root / "build/offline" / f"evalrapport-offline-py{python.replace('.', '')}.zip"
        write(target, contents(root, wheels, python))
    return target
