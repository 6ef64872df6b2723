"""Raw values become typed values; what can't be translated is counted, not shown."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pyarrow as pa
import pytest

from evalrapport.contracts.sources import Column
from evalrapport.sources.code_lists import CodeValues
from evalrapport.sources.findings import Findings
from evalrapport.sources.translate import Translator


def column(kind: Any, storage: str, **more: Any) -> Column:
    return Column(
        name="RAW", typed="typed", type=kind, storage=storage, label="x", source="x", **more
    )


def translate(
    declared: Column, raw: pa.Array, values: CodeValues | None = None
) -> tuple[list[Any], dict[str, int]]:
    findings = Findings()
    typed = Translator(declared, "file.csv", values)(raw, findings)
    return typed.to_pylist(), {rule: count for (_, _, rule), count in findings.counts.items()}


BENEFITS: CodeValues = {"0": 0, "111": 111, "730": 730}


class TestPerson:
    def test_leading_zeros_may_be_there_or_lost(self) -> None:
        typed, found = translate(
            column("person", "int64"), pa.array(["009000000017", " 9000000017"])
        )
        assert typed == [9_000_000_017, 9_000_000_017]
        assert not found

    def test_letters_and_blanks_are_counted(self) -> None:
        _, found = translate(column("person", "int64"), pa.array(["12A", "", "7"]))
        assert found == {
            "not a number of up to 12 digits": 1,
            "a value is missing or unreadable": 2,
        }

    def test_a_missing_partner_is_no_fault(self) -> None:
        typed, found = translate(column("person", "int64", nullable=True), pa.array(["", "7"]))
        assert typed == [None, 7]
        assert not found


class TestCode:
    benefit = column("code", "uint16", codes="dream_codes", blank=0)

    @pytest.mark.parametrize("dictionary", [True, False])
    def test_blank_spaces_and_null_are_no_benefit(self, dictionary: bool) -> None:
        raw = pa.array(["730", "", "   ", None, "111", "."])
        raw = raw.dictionary_encode() if dictionary else raw
        assert translate(self.benefit, raw, BENEFITS) == ([730, 0, 0, 0, 111, 0], {})

    def test_numbers_are_codes_too(self) -> None:
        raw = pa.array([730.0, None, 111.0])
        assert translate(self.benefit, raw, BENEFITS) == ([730, 0, 111], {})

    def test_unknown_codes_are_counted_by_row_and_named(self) -> None:
        raw = pa.array([*["99x"] * 5, "730", "555", *["0101901234"] * 6]).dictionary_encode()
        _, found = translate(self.benefit, raw, BENEFITS)
        # Named only if short and shared by five rows: a person number in the wrong column is not.
        assert found == {"codes that dream_codes doesn't know, such as 99x": 12}

    def test_unused_dictionary_values_are_no_fault(self) -> None:
        raw = pa.DictionaryArray.from_arrays(pa.array([0, 0]), pa.array(["730", "bad"]))
        assert translate(self.benefit, raw, BENEFITS) == ([730, 730], {})

    def test_a_lost_leading_zero_is_found_again(self) -> None:
        declared = column("code", "int16", codes="municipalities")
        assert translate(declared, pa.array(["0101", "101"]), {"101": 101}) == ([101, 101], {})

    def test_a_required_code_that_is_missing_is_counted(self) -> None:
        declared = column("code", "int16", codes="municipalities")
        _, found = translate(declared, pa.array(["101", ""]), {"101": 101})
        assert found == {"no code": 1}

    def test_unknown_answers_name_the_codebook_but_not_the_answer(self) -> None:
        declared = column("code", "string", codes="survey_answers", nullable=True)
        _, found = translate(declared, pa.array(["Ja", "fritekst om én person"]), {"Ja": "ja"})
        assert found == {"answers that the codebook (survey_answers.csv) doesn't know": 1}

    def test_decimals_in_a_code_are_refused(self) -> None:
        _, found = translate(self.benefit, pa.array([730.5, 730.0]), BENEFITS)
        assert found == {"codes with decimals": 1}


class TestNumbers:
    def test_decimal_comma_and_point(self) -> None:
        declared = column("decimal", "double", low=0, high=168, nullable=True)
        assert translate(declared, pa.array(["2,5", "3.0", ""])) == ([2.5, 3.0, None], {})

    def test_out_of_range_and_unreadable_hours_are_counted(self) -> None:
        declared = column("decimal", "double", low=0, high=168, nullable=True)
        _, found = translate(declared, pa.array(["-1", "200", "mange"]))
        assert found == {"not a number": 1, "outside 0-168": 2}

    def test_industry_keeps_its_value_without_the_leading_zero(self) -> None:
        declared = column("integer", "int32", low=0, high=999_999, blank=0)
        raw = pa.array(["011100", "", "812100"]).dictionary_encode()
        assert translate(declared, raw) == ([11_100, 0, 812_100], {})

    def test_ages_out_of_range_are_counted(self) -> None:
        declared = column("integer", "int16", low=0, high=125)
        assert translate(declared, pa.array([40, 130, -1]))[1] == {"outside 0-125": 2}


class TestDates:
    declared = column("date", "date32", nullable=True)

    @pytest.mark.parametrize(
        "raw",
        [
            pa.array([date(2012, 3, 1)]),
            pa.array([datetime(2012, 3, 1, 12, 0)]),
            pa.array(["2012-03-01"]),
            pa.array(["2012-03-01T00:00:00"]),
            pa.array([19_053]),  # SAS: days since 1960-01-01
            pa.array([19_053.0]),
            pa.array([19_053 * 86_400.0 + 43_200]),
        ],
        ids=["date", "datetime", "text", "text with time", "SAS", "SAS as decimal", "SAS datetime"],
    )
    def test_all_forms_of_a_day(self, raw: pa.Array) -> None:
        assert translate(self.declared, raw) == ([date(2012, 3, 1)], {})

    def test_an_unreadable_day_is_counted_and_an_empty_one_missing(self) -> None:
        typed, found = translate(self.declared, pa.array(["1/3-2012", ""]))
        assert typed == [None, None]
        assert found == {"not a date (expected YYYY-MM-DD)": 1}
