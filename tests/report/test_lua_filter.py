"""What the filter makes of values, claims, absent results, references and ids."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from evalrapport.report.pandoc import FROM, executable

BOOK = Path(__file__).parent / "data" / "book"
FILTER = Path("report/_extensions/evalrapport/evalrapport.lua").resolve()


def run(text: str, to: str = "html5", **bindings: object) -> subprocess.CompletedProcess[str]:
    """Pandoc with our filter on a snippet; `bindings` replace keys of the small book's."""
    folder = BOOK
    command = [executable(), f"--from={FROM}", f"--to={to}", "--wrap=none", "--lua-filter", FILTER]
    raw = json.loads((BOOK / "bindings.json").read_text(encoding="utf-8")) | bindings
    path = Path(run.folder) / "bindings.json"  # type: ignore[attr-defined]
    path.write_text(json.dumps(raw), encoding="utf-8")
    command += ["-M", f"evalrapport-bindings={path}", "-M", "evalrapport-exhibits=exhibits"]
    return subprocess.run(
        command, input=text, capture_output=True, text=True, cwd=folder, check=False
    )


@pytest.fixture(autouse=True)
def _folder(tmp_path):
    run.folder = tmp_path  # type: ignore[attr-defined]


def html(text: str, **bindings: object) -> str:
    done = run(text, **bindings)
    assert done.returncode == 0, done.stderr
    return done.stdout


def plain(text: str, **bindings: object) -> str:
    """The words that a reader sees."""
    return " ".join(re.sub(r"<[^>]+>", "", html(text, **bindings)).split())


def test_a_value_tells_where_it_comes_from():
    page = html("Andelen er {{< tal ydelse kontanthjaelp@2012 andel >}}, siger de.")
    assert 'data-adresse="ydelse kontanthjaelp@2012 andel"' in page
    assert 'data-raekke="Kontanthjælp"' in page
    assert 'data-n="4.100"' in page
    assert ">78,4\u00a0pct.</span>, siger" in page
    assert "tabindex" not in page


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("({{< tal ydelse su@2012 andel >}})", "(1,2 pct.)"),
        ("Der er {{< tal ydelse su@2012 andel >}}.", "Der er 1,2 pct."),
        ("Er det {{<  tal   ydelse su@2012   andel >}}?", "Er det 1,2 pct.?"),
        ("*{{< tal ydelse su@2012 andel >}}* i alt", "1,2 pct. i alt"),
        ('Det koster {{< fakta udgift-2013 ord="nej" >}}.', "Det koster 12,5 mio. kr."),
        (
            "{{< tal ydelse su@2012 andel >}}-{{< tal ydelse kontanthjaelp@2012 andel >}}",
            "1,2 pct.-78,4 pct.",
        ),
    ],
)
def test_values_within_text(text, printed):
    assert plain(text) == printed


def test_values_inside_notes_and_lists():
    page = plain("- Punkt^[Note med {{< tal ydelse su@2012 andel >}}.]")
    assert "Note med 1,2 pct." in page


def test_an_unknown_value_stops_with_its_text():
    done = run("Her {{< tal ydelse findes_ikke@2012 andel >}} og {{< fakta intet >}}.")
    assert done.returncode == 1
    assert "{{< tal ydelse findes_ikke@2012 andel >}}" in done.stderr
    assert "{{< fakta intet >}}" in done.stderr
    assert "Kør make report" in done.stderr


CLAIM = (
    '[Den steg.]{.paastand krav="a b@c andel > 1" '
    'ellers="Den er {{< tal ydelse su@2012 andel >}}."}'
)


@pytest.mark.parametrize(
    ("outcome", "mark", "printed"),
    [
        ("sand", False, "Den steg."),
        ("falsk", True, "Den steg. Påstanden holder ikke i syntetiske data"),
        ("kan_ikke_afgoeres", False, "Den er 1,2 pct."),
    ],
)
def test_claims(outcome, mark, printed):
    claims = {"a b@c andel > 1": {"outcome": outcome, "mark": mark}}
    assert plain(CLAIM, claims=claims) == printed
    assert ("paastand-falsk" in html(CLAIM, claims=claims)) == mark


def test_an_unknown_claim_stops():
    done = run('[Den faldt.]{.paastand krav="x y@z andel > 2" ellers="Nej."}')
    assert done.returncode == 1
    assert "x y@z andel > 2" in done.stderr


SECTION = """# Et kapitel {#sec-et}

::: {.kraever resultat="aktiv_indsats"}
## Aktiv indsats {#sec-aktiv}

Tekst, som falder væk.
:::

Se @sec-aktiv.
"""


def test_an_absent_section_is_one_line():
    text = plain(SECTION)
    assert "falder væk" not in text
    assert "Resultatet indgår ikke i denne udgave: Aktiv indsats." in text
    assert text.endswith("Se det udeladte afsnit.")


