"""Suppression held against brute force: every table a reader can't rule out is written down."""

from __future__ import annotations

import random
from itertools import product

import pytest

from evalrapport.contracts.result_table import TableContract, from_dict
from evalrapport.errors import PlainError
from evalrapport.results import counts, disclosure
from evalrapport.results.estimates import Estimate, Key
from evalrapport.results.intervals import Reader, within_rounding
from evalrapport.results.protection import Protection
from evalrapport.results.rounding import rounded

REGISTER = Protection("register", "personer", 3, 5, True, True, "test")
SURVEY = Protection("survey", "respondenter", 3, 5, False, True, "test")
INTERVIEW = Protection("interview", "jobcentre", 3, 3, True, False, "test")


def contract(
    rows: int, columns: list[dict[str, str]], *, adds_up: bool = True, decimals: int = 1
) -> TableContract:
    measure = {"statistic": "andel", "unit": "pct", "decimals": decimals}
    return from_dict(
        {
            "id": "prove",
            "published_as": "Prøve",
            "disclosure_class": "register",
            "row_header": "",
            "columns": [{"label": column["id"], **column} for column in columns],
            "row_groups": [],
            "rows": [{"id": f"r{i}", "label": f"R{i}", **measure} for i in range(rows)],
            "rules": "",
            "population": "",
            "adds_up": [""] if adds_up else [],
        }
    )


YEARS = [{"id": "alle"}, {"id": "2012", "part_of": "alle"}, {"id": "2013", "part_of": "alle"}]


def estimates(table: TableContract, numbers: dict[str, list[int]]) -> dict[Key, Estimate]:
    """Estimates of shares from counts per column; the base is the sum of the column."""
    cells = {}
    for cell in table.cells():
        column = numbers[cell.column.id]
        count, base = column[int(cell.row.id[1:])], sum(column)
        value = repr(100 * count / base) if base else ""
        status = "ok" if base else "not_applicable"
        n = float(base) if base else None
        cells[cell.key] = Estimate(cell, value, "", "", "", status, n, float(count))
    return cells


def possible(
    table: TableContract, numbers: dict[str, list[int]], hidden: frozenset[Key]
) -> list[dict[tuple[str, str], int]]:
    """Every pair of years that a reader of the released table can't rule out, by trying all."""
    years = [column for column in numbers if column != "alle"]
    rows = [row.id for row in table.rows]
    base = {column: sum(parts) for column, parts in numbers.items()}
    shown = estimates(table, numbers)

    def fits(column: str, parts: tuple[int, ...]) -> bool:
        for row, count in zip(rows, parts, strict=True):
            key = (row, column, "andel")
            if key in hidden:
                if count == 0:
                    return False
            elif rounded(repr(100 * count / base[column]), 1) != rounded(shown[key].value, 1):
                return False
        return True

    def columns(column: str) -> list[tuple[int, ...]]:
        ranges = [range(base[column] + 1)] * len(rows)
        return [p for p in product(*ranges) if sum(p) == base[column] and fits(column, p)]

    found = []
    for parts in product(*(columns(year) for year in years)):
        total = tuple(map(sum, zip(*parts, strict=True)))
        if fits("alle", total):
            named = zip([*years, "alle"], [*parts, total], strict=True)
            found.append({(r, c): p[i] for c, p in named for i, r in enumerate(rows)})
    return found


def small_table(seed: int) -> dict[str, list[int]]:
    draw = random.Random(seed)
    years = [[draw.choice([0, 1, 2, 3, 6, 9, 12]) for _ in range(3)] for _ in range(2)]
    for year in years:
        year[draw.randrange(3)] += 8
    return {
        "alle": [sum(pair) for pair in zip(*years, strict=True)],
        "2012": years[0],
        "2013": years[1],
    }


