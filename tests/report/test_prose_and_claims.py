"""The prose's constructs are found where they stand, and claims come out right."""

import pytest

from evalrapport.errors import PlainError
from evalrapport.report import claims, prose, prose_checks
from evalrapport.report.bindings import Source, bind, claims_csv


def cell(value=None, status="ok", lower=None, upper=None, unit="pct", decimals=1):
    return {
        "value": value,
        "text": "",
        "unit": unit,
        "decimals": decimals,
        "n": 1234,
        "lower": lower,
        "upper": upper,
        "status": status,
        "labels": {"row": "Række", "column": "Kolonne"},
        "published_as": "SFI 15:10, tabel 3.1",
        "data_status": "stand_in",
    }


CELLS = {
    "ydelse kontanthjaelp@2012 andel": cell(61.0, lower=60.2, upper=61.8),
    "ydelse kontanthjaelp@2014 andel": cell(80.7, lower=79.9, upper=81.5),
    "ydelse beregningsgrundlag@alle antal": cell(43485, unit="personer", decimals=0),
    "ydelse skjult@2014 andel": cell(status="suppressed"),
    # Newcombe (1998), table II, example (a): 56 of 70 against 48 of 80, difference 5.24 to 33.39.
    "svar tid.ja@mentorer andel": cell(80.0, lower=69.2, upper=87.7),
    "svar tid.ja@borgere andel": cell(60.0, lower=49.0, upper=70.0),
    "svar tid.nej@borgere andel": cell(40.0, lower=30.0, upper=51.0),
    "svar koen.mand@borgere andel": cell(40.0, lower=30.0, upper=51.0),
    "effekt maaned_3@forskel forskel": cell(-0.4, lower=-1.0, upper=0.2, unit="pctpoint"),
}


def source(data_status="stand_in", **changes):
    facts = {
        "uger": {"value": "260", "unit": "uger", "source": "SFI 15:10", "place": "3"},
        "fra": {"value": "2014-01-01", "unit": "dato", "source": "SFI 15:10", "place": "2"},
        "andel": {"value": "0.7", "unit": "pct", "source": "SFI 15:10", "place": "3"},
    }
    settings = {
        "data_status": data_status,
        "values": CELLS,
        "facts": facts,
        "tables": frozenset({"ydelse", "effekt"}),
        "figures": frozenset({"varighed"}),
        "known": frozenset({"ydelse", "effekt", "koen"}),
    }
    return Source(**(settings | changes))


KAN_IKKE = "kan_ikke_afgoeres"


def bound(text, **changes):
    return bind({"a.qmd": text}, source(**changes))


@pytest.mark.parametrize(
    ("condition", "outcome"),
    [
        ("ydelse kontanthjaelp@2014 andel > ydelse kontanthjaelp@2012 andel", "sand"),
        ("ydelse kontanthjaelp@2014 andel < 50", "falsk"),
        (
            "ydelse kontanthjaelp@2014 andel > 50 og ikke ydelse kontanthjaelp@2012 andel > 70",
            "sand",
        ),
        ("ydelse skjult@2014 andel > 50", "kan_ikke_afgoeres"),
        ("signifikant(effekt maaned_3@forskel forskel)", "falsk"),
        ("ikke signifikant(effekt maaned_3@forskel forskel)", "sand"),
        ("nedre(ydelse kontanthjaelp@2014 andel) > oevre(ydelse kontanthjaelp@2012 andel)", "sand"),
        ("abs(effekt maaned_3@forskel forskel) < 1", "sand"),
        ("nedre(ydelse beregningsgrundlag@alle antal) > 1", "kan_ikke_afgoeres"),
        ("sikkert_stoerre(svar tid.ja@mentorer andel, svar tid.ja@borgere andel)", "sand"),
        ("sikkert_stoerre(svar tid.ja@borgere andel, svar tid.ja@mentorer andel)", "falsk"),
        # Two answers to one question: 60 against 40 of 80 is not beyond chance, though it would be
        # if they came from two samples of that size.
        ("sikkert_stoerre(svar tid.ja@borgere andel, svar tid.nej@borgere andel)", "falsk"),
        ("sikkert_stoerre(svar tid.ja@borgere andel, ydelse skjult@2014 andel)", KAN_IKKE),
        (
            "ydelse kontanthjaelp@2014 andel / (ydelse kontanthjaelp@2012 andel - 61) > 1",
            "kan_ikke_afgoeres",
        ),
    ],
)
def test_conditions_come_out_right(condition, outcome):
    assert claims.evaluate(claims.read(condition), CELLS) == outcome