NESTED = """::: {.kraever resultat="ydelse"}
Tekst før.

::: {.kraever resultat="aktiv_indsats" titel="Gruppen Andet"}
Tekst, som falder væk: {{< tal aktiv_indsats x@y andel >}}
:::

Tekst efter.
:::
"""


def test_an_absent_section_directly_in_a_present_one_is_one_line():
    text = plain(NESTED)
    assert "Tekst før." in text
    assert "Gruppen Andet" in text
    assert "falder væk" not in text
    assert text.endswith("Tekst efter.")


def test_a_present_section_keeps_its_heading():
    text = plain(SECTION, absent=[])
    assert "1.1 Aktiv indsats" in text
    assert "falder væk" in text
    assert text.endswith("Se afsnit 1.1.")


@pytest.mark.parametrize(
    ("status", "shown"), [("stand_in", "Opdigtet."), ("published", "Trykt."), ("real", "")]
)
def test_text_for_one_edition(status, shown):
    text = "::: {.kun-syntetisk}\nOpdigtet.\n:::\n\n::: {.kun-offentliggjort}\nTrykt.\n:::\n"
    assert plain(text, data_status=status) == shown


NUMBERS = """# Forord {.unnumbered}

# Et {#sec-et}

## Afsnit {#sec-afsnit}

::: {#tbl-ydelse}
{{< tabel ydelse >}}

Første tabel.
:::

# To {#sec-to}

::: {#tbl-tidsforbrug}
{{< tabel tidsforbrug >}}

Anden tabel.
:::

# Om metoden {#sec-metode .bilag}

::: {#fig-forloeb}
{{< figur forloeb >}}

En figur.
:::

I @tbl-tidsforbrug og @fig-forloeb.
@Tbl-ydelse viser det.
@tbl-ydelse gør det også, jf. @tbl-ydelse og [-@tbl-ydelse].
[@sec-afsnit; @sec-to] og @sec-metode.
"""


def test_numbers_and_references():
    text = plain(NUMBERS)
    assert "Tabel 1.1 Første tabel." in text
    assert "Tabel 2.1 Anden tabel." in text
    assert "Figur B1.1 En figur." in text
    assert "I tabel 2.1 og figur B1.1. Tabel 1.1 viser det." in text
    assert "Tabel 1.1 gør det også, jf. tabel 1.1 og 1.1." in text
    assert "Afsnit 1.1 og kapitel 2 og bilag 1." in text


def test_a_reference_to_nothing_stops():
    done = run("Se @tbl-intet.")
    assert done.returncode == 1
    assert "@tbl-intet" in done.stderr


def paragraph_ids(text: str) -> list[str]:
    return re.findall(r'<p id="(p-[^"]+)"', html(text))


def test_paragraph_ids_stay_when_only_numbers_change():
    first = paragraph_ids("# Et {#sec-et}\n\nDer er 12 af dem.\n\nDer er 9.300 af dem.\n\nNyt.")
    assert first[0].startswith("p-et-")
    assert first[1] == first[0] + "-2"
    other = paragraph_ids("# Et {#sec-et}\n\nDer er 13.579 af dem.\n\nNyt ord.")
    assert other[0] == first[0]
    assert other[1] != first[2]


def test_bound_numbers_do_not_change_the_id():
    key = "tal ydelse su@2012 andel"
    text = "# Et {#sec-et}\n\nDer er {{< tal ydelse su@2012 andel >}} af dem."
    ids = []
    for printed in ("1,2 pct.", "syv"):
        page = html(text, values={key: {"text": printed}})
        ids += re.findall(r'<p id="([^"]+)"', page)
    assert ids[0] == ids[1]


def test_typed_quotation_marks_come_out_danish():
    assert plain("De siger \"en 'god' idé\".") == "De siger »en ›god‹ idé«."


def test_a_table_for_paper_keeps_groups_alignment_and_no_spoken_words():
    text = "::: {#tbl-ydelse}\n{{< tabel ydelse >}}\n\nTitel.\n:::\n"
    done = run(text, to="typst")
    assert "table.header(" in done.stdout
    assert 'table.cell(align: right + bottom)[#"78,4"]' in done.stdout
    assert "colspan: 2" in done.stdout
    assert "skjult af hensyn" not in done.stdout


def test_a_missing_table_stops():
    done = run("{{< tabel findes_ikke >}}")
    assert done.returncode == 1
    assert "findes_ikke" in done.stderr


def test_a_table_shows_its_intervals_on_request():
    asked = html("{{< tabel ydelse interval=ja >}}")
    assert '>78,4\u00a0<span class="interval">(77,1; 79,6)</span></td>' in asked
    assert "data-interval" in html("{{< tabel ydelse >}}")
    assert 'class="interval"' not in html("{{< tabel ydelse >}}")


def test_intervals_reach_paper():
    text = "::: {#tbl-ydelse}\n{{< tabel ydelse interval=ja >}}\n\nTitel.\n:::\n"
    written = run(text, to="typst").stdout
    assert "(77,1; 79,6)" in written
    assert "data-interval" not in written
