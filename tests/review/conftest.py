"""A tiny report in two versions: a bundle with its manifests, pages, claims."""

import pytest
from tiny_report import Report


@pytest.fixture
def report(tmp_path):
    """A report that a test can write as often as it likes, changed each time."""
    return Report(tmp_path)
