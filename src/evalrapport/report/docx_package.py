"""A Word document as its parts (name → bytes), read from and packed into a zip."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

FIXED_TIME = (1980, 1, 1, 0, 0, 0)


def parts_of(content: bytes | Path) -> dict[str, bytes]:
    """All parts of a document, given as bytes or as a file."""
    source = BytesIO(content) if isinstance(content, bytes) else content
    with zipfile.ZipFile(source) as file:
        return {name: file.read(name) for name in file.namelist() if not name.endswith("/")}


def packed(parts: dict[str, bytes]) -> bytes:
    """The document's bytes: fixed times and order, so the same parts give the same bytes."""
    buffer = BytesIO()
    order = sorted(parts, key=lambda name: (name != "[Content_Types].xml", name))
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name in order:
            info = zipfile.ZipInfo(name, date_time=FIXED_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            file.writestr(info, parts[name])
    return buffer.getvalue()
