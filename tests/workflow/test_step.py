"""The runner: outputs appear whole or not at all, and carry where they came from."""

import json
import sys
import types

import pytest

from evalrapport import lineage, step
from evalrapport.errors import PlainError


@pytest.fixture
def rule(monkeypatch):
    """Put a module `evalrapport.datasets.invented` in place, with the given adapter."""

    def install(adapter, name="evalrapport.datasets.invented"):
        module = types.ModuleType(name)
        module.step = adapter
        monkeypatch.setitem(sys.modules, name, module)

    return install


def job(tmp_path, **changes):
    source = tmp_path / "in.csv"
    if not source.exists():
        source.write_text("a\n1\n2\n", encoding="utf-8")
    described = {
        "module": "datasets.invented",
        "input": {"source": str(source)},
        "output": {"table": str(tmp_path / "out" / "table.csv")},
        "settings": {"gap": 0},
        "code": "abc",
    }
    return json.dumps(described | changes)


def copy(given):
    given.output["table"].write_text(given.input["source"].read_text("utf-8"), encoding="utf-8")


def test_an_output_appears_with_the_record_of_its_origin(tmp_path, rule):
    rule(copy)
    assert step.main(job(tmp_path)) == 0
    output = tmp_path / "out" / "table.csv"
    assert output.read_text("utf-8") == "a\n1\n2\n"
    record = json.loads(lineage.record_path(output).read_text("utf-8"))
    told = {"code": "abc", "settings": {"gap": 0}, "reads": ["in.csv"]}
    assert record["steps"] == {"datasets.invented": told}
    assert record["files"]["in.csv"]["rows"] == 2
    assert record["files"]["datasets/table.csv"]["by"] == "datasets.invented"


def test_a_step_is_told_where_its_inputs_came_from(tmp_path, rule):
    rule(copy)
    step.main(job(tmp_path))
    told = {}

    def look(given):
        told.update(given.lineage)
        given.output["table"].write_text("", encoding="utf-8")

    rule(look)
    second = {"source": str(tmp_path / "out" / "table.csv")}
    step.main(job(tmp_path, input=second, output={"table": str(tmp_path / "second.csv")}))
    assert set(told["files"]) == {"in.csv", "datasets/table.csv"}


@pytest.mark.parametrize("failure", [PlainError("row 3: no start date"), ZeroDivisionError("x")])
def test_a_failing_step_leaves_what_was_good_and_no_half_file(tmp_path, rule, failure, capsys):
    output = tmp_path / "out" / "table.csv"
    output.parent.mkdir()
    output.write_text("good", encoding="utf-8")

    def fail(given):
        given.output["table"].write_text("half", encoding="utf-8")
        raise failure

    rule(fail)
    if isinstance(failure, PlainError):
        assert step.main(job(tmp_path)) == 1
        printed = capsys.readouterr().err
        assert "row 3: no start date" in printed
        assert "Traceback" not in printed
    else:
        with pytest.raises(ZeroDivisionError):
            step.main(job(tmp_path))
    assert output.read_text("utf-8") == "good"
    assert [path.name for path in output.parent.iterdir()] == ["table.csv"]


def test_a_step_that_forgets_an_output_is_told(tmp_path, rule, capsys):
    rule(lambda given: None)
    assert step.main(job(tmp_path)) == 1
    assert "did not write its output “table”" in capsys.readouterr().err


def test_a_missing_input_is_named(tmp_path, rule, capsys):
    rule(copy)
    assert step.main(job(tmp_path, input={"source": str(tmp_path / "none.csv")})) == 1
    assert "none.csv" in capsys.readouterr().err


def test_beside_what_is_free_to_leave_lies_no_record(tmp_path, rule):
    """From the hash of a small unreleased table, its hidden numbers could be found by trying."""
    rule(copy, "evalrapport.results.release")
    assert step.main(job(tmp_path, module="results.release")) == 0
    assert not lineage.record_path(tmp_path / "out" / "table.csv").exists()


def test_a_fault_of_the_program_is_told_without_the_value_that_it_quotes(tmp_path, rule, capsys):
    def stumble(_):
        try:
            int("XQZ0101")
        except ValueError:
            raise KeyError("XQZ0202") from None

    rule(stumble)
    assert step.guarded(job(tmp_path)) == 1
    said = capsys.readouterr()
    assert "XQZ" not in said.out + said.err.replace('int("XQZ0101")', "").replace(
        'raise KeyError("XQZ0202")', ""
    )
    assert "builtins.KeyError" in said.err
    assert "test_step.py" in said.err
    kept = tmp_path / "out/datasets.invented_fault.txt"
    assert str(kept) in said.err
    assert "XQZ0202" in kept.read_text("utf-8")


def test_a_fault_behind_a_fault_is_told_too(tmp_path, rule, capsys):
    def stumble(_):
        try:
            {}["first"]
        except KeyError as error:
            raise ValueError("later") from error

    rule(stumble)
    step.guarded(job(tmp_path))
    said = capsys.readouterr().err
    assert said.index("builtins.KeyError") < said.index("builtins.ValueError")


def test_a_fault_right_of_the_wall_is_told_whole(tmp_path, rule, capsys):
    def stumble(_):
        raise ValueError("an unknown mark in the prose")

    rule(stumble, "evalrapport.exhibits.invented")
    assert step.guarded(job(tmp_path, module="exhibits.invented")) == 1
    assert "an unknown mark" in capsys.readouterr().err
    assert not list((tmp_path / "out").glob("*_fault.txt"))
