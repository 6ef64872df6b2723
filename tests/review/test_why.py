"""Causes are read from manifests, and what can't have mattered is not named."""

import copy

import pytest
from tiny_report import MANIFEST

from evalrapport.review import why


def causes(report, change, before=None, after=None):
    """Texts of the causes between a version and one with its manifest changed."""
    old = report.write("a").tables["ydelse"]
    report.manifest = copy.deepcopy(MANIFEST)
    change(report.manifest)
    new = report.write("b").tables["ydelse"]
    return [cause.text for cause in why.causes(old, new, before or {}, after or {})]


def other(manifest, *files):
    for name in files:
        manifest["files"][name]["sha256"] += "x"


def test_a_step_with_the_same_output_is_no_cause(report):
    def change(manifest):
        manifest["steps"]["datasets.episoder"]["code"] = "zzz"
        manifest["steps"]["datasets.folk"]["settings"]["window"]["first_day"] = "2012-02-01"
        other(manifest, "folk.parquet")

    assert causes(report, change) == ["indstillingen window.first_day: 2012-01-01 → 2012-02-01"]


def test_nothing_before_the_results_matters_if_all_datasets_are_the_same(report):
    def change(manifest):
        other(manifest, "mentorforloeb.csv")
        manifest["steps"]["datasets.folk"]["code"] = "zzz"
        manifest["steps"]["results.ydelse"]["code"] = "zzz"

    assert causes(report, change) == ["koden i results.ydelse"]


def test_only_the_threshold_of_its_own_class(report):
    def change(manifest):
        manifest["steps"]["results.release"]["settings"]["disclosure"] = {
            "register": 7,
            "survey": 9,
        }

    assert causes(report, change) == ["indstillingen disclosure.register: 5 → 7"]


def test_a_seed_is_told_as_one(report):
    def change(manifest):
        manifest["steps"]["datasets.folk"]["settings"]["pseudo_start_seed"] = 2
        other(manifest, "folk.parquet")

    assert causes(report, change) == ["frøet pseudo_start_seed: findes ikke → 2"]


def test_packages_where_both_versions_know_them(report):
    def change(manifest):
        manifest["environment"] = "sha256:lock2"

    before, after = {"packages": {"numpy": "2.4.5"}}, {"packages": {"numpy": "2.4.6"}}
    assert causes(report, change, before, after) == ["programpakken numpy: 2.4.5 → 2.4.6"]


def test_modules_functions_and_commits_where_both_versions_know_them(report):
    def change(manifest):
        manifest["steps"]["results.ydelse"]["code"] = "zzz"

    def side(mark, function):
        code = {"results.ydelse": {"evalrapport.results.shares": mark, "evalrapport.dates": "d"}}
        return {
            "code": code,
            "functions": {"evalrapport.results.shares": {"share": function, "n": 1}},
        }

    after = side("2", "g") | {"commits": {"evalrapport.results.shares": ["ab12 Afrunding"]}}
    assert causes(report, change, side("1", "f"), after) == [
        "koden i evalrapport.results.shares (share, ab12 Afrunding)"
    ]


def test_what_no_manifest_explains_is_said_to_be_unexplained(report):
    assert causes(report, lambda manifest: None) == ["årsagen fremgår ikke af manifesterne"]


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ((3,), ["3 tal ændret; alle følger af kilden a: 1 → 2."]),
        (
            (3, 1),
            ["3 tal ændret; følger af kilden a: 1 → 2.", "1 tal ændret; følger af frøet b: 1 → 2."],
        ),
    ],
)
def test_numbers_are_counted_by_what_they_follow_from(counts, told):
    kinds = ("kilde", "a"), ("froe", "b")
    listed = [
        ("celle", [why.Cause(*kind, "1", "2")])
        for kind, count in zip(kinds, counts, strict=False)
        for _ in range(count)
    ]
    assert [group["text"] for group in why.summary(listed)] == told
