"""The commands of `python -m evalrapport`; with `--help` it lists them."""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from evalrapport import config, config_docs, wiring, workflow
from evalrapport.errors import PlainError

PYTHON_PATHS = ["src", "tests", "benchmarks", "validation"]
WORKFLOW_TESTS = "tests/end_to_end"


def report(arguments: argparse.Namespace) -> int:
    """Build the reports of all studies (or of those named) and say where they lie."""
    settings = wiring.config()
    names = config.studies_named(settings, arguments.studies)
    verify_bundles(settings, names)
    if not workflow.build([f"build/report/{name}" for name in names], arguments.cores):
        print("\nThe run stopped; see the message above. What was good before is untouched.")
        return 1
    for name in names:
        print(f"\n{name}:")
        folder = (Path("build/report") / name).resolve()
        for file in ("index.html", f"{name}.pdf", f"{name}.docx", "overblik.pdf", "overblik.html"):
            if (folder / file).is_file():
                print(f"  {folder / file}")
    return 0


def verify_bundles(settings: config.Config, names: list[str]) -> None:
    """Refuse an edited, incomplete or unreleased results bundle before anything is built."""
    from evalrapport.results.verify_bundle import verify

    for name in names:
        if settings.studies[name].results == "computed":
            continue
        folder = wiring.bundle(name)
        if problems := verify(folder, name):
            listed = "\n  ".join(problems)
            raise PlainError(f"The results bundle {folder} can't be used:\n  {listed}")


def test(arguments: argparse.Namespace) -> int:
    """Run the whole test suite: most of it on two cores, then the runs of the whole workflow."""
    pytest = [sys.executable, "-m", "pytest"]
    if arguments.rest:
        return subprocess.run([*pytest, *arguments.rest], check=False).returncode
    # A run of the workflow uses both cores itself.
    parts = (["-n", "2", f"--ignore={WORKFLOW_TESTS}"], [WORKFLOW_TESTS])
    codes = [subprocess.run([*pytest, *part], check=False).returncode for part in parts]
    return max(codes)


def check(_: argparse.Namespace) -> int:
    """Lint, format, types, the workflow's format, generated pages, and the prose."""
    paths = [path for path in PYTHON_PATHS if Path(path).is_dir()]
    tools = [
        ["ruff", "check", *paths],
        ["ruff", "format", "--check", *paths],
        ["mypy"],
        ["snakefmt", "--check", "Snakefile", "workflow"],
    ]
    failed = [tool[0] for tool in tools if run_tool(tool)]
    from evalrapport.report import prose_review, spelling

    if reason := spelling.unavailable():
        print(f"· spelling is not checked: {reason}")
    problems = prose_review.review(wiring.config())
    for problem in problems:
        print(problem)
    if problems:
        failed.append("prose")
    print("Failed: " + ", ".join(failed) if failed else "All checks passed.")
    return 1 if failed else 0


def run_tool(command: list[str]) -> int:
    """Run one tool of the environment; its exit code."""
    print(f"· {' '.join(command)}", flush=True)
    tool = shutil.which(command[0], path=str(Path(sys.executable).parent)) or command[0]
    return subprocess.run([tool, *command[1:]], check=False).returncode


def preview(arguments: argparse.Namespace) -> int:
    """The editor's live view: a page that follows the prose as it is saved."""
    from evalrapport import preview as live

    return live.serve(arguments.study, arguments.port)


def bench(arguments: argparse.Namespace) -> int:
    """Run the benchmarks; each prints a ratio against something run beside it."""
    command = [sys.executable, "-m", "benchmarks", *arguments.rest]
    return subprocess.run(command, check=False).returncode


def calibrate(arguments: argparse.Namespace) -> int:
    """Hold the stand-in people against the published numbers, cell by cell."""
    settings = wiring.config()
    if settings.sources.folders:
        raise PlainError("Calibration is for stand-in people; config.yaml names real files.")
    computed = wiring.studies(computed=True)
    held = [study for study in computed if (config.PUBLISHED / study).is_dir()]
    asked = config.studies_named(settings, [arguments.study]) if arguments.study else held
    return max(map(calibrate_study, asked), default=0)


def calibrate_study(study: str) -> int:
    """One study's cells beside the printed ones; 1 if one is beyond its tolerance."""
    from evalrapport import calibration, plausibility

    settings = wiring.config()
    estimates = settings.person_level_dir / "estimates" / study
    read = calibration.rules(study)
    ranked = [read["ranking"]["table"]] if "ranking" in read else []
    names = [*read["tables"], *ranked, *read["told"]]
    tables = [name for name in names if name in settings.studies[study].tables]
    if not workflow.build(f"{estimates.as_posix()}/{name}.csv" for name in tables):
        return 1
    scale = settings.sources.stand_in.scale
    cells = calibration.compare(settings.person_level_dir, config.PUBLISHED, study, scale)
    print("\n".join([f"{study}:", *calibration.printed(cells, calibration.odd(study)), ""]))
    if "records" in read:
        print("\n".join(plausibility.lines(settings.person_level_dir, study)))
    return int(any(cell.gated and not cell.within for cell in cells))


