"""A rule's code hash changes with its module and all that it imports, and with nothing else."""

import pytest

from evalrapport import code_hash


@pytest.fixture
def package(tmp_path, monkeypatch):
    root = tmp_path / "evalrapport"
    for name, text in {
        "__init__.py": "",
        "dates.py": "A = 1\n",
        "contracts/__init__.py": "",
        "contracts/dream.py": "WEEKS = 3\n",
        "datasets/__init__.py": "",
        "datasets/windows.py": "import numpy\n",
        "datasets/recipients.py": (
            "from evalrapport.contracts import dream\n"
            "def f():\n    from . import windows\n    return windows, dream\n"
        ),
        "datasets/other.py": "from evalrapport import dates\n",
    }.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    monkeypatch.setattr(code_hash, "ROOT", root)

    def change(name, text):
        (root / name).write_text(text, encoding="utf-8")
        forget()

    def forget():
        for function in (code_hash.imports, code_hash.closure, code_hash.code):
            function.cache_clear()

    forget()
    yield change
    forget()


@pytest.mark.parametrize(
    ("changed", "reruns"),
    [
        ("datasets/recipients.py", True),
        ("contracts/dream.py", True),  # imported with from … import
        ("datasets/windows.py", True),  # imported inside a function, relatively
        ("datasets/__init__.py", True),  # runs whenever the module is imported
        ("datasets/other.py", False),
        ("dates.py", False),
    ],
)
def test_an_edit_changes_the_hash_of_just_those_who_import_it(package, changed, reruns):
    before = code_hash.code("datasets.recipients")
    package(changed, "B = 2\n")
    assert (code_hash.code("datasets.recipients") != before) is reruns


def test_the_versions_of_other_packages_count(package):
    assert code_hash.parts("datasets.recipients")["numpy"].startswith("numpy==")


def test_a_module_that_does_not_exist_is_named(package):
    with pytest.raises(ModuleNotFoundError, match=r"evalrapport\.datasets\.recipient\b"):
        code_hash.code("datasets.recipient")