@pytest.mark.parametrize("seed", range(12))
def test_no_small_number_can_be_narrowed_down(seed: int) -> None:
    table, numbers = contract(3, YEARS), small_table(seed)
    cells = estimates(table, numbers)
    hidden = disclosure.pattern(table, cells, REGISTER).hidden
    readings = possible(table, numbers, hidden)
    assert {
        (r.id, c): n[i] for c, n in numbers.items() for i, r in enumerate(table.rows)
    } in readings
    for (row, column, _), estimate in cells.items():
        count, base = int(estimate.count or 0), sum(numbers[column])
        if 0 < count < 5 or 0 < base - count < 5:
            assert (row, column, "andel") in hidden
            seen = {reading[row, column] for reading in readings}
            assert max(seen) - min(seen) >= 5, (row, column, seen)


@pytest.mark.parametrize("seed", range(6))
def test_bounds_are_exactly_those_of_brute_force(seed: int) -> None:
    table, numbers = contract(3, YEARS), small_table(seed)
    cells = estimates(table, numbers)
    tied = counts.build(table, cells)
    names = {n for n, key in tied.cell_of.items() if 0 < (cells[key].count or 0) < 9}
    keys = frozenset(tied.cell_of[name] for name in names)
    reader = Reader(tied, cells, zero_is_shown=True)
    readings = possible(table, numbers, keys)
    for name in sorted(names):
        seen = [reading[name[1], name[2]] for reading in readings]
        assert reader.interval(name, names) == (min(seen), max(seen)), name


def test_one_small_cell_takes_others_with_it_in_both_directions() -> None:
    numbers = {"alle": [52, 30, 18], "2012": [2, 15, 8], "2013": [50, 15, 10]}
    table = contract(3, YEARS)
    found = disclosure.pattern(table, estimates(table, numbers), REGISTER)
    assert ("r0", "2012", "andel") in found.primary
    assert len(found.complementary) >= 2
    assert not found.primary & found.complementary


def test_without_margins_nothing_more_is_hidden() -> None:
    table = contract(3, [{"id": "alle"}], adds_up=False)
    cells = estimates(table, {"alle": [2, 30, 68]})
    found = disclosure.pattern(table, cells, REGISTER)
    assert found.primary == {("r0", "alle", "andel")}
    assert not found.complementary


def test_a_large_base_hides_a_small_cell_behind_rounding() -> None:
    """Twelve shares of 40,000, each to within 20 people: the rest says nothing about two."""
    parts = [2, *[3_636] * 10, 3_638]
    table = contract(12, [{"id": "alle"}])
    found = disclosure.pattern(table, estimates(table, {"alle": parts}), REGISTER)
    assert found.hidden == {("r0", "alle", "andel")}


def test_noughts_stand_and_all_others_too() -> None:
    table = contract(2, [{"id": "alle"}])
    found = disclosure.pattern(table, estimates(table, {"alle": [0, 40]}), REGISTER)
    assert not found.hidden


def test_among_job_centres_none_and_all_are_hidden() -> None:
    table = contract(3, [{"id": "alle"}], adds_up=False)
    cells = estimates(table, {"alle": [0, 16, 2]})
    found = disclosure.pattern(table, cells, INTERVIEW)
    assert {key[0] for key in found.primary} == {"r0", "r1", "r2"}


def test_few_others_are_as_telling_as_few() -> None:
    table = contract(2, [{"id": "alle"}], adds_up=False)
    found = disclosure.pattern(table, estimates(table, {"alle": [97, 3]}), REGISTER)
    assert {key[0] for key in found.hidden} == {"r0", "r1"}


def test_a_small_column_goes_whole_and_takes_another_with_it() -> None:
    numbers = {"alle": [30, 33], "2012": [1, 2], "2013": [10, 12], "2014": [19, 19]}
    columns = [*YEARS, {"id": "2014", "part_of": "alle"}]
    table = contract(2, columns, adds_up=True)
    for rule in (REGISTER, SURVEY):
        hidden = disclosure.pattern(table, estimates(table, numbers), rule).hidden
        gone = {
            key[1] for key in hidden if {("r0", key[1], "andel"), ("r1", key[1], "andel")} <= hidden
        }
        assert "2012" in gone
        assert len(gone) >= 2


