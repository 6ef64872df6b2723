"""A whole run leaves nothing of a person outside the folder that person-level files never leave."""

import re
import zipfile

import pyarrow.parquet as pq

from evalrapport.contracts.sources.later import DECLARED

NUMBER = re.compile(rb"(?<!\d)\d{9,14}(?!\d)")
WORD = re.compile(rb"[\w.-]{7,}")
LONG = 7  # shorter ids could be a colour or a code
NO_NAME = b"Ikke opgivet"  # what a frame says where it has no name; a few rows have it


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


def own_words(person_level):
    """Texts of one person each in any file: ids of episodes, contacts, dwellings; notes, quotes."""
    found = set()
    for name, register in DECLARED.items():
        path = person_level / f"sources/{name}.parquet"
        own = [column.typed for column in register.columns if column.type == "text"]
        for column in pq.read_table(path, columns=own).columns if path.is_file() else ():
            counts = column.value_counts().to_pylist()
            found |= {c["values"] for c in counts if c["values"] and c["counts"] <= 3}
    return {text.encode() for text in found if len(text) >= LONG} - {NO_NAME}


def test_no_id_and_no_words_of_a_single_person_are_left_nor_sent_home(built):
    code, output = built.run("evalrapport", "export", "evaluering")
    assert code == 0, output
    assert built.path("build/export/evaluering/datapackage.json").is_file()
    own = own_words(built.path("build/person_level"))
    sentences = {text for text in own if b" " in text}
    assert len(own - sentences) > 10_000
    for path, content in everything(built.folder, built.path("build/person_level")):
        assert not own & set(WORD.findall(content)), path
        assert not [text for text in sentences if text in content], path