def release(arguments: argparse.Namespace) -> int:
    """Keep the present build as a version under releases/."""
    from evalrapport import comparing

    print(f"Kept: {comparing.release(arguments.version, arguments.reason).resolve()}")
    return 0


def compare(arguments: argparse.Namespace) -> int:
    """Say what changed between two versions: one page, one JSON. Exit code 2: see --fail-on."""
    from evalrapport import comparing
    from evalrapport.review.overview import failed

    asked = [name for name in arguments.fail_on.split(",") if name]
    failed({"changes": []}, asked)  # a misspelt name is told of before the work
    found, written = comparing.compare(
        arguments.old, arguments.new, arguments.study, arguments.output
    )
    for file in written:
        print(file.resolve())
    if kinds := failed(found, asked):
        print(f"Changed: {', '.join(kinds)} (--fail-on).")
        return 2
    return 0


def export(arguments: argparse.Namespace) -> int:
    """Check a study's results against the authorities' rules and lay them ready to send home."""
    from evalrapport.results import export as sending

    settings = wiring.config()
    floors = Path(config.__file__).parent / "contracts/authorities.yaml"
    for name in config.studies_named(settings, arguments.studies):
        own = settings.studies[name].disclosure.model_dump(by_alias=True)
        source, target = Path("build/results") / name, Path("build/export") / name
        print("\n".join(sending.make(source, target, name, floors, own)))
        print(f"→ {target.resolve()}\n")
    return 0


def offline_bundle(arguments: argparse.Namespace) -> int:
    """Pack all that a machine without internet needs into one file."""
    from evalrapport import offline_bundle as packing

    path = packing.make(Path(), arguments.python)
    print(f"{path.resolve()} ({path.stat().st_size / 1e6:.0f} MB)")
    return 0


def unlock(_: argparse.Namespace) -> int:
    """Unlock the folder after a run that was cut off."""
    return 0 if workflow.unlock() else 1


def write_config_docs(_: argparse.Namespace) -> int:
    """Write docs/config.md, its schema, docs/registers.md and docs/kodebog.md, all declared."""
    from evalrapport import codebook, register_docs

    Path("docs/kodebog.md").write_text(codebook.page(), encoding="utf-8")
    register_docs.PATH.write_text(register_docs.page(), encoding="utf-8")
    Path("docs/config.md").write_text(config_docs.page(), encoding="utf-8")
    Path("docs/config.schema.json").write_text(config_docs.schema(), encoding="utf-8")
    return 0


def parser() -> argparse.ArgumentParser:
    """The command line."""
    top = argparse.ArgumentParser(prog="python -m evalrapport", description=__doc__)
    commands = top.add_subparsers(dest="command", required=True)

    def add(name: str, action: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=(action.__doc__ or "").split("\n")[0])
        command.set_defaults(action=action)
        return command

    building = add("report", report)
    building.add_argument("studies", nargs="*", help="studies to build; all if none is named")
    building.add_argument("--cores", type=int, help="processor cores to use; all by default")
    add("test", test).add_argument("rest", nargs="*", help="arguments for pytest")
    add("check", check)
    live = add("preview", preview)
    live.add_argument("study", nargs="?", help="study to preview; the first one by default")
    live.add_argument("--port", type=int, default=4747)
    add("calibration", calibrate).add_argument(
        "study",
        nargs="?",
        default="",
        help="all computed studies with published numbers by default",
    )
    add("bench", bench).add_argument("rest", nargs="*")
    keeping = add("release", release)
    keeping.add_argument("version", help="its name, as in 1.0")
    keeping.add_argument("--reason", help="why a risk between versions is none; it is kept")
    comparing = add("compare", compare)
    comparing.add_argument("old", help="a kept version, published, computed, folder, zip, revision")
    comparing.add_argument("new", help="the same")
    comparing.add_argument("--study", help="study to compare; the first one by default")
    comparing.add_argument("--output", type=Path, help="folder to write to, in build/ by default")
    comparing.add_argument(
        "--fail-on",
        default="",
        help="exit with 2 at changes of: alt, tal, tekst, figur, struktur, paastand, fakta, "
        "kontrol, diskretion (commas between)",
    )
    add("export", export).add_argument("studies", nargs="*", help="all if none is named")
    packing = add("offline-bundle", offline_bundle)
    here = f"{sys.version_info[0]}.{sys.version_info[1]}"
    packing.add_argument("--python", default=here, help="version of Python on the other machine")
    add("unlock", unlock)
    add("config-docs", write_config_docs)
    return top


def main() -> int:
    """Run one command; a fault that the user can mend is printed plainly."""
    arguments = parser().parse_args()
    try:
        result: int = arguments.action(arguments)
    except PlainError as error:
        print(f"✗ {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return result


if __name__ == "__main__":
    sys.exit(main())
