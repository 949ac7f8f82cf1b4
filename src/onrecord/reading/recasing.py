"""Lines in capitals read as if they were printed in small letters: tagger and parser know no others.

Which letters of a word are capitals is what is commonest in the vectors' own vocabulary, whose keys stand in the order
of their frequency (cf. Lita et al. 2003, tRuEcasIng).
"""

from __future__ import annotations

import re
from functools import cache

from spacy.language import Language

_WORD = re.compile(r"[^\W\d_]+(?:[’'](?!S\b)[^\W\d_]+)?|(?<=[’'])S\b")
# Small letters unless capitals are commoner by this factor: titles ("Army", "Minister") are common both ways.
_NEARLY = 2.5
_BEGUN = re.compile(r"(?:^|[.!?:])\s*[\"“”'‘’(]{0,2}$")
_LOOK_BACK = 6
_LINE = re.compile(r"[^\n\r]+")
# So many words and letters make a line of capitals; two initials and a name do not.
_FEWEST_WORDS = 4
_SHARE = 0.9


def recased(text: str, model: Language) -> str:
    """``text`` with its lines in capitals in their commonest case, each letter in its old place.

    >>> from onrecord.reading.language import language_model
    >>> recased("RUSSIA AND NATO SAID NOTHING.\\nUN and EU", language_model())
    'Russia and NATO said nothing.\\nUN and EU'
    """
    return _LINE.sub(lambda m: _lowered(m.group(), model) if _shouts(m.group()) else m.group(), text)


def _shouts(line: str) -> bool:
    if not any(c.isupper() for c in line[:200]) or len(_WORD.findall(line[:200])) < _FEWEST_WORDS:
        return False
    letters = [c for c in line if c.isalpha()]
    return sum(c.isupper() for c in letters) >= _SHARE * len(letters)


def _lowered(line: str, model: Language) -> str:
    ranks = _ranks(model)
    strings = model.vocab.strings

    def commonest(match: re.Match[str]) -> str:
        word = match.group()
        forms = [word.lower(), word.capitalize(), word]
        if any(len(form) != len(word) for form in forms):
            return word
        lower, title, given = (ranks.get(strings[form], len(ranks)) for form in forms)
        best = forms[0] if lower <= _NEARLY * min(title, given) else forms[1] if title < given else forms[2]
        opens = _BEGUN.search(line, max(0, match.start() - _LOOK_BACK), match.start()) is not None or match.start() == 0
        return forms[1] if opens and best == forms[0] else best

    return _WORD.sub(commonest, line)


@cache
def _ranks(model: Language) -> dict[int, int]:
    """How common each word of the vectors' vocabulary is, from 0; empty for a model without vectors."""
    return {key: rank for rank, key in enumerate(model.vocab.vectors.keys())}