def test_a_weighted_share_is_protected_by_the_people_behind_it() -> None:
    """A control who is used often weighs more than one: few people may carry a large share."""
    table = contract(4, [{"id": "kontrol"}], adds_up=False)
    shares = {"r0": (12.5, 4), "r1": (12.5, 30), "r2": (99.5, 150), "r3": (40.0, 150)}
    cells = {
        cell.key: Estimate(
            cell,
            str(shares[cell.row.id][0]),
            "",
            "",
            "",
            "ok",
            200.0,
            float(shares[cell.row.id][1]),
        )
        for cell in table.cells()
    }
    found = disclosure.pattern(table, cells, REGISTER)
    assert {key[0] for key in found.hidden} == {"r0", "r2"}


def test_a_survey_shows_small_shares_of_a_sufficient_base() -> None:
    table = contract(3, [{"id": "alle"}], decimals=0)
    cells = estimates(table, {"alle": [1, 100, 122]})
    assert not disclosure.pattern(table, cells, SURVEY).hidden


def test_those_left_between_two_nested_columns_are_protected() -> None:
    """Kontanthjælp recipients are publicly supported: the difference is two people."""
    columns = [{"id": "forsoergede"}, {"id": "kontanthjaelp", "subset_of": "forsoergede"}]
    table = contract(3, columns)
    numbers = {"forsoergede": [12, 40, 60], "kontanthjaelp": [10, 30, 40]}
    cells = estimates(table, numbers)
    found = disclosure.pattern(table, cells, REGISTER)
    assert not found.primary
    assert found.complementary
    reader = Reader(counts.build(table, cells), cells, zero_is_shown=True)
    left = ("count", "r0", "forsoergede-kontanthjaelp")
    assert reader.width(left, set()) == 0
    gone = {("count", row, column) for row, column, _ in found.hidden}
    assert reader.width(left, gone) >= 5


def test_sums_that_do_not_hold_are_reported() -> None:
    table = contract(3, YEARS)
    numbers = {"alle": [20, 20, 20], "2012": [5, 30, 5], "2013": [5, 5, 10]}
    with pytest.raises(PlainError, match="hold more people than"):
        disclosure.pattern(table, estimates(table, numbers), REGISTER)


def test_an_answer_that_was_not_offered_leaves_others_in_the_base() -> None:
    table = contract(3, [{"id": "alle"}])
    cells = estimates(table, {"alle": [20, 30, 9]})
    key = ("r2", "alle", "andel")
    cells[key] = Estimate(cells[key].cell, "", "", "", "", "not_applicable", None, 0.0)
    assert not disclosure.pattern(table, cells, REGISTER).hidden
    cells[key] = Estimate(cells[key].cell, "10.0", "", "", "", "ok", 59.0, 5.9)
    with pytest.raises(PlainError, match="do not add up to the base of alle"):
        disclosure.pattern(table, cells, REGISTER)


def test_a_share_without_its_count_is_refused() -> None:
    table = contract(2, [{"id": "alle"}])
    cells = estimates(table, {"alle": [20, 20]})
    key = ("r0", "alle", "andel")
    cells[key] = Estimate(cells[key].cell, "50.0", "", "", "", "ok", 40.0, None)
    with pytest.raises(PlainError, match="has no n or no count"):
        disclosure.pattern(table, cells, REGISTER)


def test_the_same_table_is_always_protected_alike() -> None:
    table, numbers = contract(3, YEARS), small_table(3)
    one, two = (disclosure.pattern(table, estimates(table, numbers), REGISTER) for _ in range(2))
    assert one == two


@pytest.mark.parametrize(
    ("count", "base", "share", "ends"),
    [(10, 100, "10.0", (10, 10)), (20, 43_485, "0.0", (0, 21)), (2, 3, "66.7", (2, 2))],
)
def test_what_a_printed_share_tells(
    count: int, base: int, share: str, ends: tuple[int, int]
) -> None:
    assert within_rounding(count, base, share) == ends
    fits = [c for c in range(base + 1) if rounded(repr(100 * c / base), 1) == share]
    assert (min(fits), max(fits)) == ends


@pytest.mark.parametrize(
    ("number", "decimals", "text"),
    [("2.45", 1, "2.5"), ("-0.04", 1, "0.0"), ("-1.25", 1, "-1.3"), ("100", 1, "100.0")],
)
def test_halves_are_rounded_away_from_nought(number: str, decimals: int, text: str) -> None:
    assert rounded(number, decimals) == text
