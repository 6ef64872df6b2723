"""Installs evalrapport from this folder, without any network and without administrator rights.

    python install.py

Uses the standard library only. Makes evalrapport/.venv, fills it from wheels/, and tests it.
"""

import hashlib
import json
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROJECT = HERE / "evalrapport"


def main() -> int:
    """Check, install, test; returns 0 if all went well."""
    wanted = (HERE / "python-version.txt").read_text(encoding="utf-8").strip()
    found = f"{sys.version_info[0]}.{sys.version_info[1]}"
    if found != wanted or sys.maxsize < 2**32:
        return stop(f"Denne pakke er til Python {wanted} (64 bit); her kører Python {found}.")
    if damaged := damaged_files():
        return stop("Disse filer er beskadiget; hent pakken igen: " + ", ".join(damaged[:5]))
    print("1 af 3  Laver et miljø i evalrapport/.venv …", flush=True)
    folder = PROJECT / ".venv"
    venv.create(folder, with_pip=False, clear=True)
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    print("2 af 3  Installerer pakkerne (et par minutter) …", flush=True)
    if install(python):
        return stop("Pakkerne kunne ikke installeres; se meddelelsen herover.")
    print("3 af 3  Afprøver …", flush=True)
    return subprocess.run(
        [str(python), str(HERE / "selvtest.py")], cwd=PROJECT, check=False
    ).returncode


def damaged_files() -> list[str]:
    """Files that are missing or not as they were when the bundle was made."""
    hashes = json.loads((HERE / "hashes.json").read_text(encoding="utf-8"))
    return [
        name
        for name, value in hashes.items()
        if not (HERE / name).is_file()
        or hashlib.sha256((HERE / name).read_bytes()).hexdigest() != value
    ]


def install(python: Path) -> int:
    """Install the wheels of this system; then make the project's own code importable."""
    system = "windows" if sys.platform == "win32" else "linux"
    folders = [HERE / "wheels" / "any", HERE / "wheels" / system]
    wheels = [path for folder in folders for path in sorted(folder.glob("*.whl"))]
    pip = next(path for path in wheels if path.name.startswith("pip-"))
    listed = HERE / ".wheels.txt"
    listed.write_text("\n".join(path.as_uri() for path in wheels if path != pip), encoding="utf-8")
    command = [str(python), str(pip / "pip"), "install", "--no-index", "--no-deps", "--quiet"]
    command += ["--disable-pip-version-check", "--requirement", str(listed)]
    if code := subprocess.run(command, check=False).returncode:
        return code
    listed.unlink()
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    asked = [str(python), "-c", ask]
    place = subprocess.run(asked, check=True, capture_output=True, text=True).stdout.strip()
    (Path(place) / "evalrapport.pth").write_text(str(PROJECT / "src") + "\n", encoding="utf-8")
    return 0


def stop(message: str) -> int:
    """Say what is wrong."""
    print(f"✗ {message}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    sys.exit(main())
