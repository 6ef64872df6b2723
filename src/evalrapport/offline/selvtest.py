"""Tests an installation: every part that a report needs, without any network."""

import importlib
import sys
import tempfile
from pathlib import Path

PARTS = (
    *("numpy", "pandas", "pyarrow", "scipy", "statsmodels", "sklearn", "snakemake", "pydantic"),
    *("altair", "vl_convert", "typst", "pypandoc", "yaml", "simpleeval", "frictionless"),
    *("evalrapport.config", "evalrapport.step", "evalrapport.wiring"),
)


def imports() -> None:
    """Every package loads."""
    for name in PARTS:
        importlib.import_module(name)


def parquet() -> None:
    """Parquet is written and read."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.parquet"
        pq.write_table(pa.table({"a": [1, 2]}), path)
        with pq.ParquetFile(path) as file:
            assert file.read().num_rows == 2


def pandoc() -> None:
    """Pandoc turns Markdown into HTML."""
    import pypandoc

    assert "<h1" in pypandoc.convert_text("# Ærø", "html", format="md")


def typst() -> None:
    """Typst sets a PDF with the project's fonts."""
    import typst as compiler

    fonts = Path("report/_extensions/evalrapport/fonts")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "a.typ"
        source.write_text('#set text(font: "IBM Plex Sans")\nÆrø', encoding="utf-8")
        made = compiler.compile(str(source), font_paths=[str(fonts)])
        assert made.startswith(b"%PDF")


def figure() -> None:
    """A figure becomes SVG."""
    import vl_convert

    drawn = vl_convert.vegalite_to_svg(
        {"data": {"values": [{"a": 1}]}, "mark": "bar", "encoding": {"x": {"field": "a"}}}
    )
    assert "<svg" in drawn


def configuration() -> None:
    """config.yaml is in order."""
    from evalrapport import config

    config.read()


def main() -> int:
    """Run all tests; 0 if all went well."""
    failed = 0
    for test in (imports, parquet, pandoc, typst, figure, configuration):
        try:
            test()
            print(f"  ✓ {test.__name__}", flush=True)
        except Exception as error:
            failed += 1
            print(f"  ✗ {test.__name__}: {type(error).__name__}: {error}", flush=True)
    print("Klar. Se LAES_MIG_FOERST.txt." if not failed else "Noget mangler; se herover.")
    return 1 if failed else 0


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    sys.exit(main())
