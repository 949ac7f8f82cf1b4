"""The JSON contract field by field, as Markdown from the descriptions in the schema.

``python -m onrecord.exports.fields > docs/contract.md`` writes the page anew.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from onrecord.exports import schema

Json = dict[str, Any]

_HEAD = """# The JSON contract

<!-- Written by `python -m onrecord.exports.fields` from src/onrecord/exports/schema/reading.schema.json. -->

`onrecord read --format jsonl` prints one object a document, one document a line, validated in tests against the
[JSON Schema](../src/onrecord/exports/schema/reading.schema.json) (`onrecord.exports.schema()`).
"""


def fields() -> str:
    """The whole page: one table for the reading and one for every kind of object in it."""
    contract = schema()
    parts = [_HEAD, contract["description"] + "\n", contract["$comment"] + "\n"]
    parts += ["## The reading\n", *_table(contract)]
    for name, definition in contract["$defs"].items():
        parts += [f"## {name}\n", definition["description"] + "\n", *_table(definition)]
    return "\n".join(parts)


def _table(definition: Json) -> Iterator[str]:
    if "properties" in definition:
        rows = [f"| `{name}` | {_type(of)} | {_cell(of)} |" for name, of in definition["properties"].items()]
        yield "\n".join(["| field | is | what it says |", "|---|---|---|", *rows]) + "\n"


def _cell(of: Json) -> str:
    allowed = " ".join(f"`{value}`" for value in of.get("enum", ()))
    return f"{of['description']} {allowed}".strip().replace("|", "\\|")


def _type(of: Json) -> str:
    match of:
        case {"$ref": str(to)}:
            name = to.rsplit("/", 1)[1]
            return f"[{name}](#{name})"
        case {"anyOf": list(choices)}:
            return " or ".join(_type(choice) for choice in choices)
        case {"type": "array", "items": dict(items)}:
            return f"list of {_type(items)}"
        case {"type": list(types)}:
            return " or ".join(of["format"] if one == "string" and "format" in of else str(one) for one in types)
        case {"type": str(one)}:
            return one
        case _:
            return "one of"


if __name__ == "__main__":
    sys.stdout.write(fields())
