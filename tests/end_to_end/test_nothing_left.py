"""A whole run leaves no person number outside the folder that person-level files never leave."""

import re
import zipfile

import pyarrow.parquet as pq

NUMBER = re.compile(rb"(?<!\d)\d{9,14}(?!\d)")


def everything(folder, person_level):
    """(file, bytes) of all that lies in the project, packed files unpacked."""
    for path in folder.rglob("*"):
        if not path.is_file() or person_level in path.parents or "src" in path.parts:
            continue
        content = path.read_bytes()
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as packed:
                content += b"".join(packed.read(name) for name in packed.namelist())
        yield path.relative_to(folder), content


def test_no_person_number_is_left_in_logs_reports_or_the_engines_notes(built):
    person_level = built.path("build/person_level")
    people = pq.read_table(person_level / "sources/bef.parquet", columns=["person_id"])
    ids = {f"{number}".encode() for number in set(people["person_id"].to_pylist())}
    assert len(ids) > 1000
    searched = 0
    for path, content in everything(built.folder, person_level):
        searched += 1
        found = {number.lstrip(b"0") for number in NUMBER.findall(content)}
        assert not found & ids, path
    assert searched > 100
    assert not {number.lstrip(b"0") for number in NUMBER.findall(built.output.encode())} & ids
