"""Bound sums, ends of intervals and millions: printed as they are, refused where they can't be."""

import pytest
from test_prose_and_claims import CELLS, cell, source

from evalrapport.errors import PlainError
from evalrapport.report.bindings import bind

MORE = {
    **CELLS,
    "fremskridt meget@mentorer andel": cell(52, decimals=0),
    "fremskridt noget@mentorer andel": cell(29, decimals=0),
    "effektstudier land@arni tekst": {**cell(), "text": "Schweiz", "value": None},
}
FACTS = {
    "udgift": {"value": "500000000", "unit": "kr", "source": "SFI 15:10", "place": "kapitel 1"},
    "lille": {"value": "1250000", "unit": "kr", "source": "SFI 15:10", "place": "kapitel 1"},
}


def text(shortcode):
    bound = bind({"a.qmd": shortcode}, source(values=MORE, facts=FACTS))
    (value,) = bound["values"].values()
    return value


def test_a_sum_is_added_from_what_is_printed_and_says_what_it_is_made_of():
    found = text("{{< tal fremskridt meget@mentorer andel + fremskridt noget@mentorer andel >}}")
    assert found["text"] == "81\u00a0pct."
    assert found["row"] == "Række + Række"
    assert found["address"].count("@") == 2


def test_a_sum_with_decimals_has_no_dust_of_binary_fractions():
    both = "ydelse kontanthjaelp@2012 andel + ydelse kontanthjaelp@2014 andel"
    assert text(f"{{{{< tal {both} decimaler=1 >}}}}")["text"] == "141,7\u00a0pct."


def test_a_sum_is_hidden_with_its_hidden_part():
    found = text("{{< tal ydelse kontanthjaelp@2014 andel + ydelse skjult@2014 andel >}}")
    assert found["text"] == "[skjult af hensyn til diskretion]"
    assert found["status"] == "suppressed"


@pytest.mark.parametrize(
    ("shortcode", "message"),
    [
        ("tal fremskridt meget@mentorer andel + fremskridt nogt@mentorer andel", "Nearest"),
        ("tal fremskridt meget@mentorer andel + ydelse beregningsgrundlag@alle antal", "units"),
        ("tal effektstudier land@arni tekst + effektstudier land@arni tekst", "words"),
        ("tal ydelse kontanthjaelp@2014 andel graense=midt", "nedre or oevre"),
        ("tal fremskridt meget@mentorer andel graense=nedre", "no interval"),
        (
            "tal ydelse kontanthjaelp@2014 andel + ydelse kontanthjaelp@2012 andel graense=nedre",
            "no interval",
        ),
    ],
)
def test_what_can_not_be_printed_is_refused_with_its_line(shortcode, message):
    with pytest.raises(PlainError, match=rf"a\.qmd, line 1: .*{message}"):
        text(f"{{{{< {shortcode} >}}}}")


def test_the_ends_of_an_interval_are_printed_as_the_number_is():
    at = "ydelse kontanthjaelp@2014 andel"
    assert text(f"{{{{< tal {at} graense=nedre >}}}}")["text"] == "79,9\u00a0pct."
    assert text(f"{{{{< tal {at} graense=oevre enhed=nej >}}}}")["text"] == "81,5"


def test_large_amounts_read_as_millions():
    assert text("{{< fakta udgift mio=ja >}}")["text"] == "500\u00a0mio."
    assert (
        text("{{< fakta lille mio=ja decimaler=2 enhed=ja >}}")["text"] == "1,25\u00a0mio.\u00a0kr."
    )
