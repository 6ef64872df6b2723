"""The annex of variables says what the datasets' contracts say."""

from evalrapport.contracts.datasets.effect_outcomes import OUTCOMES, OUTCOMES_FOR_READERS
from evalrapport.results.variable import DATASETS, variables

# Keys and flags that no table or figure of the report shows.
UNTOLD = {"person_id", "before"}


def test_every_column_of_the_datasets_is_defined_or_known_to_be_untold() -> None:
    told = {column.name for dataset in DATASETS for column in dataset.columns if column.label}
    every = {column.name for dataset in DATASETS for column in dataset.columns}
    assert every - told == UNTOLD


def test_a_variable_has_all_three_and_stands_once() -> None:
    found = list(variables())
    assert len({key for key, _, _ in found}) == len(found)
    assert len({label for _, label, _ in found}) == len(found)
    for _, label, words in found:
        assert label[0].isupper()
        assert words["definition"]
        assert not words["definition"].endswith(".")
        assert words["kilde"] in ("DREAM", "BEF", "UDDA", "KOTRE", "Det statistiske varehus")


def test_every_outcome_is_told_of() -> None:
    assert set(OUTCOMES_FOR_READERS) == set(OUTCOMES)
