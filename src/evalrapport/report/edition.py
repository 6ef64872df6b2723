"""What a report says of itself: its date, version and data, as facts that the prose can bind to.

They stand beside the facts of data/facts.csv under ids of their own (`{{< fakta udgave-dato >}}`),
so that a colophon is prose like all the rest.
"""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from evalrapport.report.data_status import status_of

SOURCE = "Rapportens egne oplysninger"
IDS = ("udgave-dato", "udgave-aar", "udgave-version", "udgave-data")


def facts(date: str, data_status: str, publication: str) -> dict[str, dict[str, str]]:
    """The facts of an edition: date (ISO), status of its results, and where they were printed."""
    data = status_of(data_status, publication).line
    values = {
        "udgave-dato": (date, "dato"),
        "udgave-aar": (date[:4], "aarstal"),
        "udgave-version": (own_version(), "tekst"),
        "udgave-data": (data[0].lower() + data[1:], "tekst"),
    }
    return {
        name: {"id": name, "value": value, "unit": unit, "source": SOURCE, "place": ""}
        for name, (value, unit) in values.items()
    }


def own_version() -> str:
    """The version of the program that made the report."""
    try:
        return version("evalrapport")
    except PackageNotFoundError:
        return "uden nummer"