@pytest.mark.parametrize(
    "condition",
    [
        "__import__('os').system('x') > 1",
        "ydelse kontanthjaelp@2014 andel",
        "1 > 0",
        "ydelse kontanthjaelp@2014 andel > open",
        "(ydelse kontanthjaelp@2014 andel).real > 1",
        "sikkert_stoerre(svar tid.ja@borgere andel, svar koen.mand@borgere andel)",
    ],
)
def test_conditions_outside_the_grammar_are_refused(condition):
    with pytest.raises(claims.Unreadable):
        claims.evaluate(claims.read(condition), CELLS)


def test_a_number_is_bound_with_its_options_and_origin():
    text = (
        "{{< tal ydelse kontanthjaelp@2014 andel >}} {{< tal ydelse kontanthjaelp@2014 andel "
        "decimaler=0 enhed=nej >}} {{< tal ydelse beregningsgrundlag@alle antal >}} "
        "{{< tal effekt maaned_3@forskel forskel fortegn=ja >}} "
        "{{< tal ydelse skjult@2014 andel >}}"
    )
    values = bound(text)["values"]
    assert [binding["text"] for binding in values.values()] == [
        "−0,4",
        "43.485",
        "80,7\u00a0pct.",
        "81",
        "[skjult af hensyn til diskretion]",
    ]
    assert values["tal ydelse beregningsgrundlag@alle antal"]["n"] == "1.234"


def test_facts_print_in_danish():
    values = bound("{{< fakta uger >}} {{< fakta fra >}} {{< fakta andel >}}")["values"]
    assert values["fakta uger"]["text"] == "260"
    assert values["fakta fra"]["text"] == "1.\u00a0januar 2014"
    assert values["fakta andel"]["text"] == "0,7\u00a0pct."
    assert values["fakta uger"]["source"] == "SFI 15:10, 3"


def test_an_unknown_address_names_file_line_and_the_nearest():
    with pytest.raises(PlainError) as error:
        bound("En.\n\nTo {{< tal ydelse kontanthjalp@2014 andel >}}.")
    assert "a.qmd, line 3" in str(error.value)
    assert "ydelse kontanthjaelp@2014 andel" in str(error.value)


def test_all_problems_are_named_at_once():
    with pytest.raises(PlainError) as error:
        bound(
            "{{< fakta ugre >}}\n\n{{< tabel ydels >}}\n\n{{< tal ydelse x@2014 andel >}} 12,5 pct."
        )
    assert str(error.value).count("a.qmd, line") == 4


def test_a_false_claim_is_marked_on_stand_ins_and_stops_published():
    text = (
        '[Færre end halvdelen.]{.paastand krav="ydelse kontanthjaelp@2014 andel < 50" '
        'ellers="Se tabellen."}'
    )
    result = bound(text)
    assert result["claims"]["ydelse kontanthjaelp@2014 andel < 50"] == {
        "outcome": "falsk",
        "mark": True,
    }
    assert "falsk;Færre end halvdelen." in claims_csv(result["claim_list"])
    with pytest.raises(PlainError, match=r"a\.qmd, line 1: the claim is false.*80\.7"):
        bound(text, data_status="published")


def test_a_claim_without_condition_or_neutral_text_is_refused():
    with pytest.raises(PlainError, match="lacks ellers"):
        bound('[x]{.paastand krav="ydelse kontanthjaelp@2014 andel < 50"}')


