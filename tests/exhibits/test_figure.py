"""The figures: every contract drawn from made-up numbers, some of them hidden."""

from __future__ import annotations

import hashlib
import json
import os
import re
import struct
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import altair
import pytest
import vl_convert
import yaml
from tiny import write_released

from evalrapport.contracts.result_table import TableContract, from_yaml
from evalrapport.errors import PlainError
from evalrapport.exhibits.figure import named_svg, step
from evalrapport.exhibits.figure_contract import Figure, alt_text, read_figure
from evalrapport.exhibits.figures.marks import spread
from evalrapport.exhibits.released import read_released
from evalrapport.exhibits.theme import TEXT_BLOCK_WIDTH, VEGA_LITE, read_look
from evalrapport.exhibits.vega_runtime import runtime, snippet
from evalrapport.step import Job

ROOT = Path(__file__).parents[2]
CONTRACTS = ROOT / "src/evalrapport/contracts"
DESIGN = ROOT / "report/_extensions/evalrapport"
KINDS = {
    path.stem: yaml.safe_load(path.read_text(encoding="utf-8"))["kind"]
    for path in sorted((CONTRACTS / "figures").glob("*.yaml"))
}
# Drawn from words, one row per study or event: test_law_and_literature.py.
# “foer_efter” has a row per covariate, which its contract leaves open: test_before_after.py.
ELSEWHERE = ("retninger", "tidslinje", "foer_efter")
FIGURES = [name for name, kind in KINDS.items() if kind not in ELSEWHERE]
# Boxes and dots hold whole sentences instead of a value: their own tests say what is hidden how.
SERIES = [name for name in FIGURES if KINDS[name] not in ("flow", "praksis")]
ENDINGS = {"svg": "svg", "png": "png", "spec": "vl.json", "csv": "csv", "json": "json"}


def made_up(contract: TableContract, hidden: set[tuple[str, str]]) -> list[tuple[str, ...]]:
    """Cells with values that differ, some hidden; effects get an interval."""
    cells: list[tuple[str, ...]] = []
    for number, cell in enumerate(contract.cells()):
        place = (cell.row.id, cell.column.id)
        value = float(7 + number * 7 % 23)
        bounds: tuple[str, ...] = ()
        if cell.statistic in ("forskel", "akkumuleret"):
            value = (value - 18) / 10
            bounds = (f"{value - 0.5:.2f}", f"{value + 0.5:.2f}")
        if place in hidden:
            cells.append((*place, cell.statistic, "", cell.unit, "", "suppressed"))
        else:
            cells.append((*place, cell.statistic, f"{value:.2f}", cell.unit, "650", "ok", *bounds))
    return cells


def job_for(name: str, folder: Path, hidden: set[tuple[str, str]]) -> Job:
    """A job that draws one figure from made-up numbers."""
    figure = read_figure(CONTRACTS / f"figures/{name}.yaml")
    contract = from_yaml(CONTRACTS / f"tables/{figure.table}.yaml")
    csv_path, json_path = write_released(folder, contract.to_dict(), made_up(contract, hidden))
    inputs = {
        "contract": CONTRACTS / f"figures/{name}.yaml",
        "csv": csv_path,
        "json": json_path,
        "fonts": DESIGN / "fonts",
        "palette": DESIGN / "palette.json",
        "tiles": CONTRACTS / "codes/municipality_tiles.csv",
    }
    outputs = {key: folder / f"figure-{name}.{ending}" for key, ending in ENDINGS.items()}
    return Job("exhibits.figure", inputs, outputs)


def hidden_place(name: str) -> tuple[str, str]:
    """A place of the figure to hide: in the middle of its first series."""
    figure = read_figure(CONTRACTS / f"figures/{name}.yaml")
    contract = from_yaml(CONTRACTS / f"tables/{figure.table}.yaml")
    shown = {row for level in figure.levels for row in level["rows"].values()}
    rows = [r.id for r in contract.rows if not r.role and (not shown or r.id in shown)]
    return rows[min(4, len(rows) - 1)], figure.series[0]["column"]


@cache
def draw(name: str, folder: Path) -> Job:
    """One figure, drawn once for all tests with one number hidden."""
    (folder / name).mkdir()
    job = job_for(name, folder / name, {hidden_place(name)})
    step(job)
    return job


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("figures")


