"""config.yaml: what can't be is refused before the first job, by key, with what is allowed."""

from pathlib import Path

import pytest
import yaml

from evalrapport import config, config_docs, register_docs
from evalrapport.errors import PlainError

ROOT = Path(__file__).parents[2]


def raw(tmp_path):
    given = yaml.safe_load((ROOT / "config.yaml").read_text("utf-8"))
    for study in given["studies"].values():
        study["report"] = str(tmp_path)
    return given


def put(given, path, value):
    *parents, last = path.split("/")
    block = given
    for parent in parents:
        block = block.setdefault(parent, {})
    block[last] = value
    return given


def test_the_project_s_own_configuration_is_valid(tmp_path):
    assert config.check(raw(tmp_path)).studies["evaluering"].episode_gap_days == 0


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        ("gap", 1, "gap: unknown key. Allowed here: date,"),
        ("studies/evaluering/episode_gap", 1, "episode_gap: unknown key. Allowed here: benefit_"),
        ("studies/evaluering/effect/months", 1, "Allowed here: clean_month, commuting_areas"),
        ("date", "2026-02-30", "date: "),
        ("studies/evaluering/window/last_day", "2011-01-01", "last_day lies before first_day"),
        ("studies/evaluering/reference_week", "2013-W54", "reference_week"),
        ("studies/evaluering/disclosure/register", 2, "greater than or equal to 3"),
        ("studies/evaluering/disclosure/register", 4, "Sundhedsdatastyrelsen asks for 5"),
        ("studies/evaluering/report", "report/none", "report: the folder report/none does not"),
        ("studies/evaluering/results", "my/bundle", "neither computed, published nor"),
        ("sources/folders/dream", "E:/nowhere", "sources.folders.dream: the folder"),
        ("sources/stand_in/scale", 2, "less than or equal to 1"),
        ("renderer", "word", "'auto', 'quarto' or 'pandoc'"),
        ("studies", {}, "at least 1 item"),
    ],
)
def test_an_impossible_value_is_refused_by_key(tmp_path, path, value, says):
    with pytest.raises(PlainError) as error:
        config.check(put(raw(tmp_path), path, value))
    assert says in str(error.value)
    assert path.split("/")[-1] in str(error.value)


def test_a_broken_file_is_a_plain_error(tmp_path):
    (tmp_path / "config.yaml").write_text("a: [1", encoding="utf-8")
    with pytest.raises(PlainError, match="not valid YAML"):
        config.read(tmp_path / "config.yaml")


def test_a_step_gets_only_the_keys_it_asks_for(tmp_path):
    given = config.check(raw(tmp_path))
    found = config.settings(given, "evaluering", ("episode_gap_days", "date", "stand_in"))
    assert list(found) == ["episode_gap_days", "date", "stand_in"]
    assert found["date"] == str(given.date)


def test_a_study_that_does_not_exist_is_named_with_those_that_do(tmp_path):
    given = config.check(raw(tmp_path))
    assert config.studies_named(given, []) == list(given.studies)
    with pytest.raises(PlainError, match=r"no study “notatet” in config\.yaml; there is evalu"):
        config.studies_named(given, ["evaluering", "notatet"])


def test_documentation_and_schema_are_those_of_the_model():
    assert (ROOT / "docs/config.md").read_text("utf-8") == config_docs.page()
    assert (ROOT / "docs/registers.md").read_text("utf-8") == register_docs.page()
    assert (ROOT / "docs/config.schema.json").read_text("utf-8") == config_docs.schema()
