"""What the command adds to the room: claims held against a bare bundle, figures drawn from it."""

from pathlib import Path

import pytest

from evalrapport import code_hash, comparing
from evalrapport.review import provenance, versions

PUBLISHED = versions.Version(
    "published", "de offentliggjorte tal", "evaluering", Path("data/published/evaluering")
)


def claim(condition):
    return {
        "file": "x.qmd",
        "sentence": "S.",
        "condition": condition,
        "outcome": "sand",
        "values": {},
    }


@pytest.mark.parametrize(
    ("condition", "outcome", "values"),
    [
        # SFI 15:10, table 3.1: 69.3 per cent on cash benefit.
        ("ydelse kontanthjaelp@alle andel > 50", "sand", "69.3"),
        ("ydelse kontanthjaelp@alle andel > 70", "falsk", "69.3"),
        ("ydelse findes_ikke@alle andel > 50", "kan_ikke_afgoeres", ""),
    ],
)
def test_claims_are_held_against_a_bundle_without_documents(condition, outcome, values):
    (found,) = comparing.judged(PUBLISHED, [claim(condition)])
    assert found["outcome"] == outcome
    assert list(found["values"].values()) == [values]


def test_figures_are_drawn_from_a_bundle_that_has_the_numbers(tmp_path, monkeypatch):
    monkeypatch.setattr(comparing, "SCRATCH", tmp_path / "s")
    there = tmp_path / "figures"
    there.mkdir()
    for name in ("alder", "beskaeftigelse_uden_ydelse"):  # the curve was never published
        (there / f"{name}.svg").touch()
    folder = comparing.drawn(PUBLISHED, there)
    assert folder is not None
    assert [path.stem for path in folder.glob("*.svg")] == ["alder"]


def test_a_function_is_known_by_what_it_does(tmp_path, monkeypatch):
    path = tmp_path / "m.py"
    monkeypatch.setattr(code_hash, "module_path", lambda name: path)
    path.write_text("A = 1\ndef f():\n    return 1\n\ndef g():\n    return 2\n")
    first = provenance.functions("m")
    path.write_text("A = 1\n# why\ndef f():\n    return (1)\n\ndef g():\n    return 3\n")
    second = provenance.functions("m")
    assert {name for name in first if first[name] != second[name]} == {"g"}


def test_of_code_that_is_gone_nothing_is_told(report):
    found = provenance.of_present(report.write("a"))
    assert found["code"] == {}


def test_packages_are_read_from_the_lock_file():
    assert provenance.packages(Path("uv.lock"))["numpy"].count(".") == 2
    assert provenance.packages(Path("no.lock")) == {}


def test_the_room_reads_no_persons_and_estimates_nothing():
    room = Path(code_hash.__file__).parent / "review"
    for path in room.glob("*.py"):
        for name in code_hash.closure(f"evalrapport.review.{path.stem}"):
            _, others = code_hash.imports(name)
            assert not others & {"pyarrow", "pandas", "statsmodels", "sklearn", "scipy"}, name