@pytest.fixture(params=FIGURES)
def drawn(request: pytest.FixtureRequest, folder: Path) -> Job:
    """Each figure."""
    return draw(request.param, folder)


@pytest.fixture(params=SERIES)
def drawn_series(request: pytest.FixtureRequest, folder: Path) -> Job:
    """Each figure that is drawn from a value per row and column."""
    return draw(request.param, folder)


def svg_of(job: Job) -> str:
    return job.output["svg"].read_text(encoding="utf-8")


def spec_of(job: Job) -> dict[str, Any]:
    return dict(json.loads(job.output["spec"].read_text(encoding="utf-8")))


def data_of(job: Job) -> list[dict[str, Any]]:
    return [row for rows in spec_of(job)["datasets"].values() for row in rows]


def test_a_figure_fills_the_text_block_and_cuts_no_label(drawn: Job) -> None:
    about = json.loads(drawn.output["json"].read_text(encoding="utf-8"))
    assert abs(about["width"] - TEXT_BLOCK_WIDTH) <= 1
    assert "…" not in svg_of(drawn)


def test_text_is_at_least_nine_points_in_print(drawn: Job) -> None:
    sizes = [float(size) for size in re.findall(r'font-size="([\d.]+)px"', svg_of(drawn))]
    assert sizes
    assert min(sizes) * 0.75 >= 9


def test_the_picture_uses_the_report_s_own_font(drawn: Job) -> None:
    assert set(re.findall(r'font-family="([^"]+)"', svg_of(drawn))) == {"IBM Plex Sans, sans-serif"}


def test_the_png_has_twice_the_size_and_says_its_resolution(drawn: Job) -> None:
    content = drawn.output["png"].read_bytes()
    width, _ = struct.unpack(">II", content[16:24])
    at = content.index(b"pHYs") + 4
    dots_per_metre = struct.unpack(">I", content[at : at + 4])[0]
    assert abs(width - 2 * TEXT_BLOCK_WIDTH) <= 4
    assert round(dots_per_metre * 0.0254) == 192


def test_a_hidden_number_is_a_gap_with_a_note_and_never_zero(drawn_series: Job) -> None:
    hidden = [row for row in data_of(drawn_series) if row.get("value", 1) is None]
    assert hidden
    assert all("0" not in row["Værdi"] for row in hidden)
    assert "vist af hensyn til diskretion" in svg_of(drawn_series)
    line = drawn_series.output["csv"].read_text(encoding="utf-8-sig").splitlines()
    (kept,) = [one for one in line if one.endswith("skjult af hensyn til diskretion")]
    assert re.search(r";;(pct\.|måneder|procentpoint|timer om ugen);;;;", kept)


def test_the_alt_text_is_danish_and_filled(drawn: Job) -> None:
    about = json.loads(drawn.output["json"].read_text(encoding="utf-8"))
    assert len(about["alt"]) > 80
    assert not re.search(r"[{}]|\.\.", about["alt"])
    assert f'aria-label="{about["alt"]}"' in svg_of(drawn)
    assert about["addresses"]


def test_no_english_word_of_the_tools_reaches_the_reader(drawn: Job) -> None:
    spoken = re.findall(r'(?:aria-label|aria-roledescription|title)="([^"]*)"', svg_of(drawn))
    assert len(spoken) == 1  # the alt text
    shown = " ".join(re.findall(r">([^<>]+)</text>", svg_of(drawn)))
    assert not re.search(r"\b(null|undefined|NaN|value|true|false)\b", shown)


def test_numbers_are_danish_on_axes_and_in_tooltips(drawn_series: Job) -> None:
    spec = spec_of(drawn_series)
    assert spec["config"]["locale"]["number"]["decimal"] == ","
    assert not re.search(r">-?\d+\.\d+</text>", svg_of(drawn_series))
    values = [row["Værdi"] for row in data_of(drawn_series) if row.get("value") is not None]
    assert values
    assert not any("-" in value or re.search(r"\d\.\d{1,2}\b", value) for value in values)


def test_ids_are_unique_across_the_figures_of_a_page() -> None:
    svg = '<svg width="1" height="1"><clipPath id="clip0"/><g clip-path="url(#clip0)"/></svg>'
    first, second = named_svg(svg, "en", "a"), named_svg(svg, "to", "b")
    assert 'id="en-clip0"' in first
    assert "url(#en-clip0)" in first
    assert "en-clip0" not in second


