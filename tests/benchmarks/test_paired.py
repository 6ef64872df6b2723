"""The measuring itself: pairs in turn, a warm-up, ratios."""

from __future__ import annotations

from benchmarks.paired import Pairs, run

from benchmarks import __main__ as command


def test_both_actions_are_warmed_up_and_then_run_in_turn() -> None:
    seen: list[str] = []
    pairs = run(lambda: seen.append("a"), lambda: seen.append("b"), 3)
    assert seen == ["b", "a", *["a", "b"] * 3]
    assert len(pairs.ratios) == 3


def test_the_line_tells_middle_least_and_greatest() -> None:
    line = Pairs([2.0, 6.0, 4.0], [2.0, 2.0, 2.0]).line("step", "scan", 5)
    assert "2.00 (min 1.00, max 3.00, 3 pairs; 4.00 s / 2.00 s); limit 5" in line


def test_an_unknown_name_is_answered_with_those_there_are(capsys) -> None:
    assert command.main(["nothing"]) == 2
    assert "datasets" in capsys.readouterr().out
