"""Causes are read from manifests, and what can't have mattered is not named."""

import copy

import pytest
from tiny_report import MANIFEST

from evalrapport.review import cause, trace, why


def causes(report, change, before=None, after=None):
    """Texts of the causes between a version and one with its manifest changed."""
    old = report.write("a").tables["ydelse"]
    report.manifest = copy.deepcopy(MANIFEST)
    change(report.manifest)
    new = report.write("b").tables["ydelse"]
    return [one.text for one in why.causes(old, new, before or {}, after or {})]


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


def changed(change):
    """Two manifests, the second changed."""
    new = copy.deepcopy(MANIFEST)
    change(new)
    return trace.trace(MANIFEST, new)


def test_a_way_ends_at_a_file_that_is_the_same():
    def change(manifest):
        other(manifest, "mentorforloeb.csv", "episoder.parquet", "bef.csv", "andre.parquet")

    # folk.parquet is the same, so nothing that was read for it can have mattered.
    found = changed(change)
    assert set(found.steps) == {"results.release", "results.ydelse"}
    assert set(found.files) == {"uv.lock"}  # of which no hash is known


def test_the_way_from_a_source_to_the_table_is_told():
    def change(manifest):
        other(manifest, "mentorforloeb.csv", "episoder.parquet", "folk.parquet", "andre.parquet")

    found = changed(change)
    assert found.files["mentorforloeb.csv"] == ("episoder", "folk", "ydelse")
    assert "bef.csv" not in found.files
    assert "datasets.andre" not in found.steps  # it changed too, but the table does not read it


def test_a_file_that_the_table_does_not_read_is_no_cause(report):
    def change(manifest):
        other(manifest, "bef.csv", "andre.parquet", "folk.parquet")
        manifest["steps"]["datasets.folk"]["reads"] = ["episoder.parquet"]
        manifest["steps"]["datasets.folk"]["code"] = "zzz"

    # The old version read bef.csv for this table, so its other content still counts.
    assert causes(report, change) == [
        "kilden bef.csv (5.000.000 rækker før og nu, men med andet indhold)",
        "koden i datasets.folk",
    ]


def test_a_bundle_without_ways_is_told_of_as_well_as_can_be(report):
    def change(manifest):
        other(manifest, "folk.parquet", "mentorforloeb.csv")
        del manifest["steps"]["results.release"]["reads"]

    assert causes(report, change) == [
        "kilden mentorforloeb.csv (8.067 rækker før og nu, men med andet indhold)"
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
        ("celle", [cause.Cause(*kind, "1", "2")])
        for kind, count in zip(kinds, counts, strict=False)
        for _ in range(count)
    ]
    assert [group["text"] for group in cause.counted_by_cause(listed)] == told