def test_a_line_breaks_where_a_month_is_hidden(tmp_path: Path) -> None:
    job = job_for("beskaeftigelse_uden_ydelse", tmp_path, {("maaned_9", "indsatsgruppe")})
    step(job)
    paths = re.findall(r'd="(M[^"]+)" stroke="#1f5a8a"', svg_of(job))
    assert [path.count("M") for path in paths if path.count("L") > 5] == [2]


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_with_nothing_to_show_is_still_drawn(name: str, tmp_path: Path) -> None:
    figure = read_figure(CONTRACTS / f"figures/{name}.yaml")
    contract = from_yaml(CONTRACTS / f"tables/{figure.table}.yaml")
    everything = {(cell.row.id, cell.column.id) for cell in contract.cells()}
    job = job_for(name, tmp_path, everything)
    step(job)
    assert "vist af hensyn til diskretion" in svg_of(job)


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    hashes = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        folder.mkdir()
        code = (
            "import sys; from pathlib import Path; from test_figure import *;"
            f"job = job_for('varighed', Path({str(folder)!r}), set()); step(job)"
        )
        environment = os.environ | {
            "PYTHONHASHSEED": seed,
            "PYTHONPATH": str(Path(__file__).parent),
        }
        subprocess.run([sys.executable, "-c", code], check=True, env=environment)
        files = sorted(folder.glob("figure-*"))
        hashes.append([hashlib.sha256(path.read_bytes()).hexdigest() for path in files])
    assert len(hashes[0]) == 5
    assert hashes[0] == hashes[1]


@pytest.mark.parametrize("name", FIGURES)
def test_a_contract_names_what_exists(name: str) -> None:
    figure = read_figure(CONTRACTS / f"figures/{name}.yaml")
    table = from_yaml(CONTRACTS / f"tables/{figure.table}.yaml")
    columns, rows = {column.id for column in table.columns}, {row.id for row in table.rows}
    assert figure.id == name
    assert figure.disclosure_class == table.disclosure_class
    assert {one["column"] for one in figure.series} <= columns
    assert {row for level in figure.levels for row in level["rows"].values()} <= rows
    look = read_look(DESIGN / "palette.json")
    for one in [*figure.series, *figure.levels]:
        if "colour" in one:
            assert look.colour(one["colour"]).startswith("#")


def test_a_contract_with_an_unknown_field_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "alder.yaml"
    raw = yaml.safe_load((CONTRACTS / "figures/alder.yaml").read_text(encoding="utf-8"))
    del raw["title"]
    path.write_text(yaml.safe_dump(raw | {"titel": "x"}), encoding="utf-8")
    with pytest.raises(PlainError, match=r"unknown: titel; missing: title\. Allowed: id, table"):
        read_figure(path)


def test_an_alt_text_names_only_what_is_there(paths: tuple[Path, Path]) -> None:
    released = read_released(*paths)
    figure = Figure("f", "proeve", "felter", "survey", "t", "Det er {klare.ja@a andel}. {nyt}")
    with pytest.raises(PlainError, match="“nyt” is neither a cell of the table proeve"):
        alt_text(figure, released, {})
    assert alt_text(figure, released, {"nyt": "Ja."}) == "Det er 43,5\u00a0pct. Ja."


def test_labels_at_line_ends_move_apart() -> None:
    assert spread([10.0, 10.2, 15.0], gap=1.0) == pytest.approx([9.6, 10.6, 15.0])
    assert spread([3.0, 1.0], gap=1.0) == [3.0, 1.0]


def test_altair_and_the_renderer_speak_the_same_vega_lite() -> None:
    assert altair.SCHEMA_VERSION.removeprefix("v").startswith(f"{VEGA_LITE}.")
    assert VEGA_LITE in vl_convert.get_vegalite_versions()


def test_the_runtime_carries_danish_formats_and_draws_what_the_page_holds() -> None:
    script = runtime()
    for part in ("figurspecifikation", "vega-tegning", "februar", "tirsdag"):
        assert part in script
    assert "FORMAT_LOCALE" not in snippet()
    assert script == runtime()
