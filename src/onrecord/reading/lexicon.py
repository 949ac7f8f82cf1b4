"""Word lists from the data files of one language: a linguist edits those, not the code."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any


@cache
def lexicon(name: str, language: str = "en") -> MappingProxyType[str, Any]:
    """The table ``reading/data/<language>/<name>.toml``.

    Raises FileNotFoundError when the file does not exist.
    """
    path = files("onrecord.reading") / "data" / language / f"{name}.toml"
    return MappingProxyType(tomllib.loads(path.read_text(encoding="utf-8")))
