"""Rooms meet in files, never in imports; and each keeps to what it is for."""

from pathlib import Path

import pytest

from evalrapport import code_hash

SOURCE = Path(code_hash.__file__).parent
ROOMS = ("sources", "datasets", "results", "exhibits", "report", "review")
# Read by every room; themselves read no room.
COMMON = ("contracts", "dates", "errors", "step", "lineage", "danish")


def modules(room: str) -> list[str]:
    files = sorted((SOURCE / room).rglob("*.py"))
    return [
        ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__")
        for path in files
    ]


def room_of(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


@pytest.mark.parametrize("room", [room for room in ROOMS if (SOURCE / room).is_dir()])
def test_no_room_imports_another(room):
    for module in modules(room):
        own, _ = code_hash.imports(f"evalrapport.{module}")
        foreign = {name for name in own if room_of(name) in ROOMS and room_of(name) != room}
        assert not foreign, f"{module} imports {sorted(foreign)}"


def test_what_all_rooms_read_reads_no_room():
    for name in COMMON:
        inside = modules(name) if (SOURCE / name).is_dir() else [name]
        for module in inside:
            own, _ = code_hash.imports(f"evalrapport.{module}")
            assert not {o for o in own if room_of(o) in ROOMS}, module


@pytest.mark.parametrize("room", ["exhibits", "report"])
def test_nothing_right_of_the_wall_can_read_persons_or_estimate(room):
    """No Parquet, no statistics package: these rooms format and print."""
    for module in modules(room):
        for name in code_hash.closure(f"evalrapport.{module}"):
            if name == "evalrapport.lineage":
                continue  # the runner's own; counts rows of files left of the wall
            _, others = code_hash.imports(name)
            assert not others & {"pyarrow", "statsmodels", "sklearn", "scipy"}, name


def test_contracts_hold_no_computation():
    for module in modules("contracts"):
        _, others = code_hash.imports(f"evalrapport.{module}")
        assert not others & {"pandas", "numpy", "scipy", "pyarrow", "sklearn"}, module


def test_only_config_reads_the_configuration():
    for path in SOURCE.rglob("*.py"):
        if path.name in ("config.py", "config_docs.py"):
            continue
        text = path.read_text("utf-8")
        assert 'open("config.yaml' not in text, path
        assert 'Path("config.yaml' not in text, path


def test_there_are_no_drawers():
    """No module or folder whose name says nothing of what it holds."""
    for path in SOURCE.rglob("*"):
        assert path.stem.strip("_") not in {"utils", "util", "common", "helpers", "misc"}, path


def test_every_adapter_is_thin():
    """A rule's `step` reads, calls and writes: at most ten statements' lines."""
    import ast

    for path in SOURCE.rglob("*.py"):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name == "step":
                body = node.body[1:] if ast.get_docstring(node) else node.body
                lines = body[-1].end_lineno - body[0].lineno + 1
                assert lines <= 12, f"{path}: step has {lines} lines"
