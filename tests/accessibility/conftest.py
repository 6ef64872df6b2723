"""The small book of the report's tests serves here too."""

from tests.report.conftest import pdf

__all__ = ["pdf"]