def test_sections_with_absent_results_are_left_out_with_all_they_bind():
    text = '::: {.kraever resultat="koen"}\n{{< tal koen mand@2014 andel >}}\n:::\n'
    result = bound(text)
    assert result["absent"] == ["koen"]
    assert result["values"] == {}
    with pytest.raises(PlainError, match="no result “kon”"):
        bound(text.replace('"koen"', '"kon"'))


def test_quotes_braces_and_shortcodes_inside_attributes_are_read():
    text = (
        "[Andelen [i alt] er {{< tal ydelse kontanthjaelp@2014 andel >}}.]{.paastand\n"
        'krav="ydelse kontanthjaelp@2014 andel > 1"\n'
        'ellers="Den er {{< tal ydelse kontanthjaelp@2012 andel >}}."}'
    )
    [claim] = prose.claims(text, "a.qmd")
    assert claim.sentence.startswith("Andelen [i alt] er")
    assert claim.otherwise == "Den er {{< tal ydelse kontanthjaelp@2012 andel >}}."


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Andelen er 12,5 pct.", ["12,5 pct"]),
        ("I alt 43.485 personer.", ["43.485"]),
        ("Fra 1. januar 2012 til 27. april 2014 og i 2013.", []),
        ("Efter § 31 b, stk. 2, jf. kapitel 3 og bilag 1, i uge 17.", []),
        ("Gruppen 20-24 år, under 30 år og over 360 dage.", []),
        ('[4]{.bogstavelig grund="antal temaer"} temaer', []),
        ("{{< tal ydelse x@2014 andel decimaler=0 >}} ^[Se @sfi2015.]", []),
        ("Det er 7 af 18.", ["7", "18"]),
    ],
)
def test_typed_numbers_are_found_and_dates_left_alone(text, found):
    problems = [message for _, _, message in prose_checks.literals(text, "a.qmd")]
    assert [message.split("”")[0].lstrip("“") for message in problems] == found


@pytest.mark.parametrize(
    "text",
    [
        "```{python}\n1\n```",
        "::: {.callout-note}\nx\n:::",
        "::: {.panel-tabset}\nx\n:::",
        "<div>x</div>",
        "`x`{=html}",
        "{{< include x.qmd >}}",
        "$$x$$",
        "::: {#thm-a}\nx\n:::",
    ],
)
def test_what_one_renderer_cannot_print_is_refused_with_its_line(text):
    [(_, line, _), *_] = prose_checks.subset(f"En.\n\n{text}", "a.qmd")
    assert line == 3


def test_a_div_without_an_empty_line_before_it_is_refused():
    [(_, line, message)] = prose_checks.subset("En.\n::: {.kilde}\nTo.\n:::\n", "a.qmd")
    assert (line, message) == (2, "a div needs an empty line before it.")
    assert not list(prose_checks.subset("::: {.kraever}\n::: {.kilde}\nTo.\n:::\n:::", "a.qmd"))


def test_a_misspelt_class_or_shortcode_is_named():
    problems = list(prose_checks.unknown_names("::: {.kraver}\n:::\n{{< tall x >}}", "a.qmd"))
    assert len(problems) == 2


def test_a_div_that_is_never_closed_is_named():
    with pytest.raises(PlainError, match="line 1: the div"):
        prose.sections("::: {.anm}\nx\n", "a.qmd")


def test_a_number_whose_survey_is_not_there_is_said_not_to_be_made() -> None:
    text = "Der er {{< tal samtaler ja@alle andel >}} af dem."
    with pytest.raises(PlainError, match="no cell has the address"):
        bind({"a.qmd": text}, source(known=frozenset({"ydelse", "samtaler"})))
    there = source(known=frozenset({"ydelse", "samtaler"}), unread=frozenset({"samtaler"}))
    (found,) = bind({"a.qmd": text}, there)["values"].values()
    assert found["text"] == "[ikke opgjort]"
    claim = text.replace("Der er", "[Der er").replace("dem.", "dem.]")
    claim += '{.paastand krav="samtaler ja@alle andel > 50" ellers="Det er ikke spurgt."}'
    made = bind({"a.qmd": claim}, there)
    assert [c["outcome"] for c in made["claim_list"]] == ["kan_ikke_afgoeres"]
