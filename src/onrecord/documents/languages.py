"""The language a text is written in, where it is long enough to tell."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

_WORD = re.compile(r"[^\W\d_]+")
_HEAD = 4_000
_LETTERS = 60  # below that a list of names is taken for any language
_ENGLISH = 0.12  # the mean of 135 war reports and stories is 0.23, their least 0.16 but for one mere list
_SURE = 0.95


def language_of(text: str) -> str | None:
    """The ISO 639-1 code of the language of ``text``, None where it is too short or too mixed to tell.

    Frequent words settle English; py3langid, slow to load, is asked about the rest.
    """
    words = [word.lower() for word in _WORD.findall(text[:_HEAD])]
    if sum(map(len, words)) < _LETTERS:
        return None
    if sum(word in _english() for word in words) >= _ENGLISH * len(words):
        return "en"
    code, sure = _identifier().classify(" ".join(words))
    return str(code) if sure >= _SURE else None


def language_name(code: str) -> str:
    """The English name of a language, or its code.

    >>> language_name("uk")
    'Ukrainian'
    """
    return str(_data()["names"].get(code, f"“{code}”"))


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # type: ignore[import-untyped]

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


@cache
def _english() -> frozenset[str]:
    return frozenset(_data()["english"])


@cache
def _data() -> dict[str, Any]:
    path = files("onrecord.documents") / "data" / "languages.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))
