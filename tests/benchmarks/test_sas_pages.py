"""A real SAS file enlarged: two readers that know nothing of each other read the same from it."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyreadstat
import pytest

from benchmarks import sas_pages
from evalrapport.sources import sas_files

SAS = Path(__file__).parents[1] / "sources/data/sas"


@pytest.mark.parametrize("rows", [3, 1118, 1119, 2400, 9000])
def test_pandas_and_readstat_read_the_same(
    rows: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "large.sas7bdat"
    sas_pages.enlarge(SAS / "sample.sas7bdat", path, rows, "mynum")
    monkeypatch.setattr(sas_files, "ROWS", 1000)  # blocks end within pages
    ours = pa.concat_tables(sas_files.batches(path, sas_files.header(path))).to_pandas()
    theirs, _ = pyreadstat.read_sas7bdat(path, disable_datetime_conversion=True)
    assert ours["mynum"].tolist() == list(range(1, rows + 1))
    assert len(theirs) == rows
    for name in theirs:
        blank = ours[name].isna() | (ours[name] == "")
        assert (blank | (ours[name] == theirs[name])).all(), name
        assert (blank == (theirs[name].isna() | (theirs[name] == ""))).all(), name


def test_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="can't be enlarged"):
        sas_pages.enlarge(SAS / "sample_bincompressed.sas7bdat", tmp_path / "a", 10, "mynum")
