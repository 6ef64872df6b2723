"""The documentation page and the JSON schema of config.yaml, generated from the model."""

from __future__ import annotations

import json
from typing import Any

from pydantic import BaseModel

from evalrapport.config import Config, model_in

HEADER = (
    "# config.yaml\n\nGenerated from the model in `src/evalrapport/config_model.py` by "
    "`python -m evalrapport config-docs`; do not edit.\nUnknown keys are refused.\n"
)


def schema() -> str:
    """The JSON schema, as text."""
    return json.dumps(Config.model_json_schema(), indent=2, ensure_ascii=False) + "\n"


def page() -> str:
    """The documentation page, in Markdown: one table per block."""
    return HEADER + "".join(_block("", Config))


def _block(prefix: str, model: type[BaseModel]) -> list[str]:
    title = f"`{prefix.rstrip('.')}`" if prefix else "Top level"
    text = [f"\n## {title}\n\n{(model.__doc__ or '').strip()}\n\n"]
    text.append("| key | meaning | default | allowed |\n|---|---|---|---|\n")
    deeper: list[str] = []
    properties = model.model_json_schema()["properties"]
    for name, field in model.model_fields.items():
        inner = model_in(field.annotation)
        value = field.get_default(call_default_factory=True)
        default = "required" if field.is_required() else _default(value)
        key = field.alias or name
        allowed = "block below" if inner else _allowed(properties[key])
        text.append(f"| `{key}` | {field.description} | {default} | {allowed} |\n")
        if inner is not None:
            step = "<study>." if name == "studies" else ""
            deeper += _block(f"{prefix}{name}.{step}", inner)
    return text + deeper


def _default(value: Any) -> str:
    if isinstance(value, BaseModel):
        return "see below"
    return "none" if value is None else f"`{value}`" if value != {} and value != [] else "empty"


def _allowed(field: dict[str, Any]) -> str:
    if "enum" in field:
        return ", ".join(f"`{value}`" for value in field["enum"])
    bounds = [
        f"{sign} {field[key]}"
        for key, sign in (
            ("exclusiveMinimum", ">"),
            ("minimum", "≥"),
            ("exclusiveMaximum", "<"),
            ("maximum", "≤"),
        )
        if key in field
    ]
    kind = field.get("format") or field.get("type", "")
    if "pattern" in field:
        bounds.append(f"`{field['pattern']}`".replace("|", "\\|"))
    return " ".join([str(kind), *bounds]).strip()
