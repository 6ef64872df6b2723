"""Versions are found wherever they lie, kept whole, and never changed."""

import shutil
import subprocess
import zipfile

import pytest

from evalrapport.errors import PlainError
from evalrapport.review import approvals, comparison, keeping, outputs, versions


@pytest.fixture
def project(report, tmp_path):
    """A folder with one kept version of the tiny report."""
    root = tmp_path / "projekt"
    root.mkdir()
    keeping.keep("1.0", [report.write("a")], {"date": "2026-11-23"}, root=root)
    return root


def zipped(folder, target, inside):
    with zipfile.ZipFile(target, "w") as archive:
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            archive.write(path, f"{inside}/{path.relative_to(folder)}")
    return str(target)


def test_a_kept_version_is_the_same_by_name_folder_and_zip(project, tmp_path):
    kept = project / "releases" / "1.0"
    names = ["1.0", str(kept), zipped(kept, tmp_path / "v.zip", "mappe")]
    found = [versions.resolve(name, "proeve", tmp_path / "s", project) for name in names]
    assert [version.label for version in found] == ["version 1.0"] * 3
    for version in found[1:]:
        assert comparison.compare(found[0], version)["changes"] == []


def test_a_bare_bundle_in_a_folder_or_a_zip(report, tmp_path):
    results = report.write("x", documents=False).results
    names = [str(results), zipped(results, tmp_path / "b.zip", "b")]
    for name in names:
        version = versions.resolve(name, "proeve", tmp_path / "s", tmp_path)
        assert list(version.tables) == ["ydelse"]
        assert version.site is None


def test_a_git_revision_that_holds_kept_versions(project, tmp_path):
    def git(*arguments):
        command = ["git", "-c", "user.name=x", "-c", "user.email=x@x.dk", *arguments]
        subprocess.run(command, cwd=project, check=True, capture_output=True)

    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "1.0")
    git("tag", "udgivet")
    shutil.copytree(project / "releases" / "1.0", project / "releases" / "2.0")
    git("add", ".")
    git("commit", "-qm", "2.0")
    scratch = tmp_path / "s"
    assert versions.resolve("udgivet", "proeve", scratch, project).label == "version 1.0"
    assert versions.resolve("HEAD:2.0", "proeve", scratch, project).results.is_dir()
    with pytest.raises(PlainError, match=r"HEAD:1.0, HEAD:2.0"):
        versions.resolve("HEAD", "proeve", scratch, project)


def test_an_unknown_version_is_told_what_there_is(project, tmp_path):
    with pytest.raises(PlainError, match=r"“9.9” is no version.*1\.0"):
        versions.resolve("9.9", "proeve", tmp_path / "s", project)
    with pytest.raises(PlainError, match="keeps no study “anden”; it keeps proeve"):
        versions.resolve("1.0", "anden", tmp_path / "s", project)


@pytest.mark.parametrize("name", ["../x", "", "published", "computed", "a b", "1.0"])
def test_names_that_are_refused(report, project, name):
    with pytest.raises(PlainError, match=r"can't name a version|never changed"):
        keeping.keep(name, [report.write("b")], {}, root=project)


def test_a_build_without_documents_is_not_kept_and_nothing_is_left(report, tmp_path):
    bare = report.write("a", documents=False)
    with pytest.raises(PlainError, match="documents are not built"):
        keeping.keep("1.0", [bare], {}, root=tmp_path)
    assert list(tmp_path.glob("releases/*")) == []


def test_the_manifest_names_every_file_by_its_hash(project):
    folder = project / "releases" / "1.0"
    manifest = versions.read_json(folder / "manifest.json")
    there = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    assert set(manifest["files"]) == there - {"manifest.json"}
    assert manifest["date"] == "2026-11-23"


def test_ticks_are_carried_to_the_next_comparison(report, tmp_path):
    old = report.write("a")
    report.tables["ydelse"]["su", "2013"]["value"] = "2.4"
    new = report.write("b")
    found = comparison.compare(old, new)
    first, second = tmp_path / "c" / "a--b", tmp_path / "c" / "a--c"
    outputs.write(found, old, new, first, None)
    tick = found["changes"][0]["id"]
    (first / approvals.FILE).write_text(f'{{"study": "proeve", "godkendt": ["{tick}"]}}')
    outputs.write(found, old, new, second, None)
    told = versions.read_json(second / outputs.DATA)["changes"]
    assert [c["id"] for c in told if c["approved"]] == [tick]
    assert approvals.carried(second, "anden") == []


def test_the_page_links_to_both_versions(report, tmp_path):
    old = report.write("a")
    report.text["01-fund.html"].append(("Et helt nyt afsnit, som ingen har set før i dag.",))
    new = report.write("b")
    page = outputs.write(comparison.compare(old, new), old, new, tmp_path / "ud", None)[0]
    shown = page.read_text("utf-8")
    assert '<a href="../a/documents/site/index.html">' in shown
    assert 'href="../b/documents/site/01-fund.html"' in shown
